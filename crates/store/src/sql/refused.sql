SELECT position, document, refused, coalesce(refused_at, 0), 1, bytes, NULL
FROM change WHERE refused IS NOT NULL
UNION ALL
SELECT id, document, code, at, said IS NOT NULL, bytes, said FROM quarantine
ORDER BY 4 DESC, 1 DESC
LIMIT ?1
