-- Lines of the audit that were sent and are offered once more, because a server that was put back from a backup may not know
-- them. Beside the audit itself: its lines are never changed.
CREATE TABLE audit_again (
    id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 16)
) STRICT, WITHOUT ROWID;
