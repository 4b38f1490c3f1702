-- ?1 who asks, ?2 the member, ?3 the space that ?1 manages. Whoever is taken in without being asked can have their devices
-- put out by the one who did it, so nobody is taken in out of another team.
SELECT EXISTS (
    -- In the space now.
    SELECT 1 FROM membership WHERE space = ?3 AND member = ?2 AND role IS NOT NULL
) OR EXISTS (
    -- In another team or organisation that the asker manages.
    SELECT 1
    FROM membership AS mine
    JOIN space ON space.no = mine.space AND space.kind IN ('team', 'organisation')
    JOIN membership AS theirs ON theirs.space = mine.space AND theirs.member = ?2 AND theirs.role IS NOT NULL
    WHERE mine.member = ?1 AND mine.role = 'manager'
) OR (
    -- In the space before, and since then with nobody else.
    EXISTS (SELECT 1 FROM membership WHERE space = ?3 AND member = ?2)
    AND NOT EXISTS (
        SELECT 1
        FROM membership AS theirs
        JOIN space ON space.no = theirs.space AND space.kind <> 'personal'
        LEFT JOIN membership AS mine ON mine.space = theirs.space AND mine.member = ?1
        WHERE theirs.member = ?2 AND theirs.role IS NOT NULL AND mine.role IS NOT 'manager'
    )
)
