SELECT change.position, document.space, change.document, document.epoch, change.hash, change.bytes
FROM change JOIN document ON document.id = change.document
WHERE change.server_seq IS NULL AND change.refused IS NULL AND change.position > ?1
ORDER BY change.position
LIMIT ?2
