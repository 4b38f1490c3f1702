//! What comes from elsewhere: pages of changes and of whole documents, taken in one transaction each.

use std::collections::{BTreeMap, HashSet};

use automerge::{Automerge, ChangeHash};
use domain::document::{Document, Stamp};
use domain::ids::{DeviceId, RecordId, SpaceId};
use domain::projection::{Projection, project};
use domain::record::KindSpec;
use mistake::Mistake;
use rusqlite::{Connection, Transaction, params};
use uuid::Uuid;

use crate::epochs::{self, ArrivingEpoch};
use crate::erase::{self, ArrivingErasure};
use crate::error::Result;
use crate::gate;
use crate::open::{self, Store};
use crate::read_model::{self, Unsent};
use crate::spaces::{self, Asked};
use crate::transact::Changes;
use crate::{clean, documents, meta, whole};

/// The value that names the person of this device.
const ME: &str = "member";

/// A change from the log of a space.
#[derive(Debug, Clone)]
pub struct ArrivingChange {
    /// The record.
    pub document: RecordId,
    /// The record's epoch.
    pub epoch: u64,
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

/// A page of a space's log.
#[derive(Debug, Clone, Copy, Default)]
pub struct LogPage<'a> {
    /// Changes.
    pub changes: &'a [ArrivingChange],
    /// Documents that began anew.
    pub epochs: &'a [ArrivingEpoch],
    /// What was erased.
    pub erasures: &'a [ArrivingErasure],
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
        stamp: &Stamp,
    ) -> Result<Changes> {
        let page = LogPage {
            changes: page,
            ..LogPage::default()
        };
        self.take_page(space, &page, end, stamp)
    }

    /// Takes in a page of a space's log with what was erased in it and what began anew, and moves the cursor, together.
    /// Edits of a document that began anew are made again by the actor of `stamp`.
    ///
    /// # Errors
    /// What the database says; nothing has changed then, and the same page can come again.
    pub fn take_page(
        &self,
        space: SpaceId,
        page: &LogPage<'_>,
        end: PageEnd,
        stamp: &Stamp,
    ) -> Result<Changes> {
        let mut by_document: BTreeMap<RecordId, Vec<&ArrivingChange>> = BTreeMap::new();
        for change in page.changes {
            by_document.entry(change.document).or_default().push(change);
        }
        if Mistake::CursorFirst.is_made() {
            spaces::move_cursor(&self.writer(), space, end, Asked::Log)?;
        }
        self.arrive(space, page, stamp, |taking| {
            let now = stamp.at.timestamp();
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
        self.take_documents_page(space, page, &LogPage::default(), end, stamp)
    }

    /// Takes in a page of whole documents with what was erased or began anew among them, and moves the cursor, together.
    ///
    /// # Errors
    /// What the database says; nothing has changed then, and the same page can come again.
    pub fn take_documents_page(
        &self,
        space: SpaceId,
        page: &[ArrivingDocument],
        beside: &LogPage<'_>,
        end: PageEnd,
        stamp: &Stamp,
    ) -> Result<Changes> {
        self.arrive(space, beside, stamp, |taking| {
            for arriving in page {
                whole::take_document(taking, arriving, stamp)?;
            }
            let came = u32::try_from(page.len() + beside.epochs.len()).unwrap_or(u32::MAX);
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
    /// this device holds is offered again; where this person may only read, what they wrote in themselves when they still
    /// might. Nothing is dropped.
    ///
    /// # Errors
    /// What the database says.
    pub fn start_over(&self, space: SpaceId) -> Result<()> {
        let mut writer = self.writer();
        let mut transaction = open::begin(&mut writer)?;
        let known = spaces::all(&transaction)?;
        if known
            .iter()
            .any(|known| known.id == space && known.may_write())
        {
            offer_all_again(&mut transaction, space)?;
        } else {
            offer_mine_again(&mut transaction, space)?;
        }
        transaction.execute(
            "UPDATE space SET cursor = 0, first_sync = 1, first_done = 0, log_epoch = NULL WHERE id = ?1",
            [space.0.as_bytes()],
        )?;
        transaction.commit()?;
        Ok(())
    }

    pub(crate) fn arrive(
        &self,
        space: SpaceId,
        page: &LogPage<'_>,
        stamp: &Stamp,
        take: impl FnOnce(&mut Taking<'_>) -> Result<()>,
    ) -> Result<Changes> {
        let mut writer = self.writer();
        let transaction = open::begin(&mut writer)?;
        spaces::one(&transaction, space)?;
        let mut changes = Changes::default();
        let me = meta::get(&transaction, ME)?;
        let mut cleans = erase::take(
            &transaction,
            space,
            page.erasures,
            me.as_deref(),
            &mut changes,
        )?;
        let mut taking = Taking::new(&transaction, space);
        for epoch in page.epochs {
            cleans |= epochs::take(&mut taking, epoch, stamp)?;
        }
        take(&mut taking)?;
        taking.finish(&mut changes)?;
        if cleans {
            clean::end(&transaction)?;
        }
        transaction.commit()?;
        if cleans {
            clean::finish_or_later(&writer);
        }
        Ok(changes)
    }
}

/// A page on its way in.
pub(crate) struct Taking<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) space: SpaceId,
    /// What the digest of the space gains.
    pub(crate) difference: u64,
    /// What lists and search are still to be told.
    arrived: Vec<(Projection, Unsent)>,
    /// Records that are not here any more.
    gone: Vec<(Option<&'static KindSpec>, RecordId)>,
}

impl<'a> Taking<'a> {
    pub(crate) const fn new(connection: &'a Connection, space: SpaceId) -> Self {
        Self {
            connection,
            space,
            difference: 0,
            arrived: Vec::new(),
            gone: Vec::new(),
        }
    }

    /// A record went.
    pub(crate) fn lose(&mut self, kind: Option<&'static KindSpec>, id: RecordId) {
        self.gone.push((kind, id));
    }

    /// Keeps the heads of a document.
    pub(crate) fn set_heads(&mut self, id: RecordId, heads: &[ChangeHash]) -> Result<()> {
        let difference = documents::keep_heads(self.connection, id, heads)?;
        self.difference = self.difference.wrapping_add(difference);
        Ok(())
    }

    /// Compaction and read model of a document after something arrived. A document of a kind that this version does not
    /// know is kept and synced, and not shown.
    pub(crate) fn show(
        &mut self,
        (id, epoch): (RecordId, u64),
        document: Automerge,
        unsent: Unsent,
    ) -> Result<()> {
        let (document, projection) = match shown(document, epoch) {
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
    pub(crate) fn finish(self, changes: &mut Changes) -> Result<()> {
        for (kind, id) in self.gone {
            changes.erased(kind, id);
        }
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
    let first = arriving.first().map_or(0, |change| change.epoch);
    let epoch = stored.as_ref().map_or(first, |stored| stored.epoch);
    // What belongs to another epoch was written in a history that is gone, or comes again with its document.
    let arriving: Vec<&ArrivingChange> = arriving
        .iter()
        .copied()
        .filter(|change| change.epoch == epoch)
        .collect();
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
    // Somebody else may have brought what was refused from here.
    for (index, hash) in &admitted.known {
        if let Some(change) = arriving.get(*index) {
            documents::is_there(connection, id, hash, change.seq)?;
        }
    }
    let Some(document) = admitted.document else {
        if admitted.known.is_empty() {
            return Ok(());
        }
        return read_model::look_unsent(connection, id);
    };
    if is_new {
        documents::insert(connection, id, space, epoch)?;
    }
    for (index, hash) in &admitted.accepted {
        if let Some(change) = arriving.get(*index) {
            documents::append(connection, id, hash, &change.bytes, Some(change.seq))?;
        }
    }
    taking.set_heads(id, &document.get_heads())?;
    taking.show((id, epoch), document, Unsent::Look)
}

/// What lists and search need of a document. The gate knows that it is sound, and not what a stranger put in it: nothing
/// in there may keep the other documents of a page from coming in.
fn shown(document: Automerge, epoch: u64) -> std::result::Result<(Document, Projection), String> {
    let work = || {
        let document = Document::of(document).map_err(|problem| problem.to_string())?;
        let document = document.in_epoch(epoch);
        let projection = project(&document).map_err(|problem| problem.to_string())?;
        Ok((document, projection))
    };
    admission::quietly(work).unwrap_or_else(|panicked| Err(panicked.to_string()))
}

/// Keeps aside what was refused, once however often it comes.
pub(crate) fn quarantine(
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

/// Offers everything of a space again, what was erased included: a server that was put back from a backup may not know it any
/// more.
fn offer_all_again(transaction: &mut Transaction<'_>, space: SpaceId) -> Result<()> {
    offer_those_again(transaction, space, |_| true)?;
    transaction.execute(
        "UPDATE erasure SET seq = NULL
         WHERE space = ?1 AND refused IS NULL AND (epoch IS NULL OR EXISTS (
             SELECT 1 FROM document WHERE id = erasure.document AND epoch = erasure.epoch AND epoch > 0))",
        [space.0.as_bytes()],
    )?;
    Ok(())
}

/// Offers again what this person wrote in. From who may only read the server takes nothing new, but it says what it has:
/// what it does not have any more is refused, and stands with its writer in sight instead of being taken for sent.
pub(crate) fn offer_mine_again(transaction: &mut Transaction<'_>, space: SpaceId) -> Result<()> {
    let mine: HashSet<String> = transaction
        .prepare(
            "SELECT device FROM person_device
             WHERE member = (SELECT value FROM meta WHERE key = ?1)",
        )?
        .query_map([ME], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    offer_those_again(transaction, space, |document| {
        let mut changes = document.get_changes(&[]).into_iter();
        changes.any(|change| {
            DeviceId::of_actor(change.actor_id().to_bytes())
                .is_some_and(|device| mine.contains(&device.to_string()))
        })
    })
}

fn offer_those_again(
    transaction: &mut Transaction<'_>,
    space: SpaceId,
    which: impl Fn(&Automerge) -> bool,
) -> Result<()> {
    let ids: Vec<[u8; 16]> = transaction
        .prepare("SELECT id FROM document WHERE space = ?1")?
        .query_map([space.0.as_bytes()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in ids {
        if Mistake::NothingOffered.is_made() {
            break;
        }
        let id: RecordId = Uuid::from_bytes(id).into();
        let savepoint = transaction.savepoint()?;
        let offered = documents::load_any(&savepoint, id).and_then(|document| {
            if which(&document) {
                offer_again(&savepoint, id, &document)?;
            }
            Ok(())
        });
        match offered {
            Ok(()) => savepoint.commit()?,
            // One damaged document must not keep the others from starting over; it stays as it was.
            Err(problem) if problem.is_unreadable() => {
                tracing::error!(document = %id, %problem, "a document is not offered again");
            }
            Err(problem) => return Err(problem),
        }
    }
    Ok(())
}

/// Puts the whole history of a document in the outbox; the server answers `duplicate` for what it has.
fn offer_again(connection: &Connection, id: RecordId, document: &Automerge) -> Result<()> {
    let never_sent: HashSet<[u8; 32]> = connection
        .prepare(
            "SELECT hash FROM change WHERE document = ?1 AND server_seq IS NULL AND again = 0",
        )?
        .query_map([id.0.as_bytes()], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    documents::put_snapshot(connection, id, &document.save_nocompress())?;
    connection.execute("DELETE FROM change WHERE document = ?1", [id.0.as_bytes()])?;
    for change in document.get_changes(&[]) {
        documents::append_own(connection, id, &change)?;
        connection
            .prepare_cached("UPDATE change SET again = ?3 WHERE document = ?1 AND hash = ?2")?
            .execute(params![
                id.0.as_bytes(),
                change.hash().0,
                !never_sent.contains(&change.hash().0)
            ])?;
    }
    connection.execute(
        "UPDATE change SET in_snapshot = 1 WHERE document = ?1",
        [id.0.as_bytes()],
    )?;
    read_model::look_unsent(connection, id)
}
