//! Putting a backup back.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rusqlite::{Connection, OpenFlags};

use super::ledger::Ledger;
use super::{Log, LogError, open};
use crate::log::Lock;

/// What was there before a backup was put back is kept under this name.
const REPLACED: &str = "buurtboek-server.replaced.sqlite";

/// So long, unless something is erased before.
const KEPT_MS: i64 = 7 * 24 * 3600 * 1000;

/// Where a backup is made ready.
const STAGE: &str = "buurtboek-server.restoring";

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Restored {
    /// Spaces that have a new log now.
    pub spaces: usize,
    /// Where the database that was there before is, if there was one.
    pub replaced: Option<PathBuf>,
}

impl Log {
    /// Puts a backup in the place of the database, and gives every space a new log so that devices offer again what
    /// they hold. The server must not be running.
    ///
    /// # Errors
    /// When the file is no sound backup, or cannot be copied: then nothing was changed.
    pub fn restore(folder: &Path, backup: &Path, now_ms: i64) -> Result<Restored, LogError> {
        check(backup)?;
        let _held = Lock::take(folder)?.ok_or(LogError::InUse)?;
        let stage = folder.join(STAGE);
        remove(&stage)?;
        let (file, staged) = (open::file_in(folder)?, open::file_in(&stage)?);
        fs::copy(backup, &staged)?;
        // All is ready before the one step that counts: a program or machine that stops leaves the old or the new.
        let log = Self::open(&stage, 1)?;
        let knows_erasures = log.is_known_to(&Ledger::in_folder(folder))?;
        let spaces = log.start_logs_anew(now_ms, knows_erasures)?;
        log.close();
        drop(log);
        File::open(&staged)?.sync_all()?;
        let replaced = keep_aside(&file)?;
        fs::rename(&staged, &file)?;
        open::sync_folder(folder)?;
        remove(&stage)?;
        // Opened once: what the ledger says was erased goes again, before anybody asks.
        Self::open(folder, 1)?.close();
        Ok(Restored { spaces, replaced })
    }
}

/// What was there before a backup was put back, if it is still there.
pub(super) fn replaced(folder: &Path) -> Option<PathBuf> {
    let aside = folder.join(REPLACED);
    aside.exists().then_some(aside)
}

/// Removes what was there before a backup was put back: at once, or when it is a week old. Whoever wants to keep it longer
/// moves it to where backups are.
pub(super) fn forget_replaced(folder: &Path, now_ms: Option<i64>) -> Result<(), LogError> {
    let aside = folder.join(REPLACED);
    let Ok(about) = fs::metadata(&aside) else {
        return Ok(());
    };
    let since = about.modified()?.duration_since(UNIX_EPOCH);
    let since_ms = since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    });
    if now_ms.is_some_and(|now_ms| now_ms.saturating_sub(since_ms) < KEPT_MS) {
        return Ok(());
    }
    for end in ["", "-wal", "-shm"] {
        remove(&with_end(&aside, end))?;
    }
    tracing::info!("removed the database that a backup replaced");
    Ok(())
}

/// Whether this is a whole database of a server we know.
fn check(backup: &Path) -> Result<(), LogError> {
    let no_backup = |_| LogError::NoBackup(backup.to_owned());
    let connection =
        Connection::open_with_flags(backup, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(no_backup)?;
    let found: u32 = connection
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .map_err(no_backup)?;
    open::check_version(found)?;
    let sound: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .map_err(no_backup)?;
    let spaces = connection.query_row("SELECT COUNT(*) FROM space", [], |row| row.get::<_, i64>(0));
    if spaces.is_ok() && sound == "ok" {
        Ok(())
    } else {
        Err(LogError::NoBackup(backup.to_owned()))
    }
}

/// Keeps the database under another name, too; returns which. Its journal is folded in first: beside the file that takes
/// its name, it would be taken for the journal of that one. Where that fails because the file is damaged, the journal is
/// kept with it.
fn keep_aside(file: &Path) -> Result<Option<PathBuf>, LogError> {
    if !file.exists() {
        return Ok(None);
    }
    let aside = file.with_file_name(REPLACED);
    for end in ["", "-wal", "-shm"] {
        remove(&with_end(&aside, end))?;
    }
    if let Err(error) = open::fold_in(file) {
        tracing::warn!(%error, "the journal of the database that is replaced is kept beside it");
    }
    fs::copy(file, &aside)?;
    open::only_for_this_user(&aside, 0o600)?;
    for end in ["-wal", "-shm"] {
        let from = with_end(file, end);
        if from.exists() {
            fs::rename(from, with_end(&aside, end))?;
        }
    }
    File::open(&aside)?.sync_all()?;
    Ok(Some(aside))
}

/// Removes a file or a folder, if it is there.
fn remove(path: &Path) -> Result<(), LogError> {
    if path.is_dir() {
        fs::remove_dir_all(path)?;
    } else if path.exists() {
        fs::remove_file(path)?;
    }
    Ok(())
}

fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
