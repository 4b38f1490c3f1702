INSERT INTO space (id, name, kind, role, is_default, first_sync, log_epoch)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (id) DO UPDATE
SET name = excluded.name, kind = excluded.kind, role = excluded.role, is_default = excluded.is_default
