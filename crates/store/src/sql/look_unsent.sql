-- A record is unsent while one of its changes waits in the outbox, and refused while one was refused.
UPDATE record
SET unsent = EXISTS (SELECT 1 FROM change
                     WHERE document = ?1 AND server_seq IS NULL AND refused IS NULL),
    refused = EXISTS (SELECT 1 FROM change WHERE document = ?1 AND refused IS NOT NULL)
WHERE id = ?1
