-- The server has what was written here before: then it only adds when it heard of it.
INSERT INTO audit (id, space, action, record, member, at, sent, heard, subject, role)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (id) DO UPDATE SET sent = max(sent, excluded.sent), heard = coalesce(heard, excluded.heard)
