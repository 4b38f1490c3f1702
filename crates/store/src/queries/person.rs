//! Everything that a person stands in, also what is out of sight: what their file holds.

use domain::ids::RecordId;
use rusqlite::params;

use super::search::newest;
use super::{COLUMNS, RecordRow, match_words, record_of};
use crate::error::Result;
use crate::fresh::BEHIND;
use crate::open::Store;

impl Store {
    /// Records that point at this one through any field, with that field, oldest first. A record that does so through
    /// two fields stands in it twice.
    ///
    /// # Errors
    /// What the database says.
    pub fn linked_through(&self, id: RecordId) -> Result<Vec<(String, RecordRow)>> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS}, link.field AS through
                     FROM link JOIN record ON record.row = link.source
                     WHERE link.target = ?1 ORDER BY record.at, record.row"
                ))?
                .query_map([id.0.as_bytes()], |row| {
                    Ok((row.get("through")?, record_of(row)?))
                })?
                .collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Records of any kind that hold words beginning with all of these, the newest first, also those out of sight.
    ///
    /// # Errors
    /// What the database says.
    pub fn holding_words(&self, text: &str, limit: u32) -> Result<Vec<RecordRow>> {
        let words = match_words(text);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        self.read(|connection| {
            let mut rows = connection
                .prepare_cached(&format!(
                    "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid NOT IN ({BEHIND})
                     ORDER BY rowid DESC LIMIT ?2"
                ))?
                .query_map(params![words, limit], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<i64>>>()?;
            rows.extend(self.fresh_rows(connection, &words)?);
            newest(connection, rows, "TRUE", limit)
        })
    }
}
