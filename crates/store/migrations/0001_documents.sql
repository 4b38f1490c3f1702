-- What is kept: documents and their changes, spaces, people, and what the device knows of itself.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE space (
    id         BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    role       TEXT NOT NULL,
    is_default INTEGER NOT NULL DEFAULT 0,
    -- Position in the server's log up to which this device has everything; 0 with first_sync = 1 has nothing yet.
    cursor     INTEGER NOT NULL DEFAULT 0,
    first_sync INTEGER NOT NULL DEFAULT 1,
    first_done INTEGER NOT NULL DEFAULT 0,
    log_epoch  BLOB,
    -- Sum over the heads of all documents (docs/protocol.md), kept as it changes.
    digest     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    member TEXT PRIMARY KEY NOT NULL,
    name   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person_device (
    device TEXT PRIMARY KEY NOT NULL,
    member TEXT NOT NULL REFERENCES person (member) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    id       BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    space    BLOB NOT NULL REFERENCES space (id),
    epoch    INTEGER NOT NULL DEFAULT 0,
    -- zstd over Automerge's save; NULL while the tail holds everything.
    snapshot BLOB,
    heads    BLOB NOT NULL CHECK (length(heads) % 32 = 0)
) STRICT;

CREATE INDEX document_space ON document (space);

-- The tail of a document, and by derivation the outbox: a change without a server position is not sent yet.
CREATE TABLE change (
    position    INTEGER PRIMARY KEY,
    document    BLOB NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    hash        BLOB NOT NULL CHECK (length(hash) = 32),
    bytes       BLOB NOT NULL,
    server_seq  INTEGER,
    -- Why the server refused it; it stays, visible and exportable.
    refused     TEXT,
    refused_at  INTEGER,
    in_snapshot INTEGER NOT NULL DEFAULT 0,
    UNIQUE (document, hash)
) STRICT;

CREATE INDEX change_outbox ON change (position) WHERE server_seq IS NULL AND refused IS NULL;
CREATE INDEX change_refused ON change (position) WHERE refused IS NOT NULL;

-- What came from elsewhere and could not be taken in.
CREATE TABLE quarantine (
    id       INTEGER PRIMARY KEY,
    document BLOB NOT NULL,
    space    BLOB NOT NULL,
    bytes    BLOB NOT NULL,
    code     TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT;

-- How to take the last actions back.
CREATE TABLE undo (
    position INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    steps    TEXT NOT NULL
) STRICT;
