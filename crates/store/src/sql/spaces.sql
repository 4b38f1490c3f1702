SELECT id, name, kind, role, is_default, cursor, first_sync, first_done, log_epoch, digest
FROM space
ORDER BY is_default DESC, name
