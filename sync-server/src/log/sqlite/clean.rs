//! Bytes really gone: `secure_delete` overwrites deleted rows, but moving rows between pages leaves copies in gaps
//! (measured: of about one deleted row in a hundred), and the write-ahead log holds older pages. So after an erasure the
//! file is written anew and the log emptied.

use rusqlite::Connection;

use super::{Log, LogError, restore};

impl Log {
    /// Cleans up after erasures. What stands in the way is tried again at the next erasure, the next start and with the
    /// [chores](Self::do_chores).
    pub fn clean_or_later(&self) {
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

    /// What is to be done now and then: what could not be cleaned up, and the database that a backup replaced, which is
    /// kept for a week.
    pub fn do_chores(&self, now_ms: i64) {
        self.clean_or_later();
        if let Err(error) = restore::forget_replaced(&self.folder, Some(now_ms)) {
            tracing::warn!(%error, "the database that a backup replaced could not be removed");
        }
    }

    /// What is erased may not stay readable in the database that a backup replaced.
    pub(super) fn forget_replaced(&self) {
        if let Err(error) = restore::forget_replaced(&self.folder, None) {
            tracing::warn!(%error, "what was erased is still in the database that a backup replaced: remove it");
        }
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
