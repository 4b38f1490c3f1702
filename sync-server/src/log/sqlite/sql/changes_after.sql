-- The log after a number: what others wrote, what was erased, and which documents began anew, each as it is now; on demand
-- also what this device pushed itself. Last: 0 a change, 1 an erasure, 2 an epoch (the newest of its document; no bytes when
-- only the ledger knows it), 3 a change that this device pushed.
SELECT change.seq, document.id, change.epoch, change.bytes, NULL, NULL, iif(change.device = ?3, 3, 0)
FROM change
JOIN document ON document.no = change.document
WHERE change.space = ?1 AND change.seq > ?2 AND (?4 OR change.device <> ?3)
UNION ALL
SELECT erasure.seq, erasure.document, 0, NULL, member.id, erasure.at_ms, 1
FROM erasure
LEFT JOIN member ON member.no = erasure.member
WHERE erasure.space = ?1 AND erasure.seq > ?2 AND erasure.epoch IS NULL
UNION ALL
SELECT erasure.seq, erasure.document, erasure.epoch, document.snapshot, member.id, erasure.at_ms, 2
FROM erasure
LEFT JOIN member ON member.no = erasure.member
LEFT JOIN document ON document.id = erasure.document AND document.space = erasure.space
WHERE erasure.space = ?1 AND erasure.seq > ?2 AND erasure.epoch IS NOT NULL AND NOT EXISTS (
    SELECT 1
    FROM erasure AS later
    WHERE later.space = erasure.space AND later.document = erasure.document AND (later.epoch IS NULL OR later.epoch > erasure.epoch)
)
ORDER BY 1
