//! How much of a push is judged for one request.

use std::collections::HashSet;

use protocol::ChangeFrame;
use rusqlite::OptionalExtension;

use super::rows::number;
use super::{Log, LogError};
use crate::log::MOST_OPERATIONS;

/// Loading so many bytes of a stored document takes about as long as judging an operation.
const BYTES_OF_AN_OPERATION: u64 = 64;

impl Log {
    /// How many of these changes are judged for one request, from the first on, and what they weigh, in operations: those
    /// in them, and loading the documents they belong to.
    ///
    /// # Errors
    /// When the database fails.
    pub fn portion(&self, changes: &[ChangeFrame]) -> Result<(usize, u64), LogError> {
        if changes.is_empty() {
            return Ok((0, 0));
        }
        self.read(|tx| {
            let mut stored =
                tx.prepare_cached("SELECT length(snapshot) FROM document WHERE id = ?1")?;
            let (mut count, mut weight, mut seen) = (0, 0_u64, HashSet::new());
            for change in changes {
                let mut more = admission::operations_of(&change.bytes);
                if seen.insert(change.document) {
                    let bytes: Option<i64> = stored
                        .query_row([change.document.as_bytes()], |row| row.get(0))
                        .optional()?;
                    more += bytes.map_or(0, number) / BYTES_OF_AN_OPERATION;
                }
                if count > 0 && weight + more > MOST_OPERATIONS {
                    break;
                }
                (count, weight) = (count + 1, weight + more);
            }
            Ok((count, weight))
        })
    }
}
