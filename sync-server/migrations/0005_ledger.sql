-- What may not come back with an older backup is told to the ledger beside the database before the transaction that does it
-- is on disk: ids and words, no content. Nobody has to remember that: every row that says such a thing leaves a line here.
CREATE TABLE to_ledger (
    no   INTEGER PRIMARY KEY,
    line TEXT NOT NULL
) STRICT;

CREATE TRIGGER ledger_space AFTER INSERT ON space
BEGIN INSERT INTO to_ledger (line) VALUES ('space ' || lower(hex(NEW.id)) || ' known'); END;

CREATE TRIGGER ledger_erasure AFTER INSERT ON erasure
BEGIN
    INSERT INTO to_ledger (line)
    SELECT lower(hex(space.id)) || ' ' || lower(hex(NEW.document)) || ' '
        || CASE WHEN NEW.epoch IS NULL THEN 'erased' ELSE 'epoch ' || NEW.epoch END || ' ' || NEW.at_ms
    FROM space WHERE space.no = NEW.space;
END;

CREATE TRIGGER ledger_device AFTER UPDATE OF revoked_ms ON device WHEN NEW.revoked_ms IS NOT NULL
BEGIN INSERT INTO to_ledger (line) VALUES ('device ' || lower(hex(NEW.id)) || ' revoked ' || NEW.revoked_ms); END;

-- Every role that is given or taken is written down there, with its moment.
CREATE TRIGGER ledger_role AFTER INSERT ON audit WHEN NEW.action IN ('role_changed', 'member_removed')
BEGIN
    INSERT INTO to_ledger (line)
    SELECT 'member ' || lower(hex(space.id)) || ' ' || lower(hex(member.id)) || ' role ' || coalesce(NEW.role, 'none')
        || ' ' || NEW.server_ms
    FROM space JOIN member ON member.no = NEW.subject WHERE space.no = NEW.space;
END;

CREATE TRIGGER ledger_invitation AFTER UPDATE OF used_by, refused_ms ON invitation
WHEN NEW.used_by IS NOT NULL OR NEW.refused_ms IS NOT NULL
BEGIN INSERT INTO to_ledger (line) VALUES ('invitation ' || lower(hex(NEW.id)) || ' spent'); END;

CREATE TRIGGER ledger_invitation_withdrawn AFTER DELETE ON invitation
BEGIN INSERT INTO to_ledger (line) VALUES ('invitation ' || lower(hex(OLD.id)) || ' spent'); END;

-- Until then devices may also bring back erasures that others made: an older backup was put back, and the ledger was lost.
ALTER TABLE space ADD COLUMN recover_erasures_ms INTEGER NOT NULL DEFAULT 0;
