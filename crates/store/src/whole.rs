//! Whole documents that arrive: a first sync, a space that starts over, a document that began anew.

use automerge::{Automerge, ChangeHash};
use domain::document::Stamp;
use domain::ids::RecordId;
use rusqlite::Connection;

use crate::arrivals::{self, ArrivingDocument, Taking};
use crate::epochs;
use crate::error::Result;
use crate::gate::{self, ACTOR_FORK, Arrived};
use crate::read_model::{self, Unsent};
use crate::{documents, erase, replay};

/// Takes in a whole document of the first epoch.
pub(crate) fn take_document(
    taking: &mut Taking<'_>,
    arriving: &ArrivingDocument,
    stamp: &Stamp,
) -> Result<()> {
    let (connection, id) = (taking.connection, arriving.document);
    // A server that was put back from a backup hears of a later epoch from here.
    let is_over = epochs::epoch_of(connection, id)?.is_some_and(|epoch| epoch > 0);
    if is_over || erase::is_kept_out(connection, taking.space, id)? {
        return Ok(());
    }
    take_whole(taking, (id, 0), &arriving.bytes, stamp)
}

/// Takes in a whole document in the epoch in which it is here, or that is not here.
pub(crate) fn take_whole(
    taking: &mut Taking<'_>,
    (id, epoch): (RecordId, u64),
    bytes: &[u8],
    stamp: &Stamp,
) -> Result<()> {
    let (connection, space) = (taking.connection, taking.space);
    let stored = documents::stored(connection, id)?;
    let aside = |code: &str| {
        let now = stamp.at.timestamp();
        arrivals::quarantine(connection, space, id, bytes, code, now)
    };
    let document = match gate::admit_document(id, stored.as_ref(), bytes) {
        // Whatever was kept aside of a document is in the whole one now, or was never part of it.
        Ok(Arrived::Known) => {
            for hash in documents::not_there(connection, id)? {
                documents::is_there(connection, id, &hash, 0)?;
            }
            epochs::forget_aside(connection, id)?;
            return read_model::look_unsent(connection, id);
        }
        Ok(Arrived::Merged(document, heads)) if stored.is_none() => {
            let gained = documents::insert_whole(connection, (id, epoch), space, bytes, &heads)?;
            taking.difference = taking.difference.wrapping_add(gained);
            epochs::forget_aside(connection, id)?;
            return taking.show((id, epoch), *document, Unsent::No);
        }
        Ok(Arrived::Merged(document, reach)) => {
            merged(connection, id, &document, &reach)?;
            *document
        }
        Ok(Arrived::Forked { there, here }) => {
            let work = || {
                replay::onto_fork(id, *there, *here, epoch, &stamp.actor)
                    .map_err(|problem| problem.to_string())
            };
            let done = admission::quietly(work);
            match done.unwrap_or_else(|panicked| Err(panicked.to_string())) {
                Ok(replayed) => {
                    replay::keep(connection, id, &replayed)?;
                    replayed.document
                }
                Err(problem) => {
                    tracing::error!(document = %id, %problem, "edits cannot be made again; all stays as it is");
                    return aside(ACTOR_FORK);
                }
            }
        }
        Err(code) => return aside(&code),
    };
    epochs::forget_aside(connection, id)?;
    taking.set_heads(id, &document.get_heads())?;
    taking.show((id, epoch), document, Unsent::Look)
}

/// The whole document is the snapshot now; what is not sent yet, and not in what arrived either, stays to be sent.
fn merged(
    connection: &Connection,
    id: RecordId,
    document: &Automerge,
    reach: &[ChangeHash],
) -> Result<()> {
    documents::put_snapshot(connection, id, &document.save_nocompress())?;
    connection.execute(
        "DELETE FROM change WHERE document = ?1 AND server_seq IS NOT NULL",
        [id.0.as_bytes()],
    )?;
    connection.execute(
        "UPDATE change SET in_snapshot = 1 WHERE document = ?1",
        [id.0.as_bytes()],
    )?;
    let waiting = documents::not_there(connection, id)?;
    if waiting.is_empty() {
        return Ok(());
    }
    let beyond = document.get_changes(reach);
    for hash in waiting {
        if !beyond.iter().any(|change| change.hash().0 == hash) {
            documents::is_there(connection, id, &hash, 0)?;
        }
    }
    Ok(())
}
