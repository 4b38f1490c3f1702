-- In one space, the other one now or before.
SELECT EXISTS (
    SELECT 1
    FROM membership AS mine
    JOIN membership AS theirs ON theirs.space = mine.space
    WHERE mine.member = ?1 AND mine.role IS NOT NULL AND theirs.member = ?2
)
