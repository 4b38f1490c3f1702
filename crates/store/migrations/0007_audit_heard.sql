-- What the server told of the audit: when it heard of a line, and to whom or to which device something was done.
ALTER TABLE audit ADD COLUMN heard INTEGER;
ALTER TABLE audit ADD COLUMN subject TEXT;
ALTER TABLE audit ADD COLUMN role TEXT;

CREATE TRIGGER audit_is_heard_once BEFORE UPDATE ON audit
WHEN (old.heard IS NOT NULL AND old.heard IS NOT new.heard)
  OR old.subject IS NOT new.subject OR old.role IS NOT new.role
BEGIN
    SELECT raise(ABORT, 'the audit is not changed');
END;
