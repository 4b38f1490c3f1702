SELECT space.no, membership.role, space.recover_ms, space.recover_erasures_ms, space.recover_seq
FROM device
JOIN membership ON membership.member = device.member
JOIN space ON space.no = membership.space
WHERE device.no = ?1 AND device.revoked_ms IS NULL AND space.id = ?2 AND membership.role IS NOT NULL
