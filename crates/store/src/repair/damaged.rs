//! The file that is damaged, to be read only.

use std::cell::RefCell;
use std::path::Path;

use rusqlite::Connection;

use crate::error::Result;
use crate::key::DatabaseKey;
use crate::open::look;

/// A damaged file. After a page that fails its checksum SQLCipher answers nothing more on that connection, so the file is
/// opened anew then.
pub(super) struct Damaged<'a> {
    path: &'a Path,
    key: &'a DatabaseKey,
    /// Only one at a time: each wants the file alone.
    connection: RefCell<Option<Connection>>,
}

impl<'a> Damaged<'a> {
    pub(super) fn open(path: &'a Path, key: &'a DatabaseKey) -> Result<Self> {
        Ok(Self {
            path,
            key,
            connection: RefCell::new(Some(look(path, key)?)),
        })
    }

    /// Reads; `None` when what is asked for cannot be read.
    ///
    /// # Errors
    /// When the file cannot be opened anew.
    pub(super) fn read<T>(
        &self,
        what: &str,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => look(self.path, self.key)?,
        };
        match read(&connection) {
            Ok(answer) => {
                self.connection.replace(Some(connection));
                Ok(Some(answer))
            }
            Err(problem) => {
                tracing::warn!(what, %problem, "a part of the damaged file cannot be read");
                Ok(None)
            }
        }
    }
}
