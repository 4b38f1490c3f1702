-- Devices of everybody who is or was in the space, longest away first.
SELECT device.id, member.id, device.name, device.seen_ms, device.enrolled_ms, device.wiped_ms,
    coalesce(erasure_done.seq, 0)
FROM membership
JOIN member ON member.no = membership.member
JOIN device ON device.member = member.no
LEFT JOIN erasure_done ON erasure_done.device = device.no AND erasure_done.space = membership.space
WHERE membership.space = ?1
ORDER BY coalesce(device.seen_ms, device.enrolled_ms)
