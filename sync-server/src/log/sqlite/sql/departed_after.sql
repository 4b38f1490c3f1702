-- What was erased in a space after a number, and which documents began anew, for who is not in it any more: the numbers and
-- the documents, nothing of what they say now and nothing of who did it. Columns as in changes_after.sql.
SELECT erasure.seq, erasure.document, coalesce(erasure.epoch, 0), NULL, NULL, erasure.at_ms, iif(erasure.epoch IS NULL, 1, 2)
FROM erasure
WHERE erasure.space = ?1 AND erasure.seq > ?2
ORDER BY erasure.seq
