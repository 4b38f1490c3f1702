//! The files of a repair: the damaged one is put aside, the new one takes its place, whatever happens in between.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};

use super::{Salvaged, salvage};
use crate::error::Result;
use crate::key::DatabaseKey;

/// Puts a new database with what can be read in the place of the damaged one, which stays beside it as `….damaged-SECONDS`.
/// `judge` looks at the new one before that. Nobody may have the database open.
///
/// # Errors
/// Those of [`salvage`], of `judge` and of the disk; the damaged database is where it was then.
pub fn repair(
    path: &Path,
    key: &DatabaseKey,
    seconds: i64,
    judge: impl FnOnce(&Path) -> Result<()>,
) -> Result<Salvaged> {
    let (making, made) = (beside(path, ".repairing"), beside(path, ".repaired"));
    remove(&making)?;
    remove(&made)?;
    let salvaged = salvage(path, &making, key).and_then(|salvaged| {
        judge(&making)?;
        Ok(salvaged)
    });
    let salvaged = match salvaged {
        Ok(salvaged) => salvaged,
        Err(problem) => {
            remove(&making)?;
            return Err(problem);
        }
    };
    File::open(&making)?.sync_all()?;
    std::fs::rename(&making, &made)?;
    for ending in ["", "-wal"] {
        let aside = beside(path, &format!(".damaged-{seconds}{ending}"));
        or_absent(std::fs::rename(beside(path, ending), aside))?;
    }
    or_absent(std::fs::remove_file(beside(path, "-shm")))?;
    finish_repair(path)?;
    Ok(salvaged)
}

/// After a repair that was broken off when the damaged database was aside already: the new one takes its place.
///
/// # Errors
/// Those of the disk.
pub fn finish_repair(path: &Path) -> Result<()> {
    let made = beside(path, ".repaired");
    if path.exists() || !made.exists() {
        return Ok(());
    }
    std::fs::rename(&made, path)?;
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Damaged databases that were put aside go: when something is erased, and with the book.
///
/// # Errors
/// Those of the disk.
pub fn forget_damaged(path: &Path) -> std::io::Result<()> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Ok(());
    };
    let start = format!("{}.damaged-", name.to_string_lossy());
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(&start) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

fn remove(path: &Path) -> std::io::Result<()> {
    for ending in ["", "-wal", "-shm", "-journal"] {
        or_absent(std::fs::remove_file(beside(path, ending)))?;
    }
    Ok(())
}

fn or_absent(done: std::io::Result<()>) -> std::io::Result<()> {
    match done {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => Err(problem),
        Ok(()) | Err(_) => Ok(()),
    }
}
