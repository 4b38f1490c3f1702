SELECT no, id, member, token_ms, seen_ms, revoked_ms IS NOT NULL, 0
FROM device
WHERE token_hash = ?1
UNION ALL
SELECT no, id, member, token_ms, seen_ms, revoked_ms IS NOT NULL, 1
FROM device
WHERE next_token_hash = ?1
