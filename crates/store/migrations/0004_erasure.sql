-- What was erased. No content: only which record, by whom and when, so that no copy from elsewhere brings it back, an
-- older backup erases it again, and people can see how far it is.
CREATE TABLE erasure (
    no       INTEGER PRIMARY KEY,
    document BLOB NOT NULL CHECK (length(document) = 16),
    space    BLOB NOT NULL CHECK (length(space) = 16),
    -- The epoch that begins, when only a part goes; NULL: the whole record, for good.
    epoch    INTEGER,
    -- The kind of record, where this device held it.
    kind     TEXT,
    -- Member id of who erased, when it is known.
    member   TEXT,
    -- Seconds since 1970.
    at       INTEGER NOT NULL,
    -- Its number in the space's log; NULL until the server has carried it out, 0 where there is no server.
    seq      INTEGER,
    -- Why the server refused it.
    refused  TEXT,
    -- What is taken out (JSON), for as long as that still has to be done.
    plan     TEXT,
    -- Edits of this device that were not sent yet and went with it, until the person has seen that.
    lost     INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX erasure_whole ON erasure (document) WHERE epoch IS NULL;
CREATE INDEX erasure_document ON erasure (document);
CREATE INDEX erasure_waiting ON erasure (no) WHERE seq IS NULL AND refused IS NULL;
CREATE INDEX erasure_lost ON erasure (no) WHERE lost > 0;
