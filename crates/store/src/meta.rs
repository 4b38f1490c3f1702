//! What the device knows of itself: a few named values, encrypted with the rest.

use rusqlite::{Connection, OptionalExtension as _};

use crate::error::Result;
use crate::open::Store;

impl Store {
    /// A value about the device itself.
    ///
    /// # Errors
    /// What the database says.
    pub fn meta(&self, key: &str) -> Result<Option<String>> {
        self.read(|connection| get(connection, key))
    }

    /// Keeps values about the device itself, together and durably. `None` forgets.
    ///
    /// # Errors
    /// What the database says.
    pub fn set_meta(&self, values: &[(&str, Option<&str>)]) -> Result<()> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for (key, value) in values {
            set(&transaction, key, *value)?;
        }
        transaction.commit()?;
        Ok(())
    }
}

pub(crate) fn get(connection: &Connection, key: &str) -> Result<Option<String>> {
    Ok(connection
        .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?)
}

pub(crate) fn set(connection: &Connection, key: &str, value: Option<&str>) -> Result<()> {
    match value {
        Some(value) => connection
            .prepare_cached(
                "INSERT INTO meta (key, value) VALUES (?1, ?2)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )?
            .execute([key, value])?,
        None => connection
            .prepare_cached("DELETE FROM meta WHERE key = ?1")?
            .execute([key])?,
    };
    Ok(())
}
