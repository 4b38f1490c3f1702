//! The one door for every edit by a person: transaction, rule, tail, read model, undo and "what changed" in one place.

use std::collections::{BTreeMap, BTreeSet};

use admission::limits::{MAX_DOCUMENT_BYTES, MAX_DOCUMENT_CHANGES, MAX_DOCUMENT_OPS};
use chrono::{DateTime, Utc};
use domain::Rejection;
use domain::document::{Document, DocumentError, Stamp};
use domain::ids::{RecordId, SpaceId};
use domain::projection::project;
use domain::record::{Fields, KindSpec};
use mistake::Mistake;
use rusqlite::{Connection, TransactionBehavior};
use serde_json::Value;

use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::read_model::{self, Unsent};
use crate::undo::{self, Step};
use crate::{clean, documents, erase, recent};

/// Characters that always fit in one change, also when they replace as many others.
const SAFE_CHARACTERS: usize = 9_000;

/// Tenths of what a document may hold: for an edit; and for what makes way for taking words out, which may be all that
/// stand in a field.
const USUAL: u64 = 8;
const ALL: u64 = 10;

/// Bytes of a change above which the whole document is weighed.
const LONG: usize = 4 * 1024;

/// What a write changed, for those who show it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Kinds.
    pub kinds: BTreeSet<&'static str>,
    /// Records, in the order in which they were first changed.
    pub records: Vec<RecordId>,
    /// Kind and title of these records, as far as an action of this device wrote them.
    pub titles: BTreeMap<RecordId, (&'static str, String)>,
    /// What taking an action back left as it is, because it was written in since: record and path of the field.
    pub left: Vec<(RecordId, String)>,
}

impl Changes {
    /// Adds what another write changed.
    pub fn add(&mut self, other: Self) {
        self.kinds.extend(other.kinds);
        self.records.extend(other.records);
        self.titles.extend(other.titles);
        self.left.extend(other.left);
    }

    /// Notes that a record is gone; one of an unknown kind was never shown.
    pub(crate) fn erased(&mut self, kind: Option<&KindSpec>, id: RecordId) {
        if let Some(kind) = kind {
            self.note(kind, id);
        }
        self.titles.remove(&id);
    }

    /// Notes that a record changed.
    pub(crate) fn note(&mut self, kind: &KindSpec, id: RecordId) {
        self.kinds.insert(kind.name);
        self.records.push(id);
    }
}

impl Store {
    /// Carries out one action of a person. Everything in it becomes durable together, or nothing.
    ///
    /// `undo` names the action, so that it can be taken back as a whole.
    ///
    /// # Errors
    /// What `action` says, or what the database says; nothing has changed then.
    pub fn transact<T, E: From<StoreError>>(
        &self,
        stamp: &Stamp,
        undo: Option<&str>,
        action: impl FnOnce(&mut Action<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<(T, Changes), E> {
        let mut writer = self.writer();
        let transaction = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let late = self.unwritten.write(&transaction)?;
        let mut act = Action {
            connection: &transaction,
            stamp: stamp.clone(),
            changes: Changes::default(),
            steps: Vec::new(),
            erases: false,
            last: None,
        };
        let result = action(&mut act)?;
        let Action {
            changes,
            steps,
            erases,
            ..
        } = act;
        if erases {
            clean::end(&transaction)?;
        }
        if let Some(name) = undo.filter(|_| !steps.is_empty()) {
            undo::keep(&transaction, name, &steps)?;
        }
        let committed = transaction.commit().map_err(StoreError::from);
        if committed.is_ok() {
            self.unwritten.wrote(late);
        }
        if !Mistake::SavedEarly.is_made() {
            committed?;
        }
        if erases {
            clean::finish_or_later(&writer);
        }
        Ok((result, changes))
    }
}

/// An action under way, inside its transaction.
pub struct Action<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) stamp: Stamp,
    pub(crate) changes: Changes,
    pub(crate) steps: Vec<Step>,
    /// Something is erased: the bytes must leave the file, too.
    erases: bool,
    /// The document that was looked at or edited last: it is often the next one, too.
    last: Option<(Document, SpaceId)>,
}

impl std::fmt::Debug for Action<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Action")
            .field("changes", &self.changes)
            .finish_non_exhaustive()
    }
}

impl Action<'_> {
    /// Makes a record.
    ///
    /// # Errors
    /// The rule it breaks, or that the id is taken.
    pub fn create(
        &mut self,
        id: RecordId,
        kind: &'static KindSpec,
        space: SpaceId,
        fields: &Fields,
    ) -> Result<()> {
        crate::rights::must_write(self.connection, space)?;
        if erase::is_erased(self.connection, space, id)? {
            return Err(StoreError::Erased(id));
        }
        let (document, change) = Document::create(id, kind, fields, &self.stamp)?;
        if documents::space_of(self.connection, id)?.is_some() {
            return Err(StoreError::Taken(id));
        }
        self.write(&document, space, &change, true)?;
        self.steps.push(Step::made(id));
        Ok(())
    }

    /// Edits the fields given. Returns whether anything changed.
    ///
    /// # Errors
    /// The rule it breaks, or that the record is not there.
    pub fn edit(&mut self, id: RecordId, fields: &Fields) -> Result<bool> {
        let (mut document, space) = self.load(id)?;
        let before = document.fields()?;
        let Some(change) = document.edit(fields, &self.stamp)? else {
            return Ok(false);
        };
        self.steps
            .push(Step::back(id, &before, &document.fields()?));
        self.append(&document, space, &change)?;
        self.last = Some((document, space));
        Ok(true)
    }

    /// Edits the fields given as somebody who saw `seen` in them when they began; what was written since stays. Returns
    /// whether anything changed.
    ///
    /// # Errors
    /// The rule it breaks, or that the record is not there.
    pub fn edit_seen(&mut self, id: RecordId, fields: &Fields, seen: &Fields) -> Result<bool> {
        let (mut document, space) = self.load(id)?;
        let before = document.fields()?;
        let changes = document.edit_seen(fields, seen, &self.stamp)?;
        if changes.is_empty() {
            return Ok(false);
        }
        self.steps
            .push(Step::back(id, &before, &document.fields()?));
        for change in &changes {
            self.append(&document, space, change)?;
        }
        self.last = Some((document, space));
        Ok(true)
    }

    /// Edits without a way back, whatever the rules of the kind say about the result: for what follows from an erasure.
    ///
    /// # Errors
    /// When the record cannot be read or written.
    pub fn let_go(&mut self, id: RecordId, fields: &Fields) -> Result<bool> {
        let (mut document, space) = documents::load(self.connection, id)?;
        match document.let_go(fields, &self.stamp) {
            // What a newer app wrote is not touched: its link leads nowhere.
            Err(DocumentError::Rejected(Rejection::NewerSchema { .. })) | Ok(None) => Ok(false),
            Err(problem) => Err(problem.into()),
            Ok(Some(change)) => {
                self.append_within(&document, space, &change, ALL)?;
                Ok(true)
            }
        }
    }

    /// Chooses a value for a field on which people disagree.
    ///
    /// # Errors
    /// The rule it breaks, or that the record is not there.
    pub fn settle(&mut self, id: RecordId, path: &str, value: &Value) -> Result<bool> {
        let (mut document, space) = self.load(id)?;
        let before = document.fields()?;
        let Some(change) = document.settle(path, value, &self.stamp)? else {
            return Ok(false);
        };
        self.steps
            .push(Step::back(id, &before, &document.fields()?));
        self.append(&document, space, &change)?;
        self.last = Some((document, space));
        Ok(true)
    }

    /// The kind and fields of a record as they stand in this action, if it is there.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn fields(&mut self, id: RecordId) -> Result<Option<(&'static KindSpec, Fields)>> {
        let (document, space) = match self.load(id) {
            Ok(loaded) => loaded,
            Err(StoreError::NoRecord(_)) => return Ok(None),
            Err(problem) => return Err(problem),
        };
        let found = (document.kind(), document.fields()?);
        self.last = Some((document, space));
        Ok(Some(found))
    }

    /// The records that this action changed until now.
    #[must_use]
    pub fn changed(&self) -> &[RecordId] {
        &self.changes.records
    }

    /// This action edited this field of a record until now.
    #[must_use]
    pub fn has_edited(&self, id: RecordId, field: &str) -> bool {
        self.steps.iter().any(|step| step.is_of(id, field))
    }

    /// The space for new records.
    ///
    /// # Errors
    /// What the database says, or that there is none.
    pub fn default_space(&self) -> Result<SpaceId> {
        crate::spaces::default(self.connection).map(|space| space.id)
    }

    /// Nobody wrote in the record since it was made.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn is_untouched(&self, id: RecordId) -> Result<bool> {
        let (document, _) = documents::load(self.connection, id)?;
        Ok(document.automerge().get_changes_meta(&[]).len() == 1)
    }

    /// Forgets a record that no server knows.
    ///
    /// # Errors
    /// What the database says.
    pub fn forget(&mut self, id: RecordId) -> Result<()> {
        let space = documents::space_of(self.connection, id)?.ok_or(StoreError::NoRecord(id))?;
        let gone = erase::remove(self.connection, space, id)?.gone;
        self.erased(gone.ok_or(StoreError::NoRecord(id))?.kind, id);
        Ok(())
    }

    /// Keeps a value about the device itself in the same transaction.
    ///
    /// # Errors
    /// What the database says.
    pub fn set_meta(&self, key: &str, value: Option<&str>) -> Result<()> {
        crate::meta::set(self.connection, key, value)
    }

    /// The moment of the action.
    pub(crate) const fn at(&self) -> DateTime<Utc> {
        self.stamp.at
    }

    /// Notes that a record is gone, and that its bytes must leave the file.
    pub(crate) fn erased(&mut self, kind: Option<&KindSpec>, id: RecordId) {
        self.erases = true;
        self.last = None;
        self.steps.retain(|step| step.id != id);
        self.changes.erased(kind, id);
    }

    /// Takes the last document out when it is this one; an edit puts it back once all of it was written.
    fn load(&mut self, id: RecordId) -> Result<(Document, SpaceId)> {
        match self.last.take() {
            Some((document, space)) if document.id() == id => Ok((document, space)),
            _ => documents::load(self.connection, id),
        }
    }

    pub(crate) fn append(
        &mut self,
        document: &Document,
        space: SpaceId,
        change: &automerge::Change,
    ) -> Result<()> {
        self.append_within(document, space, change, USUAL)
    }

    fn append_within(
        &mut self,
        document: &Document,
        space: SpaceId,
        change: &automerge::Change,
        tenths: u64,
    ) -> Result<()> {
        crate::rights::must_write(self.connection, space)?;
        self.last = None;
        has_room(document, change, tenths)?;
        self.write(document, space, change, false)
    }

    /// Writes the change and what lists read; the rest follows ([`recent`]).
    fn write(
        &mut self,
        document: &Document,
        space: SpaceId,
        change: &automerge::Change,
        made: bool,
    ) -> Result<()> {
        within_caps(change)?;
        let projection = project(document)?;
        let behind =
            read_model::write_without_words(self.connection, &projection, space, Unsent::Yes)?;
        let new = recent::New {
            document: document.id(),
            space,
            made,
            change,
            heads: documents::joined(&document.heads()),
            behind,
        };
        let waiting = recent::add(self.connection, new)?;
        recent::settle_if_many(self.connection, waiting)?;
        self.changes.note(document.kind(), document.id());
        let named = (projection.kind.name, projection.title);
        self.changes.titles.insert(projection.id, named);
        Ok(())
    }
}

/// A document of which a server would not take in this change is refused here, while the words are still in the field. Some
/// room stays, for what others write at the same time.
fn has_room(document: &Document, change: &automerge::Change, tenths: u64) -> Result<()> {
    let automerge = document.automerge();
    let changes = automerge.get_changes_meta(&[]);
    let operations =
        |meta: &automerge::ChangeMetadata<'_>| (meta.max_op + 1).saturating_sub(meta.start_op);
    let part_of = |limit: u64| limit / 10 * tenths;
    let is_full = changes.len() as u64 > part_of(MAX_DOCUMENT_CHANGES)
        || changes.iter().map(operations).sum::<u64>() > part_of(MAX_DOCUMENT_OPS)
        // Only what is long makes a document long: the others need not be weighed each time.
        || change.raw_bytes().len() > LONG
            && automerge.save_nocompress().len() as u64 > part_of(MAX_DOCUMENT_BYTES as u64);
    if is_full {
        return Err(StoreError::Full(document.id()));
    }
    Ok(())
}

/// A change that no server would take in, whatever the document, is refused here, too.
fn within_caps(change: &automerge::Change) -> Result<()> {
    if change.len() as u64 > admission::limits::MAX_CHANGE_OPS
        || change.raw_bytes().len() > admission::limits::MAX_CHANGE_BYTES
    {
        let rejection = Rejection::TooLong {
            field: "text".to_owned(),
            limit: SAFE_CHARACTERS,
        };
        return Err(DocumentError::Rejected(rejection).into());
    }
    Ok(())
}
