//! The one way in which use cases edit: a stamp, a transaction, an undo, a notice, and a word to the sync loop.

use domain::ids::RecordId;
use store::{Action, Changes, RecordRow};

use crate::api::{Changed, Event, FieldRef, RecordRef, Saved, Undo};
use crate::device::Device;
use crate::sync_loop::Word;
use crate::{App, Error, Result, consent, shares};

/// More ids than this are not listed in a notice: screens re-read by kind anyway.
const IDS_TOLD: usize = 500;

/// Records of an action that are told back.
const RECORDS_TOLD: usize = 50;

impl App {
    /// Carries out one action of a person; durable when this returns.
    pub(crate) fn edit<T>(
        &self,
        device: &Device,
        action: impl FnOnce(&mut Action<'_>) -> Result<T>,
    ) -> Result<(T, Saved)> {
        let undo = device.new_id().to_string();
        let (result, changes) = device
            .store
            .transact(&device.stamp(), Some(&undo), action)?;
        let saved = self.saved(device, &changes, undo)?;
        Ok((result, saved))
    }

    /// Takes an action back.
    ///
    /// # Errors
    /// `no_undo` when it is no longer known.
    pub fn action_undo(&self, undo: Undo) -> Result<Saved> {
        let device = self.device()?;
        let redo = device.new_id().to_string();
        let me = device.me()?;
        let stamp = device.stamp();
        let changes = device.store.undo(&stamp, &undo.undo, &redo, |action| {
            shares::note_undone(action, me)?;
            consent::note_undone(action, me)
        })?;
        self.saved(&device, &changes, redo)
    }

    /// The newest action that can be taken back, for [`App::action_undo`].
    ///
    /// # Errors
    /// `no_undo` when there is none.
    pub fn last_action(&self) -> Result<Undo> {
        let last = self.device()?.store.last_undo()?;
        let undo = last.ok_or(store::StoreError::NoUndo)?;
        Ok(Undo { undo })
    }

    pub(crate) fn saved(&self, device: &Device, changes: &Changes, undo: String) -> Result<Saved> {
        self.tell_changed(changes, false);
        if !changes.records.is_empty() {
            self.sync_word(Word::Edited);
        }
        let mut records: Vec<RecordRef> = Vec::new();
        for id in &changes.records {
            let told = id.to_string();
            if let Some((kind, title)) = changes.titles.get(id)
                && records.len() < RECORDS_TOLD
                && records.iter().all(|record| record.id != told)
            {
                records.push(RecordRef {
                    id: told,
                    kind: (*kind).to_owned(),
                    title: title.clone(),
                });
            }
        }
        Ok(Saved {
            id: changes
                .records
                .first()
                .map(ToString::to_string)
                .unwrap_or_default(),
            undo: (!changes.records.is_empty()).then_some(undo),
            records,
            left: left(device, &changes.left)?,
            left_out: Vec::new(),
        })
    }

    pub(crate) fn tell_changed(&self, changes: &Changes, foreign: bool) {
        if changes.records.is_empty() {
            return;
        }
        let ids = if changes.records.len() > IDS_TOLD {
            Vec::new()
        } else {
            changes.records.iter().map(ToString::to_string).collect()
        };
        let kinds = changes
            .kinds
            .iter()
            .map(|kind| (*kind).to_owned())
            .collect();
        self.tell(Event::Changed(Changed {
            kinds,
            ids,
            foreign,
        }));
    }
}

/// What taking an action back left as it is, by name.
fn left(device: &Device, left: &[(RecordId, String)]) -> Result<Vec<FieldRef>> {
    if left.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<RecordId> = left.iter().map(|(id, _)| *id).collect();
    let rows = device.store.records(&ids)?;
    Ok(left
        .iter()
        .filter_map(|(id, path)| {
            let row = rows.iter().find(|row| row.id == *id)?;
            Some(FieldRef {
                record: record_ref(row),
                path: path.clone(),
            })
        })
        .collect())
}

/// A record by name.
pub(crate) fn record_ref(row: &RecordRow) -> RecordRef {
    RecordRef {
        id: row.id.to_string(),
        kind: row.kind.clone(),
        title: row.title.clone(),
    }
}

/// Reads an id that came from a shell.
pub(crate) fn parse_id<T: std::str::FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| {
        Error::new(
            "bad_id",
            "This is not the id of a record. Nothing was changed.",
        )
        .with("id", text)
    })
}
