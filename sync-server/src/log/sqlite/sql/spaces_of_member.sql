SELECT space.no, space.id, space.name, space.kind, space.log_epoch, space.next_seq, space.digest, membership.role
FROM membership
JOIN space ON space.no = membership.space
WHERE membership.member = ?1 AND membership.role IS NOT NULL
ORDER BY space.no
