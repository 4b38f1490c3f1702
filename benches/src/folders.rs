//! Folders: what is filled once and kept, and copies to work on.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::Result;

/// Changes whenever what is kept would be filled differently.
const SHAPE: u32 = 1;

/// The folder of this name under `~/.cache/buurtboek/bench`, filled by `fill` when it is not there yet.
pub(crate) fn kept(name: &str, fill: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let all = all()?;
    let version = domain::projection::PROJECTION_VERSION;
    let folder = all.join(format!("{name}-{version}-{SHAPE}"));
    if folder.is_dir() {
        return Ok(folder);
    }
    // Filled under another name first: what was broken off is never taken for whole.
    let draft = TempDir::with_prefix_in("filling-", &all)?;
    fill(draft.path())?;
    fs::rename(draft.keep(), &folder)?;
    Ok(folder)
}

/// An empty folder on the same disk; it goes with the value.
pub(crate) fn fresh() -> Result<TempDir> {
    Ok(TempDir::with_prefix_in("run-", all()?)?)
}

/// A copy to work on.
pub(crate) fn copy(from: &Path) -> Result<TempDir> {
    let to = fresh()?;
    copy_into(from, to.path())?;
    Ok(to)
}

fn copy_into(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy_into(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn all() -> Result<PathBuf> {
    let home = std::env::home_dir().ok_or("this account has no home folder")?;
    let folder = home.join(".cache/buurtboek/bench");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
