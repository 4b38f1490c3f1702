-- What belongs to the device alone is not sent anywhere.
SELECT change.position, document.space, change.document, document.epoch, change.hash, change.bytes
FROM change
JOIN document ON document.id = change.document
JOIN space ON space.id = document.space
WHERE change.server_seq IS NULL AND change.refused IS NULL AND change.position > ?1 AND space.kind <> 'device'
ORDER BY change.position
LIMIT ?2
