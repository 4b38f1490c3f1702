-- The first refused change, the first one after ?1 that waits to be sent, and the first of the last edits.
SELECT bytes FROM (
    SELECT bytes FROM change WHERE refused IS NOT NULL ORDER BY position LIMIT 1
)
UNION ALL
SELECT bytes FROM (
    SELECT change.bytes
    FROM change
    JOIN document ON document.id = change.document
    JOIN space ON space.id = document.space
    WHERE change.server_seq IS NULL AND change.refused IS NULL AND change.position > ?1 AND space.kind <> 'device'
    ORDER BY change.position
    LIMIT 1
)
UNION ALL
SELECT bytes FROM (
    SELECT recent.bytes
    FROM recent
    JOIN space ON space.id = recent.space
    WHERE space.kind <> 'device'
    ORDER BY recent.position
    LIMIT 1
)
