SELECT
    device.id, member.no, member.id, member.name, device.name, device.platform, device.app,
    device.enrolled_ms, device.seen_ms, device.unsent_since_ms, device.revoked_ms, device.wiped_ms
FROM device
JOIN member ON member.no = device.member
WHERE device.member = ?1 OR device.member IN (
    SELECT theirs.member
    FROM membership AS mine
    JOIN space ON space.no = mine.space AND space.kind <> 'personal'
    JOIN membership AS theirs ON theirs.space = mine.space AND theirs.role IS NOT NULL
    WHERE mine.member = ?1 AND mine.role = 'manager'
)
ORDER BY device.no
