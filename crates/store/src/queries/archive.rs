//! What was put out of sight.

use rusqlite::params;

use super::{COLUMNS, RecordRow, record_of};
use crate::error::Result;
use crate::open::Store;
use crate::read_model::KIND_ROWS;

impl Store {
    /// What is out of sight of a kind (its number), the newest made first, and how many there are.
    ///
    /// # Errors
    /// What the database says.
    pub fn archived(&self, number: u8, offset: u32, limit: u32) -> Result<(u32, Vec<RecordRow>)> {
        let first = i64::from(number) * KIND_ROWS;
        let last = first + KIND_ROWS - 1;
        let condition = "row BETWEEN ?1 AND ?2 AND archived = 1";
        self.read(|connection| {
            let total = connection
                .prepare_cached(&format!("SELECT count(*) FROM record WHERE {condition}"))?
                .query_row([first, last], |row| row.get(0))?;
            let rows = connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM record WHERE {condition}
                     ORDER BY row DESC LIMIT ?3 OFFSET ?4"
                ))?
                .query_map(params![first, last, limit, offset], record_of)?
                .collect::<rusqlite::Result<_>>()?;
            Ok((total, rows))
        })
    }
}
