SELECT
    device.id, member.name, device.name, device.platform, device.app,
    device.enrolled_ms, device.seen_ms, device.unsent_since_ms, device.revoked_ms, device.wiped_ms
FROM device
JOIN member ON member.no = device.member
ORDER BY device.no
