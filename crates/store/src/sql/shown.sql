-- A record as lists read it, and what its changes say about sending.
SELECT row, title, sort, fields, archived, conflict, unsent, refused,
       EXISTS (SELECT 1 FROM change
               WHERE document = ?1 AND server_seq IS NULL AND refused IS NULL)
       OR EXISTS (SELECT 1 FROM recent WHERE document = ?1) AS is_unsent,
       EXISTS (SELECT 1 FROM change WHERE document = ?1 AND refused IS NOT NULL) AS is_refused
FROM record
WHERE id = ?1
