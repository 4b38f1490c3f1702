INSERT INTO invitation (secret_hash, space, role, member, created_ms, expires_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
