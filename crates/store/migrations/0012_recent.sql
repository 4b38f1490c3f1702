-- An edit writes two pages: its change, here, and the row that lists read. What follows from it (tail, heads, digest, undo,
-- search index) is done for many edits together, and before anything asks for it (recent.rs).
CREATE TABLE recent (
    position INTEGER PRIMARY KEY,
    document BLOB NOT NULL CHECK (length(document) = 16),
    space    BLOB NOT NULL CHECK (length(space) = 16),
    -- The change makes the document: it has no row yet.
    made     INTEGER NOT NULL,
    -- The row of a record of which the search index does not hold the words as they are now.
    row      INTEGER,
    -- What the digest of the space gains.
    gain     INTEGER NOT NULL,
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    heads    BLOB NOT NULL CHECK (length(heads) % 32 = 0),
    bytes    BLOB NOT NULL,
    -- The words that the index still holds; NULL when it holds none.
    title    TEXT,
    body     TEXT,
    -- How the action that ends here is taken back.
    undo     TEXT,
    steps    TEXT
) STRICT;

-- Records that wait are found by their changes.
DROP INDEX record_unsent;

-- Only contacts are listed by name and can be many; other kinds are short, or follow in their rows.
DROP INDEX record_kind;
CREATE INDEX contact_name ON record (sort) WHERE kind = 'contact' AND archived = 0;

-- A column of its own: an index on `fields` is written at every edit of any field.
DROP INDEX contact_street;
ALTER TABLE record ADD COLUMN street TEXT;
UPDATE record SET street = fields ->> 'street' WHERE kind = 'contact';
CREATE INDEX contact_street ON record (street, sort) WHERE kind = 'contact' AND archived = 0;

-- Who links to a record is asked; to what it links stands in its fields.
CREATE TABLE link_to (
    source INTEGER NOT NULL,
    field  TEXT NOT NULL,
    target BLOB NOT NULL,
    PRIMARY KEY (target, source, field)
) STRICT, WITHOUT ROWID;
INSERT INTO link_to (source, field, target) SELECT source, field, target FROM link;
DROP TABLE link;
ALTER TABLE link_to RENAME TO link;
