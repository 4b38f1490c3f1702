//! What the last edits left to do. An edit is durable with one row here and the row that lists read: the rest, of which
//! each table would cost a page of the encrypted file or more, follows for many edits together.
//!
//! One rule keeps that unseen: whoever asks or writes the tail of a document, heads, digests, undo or the search index
//! does so in a transaction that began with [`crate::open::begin`], which settles what waits here. The few that are asked
//! too often for that know of it: a document ([`crate::documents::stored`]), search ([`crate::fresh`]), the digest of a
//! space and the last undo.

use std::collections::BTreeMap;

use domain::ids::{RecordId, SpaceId};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;

use crate::error::Result;
use crate::open::{self, Store};
use crate::read_model::{self, Behind, Words};
use crate::{documents, undo};

/// After this many edits they are settled, whatever happens: looking through them stays quick, and an index that gets
/// them together has one segment for all.
const MANY: i64 = 64;

/// An edit that is made durable.
pub(crate) struct New<'a> {
    pub(crate) document: RecordId,
    pub(crate) space: SpaceId,
    /// The change makes the document.
    pub(crate) made: bool,
    pub(crate) change: &'a automerge::Change,
    /// The heads of the document with it.
    pub(crate) heads: Vec<u8>,
    pub(crate) behind: Option<Behind>,
}

/// What waits here of one document.
pub(crate) struct Waiting {
    pub(crate) space: SpaceId,
    pub(crate) heads: Vec<u8>,
    pub(crate) changes: Vec<Vec<u8>>,
}

/// A row.
struct Edit {
    document: RecordId,
    space: SpaceId,
    made: bool,
    hash: [u8; 32],
    heads: Vec<u8>,
    bytes: Vec<u8>,
    behind: Option<Behind>,
    undo: Option<(String, String)>,
}

impl Store {
    /// Does now what the last edits left to do.
    ///
    /// # Errors
    /// What the database says; it stays to be done then.
    pub fn settle(&self) -> Result<()> {
        if self.read(is_any)? {
            open::begin(&mut self.writer())?.commit()?;
        }
        Ok(())
    }
}

/// Keeps an edit. Returns how many wait now.
pub(crate) fn add(connection: &Connection, new: New<'_>) -> Result<i64> {
    let id = new.document.0.as_bytes();
    let before: Option<Vec<u8>> = connection
        .prepare_cached(
            "SELECT coalesce((SELECT heads FROM recent WHERE document = ?1 ORDER BY position DESC LIMIT 1),
                             (SELECT heads FROM document WHERE id = ?1))",
        )?
        .query_row([id], |row| row.get(0))?;
    let before = documents::digest(&before.unwrap_or_default());
    let gain = documents::digest(&new.heads).wrapping_sub(before);
    let (row, words) = match new.behind {
        Some(Behind { row, held }) => (Some(row), held),
        None => (None, None),
    };
    let (title, body) = words.map(|words| (words.title, words.body)).unzip();
    connection
        .prepare_cached(include_str!("sql/add_recent.sql"))?
        .execute(params![
            id,
            new.space.0.as_bytes(),
            new.made,
            row,
            documents::signed(gain),
            new.change.hash().0,
            new.heads,
            new.change.raw_bytes(),
            title,
            body,
        ])?;
    // The table is emptied as a whole, and its numbers begin anew then.
    Ok(connection.last_insert_rowid())
}

/// Keeps how the action that was written last is taken back. False when nothing of it waits here.
pub(crate) fn keep_undo(connection: &Connection, name: &str, steps: &str) -> Result<bool> {
    let kept = connection
        .prepare_cached(
            "UPDATE recent SET undo = ?1, steps = ?2
             WHERE position = (SELECT max(position) FROM recent) AND undo IS NULL",
        )?
        .execute([name, steps])?;
    Ok(kept > 0)
}

/// The last action that can be taken back, when it waits here.
pub(crate) fn last_undo(connection: &Connection) -> Result<Option<String>> {
    Ok(connection
        .prepare_cached(
            "SELECT undo FROM recent WHERE undo IS NOT NULL ORDER BY position DESC LIMIT 1",
        )?
        .query_row([], |row| row.get(0))
        .optional()?)
}

/// What waits of a document.
pub(crate) fn of(connection: &Connection, id: RecordId) -> Result<Option<Waiting>> {
    let mut query = connection.prepare_cached(
        "SELECT space, heads, bytes FROM recent WHERE document = ?1 ORDER BY position",
    )?;
    let mut rows = query.query([id.0.as_bytes()])?;
    let mut waiting: Option<Waiting> = None;
    while let Some(row) = rows.next()? {
        let one = waiting.get_or_insert(Waiting {
            space: SpaceId(Uuid::from_bytes(row.get(0)?)),
            heads: Vec::new(),
            changes: Vec::new(),
        });
        one.heads = row.get(1)?;
        one.changes.push(row.get(2)?);
    }
    Ok(waiting)
}

/// What the digest of each space gains by what waits.
pub(crate) fn gains(connection: &Connection) -> Result<BTreeMap<SpaceId, u64>> {
    let mut query = connection.prepare_cached("SELECT space, gain FROM recent")?;
    let mut rows = query.query([])?;
    let mut gains: BTreeMap<SpaceId, u64> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let gain = gains
            .entry(SpaceId(Uuid::from_bytes(row.get(0)?)))
            .or_default();
        *gain = gain.wrapping_add(row.get::<_, i64>(1)?.cast_unsigned());
    }
    Ok(gains)
}

/// Settles when many edits wait.
pub(crate) fn settle_if_many(connection: &Connection, waiting: i64) -> Result<()> {
    if waiting >= MANY {
        settle(connection)?;
    }
    Ok(())
}

/// Does what the last edits left to do.
pub(crate) fn settle(connection: &Connection) -> Result<()> {
    if !is_any(connection)? {
        return Ok(());
    }
    let edits = all(connection)?;
    keep_changes(connection, &edits)?;
    for (space, gain) in gains(connection)? {
        documents::add_to_digest(connection, space, gain)?;
    }
    for (name, steps) in edits.iter().filter_map(|edit| edit.undo.as_ref()) {
        undo::insert(connection, name, steps)?;
    }
    index(connection, &edits)?;
    connection
        .prepare_cached("DELETE FROM recent")?
        .execute([])?;
    let mut edited: Vec<RecordId> = edits.iter().map(|edit| edit.document).collect();
    edited.sort_unstable();
    edited.dedup();
    for id in edited {
        documents::compact_stored_if_due(connection, id)?;
    }
    Ok(())
}

/// The words are not in the index, and need not be taken out of it: it is made anew.
pub(crate) fn forget_words(connection: &Connection) -> Result<()> {
    connection.execute(
        "UPDATE recent SET row = NULL, title = NULL, body = NULL",
        [],
    )?;
    Ok(())
}

fn is_any(connection: &Connection) -> Result<bool> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM recent)")?
        .query_row([], |row| row.get(0))?)
}

fn all(connection: &Connection) -> Result<Vec<Edit>> {
    Ok(connection
        .prepare_cached(
            "SELECT document, space, made, hash, heads, bytes, row, title, body, undo, steps
             FROM recent ORDER BY position",
        )?
        .query_map([], edit_of)?
        .collect::<rusqlite::Result<_>>()?)
}

fn edit_of(row: &Row<'_>) -> rusqlite::Result<Edit> {
    let words: (Option<String>, Option<String>) = (row.get(7)?, row.get(8)?);
    let undo: (Option<String>, Option<String>) = (row.get(9)?, row.get(10)?);
    let held = words.0.zip(words.1);
    Ok(Edit {
        document: RecordId(Uuid::from_bytes(row.get(0)?)),
        space: SpaceId(Uuid::from_bytes(row.get(1)?)),
        made: row.get(2)?,
        hash: row.get(3)?,
        heads: row.get(4)?,
        bytes: row.get(5)?,
        behind: row.get::<_, Option<i64>>(6)?.map(|row| Behind {
            row,
            held: held.map(|(title, body)| Words { title, body }),
        }),
        undo: undo.0.zip(undo.1),
    })
}

/// Tails and heads.
fn keep_changes(connection: &Connection, edits: &[Edit]) -> Result<()> {
    let mut heads: BTreeMap<RecordId, &[u8]> = BTreeMap::new();
    for edit in edits {
        let id = edit.document;
        if edit.made {
            documents::insert(connection, id, edit.space, 0)?;
        }
        documents::append(connection, id, &edit.hash, &edit.bytes, None)?;
        heads.insert(id, &edit.heads);
    }
    for (id, heads) in heads {
        documents::write_heads(connection, id, heads)?;
    }
    Ok(())
}

/// The search index gets the words as they are now, in the order of its rows: it writes out what it has gathered whenever
/// a row comes before the last one.
fn index(connection: &Connection, edits: &[Edit]) -> Result<()> {
    let mut behind: BTreeMap<i64, Option<&Words>> = BTreeMap::new();
    for edit in edits.iter().filter_map(|edit| edit.behind.as_ref()) {
        // The first edit knows what the index holds.
        behind.entry(edit.row).or_insert(edit.held.as_ref());
    }
    for (row, held) in behind {
        let now = read_model::words_of(connection, row)?;
        read_model::index(connection, row, held, now.as_ref())?;
    }
    Ok(())
}
