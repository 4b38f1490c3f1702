UPDATE record
SET fields = ?2, unsent = ?3, space = ?4, title = ?5, sort = ?6, archived = ?7, conflict = ?8, at = ?9, street = ?10
WHERE row = ?1
