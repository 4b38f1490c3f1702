SELECT position, document, refused, coalesce(refused_at, 0), 1, bytes
FROM change WHERE refused IS NOT NULL
UNION ALL
SELECT id, document, code, at, 0, bytes FROM quarantine
ORDER BY 4 DESC, 1 DESC
LIMIT ?1
