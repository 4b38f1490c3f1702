-- The read model: what lists, pages and search read. It can be dropped and made again from the documents.
CREATE TABLE record (
    -- Kind number * 2^40 + counter: a kind is one range of rows, here and in the search index.
    row      INTEGER PRIMARY KEY,
    id       BLOB NOT NULL UNIQUE,
    kind     TEXT NOT NULL,
    space    BLOB NOT NULL,
    title    TEXT NOT NULL,
    sort     TEXT NOT NULL,
    fields   TEXT NOT NULL,
    archived INTEGER NOT NULL,
    unsent   INTEGER NOT NULL,
    refused  INTEGER NOT NULL DEFAULT 0,
    conflict INTEGER NOT NULL,
    made_by  TEXT,
    -- Seconds since 1970, UTC.
    made_at  INTEGER NOT NULL,
    -- When it belongs in a timeline: a note's own time, otherwise when it was made.
    at       INTEGER NOT NULL,
    -- The newest note about it.
    last_at  INTEGER
) STRICT;

CREATE INDEX record_kind ON record (kind, archived, sort, row);
CREATE INDEX record_unsent ON record (row) WHERE unsent = 1;
CREATE INDEX record_conflict ON record (row) WHERE conflict = 1;

CREATE TABLE link (
    source INTEGER NOT NULL REFERENCES record (row) ON DELETE CASCADE,
    field  TEXT NOT NULL,
    target BLOB NOT NULL,
    PRIMARY KEY (source, field, target)
) STRICT, WITHOUT ROWID;

CREATE INDEX link_target ON link (target, source);

CREATE TABLE conflict (
    document BLOB NOT NULL,
    path     TEXT NOT NULL,
    content  TEXT NOT NULL,
    PRIMARY KEY (document, path)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (
    title, body,
    content = '', detail = 'column', prefix = '1 2 3',
    tokenize = 'unicode61 remove_diacritics 2'
);
-- 'secure-delete' stays off: it rewrites the index at every edit (docs/adr/0008). Erasure turns it on and optimizes.

-- One block per kind: what its lists are ordered and filtered by.
CREATE INDEX contact_street ON record (fields ->> 'street', sort) WHERE kind = 'contact' AND archived = 0;
-- All that the sections of today ask, so that counting them reads no fields.
CREATE INDEX follow_up_due ON record (
    coalesce(fields ->> 'state', 'open'), fields ->> 'waiting_for' IS NOT NULL,
    fields ->> 'due', coalesce(fields ->> 'time', '~'), fields ->> 'owner'
) WHERE kind = 'follow_up' AND archived = 0;
CREATE INDEX signal_next ON record (coalesce(fields ->> 'state', 'new'), fields ->> 'next')
    WHERE kind = 'signal' AND archived = 0;
