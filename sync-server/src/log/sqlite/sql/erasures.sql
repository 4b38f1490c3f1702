SELECT erasure.document, erasure.seq, erasure.epoch, member.id, erasure.at_ms
FROM erasure
LEFT JOIN member ON member.no = erasure.member
WHERE erasure.space = ?1 AND erasure.seq > ?2
ORDER BY erasure.seq DESC
LIMIT ?3
