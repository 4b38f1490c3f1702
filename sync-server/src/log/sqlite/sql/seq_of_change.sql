SELECT change.seq
FROM document
JOIN change ON change.document = document.no AND change.epoch = ?2 AND change.hash = ?3
WHERE document.id = ?1
