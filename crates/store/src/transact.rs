//! The one door for every edit by a person: transaction, rule, tail, read model, undo and "what changed" in one place.

use std::collections::BTreeSet;

use domain::Rejection;
use domain::document::{Document, DocumentError, Stamp};
use domain::ids::{RecordId, SpaceId};
use domain::projection::project;
use domain::record::{Fields, KindSpec};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::documents;
use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::read_model::{self, Unsent};

/// Characters that always fit in one change, also when they replace as many others.
const SAFE_CHARACTERS: usize = 9_000;

/// Actions that can be taken back; older ones are forgotten.
const UNDO_KEPT: i64 = 200;

/// What a write changed, for those who show it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Kinds.
    pub kinds: BTreeSet<&'static str>,
    /// Records, in the order in which they were first changed.
    pub records: Vec<RecordId>,
}

impl Changes {
    /// Notes that a record changed.
    pub(crate) fn add(&mut self, kind: &KindSpec, id: RecordId) {
        self.kinds.insert(kind.name);
        self.records.push(id);
    }
}

/// One step back: a patch on a record.
#[derive(Debug, Serialize, Deserialize)]
struct UndoStep {
    id: RecordId,
    fields: Fields,
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
        let mut act = Action {
            connection: &transaction,
            stamp: stamp.clone(),
            changes: Changes::default(),
            steps: Vec::new(),
        };
        let result = action(&mut act)?;
        let Action { changes, steps, .. } = act;
        if let Some(name) = undo.filter(|_| !steps.is_empty()) {
            keep_undo(&transaction, name, &steps)?;
        }
        transaction.commit().map_err(StoreError::from)?;
        Ok((result, changes))
    }

    /// Takes an action back, as an ordinary edit that travels like any other. It can itself be taken back by `redo`.
    ///
    /// # Errors
    /// [`StoreError::NoUndo`] when it is not known (any more).
    pub fn undo(&self, stamp: &Stamp, name: &str, redo: &str) -> Result<Changes> {
        let ((), changes) = self.transact(stamp, Some(redo), |action| {
            let steps: Option<String> = action
                .connection
                .query_row("SELECT steps FROM undo WHERE id = ?1", [name], |row| {
                    row.get(0)
                })
                .optional()
                .map_err(StoreError::from)?;
            let steps: Vec<UndoStep> = serde_json::from_str(&steps.ok_or(StoreError::NoUndo)?)?;
            for step in steps.iter().rev() {
                action.edit_unchecked(step.id, &step.fields)?;
            }
            action
                .connection
                .execute("DELETE FROM undo WHERE id = ?1", [name])?;
            Ok::<(), StoreError>(())
        })?;
        Ok(changes)
    }

    /// The name of the newest action that can be taken back.
    ///
    /// # Errors
    /// What the database says.
    pub fn last_undo(&self) -> Result<Option<String>> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached("SELECT id FROM undo ORDER BY position DESC LIMIT 1")?
                .query_row([], |row| row.get(0))
                .optional()?)
        })
    }
}

/// An action under way, inside its transaction.
pub struct Action<'a> {
    pub(crate) connection: &'a Connection,
    stamp: Stamp,
    changes: Changes,
    steps: Vec<UndoStep>,
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
        let (document, change) = Document::create(id, kind, fields, &self.stamp)?;
        documents::insert(self.connection, id, space)?;
        within_caps(&change)?;
        documents::append_own(self.connection, id, &change)?;
        documents::set_heads(self.connection, id, space, &document.heads())?;
        self.project(&document, space)?;
        self.steps.push(UndoStep {
            id,
            fields: Fields::from_iter([("archived".to_owned(), Value::Bool(true))]),
        });
        Ok(())
    }

    /// Edits the fields given. Returns whether anything changed.
    ///
    /// # Errors
    /// The rule it breaks, or that the record is not there.
    pub fn edit(&mut self, id: RecordId, fields: &Fields) -> Result<bool> {
        let (mut document, space) = documents::load(self.connection, id)?;
        let before = document.fields()?;
        let Some(change) = document.edit(fields, &self.stamp)? else {
            return Ok(false);
        };
        self.steps.push(UndoStep {
            id,
            fields: inverse(&before, &document.fields()?),
        });
        self.append(&document, space, &change)?;
        Ok(true)
    }

    /// Chooses a value for a field on which people disagree.
    ///
    /// # Errors
    /// The rule it breaks, or that the record is not there.
    pub fn settle(&mut self, id: RecordId, path: &str, value: &Value) -> Result<bool> {
        let (mut document, space) = documents::load(self.connection, id)?;
        let before = document.fields()?;
        let Some(change) = document.settle(path, value, &self.stamp)? else {
            return Ok(false);
        };
        self.steps.push(UndoStep {
            id,
            fields: inverse(&before, &document.fields()?),
        });
        self.append(&document, space, &change)?;
        Ok(true)
    }

    /// The kind and fields of a record as they stand in this action, if it is there.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn fields(&self, id: RecordId) -> Result<Option<(&'static KindSpec, Fields)>> {
        if documents::stored(self.connection, id)?.is_none() {
            return Ok(None);
        }
        let (document, _) = documents::load(self.connection, id)?;
        Ok(Some((document.kind(), document.fields()?)))
    }

    /// Keeps a value about the device itself in the same transaction.
    ///
    /// # Errors
    /// What the database says.
    pub fn set_meta(&self, key: &str, value: Option<&str>) -> Result<()> {
        crate::meta::set(self.connection, key, value)
    }

    /// Back to an earlier state, whatever the rules of today say about it.
    fn edit_unchecked(&mut self, id: RecordId, fields: &Fields) -> Result<()> {
        let (mut document, space) = documents::load(self.connection, id)?;
        let before = document.fields()?;
        let Some(change) = document.restore(fields, &self.stamp)? else {
            return Ok(());
        };
        self.steps.push(UndoStep {
            id,
            fields: inverse(&before, &document.fields()?),
        });
        self.append(&document, space, &change)
    }

    fn append(
        &mut self,
        document: &Document,
        space: SpaceId,
        change: &automerge::Change,
    ) -> Result<()> {
        within_caps(change)?;
        documents::append_own(self.connection, document.id(), change)?;
        documents::set_heads(self.connection, document.id(), space, &document.heads())?;
        documents::compact_if_due(self.connection, document)?;
        self.project(document, space)
    }

    fn project(&mut self, document: &Document, space: SpaceId) -> Result<()> {
        read_model::write(self.connection, &project(document)?, space, Unsent::Yes)?;
        self.changes.add(document.kind(), document.id());
        Ok(())
    }
}

/// A change that no server would take in is refused here, while the words are still in the field.
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

/// The patch that leads from `after` back to `before`: of fields, or of the fields of one entry.
fn inverse(before: &Fields, after: &Fields) -> Fields {
    let mut patch = Fields::new();
    for (name, old) in before {
        match (old, after.get(name)) {
            (old, Some(new)) if old == new => {}
            (Value::Object(old), Some(Value::Object(new))) => {
                patch.insert(name.clone(), inverse_entries(old, new).into());
            }
            (old, _) => {
                patch.insert(name.clone(), old.clone());
            }
        }
    }
    for (name, new) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
        let gone = match new {
            Value::Object(entries) => inverse_entries(&Fields::new(), entries).into(),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => Value::Null,
        };
        patch.insert(name.clone(), gone);
    }
    patch
}

/// Entries go back one by one, so that what a colleague adds meanwhile stays.
fn inverse_entries(before: &Fields, after: &Fields) -> Fields {
    let mut patch = Fields::new();
    for (key, old) in before {
        match (old, after.get(key)) {
            (old, Some(new)) if old == new => {}
            (Value::Object(old), Some(Value::Object(new))) => {
                patch.insert(key.clone(), inverse(old, new).into());
            }
            (old, _) => {
                patch.insert(key.clone(), old.clone());
            }
        }
    }
    let added = after.keys().filter(|key| !before.contains_key(*key));
    patch.extend(added.map(|key| (key.clone(), Value::Null)));
    patch
}

fn keep_undo(connection: &Connection, name: &str, steps: &[UndoStep]) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO undo (id, steps) VALUES (?1, ?2)")?
        .execute(params![name, serde_json::to_string(steps)?])?;
    connection
        .prepare_cached("DELETE FROM undo WHERE position <= (SELECT max(position) FROM undo) - ?1")?
        .execute([UNDO_KEPT])?;
    Ok(())
}
