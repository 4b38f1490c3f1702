//! One program at a time serves a data folder, and none while a backup is put back into it.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::LogError;

const FILE: &str = "buurtboek-server.lock";

/// Holds the folder until it is dropped, or the program ends in whatever way.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the folder, which is made when it is not there; `None` when another program holds it.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn take(folder: &Path) -> Result<Option<Self>, LogError> {
        super::sqlite::make_folder(folder)?;
        let file = File::create(folder.join(FILE))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}
