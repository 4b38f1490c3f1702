-- A record is unsent while one of its changes waits in the outbox, and refused while one was refused.
UPDATE record
SET unsent = now.unsent, refused = now.refused
FROM (SELECT EXISTS (SELECT 1 FROM change
                     WHERE document = ?1 AND server_seq IS NULL AND refused IS NULL) AS unsent,
             EXISTS (SELECT 1 FROM change WHERE document = ?1 AND refused IS NOT NULL) AS refused) AS now
WHERE record.id = ?1 AND (record.unsent <> now.unsent OR record.refused <> now.refused)
