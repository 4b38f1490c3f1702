-- The log of every space, the merged documents, and who may do what.
-- A shipped migration is never edited: add the next number.

CREATE TABLE space (
    no         INTEGER PRIMARY KEY,
    id         BLOB    NOT NULL UNIQUE,
    name       TEXT    NOT NULL,
    kind       TEXT    NOT NULL CHECK (kind IN ('personal', 'team', 'organisation', 'partnership')),
    log_epoch  BLOB    NOT NULL,
    next_seq   INTEGER NOT NULL DEFAULT 1,
    digest     INTEGER NOT NULL DEFAULT 0,
    -- Until then members may offer again what others wrote: an older backup was put back.
    recover_ms INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE member (
    no         INTEGER PRIMARY KEY,
    id         BLOB    NOT NULL UNIQUE,
    name       TEXT    NOT NULL,
    created_ms INTEGER NOT NULL
) STRICT;

-- No role: a former member. What they wrote stays theirs, so the roster still names them.
CREATE TABLE membership (
    space  INTEGER NOT NULL REFERENCES space (no),
    member INTEGER NOT NULL REFERENCES member (no),
    role   TEXT    CHECK (role IN ('reader', 'writer', 'manager')),
    PRIMARY KEY (space, member)
) STRICT, WITHOUT ROWID;

CREATE INDEX membership_by_member ON membership (member);

CREATE TABLE device (
    no              INTEGER PRIMARY KEY,
    id              BLOB    NOT NULL UNIQUE,
    member          INTEGER NOT NULL REFERENCES member (no),
    name            TEXT    NOT NULL,
    platform        TEXT    NOT NULL,
    app             TEXT    NOT NULL,
    token_hash      BLOB    NOT NULL UNIQUE,
    token_ms        INTEGER NOT NULL,
    next_token_hash BLOB    UNIQUE,
    enrolled_ms     INTEGER NOT NULL,
    seen_ms         INTEGER,
    revoked_ms      INTEGER,
    wiped_ms        INTEGER
) STRICT;

CREATE INDEX device_by_member ON device (member);

CREATE TABLE invitation (
    secret_hash BLOB    PRIMARY KEY,
    space       INTEGER NOT NULL REFERENCES space (no),
    role        TEXT    NOT NULL CHECK (role IN ('reader', 'writer', 'manager')),
    member      INTEGER REFERENCES member (no),
    created_ms  INTEGER NOT NULL,
    expires_ms  INTEGER NOT NULL,
    used_by     INTEGER REFERENCES device (no)
) STRICT, WITHOUT ROWID;

-- One merged copy per document. `heads` is their hashes, one after another.
CREATE TABLE document (
    no       INTEGER PRIMARY KEY,
    id       BLOB    NOT NULL UNIQUE,
    space    INTEGER NOT NULL REFERENCES space (no),
    epoch    INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    heads    BLOB    NOT NULL,
    snapshot BLOB    NOT NULL
) STRICT;

CREATE UNIQUE INDEX document_by_last_seq ON document (space, last_seq);

-- The log: append-only, numbered without gaps within a space.
CREATE TABLE change (
    space    INTEGER NOT NULL REFERENCES space (no),
    seq      INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES document (no),
    epoch    INTEGER NOT NULL,
    hash     BLOB    NOT NULL,
    device   INTEGER NOT NULL REFERENCES device (no),
    bytes    BLOB    NOT NULL,
    PRIMARY KEY (space, seq)
) STRICT, WITHOUT ROWID;

-- The idempotency key.
CREATE UNIQUE INDEX change_by_hash ON change (document, epoch, hash);

-- The roster's version: anything that changes who is who raises it.
CREATE TABLE roster (version INTEGER NOT NULL) STRICT;
INSERT INTO roster (version) VALUES (1);

CREATE TRIGGER roster_member_added AFTER INSERT ON member
BEGIN UPDATE roster SET version = version + 1; END;
CREATE TRIGGER roster_member_renamed AFTER UPDATE OF name ON member
BEGIN UPDATE roster SET version = version + 1; END;
CREATE TRIGGER roster_membership_added AFTER INSERT ON membership
BEGIN UPDATE roster SET version = version + 1; END;
CREATE TRIGGER roster_membership_changed AFTER UPDATE OF role ON membership
BEGIN UPDATE roster SET version = version + 1; END;
CREATE TRIGGER roster_device_added AFTER INSERT ON device
BEGIN UPDATE roster SET version = version + 1; END;
