//! Taking an action back. Only what is still as the action left it goes back; what somebody wrote in since stays, and is
//! told.

use domain::document::Stamp;
use domain::ids::{DeviceId, RecordId};
use domain::record::Fields;
use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::documents;
use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::recent;
use crate::transact::{Action, Changes};

/// Actions that can be taken back; older ones are forgotten.
const KEPT: i64 = 200;

/// They are forgotten this many at a time: forgetting one at every edit would touch two pages more each time.
const FORGOTTEN: i64 = 32;

/// The field that takes a record out of sight.
const ARCHIVED: &str = "archived";

/// One step back: a patch on a record.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Step {
    pub(crate) id: RecordId,
    /// What the fields go back to.
    fields: Fields,
    /// What the action left in them. A step kept by an older app does not say.
    #[serde(default)]
    left: Option<Fields>,
    /// The action made the record.
    #[serde(default)]
    made: bool,
}

impl Step {
    /// Back from making a record: out of sight.
    pub(crate) fn made(id: RecordId) -> Self {
        Self {
            id,
            fields: Fields::from_iter([(ARCHIVED.to_owned(), Value::Bool(true))]),
            left: Some(Fields::new()),
            made: true,
        }
    }

    /// It concerns this field of this record.
    pub(crate) fn is_of(&self, id: RecordId, field: &str) -> bool {
        self.id == id && self.fields.contains_key(field)
    }

    /// Back from an edit.
    pub(crate) fn back(id: RecordId, before: &Fields, after: &Fields) -> Self {
        let fields = inverse(before, after);
        let left = after
            .iter()
            .filter(|(name, _)| fields.contains_key(*name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        Self {
            id,
            fields,
            left: Some(left),
            made: false,
        }
    }
}

impl Store {
    /// Takes an action back, as an ordinary edit that travels like any other. It can itself be taken back by `redo`.
    /// What was written in since stays as it is; [`Changes::left`] tells. `beside` adds what belongs to it, once it is
    /// done.
    ///
    /// # Errors
    /// [`StoreError::NoUndo`] when it is not known (any more), or what `beside` says; nothing has changed then.
    pub fn undo<E: From<StoreError>>(
        &self,
        stamp: &Stamp,
        name: &str,
        redo: &str,
        beside: impl FnOnce(&mut Action<'_>) -> std::result::Result<(), E>,
    ) -> std::result::Result<Changes, E> {
        let ((), changes) = self.transact(stamp, Some(redo), |action| {
            recent::settle(action.connection)?;
            let steps: Option<String> = action
                .connection
                .query_row(
                    "SELECT steps FROM undo
                     WHERE id = ?1 AND position > (SELECT max(position) FROM undo) - ?2",
                    params![name, KEPT],
                    |row| row.get(0),
                )
                .optional()
                .map_err(StoreError::from)?;
            let steps = steps.ok_or(StoreError::NoUndo)?;
            let steps: Vec<Step> = serde_json::from_str(&steps).map_err(StoreError::from)?;
            for step in steps.iter().rev() {
                action.take_back(step)?;
            }
            action
                .connection
                .execute("DELETE FROM undo WHERE id = ?1", [name])
                .map_err(StoreError::from)?;
            beside(action)
        })?;
        Ok(changes)
    }

    /// The name of the newest action that can be taken back.
    ///
    /// # Errors
    /// What the database says.
    pub fn last_undo(&self) -> Result<Option<String>> {
        self.read(|connection| {
            if let Some(name) = recent::last_undo(connection)? {
                return Ok(Some(name));
            }
            Ok(connection
                .prepare_cached("SELECT id FROM undo ORDER BY position DESC LIMIT 1")?
                .query_row([], |row| row.get(0))
                .optional()?)
        })
    }
}

impl Action<'_> {
    fn take_back(&mut self, step: &Step) -> Result<()> {
        if documents::stored(self.connection, step.id)?.is_none() {
            // It was erased, or belonged to a space that this device lost.
            return Ok(());
        }
        let (mut document, space) = documents::load(self.connection, step.id)?;
        let before = document.fields()?;
        let me = DeviceId::of_actor(self.stamp.actor.to_bytes());
        if step.made && document.writers().iter().any(|writer| *writer != me) {
            // A colleague went on with it: their words must not go out of sight.
            self.changes.left.push((step.id, ARCHIVED.to_owned()));
            return Ok(());
        }
        let left = step.left.as_ref().unwrap_or(&before);
        let (change, touched) = document.take_back(&step.fields, left, &self.stamp)?;
        let touched = touched.into_iter().map(|path| (step.id, path));
        self.changes.left.extend(touched);
        let Some(change) = change else {
            return Ok(());
        };
        self.steps
            .push(Step::back(step.id, &before, &document.fields()?));
        self.append(&document, space, &change)
    }
}

pub(crate) fn keep(connection: &Connection, name: &str, steps: &[Step]) -> Result<()> {
    let steps = serde_json::to_string(steps)?;
    if !recent::keep_undo(connection, name, &steps)? {
        insert(connection, name, &steps)?;
    }
    Ok(())
}

/// Keeps it in its own table, where the oldest are forgotten.
pub(crate) fn insert(connection: &Connection, name: &str, steps: &str) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO undo (id, steps) VALUES (?1, ?2)")?
        .execute([name, steps])?;
    let position = connection.last_insert_rowid();
    if position % FORGOTTEN == 0 {
        connection
            .prepare_cached("DELETE FROM undo WHERE position <= ?1")?
            .execute([position - KEPT])?;
    }
    Ok(())
}

/// An action that touched this record can no longer be taken back where it did: its steps hold what was written. Returns
/// how many actions did.
pub(crate) fn forget_steps(connection: &Connection, id: RecordId) -> Result<usize> {
    recent::settle(connection)?;
    let kept: Vec<(i64, String)> = connection
        .prepare_cached("SELECT position, steps FROM undo WHERE instr(steps, ?1) > 0")?
        .query_map([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let touched = kept.len();
    for (position, steps) in kept {
        let mut steps: Vec<Step> = serde_json::from_str(&steps)?;
        steps.retain(|step| step.id != id);
        if steps.is_empty() {
            connection.execute("DELETE FROM undo WHERE position = ?1", [position])?;
        } else {
            connection.execute(
                "UPDATE undo SET steps = ?2 WHERE position = ?1",
                params![position, serde_json::to_string(&steps)?],
            )?;
        }
    }
    Ok(touched)
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
