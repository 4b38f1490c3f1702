SELECT row, kind, fields, unsent, space, title, sort, archived, conflict, at
FROM record
WHERE id = ?1
