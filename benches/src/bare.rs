//! The bare counterpart: the same encrypted database through SQLite alone, with the pragmas of the store.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use store::{DatabaseKey, KeyCost, KeyDice, KeyFile};

use crate::Result;
use crate::book::PASSPHRASE;

const KEY_FILE: &str = "buurtboek.key";

fn key(folder: &Path) -> Result<DatabaseKey> {
    let sealed = std::fs::read(folder.join(KEY_FILE))?;
    let file: KeyFile = serde_json::from_slice(&sealed)?;
    Ok(file.open(PASSPHRASE, None)?)
}

/// Seals the key of a folder again, at next to no cost of deriving it.
pub(crate) fn cheapen_key(folder: &Path) -> Result<()> {
    let dice = KeyDice {
        key: *key(folder)?,
        salt: [0; 16],
        nonce: [0; 24],
    };
    let cost = KeyCost {
        memory_kib: 8,
        passes: 1,
    };
    let file = KeyFile::seal(&dice, PASSPHRASE, None, cost)?;
    Ok(std::fs::write(
        folder.join(KEY_FILE),
        serde_json::to_vec(&file)?,
    )?)
}

/// Opens the database of a device's folder.
pub(crate) fn open(folder: &Path) -> Result<Connection> {
    let key = key(folder)?;
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
    connection.pragma_update(None, "cache_size", -12 * 1024)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}
