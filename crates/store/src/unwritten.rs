//! Lines of the audit that found no room: reading a page goes on when nothing can be written, and its line waits in
//! memory for the next write.

use parking_lot::Mutex;
use rusqlite::Connection;

use crate::audit::{AuditRow, insert, trim};
use crate::error::Result;
use crate::open::Store;

/// Lines that wait, at most: as many as a device keeps. The oldest go first.
const KEPT: usize = 20_000;

/// Lines in memory, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Unwritten(Mutex<Vec<AuditRow>>);

impl Unwritten {
    /// Writes the lines that wait, in a transaction of whoever writes. Returns how many, for [`Self::wrote`].
    pub(crate) fn write(&self, connection: &Connection) -> Result<usize> {
        let rows = self.0.lock();
        for row in rows.iter() {
            insert(connection, row, false)?;
        }
        if !rows.is_empty() {
            trim(connection)?;
        }
        Ok(rows.len())
    }

    /// That transaction is on the disk.
    pub(crate) fn wrote(&self, count: usize) {
        if count > 0 {
            self.0.lock().drain(..count);
            tracing::info!(count, "what was done on a full disk is written down now");
        }
    }

    fn add(&self, row: AuditRow, once_in: i64) -> bool {
        let mut rows = self.0.lock();
        let same = |other: &AuditRow| {
            other.at > row.at - once_in
                && (&other.action, other.record, other.member)
                    == (&row.action, row.record, row.member)
        };
        if once_in > 0 && rows.iter().any(same) {
            return false;
        }
        if rows.len() >= KEPT {
            rows.remove(0);
            tracing::warn!("too much was done on a full disk: the oldest line of it is lost");
        }
        rows.push(row);
        true
    }
}

impl Store {
    /// As [`Store::audit`], and when nothing can be written the line waits in memory: it is written with the next write
    /// that succeeds, or by [`Store::write_late_audit`].
    ///
    /// # Errors
    /// What the database says, other than that it cannot be written now.
    pub fn audit_or_later(&self, row: AuditRow, once_in: i64) -> Result<bool> {
        match self.audit(&row, once_in) {
            Err(problem) if problem.is_want_of_writing() => {
                tracing::warn!(%problem, "what was done is not written down yet");
                Ok(self.unwritten.add(row, once_in))
            }
            written => written,
        }
    }

    /// Writes the lines that wait in memory.
    ///
    /// # Errors
    /// What the database says; they wait on.
    pub fn write_late_audit(&self) -> Result<()> {
        if self.unwritten.0.lock().is_empty() {
            return Ok(());
        }
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let late = self.unwritten.write(&transaction)?;
        transaction.commit()?;
        self.unwritten.wrote(late);
        Ok(())
    }

    /// The lines that wait in memory, for whoever closes this book and opens it again.
    #[must_use]
    pub fn late_audit(&self) -> Vec<AuditRow> {
        self.unwritten.0.lock().clone()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Err(problem) = self.write_late_audit() {
            let count = self.unwritten.0.lock().len();
            tracing::warn!(%problem, count, "what was done on a full disk is not in the book");
        }
    }
}
