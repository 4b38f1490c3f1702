//! What happened around a record: notes, signals and follow-ups that link to it, newest first.

use domain::ids::RecordId;
use rusqlite::params;

use super::{COLUMNS, RecordRow, record_of};
use crate::error::Result;
use crate::open::Store;

impl Store {
    /// Part of a timeline, and how many items there are in all.
    ///
    /// # Errors
    /// What the database says.
    pub fn timeline(&self, id: RecordId, offset: u32, limit: u32) -> Result<(u32, Vec<RecordRow>)> {
        let linked = "record.archived = 0 AND record.kind IN ('note', 'signal', 'follow_up')
            AND record.row IN (SELECT source FROM link WHERE target = ?1
                               UNION
                               SELECT note.row FROM record AS self
                               JOIN record AS note ON note.id = unhex(self.fields ->> 'note', '-')
                               WHERE self.id = ?1 AND self.kind <> 'note')";
        self.read(|connection| {
            let total = connection
                .prepare_cached(&format!("SELECT count(*) FROM record WHERE {linked}"))?
                .query_row([id.0.as_bytes()], |row| row.get(0))?;
            let rows = connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM record WHERE {linked}
                     ORDER BY record.at DESC, record.row DESC LIMIT ?2 OFFSET ?3"
                ))?
                .query_map(params![id.0.as_bytes(), limit, offset], record_of)?
                .collect::<rusqlite::Result<_>>()?;
            Ok((total, rows))
        })
    }
}
