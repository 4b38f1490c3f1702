//! A record as an Automerge document: made, edited, merged and read back.

mod anew;
mod conflict;
mod copied;
mod difference;
mod gone;
mod patch;
mod read;
mod replay;
mod seen;
mod take_out;
mod words;
mod write;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use automerge::transaction::CommitOptions;
use automerge::{ActorId, Automerge, AutomergeError, Change, ChangeHash, LoadOptions, ROOT};
use chrono::{DateTime, Utc};
use thiserror::Error;

pub use conflict::{Conflict, ConflictValue};
use difference::{Between, Touched};
pub use gone::Gone;
pub use replay::{Edit, Replayed};
pub use take_out::{TakeOut, edit_between, without};

use crate::ids::{DeviceId, RecordId};
use crate::record::{Fields, KindSpec, kind};
use crate::rejection::Rejection;

/// Root keys that belong to the house and not to a kind.
const ID: &str = "id";
const KIND: &str = "kind";
const SCHEMA: &str = "schema";

/// Who writes, and when: the clock and the dice of an edit.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// The device and the life of its database.
    pub actor: ActorId,
    /// The moment of the edit.
    pub at: DateTime<Utc>,
}

/// Why a document cannot be used.
#[derive(Debug, Error)]
pub enum DocumentError {
    /// The edit breaks a rule; nothing changed.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The stored bytes or a change are not what Automerge expects.
    #[error("the document cannot be read")]
    Unreadable(#[from] AutomergeError),
    /// A change in the tail is not a change.
    #[error("a change cannot be read")]
    UnreadableChange(#[from] automerge::LoadChangeError),
    /// The document carries no id, kind or schema this version can read.
    #[error("the document has no {0}")]
    Headless(&'static str),
}

/// One record, loaded.
#[derive(Debug, Clone)]
pub struct Document {
    doc: Automerge,
    id: RecordId,
    kind: &'static KindSpec,
    schema: u32,
    epoch: u64,
    /// What was read of it since it last changed: an edit looks at the fields before and after more than once.
    read: OnceLock<Fields>,
}

impl Document {
    /// Makes a record and its first change.
    ///
    /// # Errors
    /// The rule that the fields break.
    pub fn create(
        id: RecordId,
        kind: &'static KindSpec,
        fields: &Fields,
        stamp: &Stamp,
    ) -> Result<(Self, Change), DocumentError> {
        let wanted = patch::normalise(kind, fields)?;
        (kind.check)(None, &patch::merged(kind, &Fields::new(), &wanted))?;
        let mut doc = Automerge::new().with_actor(stamp.actor.clone());
        write::create(&mut doc, id, kind, &wanted, options(stamp))?;
        let change = doc
            .get_last_local_change()
            .ok_or(DocumentError::Headless("change"))?;
        Ok((
            Self {
                doc,
                id,
                kind,
                schema: kind.schema,
                epoch: 0,
                read: OnceLock::new(),
            },
            change,
        ))
    }

    /// Loads a record from its snapshot and the changes made since.
    ///
    /// # Errors
    /// When the bytes are damaged or are no record.
    pub fn load<'a>(
        snapshot: Option<&[u8]>,
        tail: impl IntoIterator<Item = &'a [u8]>,
    ) -> Result<Self, DocumentError> {
        let mut doc = match snapshot {
            Some(bytes) => Automerge::load_with_options(bytes, LoadOptions::new())?,
            None => Automerge::new(),
        };
        let changes = tail
            .into_iter()
            .map(|bytes| Change::try_from(bytes).map_err(DocumentError::from))
            .collect::<Result<Vec<_>, _>>()?;
        if !changes.is_empty() {
            doc.apply_changes(changes)?;
        }
        Self::of(doc)
    }

    /// Takes an Automerge document that was loaded elsewhere (by the gate).
    ///
    /// # Errors
    /// When it is no record of a kind this version knows.
    pub fn of(doc: Automerge) -> Result<Self, DocumentError> {
        let word = read::root_string(&doc, ID)?.ok_or(DocumentError::Headless(ID))?;
        let id = word.parse().map_err(|_| DocumentError::Headless(ID))?;
        let word = read::root_string(&doc, KIND)?.ok_or(DocumentError::Headless(KIND))?;
        let kind = kind(&word).ok_or(DocumentError::Headless(KIND))?;
        let schema = read::root_number(&doc, SCHEMA)?.ok_or(DocumentError::Headless(SCHEMA))?;
        Ok(Self {
            doc,
            id,
            kind,
            schema,
            epoch: 0,
            read: OnceLock::new(),
        })
    }

    /// The same document, known to be in this epoch: 0 until words were taken out of it. A document cannot say it itself.
    #[must_use]
    pub const fn in_epoch(mut self, epoch: u64) -> Self {
        self.epoch = epoch;
        self
    }

    /// Its epoch.
    #[must_use]
    pub const fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Edits the fields named in `fields` and leaves the others (JSON Merge Patch, RFC 7396: `null` empties a field;
    /// an array replaces a set; running text is merged as text). Returns nothing when nothing would change.
    ///
    /// # Errors
    /// The rule that the edit breaks.
    pub fn edit(
        &mut self,
        fields: &Fields,
        stamp: &Stamp,
    ) -> Result<Option<Change>, DocumentError> {
        self.check_schema()?;
        let wanted = patch::normalise(self.kind, fields)?;
        let before = self.fields()?;
        let after = patch::merged(self.kind, &before, &wanted);
        if before != after {
            (self.kind.check)(Some(&before), &after)?;
        }
        let kind = self.kind;
        self.write(stamp, |tx| write::edit(tx, kind, &wanted))
    }

    /// Edits whatever the rules of the kind say about the result: for what follows from an erasure elsewhere.
    ///
    /// # Errors
    /// When a value has another shape than its field, or a newer app wrote the record.
    pub fn let_go(
        &mut self,
        fields: &Fields,
        stamp: &Stamp,
    ) -> Result<Option<Change>, DocumentError> {
        self.check_schema()?;
        let wanted = patch::normalise(self.kind, fields)?;
        let kind = self.kind;
        self.write(stamp, |tx| write::edit(tx, kind, &wanted))
    }

    /// Takes an edit back: to the values in `fields`, from what the edit left in `left`. Only what is still as the edit
    /// left it goes back; of running text only the words of the edit. Returns the change, and the paths that stay as
    /// they are because they were written in since. Whatever the rules of the kind say about the earlier state: it was
    /// allowed before.
    ///
    /// # Errors
    /// When a value has another shape than its field, or a newer app wrote the record.
    pub fn take_back(
        &mut self,
        fields: &Fields,
        left: &Fields,
        stamp: &Stamp,
    ) -> Result<(Option<Change>, Vec<String>), DocumentError> {
        self.check_schema()?;
        let wanted = patch::normalise(self.kind, fields)?;
        let between = Between {
            before: left,
            after: &patch::merged(self.kind, left, &wanted),
        };
        let disputed: Vec<String> = self
            .conflicts()?
            .into_iter()
            .map(|conflict| conflict.path)
            .collect();
        let kind = self.kind;
        let onto = between.onto(kind.fields, &self.fields()?, Touched::Leave, &disputed)?;
        let change = self.write(stamp, |tx| write::edit(tx, kind, &onto.patch))?;
        Ok((change, onto.left))
    }

    /// Chooses `value` for a field on which people disagreed, as an ordinary change.
    ///
    /// # Errors
    /// When there is no such field or the value breaks a rule.
    pub fn settle(
        &mut self,
        path: &str,
        value: &serde_json::Value,
        stamp: &Stamp,
    ) -> Result<Option<Change>, DocumentError> {
        self.check_schema()?;
        let fields = patch::at_path(path, value.clone());
        let wanted = patch::normalise(self.kind, &fields)?;
        let kind = self.kind;
        self.write(stamp, |tx| write::overwrite(tx, kind, &wanted))
    }

    /// The fields as JSON.
    ///
    /// # Errors
    /// When the document cannot be read.
    pub fn fields(&self) -> Result<Fields, DocumentError> {
        if let Some(fields) = self.read.get() {
            return Ok(fields.clone());
        }
        let fields = read::fields(&self.doc, &ROOT, self.kind.fields)?;
        Ok(self.read.get_or_init(|| fields).clone())
    }

    /// The fields on which people disagree.
    ///
    /// # Errors
    /// When the document cannot be read.
    pub fn conflicts(&self) -> Result<Vec<Conflict>, DocumentError> {
        Ok(conflict::conflicts(&self.doc, self.kind)?)
    }

    /// The id of the record.
    #[must_use]
    pub const fn id(&self) -> RecordId {
        self.id
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> &'static KindSpec {
        self.kind
    }

    /// The heads: two copies with equal heads hold the same history.
    #[must_use]
    pub fn heads(&self) -> Vec<ChangeHash> {
        self.doc.get_heads()
    }

    /// The Automerge document.
    #[must_use]
    pub const fn automerge(&self) -> &Automerge {
        &self.doc
    }

    /// Everything that happened to the record, oldest first: which device, when, and what its writer saw before and
    /// after. An edit made at the same time elsewhere is not part of either. A record that began anew begins with what
    /// was left of it.
    ///
    /// # Errors
    /// When the document cannot be read.
    pub fn history(&self) -> Result<Vec<Version>, DocumentError> {
        let changes = self.doc.get_changes_meta(&[]);
        let beginning = self.beginning()?;
        let began = beginning.as_ref().map(|beginning| beginning.hash);
        let last_of_beginning = |hash| changes.iter().position(|change| Some(change.hash) == hash);
        changes
            .iter()
            .skip(last_of_beginning(began).unwrap_or_default())
            .map(|change| {
                let mut version = Version {
                    device: DeviceId::of_actor(change.actor.to_bytes()),
                    at: DateTime::from_timestamp(change.timestamp, 0).unwrap_or_default(),
                    before: read::fields_at(&self.doc, &change.deps, self.kind.fields)?,
                    after: read::fields_at(&self.doc, &[change.hash], self.kind.fields)?,
                };
                if let Some(beginning) = beginning.as_ref().filter(|one| one.hash == change.hash) {
                    version.device = beginning.maker;
                    version.before = Fields::new();
                }
                Ok(version)
            })
            .collect()
    }

    /// What its maker wrote in the first change, whatever was written since. `None` when that history is gone: a record
    /// that began anew has only somebody's word for it.
    ///
    /// # Errors
    /// When the document cannot be read.
    pub fn as_made(&self) -> Result<Option<Version>, DocumentError> {
        let changes = self.doc.get_changes_meta(&[]);
        let Some(first) = changes.first().filter(|_| self.epoch == 0) else {
            return Ok(None);
        };
        Ok(Some(Version {
            device: DeviceId::of_actor(first.actor.to_bytes()),
            at: DateTime::from_timestamp(first.timestamp, 0).unwrap_or_default(),
            before: Fields::new(),
            after: read::fields_at(&self.doc, &[first.hash], self.kind.fields)?,
        }))
    }

    /// The devices that wrote in it; `None` for an actor that is not one of ours.
    #[must_use]
    pub fn writers(&self) -> BTreeSet<Option<DeviceId>> {
        let changes = self.doc.get_changes_meta(&[]);
        changes
            .iter()
            .map(|change| DeviceId::of_actor(change.actor.to_bytes()))
            .collect()
    }

    /// What a newer app wrote is read and passed on, and not changed by one that may not know its rules.
    const fn check_schema(&self) -> Result<(), Rejection> {
        if self.schema > self.kind.schema {
            return Err(Rejection::NewerSchema {
                schema: self.schema,
            });
        }
        Ok(())
    }

    fn write(
        &mut self,
        stamp: &Stamp,
        edit: impl FnOnce(&mut automerge::transaction::Transaction<'_>) -> Result<(), AutomergeError>,
    ) -> Result<Option<Change>, DocumentError> {
        self.read = OnceLock::new();
        self.doc.set_actor(stamp.actor.clone());
        let done = self
            .doc
            .transact_with(|()| options(stamp), edit)
            .map_err(|failure| DocumentError::Unreadable(failure.error))?;
        Ok(done.hash.and_then(|_| self.doc.get_last_local_change()))
    }
}

/// One step in the life of a record.
#[derive(Debug, Clone)]
pub struct Version {
    /// The device that wrote it, when the actor is one of ours.
    pub device: Option<DeviceId>,
    /// The device's clock then.
    pub at: DateTime<Utc>,
    /// The state its writer saw.
    pub before: Fields,
    /// The state after it.
    pub after: Fields,
}

fn options(stamp: &Stamp) -> CommitOptions {
    CommitOptions::default().with_time(stamp.at.timestamp())
}
