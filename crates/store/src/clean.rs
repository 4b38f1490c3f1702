//! Bytes really gone. Deleting a row leaves its words in many places of a database file: segments of the search index,
//! the write-ahead log, and, `secure_delete` or not, gaps that SQLite leaves when it moves rows between pages (measured:
//! about one deleted row in a hundred stays readable). So an erasure ends with merging the index into one segment,
//! writing the file anew and emptying the log (docs/adr/0008, 0012).

use std::path::Path;

use rusqlite::Connection;

use crate::error::Result;
use crate::meta;
use crate::read_model;
use crate::repair;

/// The value that says that bytes of something erased may still be in the file.
const TO_CLEAN: &str = "to_clean";

/// Rows of the index's own table up to which it is small.
const SMALL: i64 = 32;

/// To be called in the transaction that erases, before it does: the index removes words instead of marking them.
pub(crate) fn begin(connection: &Connection) -> Result<()> {
    if meta::get(connection, TO_CLEAN)?.is_none() {
        meta::set(connection, TO_CLEAN, Some("1"))?;
        set_secure(connection, true)?;
    }
    Ok(())
}

/// To be called in the same transaction, after erasing: the index becomes one segment, without what was removed.
pub(crate) fn end(connection: &Connection) -> Result<()> {
    if meta::get(connection, TO_CLEAN)?.is_some() {
        if is_small(connection)? {
            read_model::index_anew(connection)?;
        } else {
            merge_into_one(connection)?;
        }
        set_secure(connection, false)?;
    }
    Ok(())
}

/// An index of a few pages, which is made again in no time.
fn is_small(connection: &Connection) -> Result<bool> {
    let pages: i64 =
        connection.query_row("SELECT count(*) FROM search_data", [], |row| row.get(0))?;
    Ok(pages <= SMALL)
}

/// FTS5 leaves an index that is one segment alone, and a word of a row that was ever edited stays in it as a mark that it was
/// deleted (seen in 3.54.1). A second segment makes it write everything anew, without those marks; unless the first one is
/// no larger than it (`fts5StructurePromote`), which is why a small index is made again instead.
fn merge_into_one(connection: &Connection) -> Result<()> {
    connection.execute(
        "INSERT INTO search (rowid, title, body) VALUES (-1, 'x', '')",
        [],
    )?;
    connection.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
    connection.execute(
        "INSERT INTO search (search, rowid, title, body) VALUES ('delete', -1, 'x', '')",
        [],
    )?;
    connection.execute("INSERT INTO search (search) VALUES ('optimize')", [])?;
    Ok(())
}

/// After the commit: the file is written anew and the write-ahead log emptied. False when another program holds on to an
/// older state of the file: then it is to be tried again.
pub(crate) fn finish(connection: &Connection) -> Result<bool> {
    if meta::get(connection, TO_CLEAN)?.is_none() {
        return Ok(true);
    }
    if let Some(path) = connection.path() {
        repair::forget_damaged(Path::new(path))?;
    }
    connection.execute_batch("VACUUM")?;
    let busy: bool =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        tracing::info!("what was erased is still in the journal: somebody is reading");
        return Ok(false);
    }
    meta::set(connection, TO_CLEAN, None)?;
    Ok(true)
}

/// The same, when the erasure itself is done: what stands in the way (a full disk, another program) only puts it off.
pub(crate) fn finish_or_later(connection: &Connection) {
    if let Err(problem) = finish(connection) {
        tracing::warn!(%problem, "what was erased is not out of the file yet; tried again later");
    }
}

fn set_secure(connection: &Connection, on: bool) -> Result<()> {
    connection.execute(
        "INSERT INTO search (search, rank) VALUES ('secure-delete', ?1)",
        [on],
    )?;
    Ok(())
}
