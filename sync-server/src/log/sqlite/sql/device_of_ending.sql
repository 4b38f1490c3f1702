SELECT no, id, member, token_ms, seen_ms, revoked_ms IS NOT NULL, 0
FROM device
WHERE ending_hash = ?1
UNION ALL
SELECT device.no, device.id, device.member, device.token_ms, device.seen_ms, device.revoked_ms IS NOT NULL, 1
FROM offered_token
JOIN device ON device.no = offered_token.device
WHERE offered_token.ending_hash = ?1
