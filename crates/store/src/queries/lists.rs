//! The organisation's own lists, and the streets that filters offer.

use super::{COLUMNS, RecordRow, record_of};
use crate::error::Result;
use crate::open::Store;
use crate::read_model::rows_of;

impl Store {
    /// All records of a short list (themes, neighbourhoods, holidays), by name.
    ///
    /// # Errors
    /// What the database says.
    pub fn list(&self, kind: &str) -> Result<Vec<RecordRow>> {
        let rows = rows_of(Some(kind));
        self.read(|connection| {
            Ok(connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM record WHERE row BETWEEN ?1 AND ?2 AND archived = 0
                     ORDER BY sort, row LIMIT 2000"
                ))?
                .query_map([rows.start(), rows.end()], record_of)?
                .collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Streets of the contacts, most used first.
    ///
    /// # Errors
    /// What the database says.
    pub fn streets(&self, limit: u32) -> Result<Vec<String>> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT street FROM record
                     WHERE kind = 'contact' AND archived = 0 AND street IS NOT NULL
                     GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT ?1",
                )?
                .query_map([limit], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?)
        })
    }
}
