//! Reading and writing files, with failures that name the file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::failure::Failure;

/// The text of a file, or nothing when there is no such file.
pub(crate) fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(problem) => Err(about("read", path, &problem)),
    }
}

/// Writes a file, making its folder when needed.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    fs::write(path, text).map_err(|problem| about("write", path, &problem))
}

/// Makes a folder and those above it.
pub(crate) fn make_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|problem| about("make", path, &problem))
}

/// What a folder holds; nothing when it does not exist.
pub(crate) fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(problem) => return Err(about("list", folder, &problem)),
    };
    listing
        .map(|entry| entry.map(|found| found.path()))
        .collect::<io::Result<_>>()
        .map_err(|problem| about("list", folder, &problem))
}

/// When a file was last written, or nothing when there is no such file.
pub(crate) fn changed(path: &Path) -> Result<Option<SystemTime>, Failure> {
    match fs::metadata(path).and_then(|known| known.modified()) {
        Ok(time) => Ok(Some(time)),
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(problem) => Err(about("look at", path, &problem)),
    }
}

/// The last moment at which anything in these paths changed. Folders count too: a removed file changes its folder.
pub(crate) fn newest(paths: &[PathBuf]) -> Result<Option<SystemTime>, Failure> {
    let mut newest = None;
    for path in paths {
        newest = newest.max(changed(path)?);
        if path.is_dir() {
            newest = newest.max(self::newest(&entries(path)?)?);
        }
    }
    Ok(newest)
}

/// A failure about a path.
pub(crate) fn about(verb: &str, path: &Path, problem: &io::Error) -> Failure {
    Failure::new(format!("cannot {verb} {}: {problem}", path.display()))
        .advice("check the rights on that folder and the room on the disk")
}
