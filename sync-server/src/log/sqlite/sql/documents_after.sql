-- Whole documents and tombstones by their last number; who began the epoch of a document; and epochs of which only the
-- ledger knows. Last: 0 a document, 1 an erasure, 2 an epoch without its document.
SELECT document.id, document.epoch, document.last_seq AS seq, document.snapshot, member.id, erasure.at_ms, 0
FROM document
LEFT JOIN erasure
    ON erasure.document = document.id AND erasure.space = document.space AND erasure.epoch = document.epoch
LEFT JOIN member ON member.no = erasure.member
WHERE document.space = ?1 AND document.last_seq > ?2
UNION ALL
SELECT erasure.document, coalesce(erasure.epoch, 0), erasure.seq, NULL, member.id, erasure.at_ms,
    CASE WHEN erasure.epoch IS NULL THEN 1 ELSE 2 END
FROM erasure
LEFT JOIN member ON member.no = erasure.member
WHERE erasure.space = ?1 AND erasure.seq > ?2 AND (erasure.epoch IS NULL OR NOT EXISTS (
    SELECT 1
    FROM erasure AS later
    WHERE later.space = erasure.space AND later.document = erasure.document AND (later.epoch IS NULL OR later.epoch > erasure.epoch)
    UNION ALL
    SELECT 1 FROM document WHERE document.id = erasure.document AND document.space = erasure.space
))
ORDER BY seq
