UPDATE record
SET space = ?2, title = ?3, sort = ?4, fields = ?5, archived = ?6, unsent = ?7, conflict = ?8, at = ?9
WHERE row = ?1
