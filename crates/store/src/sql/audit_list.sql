SELECT id, space, action, record, member, at, heard, subject, role
FROM audit
WHERE ?1 IS NULL OR record = ?1
-- Two days in milliseconds.
ORDER BY max(at, coalesce(heard, at) - 172800000) DESC, id DESC
LIMIT ?2 OFFSET ?3
