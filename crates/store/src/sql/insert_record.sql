INSERT INTO record
    (row, id, kind, space, title, sort, fields, archived, unsent, conflict, made_by, made_at, at, street)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
