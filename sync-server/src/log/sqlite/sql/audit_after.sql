SELECT
    audit.no, audit.id, audit.action,
    actor.id, actor.name, device.id,
    audit.record,
    subject.id, subject.name, subject_device.id, audit.role,
    audit.device_ms, audit.server_ms
FROM audit
LEFT JOIN device ON device.no = audit.device
LEFT JOIN member AS actor ON actor.no = device.member
LEFT JOIN member AS subject ON subject.no = audit.subject
LEFT JOIN device AS subject_device ON subject_device.no = audit.subject_device
WHERE audit.space = ?1 AND audit.no > ?2 AND (?3 IS NULL OR audit.record = ?3)
ORDER BY audit.no
LIMIT ?4
