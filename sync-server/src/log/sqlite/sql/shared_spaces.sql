-- The spaces that the second member shares with anybody, and whether the first one manages them.
SELECT space.kind, coalesce(mine.role = 'manager', 0)
FROM membership AS theirs
JOIN space ON space.no = theirs.space AND space.kind <> 'personal'
LEFT JOIN membership AS mine ON mine.space = theirs.space AND mine.member = ?1
WHERE theirs.member = ?2 AND theirs.role IS NOT NULL
