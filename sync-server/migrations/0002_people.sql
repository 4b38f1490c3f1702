-- Invitations for several spaces, devices that wait for a second look, tokens on offer, and the audit log.

CREATE TABLE new_invitation (
    no          INTEGER PRIMARY KEY,
    id          BLOB    NOT NULL UNIQUE,
    secret_hash BLOB    NOT NULL UNIQUE,
    -- For this member; NULL: somebody new.
    member      INTEGER REFERENCES member (no),
    -- The device it was made on; NULL: at the server itself. When that device is put out it opens nothing any more.
    made_by     INTEGER REFERENCES device (no),
    created_ms  INTEGER NOT NULL,
    expires_ms  INTEGER NOT NULL,
    used_by     INTEGER REFERENCES device (no),
    refused_ms  INTEGER
) STRICT;

CREATE TABLE invitation_grant (
    invitation INTEGER NOT NULL REFERENCES new_invitation (no),
    space      INTEGER NOT NULL REFERENCES space (no),
    role       TEXT    NOT NULL CHECK (role IN ('reader', 'writer', 'manager')),
    PRIMARY KEY (invitation, space)
) STRICT, WITHOUT ROWID;

INSERT INTO new_invitation (id, secret_hash, member, created_ms, expires_ms, used_by)
SELECT randomblob(16), secret_hash, member, created_ms, expires_ms, used_by FROM invitation;
INSERT INTO invitation_grant (invitation, space, role)
SELECT new_invitation.no, invitation.space, invitation.role
FROM invitation JOIN new_invitation ON new_invitation.secret_hash = invitation.secret_hash;
DROP TABLE invitation;
ALTER TABLE new_invitation RENAME TO invitation;

-- A device that showed an invitation and waits for a second look. It leaves no trace here once it is in or turned away.
CREATE TABLE enrolment (
    no          INTEGER PRIMARY KEY,
    id          BLOB    NOT NULL UNIQUE,
    invitation  INTEGER NOT NULL UNIQUE REFERENCES invitation (no),
    device      BLOB    NOT NULL UNIQUE,
    name        TEXT    NOT NULL,
    device_name TEXT    NOT NULL,
    platform    TEXT    NOT NULL,
    app         TEXT    NOT NULL,
    phrase      TEXT    NOT NULL,
    asked_ms    INTEGER NOT NULL,
    expires_ms  INTEGER NOT NULL,
    confirmed   INTEGER NOT NULL DEFAULT 0 CHECK (confirmed IN (0, 1))
) STRICT;

-- Every token that was offered to a device and not used yet: an answer that comes late must not undo one that arrived.
-- The one that is used first becomes the device's token and the others go. (device.next_token_hash is not used any more.)
CREATE TABLE offered_token (
    no         INTEGER PRIMARY KEY,
    hash       BLOB    NOT NULL UNIQUE,
    device     INTEGER NOT NULL REFERENCES device (no),
    offered_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX offered_token_by_device ON offered_token (device);

INSERT INTO offered_token (hash, device, offered_ms)
SELECT next_token_hash, no, token_ms FROM device WHERE next_token_hash IS NOT NULL;
UPDATE device SET next_token_hash = NULL;

-- What the device said at its last exchange.
ALTER TABLE device ADD COLUMN unsent_since_ms INTEGER;

-- Who did what to which record, when. No content.
CREATE TABLE audit (
    no             INTEGER PRIMARY KEY AUTOINCREMENT,
    id             BLOB    NOT NULL,
    space          INTEGER NOT NULL REFERENCES space (no),
    action         TEXT    NOT NULL,
    device         INTEGER REFERENCES device (no),
    record         BLOB,
    subject        INTEGER REFERENCES member (no),
    subject_device INTEGER REFERENCES device (no),
    role           TEXT,
    device_ms      INTEGER,
    server_ms      INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX audit_by_id ON audit (device, id);
CREATE INDEX audit_by_space ON audit (space, no);
CREATE INDEX audit_by_record ON audit (record, space, no) WHERE record IS NOT NULL;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
