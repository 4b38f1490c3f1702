SELECT space = ?3 AND action = ?4 AND record IS ?5 AND device_ms IS ?6
FROM audit
WHERE device = ?1 AND id = ?2
