INSERT INTO document (id, space, epoch, last_seq, heads, snapshot)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (id) DO UPDATE
SET last_seq = excluded.last_seq, heads = excluded.heads, snapshot = excluded.snapshot
RETURNING no
