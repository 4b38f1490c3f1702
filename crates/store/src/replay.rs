//! Edits of this device made again: on a document that went on without them, or that began anew. The originals go only
//! in the transaction in which their replay becomes durable.

use std::collections::HashSet;

use automerge::{ActorId, Automerge, Change, ChangeHash};
use domain::document::{Document, Edit};
use domain::ids::RecordId;
use rusqlite::Connection;

use crate::documents;
use crate::error::Result;
use crate::gate;

/// A document with the edits of this device made again on it.
pub(crate) struct Replayed {
    /// The document.
    pub(crate) document: Automerge,
    /// What of it waits to be sent, in the order in which it builds on itself.
    pub(crate) unsent: Vec<Change>,
}

/// Carries over to `base` what only `local` holds. What fits there goes along as it is; the rest (an actor that forked,
/// and all that builds on it) is made again by `actor`, in the place where it was made.
pub(crate) fn onto_fork(
    id: RecordId,
    base: Automerge,
    local: Automerge,
    epoch: u64,
    actor: &ActorId,
) -> Result<Replayed> {
    let there: HashSet<ChangeHash> = hashes(base.get_changes(&[]).iter());
    let mut only_here = local.get_changes(&[]);
    only_here.retain(|change| !there.contains(&change.hash()));
    let (mut unsent, others) = gate::fitting(id, &base, only_here);
    let edits = Document::of(local)?.edits(&hashes(others.iter()))?;
    let mut document = base;
    document
        .apply_changes(unsent.clone())
        .map_err(domain::document::DocumentError::from)?;
    let mut replayed = onto(document, &edits, epoch, actor)?;
    unsent.append(&mut replayed.unsent);
    replayed.unsent = unsent;
    Ok(replayed)
}

/// Makes edits again on a document.
pub(crate) fn onto(
    base: Automerge,
    edits: &[Edit],
    epoch: u64,
    actor: &ActorId,
) -> Result<Replayed> {
    let mut document = Document::of(base)?.in_epoch(epoch);
    let unsent = document.replay(edits, actor)?;
    Ok(Replayed {
        document: document.automerge().clone(),
        unsent,
    })
}

/// Keeps the result in the place of the document and of all its changes.
pub(crate) fn keep(connection: &Connection, id: RecordId, replayed: &Replayed) -> Result<()> {
    documents::put_snapshot(connection, id, &replayed.document.save_nocompress())?;
    connection
        .prepare_cached("DELETE FROM change WHERE document = ?1")?
        .execute([id.0.as_bytes()])?;
    for change in &replayed.unsent {
        documents::append_own(connection, id, change)?;
    }
    connection
        .prepare_cached("UPDATE change SET in_snapshot = 1 WHERE document = ?1")?
        .execute([id.0.as_bytes()])?;
    Ok(())
}

fn hashes<'a>(changes: impl Iterator<Item = &'a Change>) -> HashSet<ChangeHash> {
    changes.map(Change::hash).collect()
}
