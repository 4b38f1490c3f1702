SELECT member.id, member.name, membership.role
FROM membership
JOIN member ON member.no = membership.member
WHERE membership.space = ?1 AND membership.role IS NOT NULL
ORDER BY member.name, member.no
