INSERT INTO device (id, member, name, platform, app, token_hash, ending_hash, token_ms, enrolled_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)
