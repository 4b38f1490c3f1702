-- Whole documents and tombstones by their last number.
SELECT id, epoch, last_seq AS seq, snapshot, NULL, NULL
FROM document
WHERE space = ?1 AND last_seq > ?2
UNION ALL
SELECT erasure.document, 0, erasure.seq, NULL, member.id, erasure.at_ms
FROM erasure
LEFT JOIN member ON member.no = erasure.member
WHERE erasure.space = ?1 AND erasure.seq > ?2 AND erasure.epoch IS NULL
ORDER BY seq
