//! The log in one SQLite file: one writer thread, a few read-only readers.

mod admission_step;
mod audit;
mod catch_up;
mod clean;
mod departed;
mod devices;
mod enroll;
mod erase;
mod erasures;
mod invitations;
mod ledger;
mod members;
mod open;
mod open_invitations;
mod pull;
mod push;
mod readers;
mod redact;
mod restore;
mod roles;
mod rows;
mod snapshots;
mod spaces;
mod tokens;
mod writer;

use std::path::{Path, PathBuf};

use protocol::SpaceEvent;
use rusqlite::Transaction;
use tokio::sync::broadcast;

use super::LogError;
use crate::secret::Dice;
pub use invitations::INVITATION_LIFE_MS;
use ledger::Ledger;
pub(in crate::log) use open::make_folder;
use readers::Readers;
pub use restore::Restored;
use writer::Writer;

/// Events a slow stream may lag behind before it is told all heads anew.
const EVENTS_KEPT: usize = 1024;

/// Everything the server keeps, in one file of the data folder.
#[derive(Debug)]
pub struct Log {
    writer: Writer,
    readers: Readers,
    events: broadcast::Sender<SpaceEvent>,
    ledger: Ledger,
    folder: PathBuf,
    dice: Dice,
}

impl Log {
    /// Opens the log in this folder, making both when they are not there, and brings the file up to date.
    ///
    /// # Errors
    /// When the folder or file cannot be used, or is of a newer server.
    pub fn open(folder: &Path, readers: usize) -> Result<Self, LogError> {
        let file = open::file_in(folder)?;
        let writer = Writer::start(open::writer(&file)?)?;
        Self::over(folder, &file, writer, readers, Dice::system())
    }

    /// Opens the log in this folder as it serves a server, and brings the file up to date.
    ///
    /// # Errors
    /// When there is none, or it cannot be used, or is of a newer server.
    pub fn open_existing(folder: &Path, readers: usize) -> Result<Self, LogError> {
        open::existing(folder)?;
        Self::open(folder, readers)
    }

    /// The same as [`open`](Self::open) with other dice, and with a writer that works on the thread of whoever asks: each thing happens in one
    /// order, which a simulation can repeat.
    ///
    /// # Errors
    /// When the folder or file cannot be used, or is of a newer server.
    pub fn open_in_order(folder: &Path, dice: Dice) -> Result<Self, LogError> {
        let file = open::file_in(folder)?;
        let writer = Writer::here(open::writer(&file)?);
        Self::over(folder, &file, writer, 1, dice)
    }

    fn over(
        folder: &Path,
        file: &Path,
        writer: Writer,
        readers: usize,
        dice: Dice,
    ) -> Result<Self, LogError> {
        let log = Self {
            writer,
            readers: Readers::open(file, readers)?,
            events: broadcast::Sender::new(EVENTS_KEPT),
            ledger: Ledger::in_folder(folder),
            folder: folder.to_owned(),
            dice,
        };
        log.catch_up_with_ledger()?;
        log.clean_or_later();
        Ok(log)
    }

    /// What was there before a backup was put back, if it is still kept: what is erased from now on removes it.
    #[must_use]
    pub fn replaced(&self) -> Option<PathBuf> {
        restore::replaced(&self.folder)
    }

    /// What arrives in any space from now on.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<SpaceEvent> {
        self.events.subscribe()
    }

    /// Whether reading and writing work.
    ///
    /// # Errors
    /// When they do not.
    pub fn check(&self) -> Result<(), LogError> {
        self.read(|tx| Ok(tx.query_row("SELECT version FROM roster", [], |_| Ok(()))?))?;
        self.write(|_| Ok(()))
    }

    /// Writes a copy of everything, as of one moment, into a new file; also while being served. The database stays as it
    /// is: one of an older server is not brought up to date, so that its own program can read the copy.
    ///
    /// # Errors
    /// When there is no database, the target exists, or reading or writing fails.
    pub fn back_up(folder: &Path, target: &Path) -> Result<(), LogError> {
        open::back_up(folder, target)
    }

    /// Ends the writer after what it has to do, and folds the write-ahead log into the file. Later writes fail.
    pub fn close(&self) {
        self.writer.stop();
    }

    /// Tells the event streams; nobody listening is fine.
    fn tell(&self, events: Vec<SpaceEvent>) {
        for event in events {
            drop(self.events.send(event));
        }
    }

    /// Runs the work in one read transaction: it sees one moment.
    fn read<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, LogError>,
    ) -> Result<T, LogError> {
        self.readers.read(work)
    }

    /// Runs the work in one write transaction on the writer thread; returns after it is durable.
    fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        self.writer.write_noting(self.ledger.clone(), work)
    }
}
