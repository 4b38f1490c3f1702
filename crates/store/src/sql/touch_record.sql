-- The newest note about a record is when it was last spoken to; who is only spoken of in a note was not spoken to.
UPDATE record
SET last_at = (SELECT max(note.at)
               FROM link JOIN record AS note ON note.row = link.source
               WHERE link.target = ?1 AND link.field = 'about' AND note.kind = 'note' AND note.archived = 0
                 AND NOT EXISTS (SELECT 1 FROM link AS mentioned
                                 WHERE mentioned.source = link.source AND mentioned.target = link.target
                                   AND mentioned.field = 'spoken_of'))
WHERE id = ?1
