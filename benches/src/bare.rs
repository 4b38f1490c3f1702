//! The bare counterpart: the same encrypted database through SQLite alone, with the pragmas of the store.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use store::KeyFile;

use crate::Result;
use crate::book::PASSPHRASE;

/// Opens the database of a device's folder.
pub(crate) fn open(folder: &Path) -> Result<Connection> {
    let sealed = std::fs::read(folder.join("buurtboek.key"))?;
    let file: KeyFile = serde_json::from_slice(&sealed)?;
    let key = file.open(PASSPHRASE, None)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(folder.join("buurtboek.sqlite"), flags)?;
    connection.pragma_update(None, "key", format!("x'{}'", hex::encode(key.as_slice())))?;
    connection.set_prepared_statement_cache_capacity(64);
    for (pragma, value) in [
        ("journal_mode", "WAL"),
        ("synchronous", "FULL"),
        ("temp_store", "MEMORY"),
    ] {
        connection.pragma_update(None, pragma, value)?;
    }
    connection.pragma_update(None, "cache_size", -4096)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}
