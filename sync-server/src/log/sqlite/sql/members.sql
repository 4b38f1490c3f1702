SELECT
    member.id,
    member.name,
    (SELECT COUNT(*) FROM device WHERE device.member = member.no AND device.revoked_ms IS NULL),
    space.name,
    membership.role
FROM member
LEFT JOIN membership ON membership.member = member.no AND membership.role IS NOT NULL
LEFT JOIN space ON space.no = membership.space
ORDER BY member.name, member.no, space.no
