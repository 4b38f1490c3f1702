UPDATE record
SET fields = ?2, space = ?3, title = ?4, sort = ?5, archived = ?6, conflict = ?7, at = ?8
WHERE row = ?1
