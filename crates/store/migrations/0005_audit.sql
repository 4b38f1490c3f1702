-- Who did what to which record, when; never what it says. Written here, sent to the server, and changed by nobody.
CREATE TABLE audit (
    -- UUIDv7: the order of the ids is the order of the clock.
    id     BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16),
    space  BLOB NOT NULL CHECK (length(space) = 16),
    action TEXT NOT NULL,
    record BLOB CHECK (record IS NULL OR length(record) = 16),
    -- The member; NULL for an administrator at the server.
    member TEXT,
    -- Milliseconds since 1970, by the clock of the device on which it happened.
    at     INTEGER NOT NULL,
    -- The server has it.
    sent   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_unsent ON audit (id) WHERE sent = 0;
CREATE INDEX audit_record ON audit (record, at);

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
WHEN old.sent > new.sent OR old.id <> new.id OR old.space <> new.space OR old.action <> new.action
  OR old.record IS NOT new.record OR old.member IS NOT new.member OR old.at <> new.at
BEGIN
    SELECT raise(ABORT, 'the audit is not changed');
END;

-- Only what the server keeps anyway, or what no longer fits, leaves this device.
CREATE TRIGGER audit_is_not_erased BEFORE DELETE ON audit
WHEN old.sent = 0 AND (SELECT count(*) FROM audit) <= 20000
BEGIN
    SELECT raise(ABORT, 'the audit is not erased');
END;
