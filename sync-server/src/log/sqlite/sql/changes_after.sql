-- The log after a number: what others wrote, and what was erased.
SELECT change.seq, document.id, change.epoch, change.bytes, NULL, NULL
FROM change
JOIN document ON document.no = change.document
WHERE change.space = ?1 AND change.seq > ?2 AND change.device <> ?3
UNION ALL
SELECT erasure.seq, erasure.document, 0, NULL, member.id, erasure.at_ms
FROM erasure
LEFT JOIN member ON member.no = erasure.member
WHERE erasure.space = ?1 AND erasure.seq > ?2 AND erasure.epoch IS NULL
ORDER BY 1
