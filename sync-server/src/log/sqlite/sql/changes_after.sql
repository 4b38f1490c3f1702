SELECT change.seq, document.id, change.epoch, change.bytes
FROM change
JOIN document ON document.no = change.document
WHERE change.space = ?1 AND change.seq > ?2 AND change.device <> ?3
ORDER BY change.seq
