//! Opening the file: settings, migrations, permissions.

use std::path::{Path, PathBuf};
use std::time::Duration;

use mistake::Mistake;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::LogError;

const FILE: &str = "buurtboek-server.sqlite";

/// Numbered, add-only, one transaction each. A shipped one is never edited.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../migrations/0001_log.sql"),
    include_str!("../../../migrations/0002_people.sql"),
    include_str!("../../../migrations/0003_erasure.sql"),
    include_str!("../../../migrations/0004_ending.sql"),
    include_str!("../../../migrations/0005_ledger.sql"),
    include_str!("../../../migrations/0006_recovery.sql"),
];

/// An administrator's command may hold the write lock for a moment.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// The file in this folder; the folder is made when it is not there.
pub(super) fn file_in(folder: &Path) -> Result<PathBuf, LogError> {
    make_folder(folder)?;
    Ok(folder.join(FILE))
}

/// Makes a folder, for this user only, when it is not there.
pub(in crate::log) fn make_folder(folder: &Path) -> Result<(), LogError> {
    if !folder.exists() {
        std::fs::create_dir_all(folder)?;
        only_for_this_user(folder, 0o700)?;
    }
    Ok(())
}

/// The one connection that writes.
pub(super) fn writer(file: &Path) -> Result<Connection, LogError> {
    let mut connection = Connection::open(file)?;
    only_for_this_user(file, 0o600)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // FULL: what was acknowledged survives a power cut. secure_delete: what was erased is not in the file.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let synchronous = if Mistake::UnsyncedServer.is_made() {
        "NORMAL"
    } else {
        "FULL"
    };
    connection.pragma_update(None, "synchronous", synchronous)?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "cache_size", -4_000)?;
    connection.set_prepared_statement_cache_capacity(64);
    migrate(&mut connection)?;
    Ok(connection)
}

/// A connection that cannot write.
pub(super) fn reader(file: &Path) -> Result<Connection, LogError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.pragma_update(None, "query_only", "ON")?;
    connection.pragma_update(None, "cache_size", -2_000)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Folds the write-ahead log into the file and removes it.
pub(super) fn fold_in(file: &Path) -> Result<(), LogError> {
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    Ok(())
}

/// Copies the database as of one moment into a file that is not there yet. Nothing else is made or changed, and when this
/// returns the copy is on disk.
pub(super) fn back_up(folder: &Path, target: &Path) -> Result<(), LogError> {
    let file = folder.join(FILE);
    let name = target
        .to_str()
        .ok_or_else(|| LogError::NotUtf8(target.to_owned()))?;
    let connection = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .map_err(|problem| {
            if file.exists() {
                problem.into()
            } else {
                LogError::Absent(folder.to_owned())
            }
        })?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // What is in it is for this user only, also while it is being written. SQLite writes into a file that is empty.
    let made = new_file(target)?;
    let copied = fill(&connection, name, &made);
    // Half a backup must not be taken for one.
    if copied.is_err()
        && let Err(problem) = std::fs::remove_file(target)
    {
        tracing::error!(%problem, file = %target.display(), "the unfinished backup is still there");
    }
    copied
}

fn fill(connection: &Connection, target: &str, made: &std::fs::File) -> Result<(), LogError> {
    connection.execute("VACUUM INTO ?1", [target])?;
    made.sync_all()?;
    let folder = Path::new(target).parent();
    let here = Path::new(".");
    sync_folder(
        folder
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(here),
    )
}

fn new_file(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The database file in this folder, if there is one.
pub(super) fn existing(folder: &Path) -> Result<PathBuf, LogError> {
    let file = folder.join(FILE);
    if file.exists() {
        Ok(file)
    } else {
        Err(LogError::Absent(folder.to_owned()))
    }
}

/// Refuses a file of a newer server.
pub(super) fn check_version(found: u32) -> Result<(), LogError> {
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if found > known {
        Err(LogError::Newer { found, known })
    } else {
        Ok(())
    }
}

fn migrate(connection: &mut Connection) -> Result<(), LogError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    check_version(found)?;
    drop(transaction);
    for (version, migration) in (1_u32..)
        .zip(MIGRATIONS)
        .filter(|(version, _)| *version > found)
    {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been quicker.
        let now: u32 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if now < version {
            transaction.execute_batch(migration)?;
            transaction.pragma_update(None, "user_version", version)?;
            transaction.commit()?;
        }
    }
    Ok(())
}

/// Makes the name of a new file survive a power cut.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> Result<(), LogError> {
    Ok(std::fs::File::open(folder)?.sync_all()?)
}

#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> Result<(), LogError> {
    Ok(())
}

#[cfg(unix)]
pub(super) fn only_for_this_user(path: &Path, mode: u32) -> Result<(), LogError> {
    use std::os::unix::fs::PermissionsExt;
    Ok(std::fs::set_permissions(
        path,
        std::fs::Permissions::from_mode(mode),
    )?)
}

#[cfg(not(unix))]
pub(super) fn only_for_this_user(_path: &Path, _mode: u32) -> Result<(), LogError> {
    Ok(())
}
