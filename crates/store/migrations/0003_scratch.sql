-- The scratchpad: private working notes. They are no documents, so nothing that sends, searches or exports meets them.
CREATE TABLE scratch (
    id         BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    text       TEXT NOT NULL,
    -- Seconds since 1970, UTC.
    changed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX scratch_expires ON scratch (expires_at);
