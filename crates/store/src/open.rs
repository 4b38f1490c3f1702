//! Opening the file: one writer, few readers that cannot write, and what damaged or foreign files answer.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};

use mistake::Mistake;
use parking_lot::{Mutex, MutexGuard};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use zeroize::Zeroizing;

use crate::clean;
use crate::error::{Result, StoreError};
use crate::fresh::Fresh;
use crate::key::DatabaseKey;
use crate::unwritten::Unwritten;
use crate::{recent, schema};

/// Readers kept open; a screen seldom asks more than two things at once.
const READERS: usize = 3;

/// Page cache of a connection, at most.
const CACHE_KIB: i64 = 12 * 1024;

/// The device's database, open.
pub struct Store {
    path: PathBuf,
    key: DatabaseKey,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    /// What was done here and found no room in the file.
    pub(crate) unwritten: Unwritten,
    /// The words of the last edits, which the search index does not hold yet.
    pub(crate) fresh: Mutex<Fresh>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Makes a new database.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is a file already; it is left as it is.
    pub fn create(path: &Path, key: DatabaseKey) -> Result<Self> {
        if path.exists() {
            return Err(StoreError::Exists);
        }
        Self::start(path, key)
    }

    /// Opens an existing database and brings it to the format of this app.
    ///
    /// # Errors
    /// See [`StoreError`]; the file is not changed when it cannot be opened.
    pub fn open(path: &Path, key: DatabaseKey) -> Result<Self> {
        if !path.exists() {
            return Err(StoreError::Absent);
        }
        if std::fs::metadata(path)?.len() == 0 {
            // SQLite takes an empty file for a new database; here it is one that lost its content.
            return Err(StoreError::Empty);
        }
        // SQLite would open a file that may only be read, and make files beside it that may not be written either: with
        // them the book stays closed when it may be written again.
        drop(OpenOptions::new().write(true).open(path)?);
        Self::start(path, key)
    }

    fn start(path: &Path, key: DatabaseKey) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut writer = connect(path, &key, flags)?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        // FULL: a commit is on the disk before anybody is told "saved", also when the power goes.
        let synchronous = if Mistake::UnsyncedDevice.is_made() {
            "NORMAL"
        } else {
            "FULL"
        };
        writer.pragma_update(None, "synchronous", synchronous)?;
        writer.pragma_update(None, "foreign_keys", true)?;
        writer.pragma_update(None, "secure_delete", true)?;
        writer.pragma_update(None, "journal_size_limit", 4 * 1024 * 1024)?;
        schema::migrate(&mut writer)?;
        clean::finish_or_later(&writer);
        Ok(Self {
            path: path.to_owned(),
            key,
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            unwritten: Unwritten::default(),
            fresh: Mutex::new(Fresh::default()),
        })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The one writer; whoever holds it writes alone.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock()
    }

    /// Reads on a connection that cannot write, beside the writer.
    ///
    /// # Errors
    /// What `read` says, or that no connection could be opened.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let idle = self.readers.lock().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.reader()?,
        };
        let result = at_one_moment(&connection, read);
        let mut readers = self.readers.lock();
        if readers.len() < READERS {
            readers.push(connection);
        }
        result
    }

    fn reader(&self) -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = connect(&self.path, &self.key, flags)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }
}

/// All that is read stands as it was at one moment, however many questions that takes.
fn at_one_moment<T>(
    connection: &Connection,
    read: impl FnOnce(&Connection) -> Result<T>,
) -> Result<T> {
    let moment = connection.unchecked_transaction()?;
    let result = read(&moment);
    moment.finish()?;
    result
}

/// Begins a transaction in which every table says how things are: what the last edits left to do is done first.
pub(crate) fn begin(writer: &mut Connection) -> Result<Transaction<'_>> {
    let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
    recent::settle(&transaction)?;
    Ok(transaction)
}

/// Opens a damaged file to read what can be read, alone: nothing is written to it or beside it, also not when it is closed.
pub(crate) fn look(path: &Path, key: &DatabaseKey) -> Result<Connection> {
    // Its write-ahead log can only be read with the right to write.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = keyed(path, key, flags)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // Before anything is read: from then on the lock is only for what is written.
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    settle(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn connect(path: &Path, key: &DatabaseKey, flags: OpenFlags) -> Result<Connection> {
    let connection = keyed(path, key, flags)?;
    settle(&connection)?;
    Ok(connection)
}

fn keyed(path: &Path, key: &DatabaseKey, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags)?;
    let raw = Zeroizing::new(format!("x'{}'", hex::encode(key.as_slice())));
    // SQLCipher writes what it thinks of damaged pages to standard error; ours go back to the caller as errors.
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    connection.pragma_update(None, "key", raw.as_str())?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

fn settle(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // Touched pages of a large book stay at hand; memory is taken only as they are read.
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    // The first read decides whether key and file belong together.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| {
        row.get::<_, i64>(0)
    })?;
    Ok(())
}
