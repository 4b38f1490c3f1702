SELECT id, epoch, last_seq, snapshot
FROM document
WHERE space = ?1 AND last_seq > ?2
ORDER BY last_seq
