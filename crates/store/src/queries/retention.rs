//! What was kept long enough: records by the moment from which their term counts.

use domain::ids::SpaceId;
use rusqlite::params;

use super::{COLUMNS, RecordRow, record_of};
use crate::error::Result;
use crate::open::Store;

impl Store {
    /// Records of a kind in a space that may have been kept since before this moment (seconds since 1970), the oldest first. What
    /// is due is for the domain to say: this only leaves out what cannot be.
    ///
    /// # Errors
    /// What the database says.
    pub fn kept_since(
        &self,
        space: SpaceId,
        kind: &str,
        before: i64,
        limit: u32,
    ) -> Result<Vec<RecordRow>> {
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
            Ok(connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM record
                     WHERE kind = ?1 AND {since} < ?2 AND NOT ({is_open}) AND space = ?4
                     ORDER BY {since}, row LIMIT ?3"
                ))?
                .query_map(params![kind, before, limit, space.0.as_bytes()], record_of)?
                .collect::<rusqlite::Result<_>>()?)
        })
    }
}
