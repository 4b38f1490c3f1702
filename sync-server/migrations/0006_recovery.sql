-- Where the log that was begun anew goes on, after an older backup was put back: what has a lower number was in the backup.
ALTER TABLE space ADD COLUMN recover_seq INTEGER NOT NULL DEFAULT 0;
UPDATE space SET recover_seq = next_seq;
