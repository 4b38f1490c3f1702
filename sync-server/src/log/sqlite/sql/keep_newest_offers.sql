DELETE FROM offered_token
WHERE device = ?1 AND no NOT IN (
    SELECT no FROM offered_token WHERE device = ?1 ORDER BY no DESC LIMIT ?2
)
