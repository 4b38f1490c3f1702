INSERT INTO audit (id, space, action, device, subject, subject_device, role, server_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
