INSERT INTO enrolment (id, invitation, device, name, device_name, platform, app, phrase, asked_ms, expires_ms)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (invitation) DO UPDATE
SET name = excluded.name,
    device_name = excluded.device_name,
    platform = excluded.platform,
    app = excluded.app,
    confirmed = confirmed AND phrase = excluded.phrase,
    phrase = excluded.phrase
RETURNING expires_ms
