//! One thread owns the writing connection; everybody else hands it work. A simulation has no threads: there whoever
//! asks does the work.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use mistake::Mistake;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::LogError;
use super::ledger::Ledger;

/// Work that may wait; more makes its sender wait.
const QUEUE: usize = 64;

type Work = Box<dyn FnOnce(&mut Connection) + Send>;

#[derive(Debug)]
pub(super) enum Writer {
    Thread {
        work: Mutex<Option<SyncSender<Work>>>,
        thread: Mutex<Option<JoinHandle<()>>>,
    },
    Here(Mutex<Option<Connection>>),
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Result<Self, LogError> {
        let (sender, receiver) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new()
            .name("log-writer".into())
            .spawn(move || run(connection, &receiver))?;
        Ok(Self::Thread {
            work: Mutex::new(Some(sender)),
            thread: Mutex::new(Some(thread)),
        })
    }

    pub(super) const fn here(connection: Connection) -> Self {
        Self::Here(Mutex::new(Some(connection)))
    }

    /// Runs the work in one transaction; returns after the commit is on disk. On an error nothing is changed.
    pub(super) fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        self.with_connection(move |connection| in_transaction(connection, None, work))
    }

    /// The same, and what the work has for the ledger is in it before the commit. When that fails, it is in neither.
    pub(super) fn write_noting<T: Send + 'static>(
        &self,
        ledger: Ledger,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        self.with_connection(move |connection| in_transaction(connection, Some(&ledger), work))
    }

    /// Runs work that cannot be in a transaction, such as writing the file anew.
    pub(super) fn with_connection<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let (reply, answer) = sync_channel(1);
        self.send(Box::new(move |connection| {
            // A caller that went away no longer wants the answer; what was committed stands.
            drop(reply.send(work(connection)));
        }))?;
        answer.recv().map_err(|_| LogError::Closed)?
    }

    /// The same without waiting; for what may be lost.
    pub(super) fn write_later(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<(), LogError> + Send + 'static,
    ) -> Result<(), LogError> {
        self.send(Box::new(move |connection| {
            if let Err(error) = in_transaction(connection, None, work) {
                tracing::warn!(%error, "a note about a device was not written");
            }
        }))
    }

    /// Finishes what was handed in, folds the write-ahead log into the file and ends the thread.
    pub(super) fn stop(&self) {
        match self {
            Self::Thread { work, thread } => {
                drop(locked(work).take());
                let thread = locked(thread).take();
                if thread.is_some_and(|thread| thread.join().is_err()) {
                    tracing::error!("the writer ended in a panic");
                }
            }
            Self::Here(connection) => {
                if let Some(connection) = locked(connection).take() {
                    fold_in(&connection);
                }
            }
        }
    }

    fn send(&self, work: Work) -> Result<(), LogError> {
        match self {
            Self::Thread { work: sender, .. } => {
                let sender = locked(sender).clone().ok_or(LogError::Closed)?;
                sender.send(work).map_err(|_| LogError::Closed)
            }
            Self::Here(connection) => {
                let mut connection = locked(connection);
                work(connection.as_mut().ok_or(LogError::Closed)?);
                Ok(())
            }
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn run(mut connection: Connection, work: &Receiver<Work>) {
    while let Ok(work) = work.recv() {
        // A panic rolls its transaction back and must not end the writing for everybody else.
        if catch_unwind(AssertUnwindSafe(|| work(&mut connection))).is_err() {
            tracing::error!("writing panicked; that transaction was rolled back");
        }
    }
    fold_in(&connection);
}

fn fold_in(connection: &Connection) {
    if let Err(error) = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())) {
        tracing::warn!(%error, "the write-ahead log was not folded in; it is read at the next start");
    }
}

fn in_transaction<T>(
    connection: &mut Connection,
    ledger: Option<&Ledger>,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, LogError>,
) -> Result<T, LogError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = work(&transaction)?;
    let noted = ledger.map(|ledger| ledger.follow(&transaction));
    let noted = noted.transpose()?.flatten();
    let committed = transaction.commit();
    if !Mistake::TakenEarly.is_made() {
        committed?;
    }
    if let Some(noted) = noted {
        noted.keep();
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As when the disk is full at that moment: the ledger has room for a line more, the database has not.
    #[test]
    fn what_could_not_be_committed_is_not_in_the_ledger_either() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::in_folder(folder.path());
        let connection = Connection::open_in_memory().unwrap();
        connection
            .execute_batch(
                "PRAGMA foreign_keys = ON;
                 CREATE TABLE to_ledger (no INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;
                 CREATE TABLE there (no INTEGER PRIMARY KEY) STRICT;
                 CREATE TABLE refers (
                     no INTEGER NOT NULL REFERENCES there (no) DEFERRABLE INITIALLY DEFERRED
                 ) STRICT;",
            )
            .unwrap();
        let writer = Writer::here(connection);
        let revoke = |device: &'static str, fails: bool| {
            writer.write_noting(ledger.clone(), move |tx| {
                tx.execute(
                    "INSERT INTO to_ledger (line) VALUES ('device ' || ?1 || ' revoked 1')",
                    [device],
                )?;
                if fails {
                    // Found out by the commit.
                    tx.execute("INSERT INTO refers (no) VALUES (7)", [])?;
                }
                Ok(())
            })
        };
        revoke("0101010101010101", false).unwrap();
        let before = ledger.entries().unwrap();
        assert_eq!(before.len(), 1);
        revoke("0202020202020202", true).unwrap_err();
        assert_eq!(ledger.entries().unwrap(), before);
        revoke("0303030303030303", false).unwrap();
        assert_eq!(ledger.entries().unwrap().len(), 2);
    }
}
