-- The newest note about a record is when it was last spoken to.
UPDATE record
SET last_at = (SELECT max(note.at)
               FROM link JOIN record AS note ON note.row = link.source
               WHERE link.target = ?1 AND link.field = 'about' AND note.kind = 'note' AND note.archived = 0)
WHERE id = ?1
