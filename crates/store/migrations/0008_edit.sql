-- Fewer pages written per edit: what nobody asks often is found by looking through.

-- Actions that can be taken back are a few hundred at most.
CREATE TABLE undo_kept (
    position INTEGER PRIMARY KEY,
    id       TEXT NOT NULL,
    steps    TEXT NOT NULL
) STRICT;
INSERT INTO undo_kept (position, id, steps) SELECT position, id, steps FROM undo;
DROP TABLE undo;
ALTER TABLE undo_kept RENAME TO undo;

-- Only starting over and losing a space ask for all documents of it.
DROP INDEX document_space;

-- All that the lists of signals ask, so that counting, filtering and ordering them reads no fields.
DROP INDEX signal_next;
CREATE INDEX signal_list ON record (
    coalesce(fields ->> 'state', 'new'), coalesce(fields ->> 'next', '~'),
    fields ->> 'owner', fields ->> 'theme', fields ->> 'neighbourhood'
) WHERE kind = 'signal' AND archived = 0;
