DELETE FROM offered_token
WHERE device = ?1 AND hash NOT IN (
    SELECT hash FROM offered_token WHERE device = ?1 ORDER BY offered_ms DESC, hash LIMIT ?2
)
