SELECT row, kind, fields, unsent, space, title, sort, archived, conflict, at, street
FROM record
WHERE id = ?1
