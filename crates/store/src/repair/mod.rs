//! A damaged file: what can still be read is brought over to a new one, so that the rest can be fetched from the server
//! again. The damaged file itself is only read.

mod copy;
mod damaged;
mod files;

use std::path::Path;

use automerge::{Automerge, Change};
use domain::document::Document;
use domain::ids::{RecordId, SpaceId};
use domain::record::Fields;
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use crate::error::Result;
use crate::key::DatabaseKey;
use crate::open::Store;
use crate::{documents, recent};

use damaged::Damaged;

pub use files::{finish_repair, forget_damaged, repair};

/// What is kept and not made from something else; read model and search index are made anew. A table comes after those it
/// refers to.
const KEPT: [&str; 12] = [
    "meta",
    "space",
    "person",
    "person_device",
    "document",
    "change",
    "quarantine",
    "undo",
    "recent",
    "scratch",
    "erasure",
    "audit",
];

/// What was brought over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Records that are whole.
    pub records: u32,
    /// Of those, the ones with edits that no server has yet.
    pub only_here: Vec<RecordId>,
    /// Records of which something could not be read. What a server has of them comes back from there.
    pub unreadable: Vec<Unreadable>,
    /// Tables of which rows could not be read.
    pub torn: Vec<&'static str>,
}

/// A record of which something could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its id.
    pub record: RecordId,
    /// How lists called it, where that can still be read.
    pub title: Option<String>,
    /// Edits that were not sent yet and could be read: they go along once the rest is here again.
    pub unsent: u32,
    /// It had edits that were not sent yet, and none of them could be read: they are lost.
    pub lost: bool,
}

/// Brings what can be read in `damaged` over to a new database at `fresh`. Both open with `key`. The file `damaged` and its
/// write-ahead log stay as they are.
///
/// # Errors
/// [`crate::StoreError::Damaged`] when not even its first page can be read; [`crate::StoreError::Exists`] when there is
/// something at `fresh`.
pub fn salvage(damaged: &Path, fresh: &Path, key: &DatabaseKey) -> Result<Salvaged> {
    let from = Damaged::open(damaged, key)?;
    let store = Store::create(fresh, key.clone())?;
    let salvaged = {
        let mut writer = store.writer();
        let to = writer.transaction()?;
        to.pragma_update(None, "defer_foreign_keys", true)?;
        let mut salvaged = Salvaged::default();
        for table in KEPT {
            if !copy::bring(&from, &to, table)? {
                salvaged.torn.push(table);
            }
        }
        recent::forget_words(&to)?;
        recent::settle(&to)?;
        salvaged.unreadable = find_homes(&from, &to)?;
        sort_out(&from, &to, &mut salvaged)?;
        sum_up(&to)?;
        to.commit()?;
        salvaged
    };
    store.rebuild()?;
    store.fetch_everything_again()?;
    Ok(salvaged)
}

/// Changes whose document has no row any more get one, in the space that lists still know; and each space a row. Returns the
/// records of which nothing tells the space any more, although they had edits that were not sent: those are lost, for
/// whatever space they were put in, somebody might read them who should not.
fn find_homes(from: &Damaged<'_>, to: &Connection) -> Result<Vec<Unreadable>> {
    let mut homeless = Vec::new();
    let mut statement = to.prepare(
        "SELECT DISTINCT document FROM change WHERE document NOT IN (SELECT id FROM document)",
    )?;
    let lost = statement.query_map([], |row| row.get::<_, [u8; 16]>(0))?;
    for id in lost.collect::<rusqlite::Result<Vec<_>>>()? {
        let space = from.read("record", |from| {
            let sql = "SELECT space FROM record WHERE id = ?1";
            from.query_row(sql, [id], |row| row.get::<_, [u8; 16]>(0))
                .optional()
        })?;
        if let Some(space) = space.flatten() {
            let epoch: i64 = to.query_row(
                "SELECT coalesce(max(epoch), 0) FROM erasure WHERE document = ?1 AND plan IS NULL",
                [id],
                |row| row.get(0),
            )?;
            documents::insert(
                to,
                Uuid::from_bytes(id).into(),
                Uuid::from_bytes(space).into(),
                epoch.cast_unsigned(),
            )?;
        } else {
            let record = Uuid::from_bytes(id).into();
            if unsent(to, record)? > 0 {
                homeless.push(Unreadable {
                    record,
                    title: None,
                    unsent: 0,
                    lost: true,
                });
            }
            to.execute("DELETE FROM change WHERE document = ?1", [id])?;
        }
    }
    // The server says what they are called and what may be done there; a device alone writes in its own.
    to.execute(
        "INSERT INTO space (id, name, kind, role, is_default)
         SELECT DISTINCT space, '', iif(alone, 'device', 'team'), 'writer', alone
         FROM document, (SELECT NOT EXISTS (SELECT 1 FROM meta WHERE key = 'server') AS alone)
         WHERE space NOT IN (SELECT id FROM space)",
        [],
    )?;
    Ok(homeless)
}

/// What is whole, what is only here, and what has to come from the server again.
fn sort_out(from: &Damaged<'_>, to: &Connection, salvaged: &mut Salvaged) -> Result<()> {
    // Of these nothing else knows that they were made but the lists.
    let lost_edits = salvaged.torn.contains(&"recent");
    let mut statement = to.prepare("SELECT id, space, heads FROM document ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        let (id, space): ([u8; 16], [u8; 16]) = (row.get(0)?, row.get(1)?);
        Ok((id, space, row.get::<_, Vec<u8>>(2)?))
    })?;
    for row in rows.collect::<rusqlite::Result<Vec<_>>>()? {
        let (id, space, kept): (RecordId, SpaceId, _) = (
            Uuid::from_bytes(row.0).into(),
            Uuid::from_bytes(row.1).into(),
            row.2,
        );
        let unsent = unsent(to, id)?;
        match whole(to, id) {
            Some(document)
                if heads_of(&document) == kept
                    && (!lost_edits || is_as_shown(from, id, &document)?) =>
            {
                salvaged.records += 1;
                if unsent > 0 {
                    salvaged.only_here.push(id);
                }
            }
            partly => {
                let unsent = match partly {
                    Some(document) => {
                        documents::set_heads(to, id, space, &document.get_heads())?;
                        unsent
                    }
                    None => keep_unsent(to, id)?,
                };
                salvaged.unreadable.push(unreadable(from, id, unsent)?);
            }
        }
    }
    for id in shown(from)? {
        let here = "SELECT EXISTS (SELECT 1 FROM document WHERE id = ?1)";
        let known: bool = to.query_row(here, [id.0.as_bytes()], |row| row.get(0))?;
        if !known && salvaged.unreadable.iter().all(|it| it.record != id) {
            salvaged.unreadable.push(unreadable(from, id, 0)?);
        }
    }
    Ok(())
}

/// Nothing in a document differs from what lists showed of it, as far as that can be read.
fn is_as_shown(damaged: &Damaged<'_>, id: RecordId, document: &Automerge) -> Result<bool> {
    let shown = damaged.read("record", |damaged| {
        let sql = "SELECT fields FROM record WHERE id = ?1";
        let row = damaged.query_row(sql, [id.0.as_bytes()], |row| row.get::<_, String>(0));
        row.optional()
    })?;
    let read = || Document::of(document.clone()).and_then(|document| document.fields());
    let Ok(Ok(fields)) = admission::quietly(read) else {
        // Of a kind that a newer version knows: lists never showed it.
        return Ok(true);
    };
    let shown: Option<Fields> = shown
        .flatten()
        .and_then(|shown| serde_json::from_str(&shown).ok());
    Ok(shown.is_none_or(|shown| shown == fields))
}

/// The records that lists showed, as far as that can be read.
fn shown(damaged: &Damaged<'_>) -> Result<Vec<RecordId>> {
    let mut ids = Vec::new();
    damaged.read("record", |damaged| {
        let mut statement = damaged.prepare("SELECT id FROM record")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            ids.push(Uuid::from_bytes(row.get(0)?).into());
        }
        Ok(())
    })?;
    Ok(ids)
}

/// The document, when something of it can be shown.
fn whole(connection: &Connection, id: RecordId) -> Option<Automerge> {
    let read = || documents::load_any(connection, id).map_err(|problem| problem.to_string());
    match admission::quietly(read).unwrap_or_else(|panicked| Err(panicked.to_string())) {
        Ok(document) if !document.get_heads().is_empty() => Some(document),
        Ok(_) => None,
        Err(problem) => {
            tracing::warn!(document = %id, problem, "a record cannot be read");
            None
        }
    }
}

fn heads_of(document: &Automerge) -> Vec<u8> {
    let heads = document.get_heads();
    heads.iter().flat_map(|head| head.0).collect()
}

fn unsent(connection: &Connection, id: RecordId) -> Result<u32> {
    let sql = "SELECT count(*) FROM change WHERE document = ?1 AND server_seq IS NULL";
    Ok(connection.query_row(sql, [id.0.as_bytes()], |row| row.get(0))?)
}

/// Of a record that cannot be read only what was not sent stays, to be put upon what the server has; how much that is.
fn keep_unsent(connection: &Connection, id: RecordId) -> Result<u32> {
    let mut statement = connection.prepare_cached(
        "SELECT position, bytes, server_seq IS NULL FROM change WHERE document = ?1",
    )?;
    let rows = statement.query_map([id.0.as_bytes()], |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, Vec<u8>>(1)?,
            row.get::<_, bool>(2)?,
        ))
    })?;
    let mut kept = 0;
    for (position, bytes, unsent) in rows.collect::<rusqlite::Result<Vec<_>>>()? {
        if unsent && Change::try_from(bytes.as_slice()).is_ok() {
            kept += 1;
            connection.execute(
                "UPDATE change SET in_snapshot = 0 WHERE position = ?1",
                [position],
            )?;
        } else {
            connection.execute("DELETE FROM change WHERE position = ?1", [position])?;
        }
    }
    if kept == 0 {
        connection.execute("DELETE FROM document WHERE id = ?1", [id.0.as_bytes()])?;
    } else {
        connection.execute(
            "UPDATE document SET snapshot = NULL, heads = x'' WHERE id = ?1",
            [id.0.as_bytes()],
        )?;
    }
    Ok(kept)
}

fn unreadable(damaged: &Damaged<'_>, id: RecordId, unsent: u32) -> Result<Unreadable> {
    let row = damaged.read("record", |damaged| {
        let sql = "SELECT title, unsent FROM record WHERE id = ?1";
        let row = damaged.query_row(sql, [id.0.as_bytes()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?))
        });
        row.optional()
    })?;
    let (title, was_unsent) = row.flatten().unzip();
    Ok(Unreadable {
        record: id,
        title,
        unsent,
        lost: unsent == 0 && was_unsent == Some(true),
    })
}

/// The digest of each space is the sum of what is there now.
fn sum_up(connection: &Connection) -> Result<()> {
    for space in crate::spaces::all(connection)? {
        let mut statement =
            connection.prepare_cached("SELECT heads FROM document WHERE space = ?1")?;
        let heads = statement.query_map([space.id.0.as_bytes()], |row| row.get::<_, Vec<u8>>(0))?;
        let sum = heads
            .collect::<rusqlite::Result<Vec<_>>>()?
            .iter()
            .fold(0_u64, |sum, heads| {
                sum.wrapping_add(documents::digest(heads))
            });
        connection.execute(
            "UPDATE space SET digest = ?2 WHERE id = ?1",
            params![space.id.0.as_bytes(), documents::signed(sum)],
        )?;
    }
    Ok(())
}
