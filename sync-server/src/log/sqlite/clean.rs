//! Bytes really gone: `secure_delete` overwrites deleted rows, but moving rows between pages leaves copies in gaps
//! (measured: of about one deleted row in a hundred), and the write-ahead log holds older pages. So after an erasure the
//! file is written anew and the log emptied.

use rusqlite::Connection;

use super::{Log, LogError};

impl Log {
    /// Cleans up after an erasure, on the writer thread. What stands in the way is tried again at the next erasure, the
    /// next start and every ten minutes.
    pub(super) fn clean_or_later(&self) {
        match self.clean() {
            Ok(true) => {}
            Ok(false) => tracing::info!("what was erased is still in the journal: somebody reads"),
            Err(error) => tracing::warn!(%error, "what was erased is not out of the file yet"),
        }
    }

    /// Takes the bytes of what was erased out of the file. True when nothing is left.
    ///
    /// # Errors
    /// When the database fails.
    pub fn clean(&self) -> Result<bool, LogError> {
        self.writer.with_connection(clean)
    }
}

fn clean(connection: &mut Connection) -> Result<bool, LogError> {
    let to_do: bool =
        connection.query_row("SELECT EXISTS (SELECT 1 FROM to_clean)", [], |row| {
            row.get(0)
        })?;
    if !to_do {
        return Ok(true);
    }
    connection.execute_batch("VACUUM")?;
    let busy: bool =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        return Ok(false);
    }
    connection.execute("DELETE FROM to_clean", [])?;
    Ok(true)
}
