-- The hash of the secret that can only end the device; of a token made before this there is none until it is replaced.
ALTER TABLE device ADD COLUMN ending_hash BLOB;
ALTER TABLE offered_token ADD COLUMN ending_hash BLOB;
CREATE UNIQUE INDEX device_by_ending ON device (ending_hash) WHERE ending_hash IS NOT NULL;
CREATE UNIQUE INDEX offered_token_by_ending ON offered_token (ending_hash) WHERE ending_hash IS NOT NULL;
