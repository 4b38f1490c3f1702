INSERT INTO recent (document, space, made, row, gain, hash, heads, bytes, title, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
