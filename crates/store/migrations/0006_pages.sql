-- Fewer pages per edit and per question.

-- A leaf of the search index fits in one page of the encrypted file (4096 bytes less 80 for SQLCipher's IV and HMAC);
-- at FTS5's own 4050 bytes every leaf took a second page. Leaves of before follow when they are merged.
INSERT INTO search (search, rank) VALUES ('pgsz', 3900);

-- "Done this week" without reading the fields of all that was ever done.
CREATE INDEX follow_up_done ON record (fields ->> 'closed_at', fields ->> 'owner')
    WHERE kind = 'follow_up' AND archived = 0 AND coalesce(fields ->> 'state', 'open') = 'done';
