//! What comes from elsewhere: pages of changes and of whole documents, taken in one transaction each.

use std::collections::BTreeMap;

use automerge::{Automerge, ChangeHash};
use domain::document::{Document, Stamp};
use domain::ids::{RecordId, SpaceId};
use domain::projection::{Projection, project};
use mistake::Mistake;
use rusqlite::{Connection, TransactionBehavior, params};
use uuid::Uuid;

use crate::erase::{self, ArrivingErasure};
use crate::error::Result;
use crate::gate::{self, ACTOR_FORK, Arrived};
use crate::open::Store;
use crate::read_model::{self, Unsent};
use crate::replay;
use crate::spaces::{self, Asked};
use crate::transact::Changes;
use crate::{clean, documents, meta};

/// The value that names the person of this device.
const ME: &str = "member";

/// A change from the log of a space.
#[derive(Debug, Clone)]
pub struct ArrivingChange {
    /// The record.
    pub document: RecordId,
    /// Its position in the log.
    pub seq: u64,
    /// The raw change.
    pub bytes: Vec<u8>,
}

/// A whole document.
#[derive(Debug, Clone)]
pub struct ArrivingDocument {
    /// The record.
    pub document: RecordId,
    /// The document as Automerge saves it.
    pub bytes: Vec<u8>,
}

/// Where a page of a space ends.
#[derive(Debug, Clone, Copy)]
pub struct PageEnd {
    /// The cursor from which the page was asked.
    pub from: u64,
    /// The next cursor.
    pub cursor: u64,
    /// There is more.
    pub more: bool,
    /// The life of the log.
    pub log_epoch: Option<Uuid>,
}

impl Store {
    /// Takes in a page of a space's log and moves the cursor, together.
    ///
    /// A change that the gate refuses is kept aside; the others go on. The cursor moves only when it still stands where
    /// the page was asked from: another program, or a space that starts over meanwhile, is never moved past.
    ///
    /// # Errors
    /// What the database says; nothing has changed then, and the same page can come again.
    pub fn take_changes(
        &self,
        space: SpaceId,
        page: &[ArrivingChange],
        end: PageEnd,
        now: i64,
    ) -> Result<Changes> {
        self.take_page(space, page, &[], end, now)
    }

    /// Takes in a page of a space's log with what was erased in it, and moves the cursor, together.
    ///
    /// # Errors
    /// What the database says; nothing has changed then, and the same page can come again.
    pub fn take_page(
        &self,
        space: SpaceId,
        page: &[ArrivingChange],
        erasures: &[ArrivingErasure],
        end: PageEnd,
        now: i64,
    ) -> Result<Changes> {
        let mut by_document: BTreeMap<RecordId, Vec<&ArrivingChange>> = BTreeMap::new();
        for change in page {
            by_document.entry(change.document).or_default().push(change);
        }
        if Mistake::CursorFirst.is_made() {
            spaces::move_cursor(&self.writer(), space, end, Asked::Log)?;
        }
        self.arrive(space, erasures, |taking| {
            for (id, arriving) in &by_document {
                take_document_changes(taking, *id, arriving, now)?;
            }
            spaces::move_cursor(taking.connection, space, end, Asked::Log)?;
            Ok(())
        })
    }

    /// Takes in a page of whole documents and moves the cursor, together. A document that is here already is merged;
    /// where this device's own actor forked (a restored backup, a copied phone), its edits are made again by the actor of
    /// `stamp`.
    ///
    /// # Errors
    /// What the database says; nothing has changed then, and the same page can come again.
    pub fn take_documents(
        &self,
        space: SpaceId,
        page: &[ArrivingDocument],
        end: PageEnd,
        stamp: &Stamp,
    ) -> Result<Changes> {
        self.take_documents_page(space, page, &[], end, stamp)
    }

    /// Takes in a page of whole documents with what was erased among them, and moves the cursor, together.
    ///
    /// # Errors
    /// What the database says; nothing has changed then, and the same page can come again.
    pub fn take_documents_page(
        &self,
        space: SpaceId,
        page: &[ArrivingDocument],
        erasures: &[ArrivingErasure],
        end: PageEnd,
        stamp: &Stamp,
    ) -> Result<Changes> {
        self.arrive(space, erasures, |taking| {
            for arriving in page {
                take_document(taking, arriving, stamp)?;
            }
            let came = u32::try_from(page.len()).unwrap_or(u32::MAX);
            if spaces::move_cursor(taking.connection, space, end, Asked::Documents)? {
                taking
                    .connection
                    .prepare_cached(
                        "UPDATE space SET first_sync = ?2, first_done = first_done + ?3 WHERE id = ?1",
                    )?
                    .execute(params![space.0.as_bytes(), end.more, came])?;
            }
            Ok(())
        })
    }

    /// Starts a space over: its log means something else now (a restored server), or the digests disagree. Everything
    /// this device holds is offered again; nothing is dropped.
    ///
    /// # Errors
    /// What the database says.
    pub fn start_over(&self, space: SpaceId) -> Result<()> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let ids: Vec<[u8; 16]> = transaction
            .prepare("SELECT id FROM document WHERE space = ?1")?
            .query_map([space.0.as_bytes()], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for id in ids {
            if Mistake::NothingOffered.is_made() {
                break;
            }
            let id: RecordId = Uuid::from_bytes(id).into();
            // One damaged document must not keep the others from starting over.
            if let Err(problem) = offer_again(&transaction, id) {
                tracing::error!(document = %id, %problem, "a document is not offered again");
            }
        }
        // What was erased is offered again, too: a server that was put back from a backup may not know it any more.
        transaction.execute(
            "UPDATE erasure SET seq = NULL WHERE space = ?1 AND epoch IS NULL AND refused IS NULL",
            [space.0.as_bytes()],
        )?;
        transaction.execute(
            "UPDATE space SET cursor = 0, first_sync = 1, first_done = 0, log_epoch = NULL WHERE id = ?1",
            [space.0.as_bytes()],
        )?;
        transaction.commit()?;
        Ok(())
    }

    fn arrive(
        &self,
        space: SpaceId,
        erasures: &[ArrivingErasure],
        take: impl FnOnce(&mut Taking<'_>) -> Result<()>,
    ) -> Result<Changes> {
        let mut writer = self.writer();
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        spaces::one(&transaction, space)?;
        let mut changes = Changes::default();
        let me = meta::get(&transaction, ME)?;
        let erased = erase::take(&transaction, space, erasures, me.as_deref(), &mut changes)?;
        let mut taking = Taking {
            connection: &transaction,
            space,
            difference: 0,
            arrived: Vec::new(),
        };
        take(&mut taking)?;
        taking.finish(&mut changes)?;
        if erased {
            clean::end(&transaction)?;
        }
        transaction.commit()?;
        if erased {
            clean::finish_or_later(&writer);
        }
        Ok(changes)
    }
}

/// A page on its way in.
struct Taking<'a> {
    connection: &'a Connection,
    space: SpaceId,
    /// What the digest of the space gains.
    difference: u64,
    /// What lists and search are still to be told.
    arrived: Vec<(Projection, Unsent)>,
}

impl Taking<'_> {
    /// Keeps the heads of a document.
    fn set_heads(&mut self, id: RecordId, heads: &[ChangeHash]) -> Result<()> {
        let difference = documents::keep_heads(self.connection, id, heads)?;
        self.difference = self.difference.wrapping_add(difference);
        Ok(())
    }

    /// Whatever was kept aside of a document is in the whole one now, or was never part of it.
    fn forget_aside(&self, id: RecordId) -> Result<()> {
        self.connection
            .prepare_cached("DELETE FROM quarantine WHERE document = ?1")?
            .execute([id.0.as_bytes()])?;
        Ok(())
    }

    /// Compaction and read model of a document after something arrived. A document of a kind that this version does not
    /// know is kept and synced, and not shown.
    fn show(&mut self, id: RecordId, document: Automerge, unsent: Unsent) -> Result<()> {
        let (document, projection) = match shown(document) {
            Ok(shown) => shown,
            Err(problem) => {
                tracing::info!(document = %id, %problem, "kept a document that this version cannot show");
                return Ok(());
            }
        };
        // A document that came whole has no tail yet.
        if unsent == Unsent::Look {
            documents::compact_if_due(self.connection, &document)?;
        }
        self.arrived.push((projection, unsent));
        Ok(())
    }

    /// The digest, and the read model in the order of its rows: the search index writes out what it has gathered
    /// whenever a row comes before the last one.
    fn finish(self, changes: &mut Changes) -> Result<()> {
        documents::add_to_digest(self.connection, self.space, self.difference)?;
        let mut ordered = Vec::with_capacity(self.arrived.len());
        for (projection, unsent) in self.arrived {
            // New ones follow in the order in which they came.
            let row = read_model::row_of(self.connection, projection.id)?.unwrap_or(i64::MAX);
            ordered.push(((projection.kind.number, row), projection, unsent));
        }
        ordered.sort_by_key(|(place, ..)| *place);
        for (_, projection, unsent) in ordered {
            read_model::write(self.connection, &projection, self.space, unsent)?;
            changes.note(projection.kind, projection.id);
        }
        Ok(())
    }
}

fn take_document_changes(
    taking: &mut Taking<'_>,
    id: RecordId,
    arriving: &[&ArrivingChange],
    now: i64,
) -> Result<()> {
    let (connection, space) = (taking.connection, taking.space);
    // Others may edit what was erased here until they hear of it.
    if erase::is_kept_out(connection, space, id)? {
        return Ok(());
    }
    let stored = documents::stored(connection, id)?;
    let is_new = stored.is_none();
    let incoming: Vec<&[u8]> = arriving
        .iter()
        .map(|change| change.bytes.as_slice())
        .collect();
    let admitted = gate::admit(id, stored.as_ref(), &incoming);
    for (index, code) in &admitted.refused {
        if let Some(change) = arriving.get(*index) {
            quarantine(connection, space, id, &change.bytes, code, now)?;
        }
    }
    let Some(document) = admitted.document else {
        return Ok(());
    };
    if is_new {
        documents::insert(connection, id, space)?;
    }
    for (index, hash) in &admitted.accepted {
        if let Some(change) = arriving.get(*index) {
            documents::append(connection, id, hash, &change.bytes, Some(change.seq))?;
        }
    }
    taking.set_heads(id, &document.get_heads())?;
    taking.show(id, document, Unsent::Look)
}

fn take_document(
    taking: &mut Taking<'_>,
    arriving: &ArrivingDocument,
    stamp: &Stamp,
) -> Result<()> {
    let (connection, space, id) = (taking.connection, taking.space, arriving.document);
    if erase::is_kept_out(connection, space, id)? {
        return Ok(());
    }
    let stored = documents::stored(connection, id)?;
    let aside = |code: &str| {
        let now = stamp.at.timestamp();
        quarantine(connection, space, id, &arriving.bytes, code, now)
    };
    let document = match gate::admit_document(id, stored.as_ref(), &arriving.bytes) {
        Ok(Arrived::Known) => return taking.forget_aside(id),
        Ok(Arrived::Merged(document)) if stored.is_none() => {
            let heads = document.get_heads();
            let gained = documents::insert_whole(connection, id, space, &arriving.bytes, &heads)?;
            taking.difference = taking.difference.wrapping_add(gained);
            taking.forget_aside(id)?;
            return taking.show(id, *document, Unsent::No);
        }
        Ok(Arrived::Merged(document)) => {
            merged(connection, id, &document)?;
            *document
        }
        Ok(Arrived::Forked { there, here }) => {
            let work = || {
                replay::onto_fork(id, *there, *here, &stamp.actor)
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
    taking.forget_aside(id)?;
    taking.set_heads(id, &document.get_heads())?;
    taking.show(id, document, Unsent::Look)
}

/// The whole document is the snapshot now; what is not sent yet stays to be sent.
fn merged(connection: &Connection, id: RecordId, document: &Automerge) -> Result<()> {
    documents::put_snapshot(connection, id, &document.save_nocompress())?;
    connection.execute(
        "DELETE FROM change WHERE document = ?1 AND server_seq IS NOT NULL",
        [id.0.as_bytes()],
    )?;
    connection.execute(
        "UPDATE change SET in_snapshot = 1 WHERE document = ?1",
        [id.0.as_bytes()],
    )?;
    Ok(())
}

/// What lists and search need of a document. The gate knows that it is sound, and not what a stranger put in it: nothing
/// in there may keep the other documents of a page from coming in.
fn shown(document: Automerge) -> std::result::Result<(Document, Projection), String> {
    let work = || {
        let document = Document::of(document).map_err(|problem| problem.to_string())?;
        let projection = project(&document).map_err(|problem| problem.to_string())?;
        Ok((document, projection))
    };
    admission::quietly(work).unwrap_or_else(|panicked| Err(panicked.to_string()))
}

/// Keeps aside what was refused, once however often it comes.
fn quarantine(
    connection: &Connection,
    space: SpaceId,
    id: RecordId,
    bytes: &[u8],
    code: &str,
    now: i64,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO quarantine (document, space, bytes, code, at)
             SELECT ?1, ?2, ?3, ?4, ?5
             WHERE NOT EXISTS (SELECT 1 FROM quarantine WHERE document = ?1 AND bytes = ?3)",
        )?
        .execute(params![
            id.0.as_bytes(),
            space.0.as_bytes(),
            bytes,
            code,
            now
        ])?;
    Ok(())
}

/// Puts the whole history of a document in the outbox; the server answers `duplicate` for what it has.
fn offer_again(connection: &Connection, id: RecordId) -> Result<()> {
    let document = documents::load_any(connection, id)?;
    documents::put_snapshot(connection, id, &document.save_nocompress())?;
    connection.execute("DELETE FROM change WHERE document = ?1", [id.0.as_bytes()])?;
    for change in document.get_changes(&[]) {
        documents::append_own(connection, id, &change)?;
    }
    connection.execute(
        "UPDATE change SET in_snapshot = 1 WHERE document = ?1",
        [id.0.as_bytes()],
    )?;
    read_model::look_unsent(connection, id)
}
