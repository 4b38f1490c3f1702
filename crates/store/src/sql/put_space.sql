-- Name, kind and role, as the server says. A space that was lost and is back starts over: what was sent of it is not here.
INSERT INTO space (id, name, kind, role, is_default, first_sync, log_epoch)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (id) DO UPDATE
SET name = excluded.name, kind = excluded.kind, role = excluded.role, is_default = excluded.is_default,
    cursor = iif(space.role = 'gone', 0, space.cursor),
    first_sync = iif(space.role = 'gone', excluded.first_sync, space.first_sync),
    first_done = iif(space.role = 'gone', 0, space.first_done),
    log_epoch = iif(space.role = 'gone', NULL, space.log_epoch)
