//! Documents in their tables: loaded from snapshot and tail, appended to, compacted.

use automerge::{Automerge, Change, ChangeHash, LoadOptions};
use domain::document::{Document, DocumentError};
use domain::ids::{RecordId, SpaceId};
use mistake::Mistake;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::{Result, StoreError};
use crate::{packing, recent};

/// A tail of this many changes is folded into a new snapshot.
const TAIL_CHANGES: i64 = 16;

/// A document's row.
pub(crate) struct Stored {
    pub(crate) space: SpaceId,
    pub(crate) epoch: u64,
    pub(crate) snapshot: Option<Vec<u8>>,
    pub(crate) tail: Vec<Vec<u8>>,
    /// Hashes, one after another, in order.
    pub(crate) heads: Vec<u8>,
}

/// Reads a document's row and tail, with what waits of it in `recent`.
pub(crate) fn stored(connection: &Connection, id: RecordId) -> Result<Option<Stored>> {
    let row = connection
        .prepare_cached("SELECT space, snapshot, heads, epoch FROM document WHERE id = ?1")?
        .query_row([id.0.as_bytes()], |row| {
            Ok((
                row.get::<_, [u8; 16]>(0)?,
                row.get::<_, Option<Vec<u8>>>(1)?,
                row.get::<_, Vec<u8>>(2)?,
                row.get::<_, i64>(3)?,
            ))
        })
        .optional()?;
    let waiting = recent::of(connection, id)?;
    let Some((space, packed, heads, epoch)) = row else {
        return Ok(waiting.map(|waiting| Stored {
            space: waiting.space,
            epoch: 0,
            snapshot: None,
            tail: waiting.changes,
            heads: waiting.heads,
        }));
    };
    let mut tail: Vec<Vec<u8>> = connection
        .prepare_cached(
            "SELECT bytes FROM change WHERE document = ?1 AND in_snapshot = 0 ORDER BY position",
        )?
        .query_map([id.0.as_bytes()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut stored = Stored {
        space: SpaceId(uuid::Uuid::from_bytes(space)),
        epoch: epoch.cast_unsigned(),
        snapshot: packed.map(|packed| packing::unpack(&packed)).transpose()?,
        tail: Vec::new(),
        heads,
    };
    if let Some(mut waiting) = waiting {
        tail.append(&mut waiting.changes);
        stored.heads = waiting.heads;
    }
    stored.tail = tail;
    Ok(Some(stored))
}

/// Where a document lives, if it is there.
pub(crate) fn space_of(connection: &Connection, id: RecordId) -> Result<Option<SpaceId>> {
    let space: Option<[u8; 16]> = connection
        .prepare_cached(
            "SELECT coalesce((SELECT space FROM document WHERE id = ?1),
                             (SELECT space FROM recent WHERE document = ?1))",
        )?
        .query_row([id.0.as_bytes()], |row| row.get(0))?;
    Ok(space.map(|space| SpaceId(uuid::Uuid::from_bytes(space))))
}

/// Loads a document of a kind that this version knows, with its space.
pub(crate) fn load(connection: &Connection, id: RecordId) -> Result<(Document, SpaceId)> {
    let stored = stored(connection, id)?.ok_or(StoreError::NoRecord(id))?;
    let document = Document::of(automerge(&stored)?)?.in_epoch(stored.epoch);
    Ok((document, stored.space))
}

/// Loads a document of any kind, also of one that only a newer version knows.
pub(crate) fn load_any(connection: &Connection, id: RecordId) -> Result<Automerge> {
    automerge(&stored(connection, id)?.ok_or(StoreError::NoRecord(id))?)
}

/// The Automerge document of a row and its tail.
pub(crate) fn automerge(stored: &Stored) -> Result<Automerge> {
    let mut document = match &stored.snapshot {
        Some(bytes) => {
            Automerge::load_with_options(bytes, LoadOptions::new()).map_err(DocumentError::from)?
        }
        None => Automerge::new(),
    };
    let changes = stored
        .tail
        .iter()
        .map(|bytes| Change::try_from(bytes.as_slice()).map_err(DocumentError::from))
        .collect::<std::result::Result<Vec<_>, _>>()?;
    document
        .apply_changes(changes)
        .map_err(DocumentError::from)?;
    Ok(document)
}

/// A document that came whole: its row with its snapshot and heads. Returns what the digest of the space gains.
pub(crate) fn insert_whole(
    connection: &Connection,
    (id, epoch): (RecordId, u64),
    space: SpaceId,
    saved: &[u8],
    heads: &[ChangeHash],
) -> Result<u64> {
    let heads = joined(heads);
    connection
        .prepare_cached(
            "INSERT INTO document (id, space, snapshot, heads, epoch) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            id.0.as_bytes(),
            space.0.as_bytes(),
            packing::pack(saved)?,
            heads,
            signed(epoch)
        ])?;
    Ok(digest(&heads))
}

/// Makes the row of a new document, without history yet.
pub(crate) fn insert(
    connection: &Connection,
    id: RecordId,
    space: SpaceId,
    epoch: u64,
) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO document (id, space, epoch, heads) VALUES (?1, ?2, ?3, x'')")?
        .execute(params![id.0.as_bytes(), space.0.as_bytes(), signed(epoch)])?;
    Ok(())
}

/// Appends a change to the tail. `server_seq` is its position in the space's log, when it has one.
pub(crate) fn append(
    connection: &Connection,
    id: RecordId,
    hash: &[u8; 32],
    bytes: &[u8],
    server_seq: Option<u64>,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO change (document, hash, bytes, server_seq) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            id.0.as_bytes(),
            hash,
            bytes,
            server_seq.map(signed)
        ])?;
    Ok(())
}

/// The server has a change of this device, under this number of its log or, as 0, under none: nothing of it waits or is
/// refused any more. What is in the snapshot already need not stay in the tail.
pub(crate) fn is_there(
    connection: &Connection,
    id: RecordId,
    hash: &[u8; 32],
    seq: u64,
) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM change WHERE document = ?1 AND hash = ?2 AND in_snapshot = 1")?
        .execute(params![id.0.as_bytes(), hash])?;
    connection
        .prepare_cached(
            "UPDATE change SET server_seq = ?3, refused = NULL WHERE document = ?1 AND hash = ?2",
        )?
        .execute(params![id.0.as_bytes(), hash, signed(seq)])?;
    Ok(())
}

/// The changes of a document of which this device does not know that the server has them.
pub(crate) fn not_there(connection: &Connection, id: RecordId) -> Result<Vec<[u8; 32]>> {
    Ok(connection
        .prepare_cached("SELECT hash FROM change WHERE document = ?1 AND server_seq IS NULL")?
        .query_map([id.0.as_bytes()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?)
}

/// Appends a change made here.
pub(crate) fn append_own(connection: &Connection, id: RecordId, change: &Change) -> Result<()> {
    append(connection, id, &change.hash().0, change.raw_bytes(), None)
}

/// Keeps the heads, and the digest of the space with them.
pub(crate) fn set_heads(
    connection: &Connection,
    id: RecordId,
    space: SpaceId,
    heads: &[ChangeHash],
) -> Result<()> {
    let difference = keep_heads(connection, id, heads)?;
    add_to_digest(connection, space, difference)
}

/// Keeps the heads. Returns what has to be added to the digest of the space.
pub(crate) fn keep_heads(
    connection: &Connection,
    id: RecordId,
    heads: &[ChangeHash],
) -> Result<u64> {
    let before: Vec<u8> = connection
        .prepare_cached("SELECT heads FROM document WHERE id = ?1")?
        .query_row([id.0.as_bytes()], |row| row.get(0))?;
    let after = joined(heads);
    let difference = digest(&after).wrapping_sub(digest(&before));
    write_heads(connection, id, &after)?;
    Ok(difference)
}

/// Writes the heads of a document; the digest of its space is for the caller.
pub(crate) fn write_heads(connection: &Connection, id: RecordId, heads: &[u8]) -> Result<()> {
    connection
        .prepare_cached("UPDATE document SET heads = ?2 WHERE id = ?1")?
        .execute(params![id.0.as_bytes(), heads])?;
    Ok(())
}

/// Heads as they are kept: one after another.
pub(crate) fn joined(heads: &[ChangeHash]) -> Vec<u8> {
    heads.iter().flat_map(|head| head.0).collect()
}

/// The sum wraps, and SQLite's does not: it is read, added and written here.
pub(crate) fn add_to_digest(
    connection: &Connection,
    space: SpaceId,
    difference: u64,
) -> Result<()> {
    let sum: Option<i64> = connection
        .prepare_cached("SELECT digest FROM space WHERE id = ?1")?
        .query_row([space.0.as_bytes()], |row| row.get(0))
        .optional()?;
    // Only in what comes over from a damaged file a space can miss: all are summed up anew there.
    let Some(sum) = sum else {
        return Ok(());
    };
    let sum = sum.cast_unsigned().wrapping_add(difference).cast_signed();
    connection
        .prepare_cached("UPDATE space SET digest = ?2 WHERE id = ?1")?
        .execute(params![space.0.as_bytes(), sum])?;
    Ok(())
}

/// Folds the tail into a new snapshot when it has grown. The new one replaces the old only after it was loaded again
/// and has the same heads.
pub(crate) fn compact_if_due(connection: &Connection, document: &Document) -> Result<()> {
    if is_due(connection, document.id())? {
        compact(connection, document)?;
    }
    Ok(())
}

/// The same for a document that is not loaded. One that cannot be read keeps its tail.
pub(crate) fn compact_stored_if_due(connection: &Connection, id: RecordId) -> Result<()> {
    if is_due(connection, id)? {
        let load = || load(connection, id).map_err(|problem| problem.to_string());
        match admission::quietly(load).unwrap_or_else(|panicked| Err(panicked.to_string())) {
            Ok((document, _)) => compact(connection, &document)?,
            Err(problem) => tracing::error!(document = %id, problem, "kept the tail"),
        }
    }
    Ok(())
}

fn is_due(connection: &Connection, id: RecordId) -> Result<bool> {
    let (changes, bytes, snapshot): (i64, i64, i64) = connection
        .prepare_cached(
            "SELECT count(*), coalesce(sum(length(bytes)), 0),
                    (SELECT coalesce(length(snapshot), 0) FROM document WHERE id = ?1)
             FROM change WHERE document = ?1 AND in_snapshot = 0",
        )?
        .query_row([id.0.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    Ok(changes >= TAIL_CHANGES || (snapshot > 0 && bytes > 4 * snapshot))
}

/// Folds the tail into a new snapshot.
pub(crate) fn compact(connection: &Connection, document: &Document) -> Result<()> {
    let proven = admission::quietly(|| {
        let saved = document.automerge().save_nocompress();
        let again = Document::load(Some(&saved), []).ok()?;
        let sorted = |mut heads: Vec<ChangeHash>| {
            heads.sort();
            heads
        };
        (sorted(document.heads()) == sorted(again.heads())).then_some(saved)
    });
    let Ok(Some(saved)) = proven else {
        // Never replace what can be read by what cannot; the tail simply stays.
        tracing::error!(document = %document.id(), "a snapshot does not load back; kept the tail");
        return Ok(());
    };
    if !Mistake::DroppedTail.is_made() {
        put_snapshot(connection, document.id(), &saved)?;
    }
    let id = document.id();
    // What the server has is in the snapshot now; what it has not must stay to be sent.
    connection
        .prepare_cached(
            "DELETE FROM change WHERE document = ?1 AND server_seq IS NOT NULL AND in_snapshot = 0",
        )?
        .execute([id.0.as_bytes()])?;
    connection
        .prepare_cached("UPDATE change SET in_snapshot = 1 WHERE document = ?1")?
        .execute([id.0.as_bytes()])?;
    Ok(())
}

/// Keeps a snapshot.
pub(crate) fn put_snapshot(connection: &Connection, id: RecordId, saved: &[u8]) -> Result<()> {
    connection
        .prepare_cached("UPDATE document SET snapshot = ?2 WHERE id = ?1")?
        .execute(params![id.0.as_bytes(), packing::pack(saved)?])?;
    Ok(())
}

/// The part of a space's digest that comes from these heads.
pub(crate) fn digest(heads: &[u8]) -> u64 {
    heads
        .chunks_exact(32)
        .filter_map(|head| head.first_chunk::<8>())
        .fold(0_u64, |sum, prefix| {
            sum.wrapping_add(u64::from_be_bytes(*prefix))
        })
}

/// SQLite's integers are signed; log positions never come near the sign.
pub(crate) const fn signed(number: u64) -> i64 {
    number.cast_signed()
}
