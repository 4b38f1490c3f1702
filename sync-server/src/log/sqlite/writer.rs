//! One thread owns the writing connection; everybody else hands it work. A simulation has no threads: there whoever
//! asks does the work.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use mistake::Mistake;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::LogError;

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
        let (reply, answer) = sync_channel(1);
        self.send(Box::new(move |connection| {
            // A caller that went away no longer wants the answer; the commit stands.
            drop(reply.send(in_transaction(connection, work)));
        }))?;
        answer.recv().map_err(|_| LogError::Closed)?
    }

    /// Runs work that cannot be in a transaction, such as writing the file anew.
    pub(super) fn with_connection<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let (reply, answer) = sync_channel(1);
        self.send(Box::new(move |connection| {
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
            if let Err(error) = in_transaction(connection, work) {
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
    work: impl FnOnce(&Transaction<'_>) -> Result<T, LogError>,
) -> Result<T, LogError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = work(&transaction)?;
    let committed = transaction.commit();
    if !Mistake::TakenEarly.is_made() {
        committed?;
    }
    Ok(value)
}
