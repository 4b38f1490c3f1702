//! What was kept long enough: records by the moment from which their term counts.

use std::ops::ControlFlow;

use domain::ids::SpaceId;
use rusqlite::params;

use super::{COLUMNS, RecordRow, record_of};
use crate::error::StoreError;
use crate::open::Store;
use crate::read_model::rows_of;

impl Store {
    /// Records of a kind in a space that may have been kept since before this moment (seconds since 1970), the oldest first,
    /// one by one until `each` breaks off. What is due is for the domain to say: this only leaves out what cannot be.
    ///
    /// # Errors
    /// What `each` says, or what the database says.
    pub fn each_kept_since<E: From<StoreError>>(
        &self,
        space: SpaceId,
        kind: &str,
        before: i64,
        mut each: impl FnMut(RecordRow) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let range = rows_of(Some(kind));
        let since = match kind {
            "contact" => "coalesce(last_at, made_at)",
            "note" => "at",
            _ => "coalesce(unixepoch(fields ->> 'closed_at'), made_at)",
        };
        let is_open = match kind {
            "follow_up" => "coalesce(fields ->> 'state', 'open') = 'open'",
            "signal" => "coalesce(fields ->> 'state', 'new') NOT IN ('solved', 'not_picked_up')",
            _ => "0",
        };
        self.read(|connection| {
            let mut query = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM record
                 WHERE row BETWEEN ?1 AND ?4 AND {since} < ?2 AND NOT ({is_open}) AND space = ?3
                 ORDER BY {since}, row"
            ))?;
            let rows = query.query_map(
                params![range.start(), before, space.0.as_bytes(), range.end()],
                record_of,
            )?;
            for row in rows {
                match each(row?) {
                    Ok(ControlFlow::Continue(())) => {}
                    Ok(ControlFlow::Break(())) => break,
                    Err(problem) => return Ok(Err(problem)),
                }
            }
            Ok(Ok(()))
        })?
    }
}
