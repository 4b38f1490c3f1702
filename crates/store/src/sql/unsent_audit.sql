-- Lines that were not sent, or are offered once more; not those of what was done on this device alone.
SELECT id, space, action, record, member, at, heard, subject, role
FROM audit
WHERE sent = 0 AND space NOT IN (SELECT id FROM space WHERE kind = 'device')
UNION ALL
SELECT id, space, action, record, member, at, heard, subject, role
FROM audit_again JOIN audit USING (id)
WHERE sent = 1
ORDER BY id
LIMIT ?1
