-- What was erased, for good, numbered in the log of its space so that every device hears of it. No content.
CREATE TABLE erasure (
    no       INTEGER PRIMARY KEY,
    document BLOB    NOT NULL CHECK (length(document) = 16),
    space    INTEGER NOT NULL REFERENCES space (no),
    seq      INTEGER NOT NULL,
    -- The epoch that began: what came before it is gone. NULL: the whole document is.
    epoch    INTEGER,
    -- NULL: put back from the ledger.
    member   INTEGER REFERENCES member (no),
    at_ms    INTEGER NOT NULL,
    UNIQUE (space, seq)
) STRICT;

CREATE INDEX erasure_by_document ON erasure (document);

-- How far the devices are: the number in the log of the space up to which a device has carried out its erasures.
CREATE TABLE erasure_done (
    device INTEGER NOT NULL REFERENCES device (no),
    space  INTEGER NOT NULL REFERENCES space (no),
    seq    INTEGER NOT NULL,
    PRIMARY KEY (device, space)
) STRICT, WITHOUT ROWID;

-- The device that made a document, kept when a new epoch takes its first change away.
ALTER TABLE document ADD COLUMN maker BLOB;

-- One row while bytes of something erased may still be in the file.
CREATE TABLE to_clean (since_ms INTEGER NOT NULL) STRICT;
