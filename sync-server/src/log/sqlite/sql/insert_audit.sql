INSERT INTO audit (device, id, space, action, record, device_ms, server_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
