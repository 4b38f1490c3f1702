SELECT member.id, member.name, device.id
FROM member
LEFT JOIN device ON device.member = member.no
WHERE member.no IN (
    SELECT other.member
    FROM membership AS mine
    JOIN membership AS other ON other.space = mine.space
    WHERE mine.member = ?1 AND mine.role IS NOT NULL
)
ORDER BY member.no, device.no
