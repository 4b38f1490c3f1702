//! What people do on devices, and what they are told.

use std::collections::BTreeSet;

use app::App;
use app::api::{
    ConflictResolve, Erase, FollowUpDone, Nothing, RecordId, RecordPut, RecordView, Saved, Undo,
};
use serde_json::{Map, Value};

use super::World;
use super::shown::{add_conflict, seen_in};
use crate::check::Violation;
use crate::dice::Dice;
use crate::history::{Kind, Step};
use crate::truth::{Record, Seen, Word, spell};

impl World<'_> {
    pub(super) fn app(&self, device: usize) -> Option<&App> {
        self.devices.get(device)?.app()
    }

    pub(super) fn mint(
        &mut self,
        step: &Step,
        device: usize,
        record: usize,
        field: &'static str,
    ) -> u32 {
        self.truth.mint(Word {
            record,
            field,
            device,
            made: step.no,
            saved: false,
            sent: None,
            let_go: None,
            erased: None,
            replaced: BTreeSet::new(),
            excused: None,
        })
    }

    pub(super) fn write(
        &mut self,
        step: &Step,
        device: usize,
        kind: Kind,
        dice: &mut Dice,
    ) -> Result<(), Violation> {
        let mut id = [0; 16];
        dice.fill(&mut id);
        let id = uuid::Builder::from_random_bytes(id).into_uuid().to_string();
        let record = self.truth.records.len();
        self.truth.records.push(Record {
            id: id.clone(),
            kind,
            space: String::new(),
        });
        let mut fields = Map::new();
        let first = kind.lines().first().copied().unwrap_or("name");
        let line = self.mint(step, device, record, first);
        fields.insert(first.to_owned(), spell(line).into());
        let mut minted = vec![line];
        if dice.percent(60) || kind == Kind::Note {
            let text = self.mint(step, device, record, kind.text());
            fields.insert(kind.text().to_owned(), spell(text).into());
            minted.push(text);
        }
        if kind == Kind::FollowUp {
            fields.insert("due".to_owned(), "2026-12-01".into());
        }
        self.change(device, record, &minted, |app| {
            app.record_put(RecordPut {
                kind: kind.word().to_owned(),
                id: Some(id),
                fields,
                seen: None,
            })
        })
    }

    pub(super) fn edit(
        &mut self,
        step: &Step,
        device: usize,
        record: u32,
        field: Option<u8>,
    ) -> Result<(), Violation> {
        let Some((record, view)) = self.pick(device, record) else {
            return Ok(());
        };
        let Some(kind) = Kind::of(&view.kind) else {
            return Ok(());
        };
        let name = field.map_or(kind.text(), |field| {
            let lines = kind.lines();
            let index = usize::from(field) % lines.len().max(1);
            lines.get(index).copied().unwrap_or(kind.text())
        });
        let word = self.mint(step, device, record, name);
        let value = if field.is_some() {
            spell(word)
        } else {
            let old = view.fields.get(name).and_then(Value::as_str);
            put_in(old.unwrap_or_default(), &spell(word), step.no)
        };
        let fields = Map::from_iter([(name.to_owned(), Value::String(value))]);
        self.change(device, record, &[word], |app| {
            app.record_put(RecordPut {
                kind: view.kind,
                id: Some(view.id),
                fields,
                seen: None,
            })
        })
    }

    pub(super) fn tick_off(
        &mut self,
        step: &Step,
        device: usize,
        record: u32,
    ) -> Result<(), Violation> {
        let Some((record, view)) = self.pick(device, record) else {
            return Ok(());
        };
        if view.kind != "follow_up" {
            return Ok(());
        }
        let word = self.mint(step, device, record, "outcome");
        self.change(device, record, &[word], |app| {
            app.follow_up_done(FollowUpDone {
                id: view.id,
                outcome: spell(word),
            })
        })
    }

    pub(super) fn archive(
        &mut self,
        _: &Step,
        device: usize,
        record: u32,
    ) -> Result<(), Violation> {
        let Some((record, view)) = self.pick(device, record) else {
            return Ok(());
        };
        self.change(device, record, &[], |app| {
            app.record_archive(RecordId { id: view.id })
        })
    }

    pub(super) fn erase(&mut self, step: &Step, device: usize, record: u32) {
        let Some((record, view)) = self.pick(device, record) else {
            return;
        };
        let Some(result) = self.app(device).map(|app| {
            app.erase_apply(Erase {
                id: view.id,
                also: Vec::new(),
                mentions: Vec::new(),
                private: Vec::new(),
                instead: String::new(),
            })
        }) else {
            return;
        };
        self.after_crash(device);
        self.tell(|| {
            format!(
                "      {}",
                result
                    .as_ref()
                    .map_or_else(|problem| problem.code, |_| "erased")
            )
        });
        if result.is_err() {
            return;
        }
        self.truth.erased.insert(record);
        for word in &mut self.truth.words {
            if word.record == record && word.device == device {
                word.erased = word.erased.or(Some(step.no));
            }
        }
    }

    pub(super) fn undo(&mut self, _: &Step, device: usize) -> Result<(), Violation> {
        let Some((undo, record)) = self
            .devices
            .get_mut(device)
            .and_then(|device| device.undoable.take())
        else {
            return Ok(());
        };
        self.change(device, record, &[], |app| app.action_undo(Undo { undo }))
    }

    pub(super) fn settle(
        &mut self,
        _: &Step,
        device: usize,
        which: u32,
        choice: u8,
    ) -> Result<(), Violation> {
        let Some(app) = self.app(device) else {
            return Ok(());
        };
        let Ok(conflicts) = app.conflict_list(Nothing {}) else {
            return Ok(());
        };
        let index = which as usize % conflicts.len().max(1);
        let Some(conflict) = conflicts.into_iter().nth(index) else {
            return Ok(());
        };
        let Some(record) = self
            .truth
            .records
            .iter()
            .position(|record| record.id == conflict.record.id)
        else {
            return Ok(());
        };
        let values: Vec<Value> = conflict
            .values
            .into_iter()
            .map(|value| value.value)
            .collect();
        let choice = (!conflict.can_hold_both || choice < 2)
            .then(|| u32::from(choice) % u32::try_from(values.len()).unwrap_or(1).max(1));
        self.change(device, record, &[], |app| {
            app.conflict_resolve(ConflictResolve {
                id: conflict.record.id,
                path: conflict.path,
                choice,
                seen: values,
            })
        })
    }

    /// A record of the history that this device has.
    pub(super) fn pick(&self, device: usize, record: u32) -> Option<(usize, RecordView)> {
        let app = self.app(device)?;
        let count = self.truth.records.len();
        let first = record as usize % count.max(1);
        // The one that was meant, or one of the next few.
        (0..4.min(count)).find_map(|further| {
            let index = (first + further) % count;
            let id = self.truth.records.get(index)?.id.clone();
            let view = app.record_get(RecordId { id }).ok()?;
            // Nobody works on what is out of sight.
            (!is_archived(&view)).then_some((index, view))
        })
    }

    /// What people disagree on is shown only of records in sight: a person brings those back.
    pub(super) fn bring_back(&mut self) -> bool {
        for device in self.devices.iter().filter(|device| !device.out) {
            let Some(app) = device.app() else { continue };
            let hidden: Vec<RecordView> = self
                .truth
                .records
                .iter()
                .filter_map(|record| {
                    let id = record.id.clone();
                    app.record_get(RecordId { id }).ok()
                })
                .filter(|view| is_archived(view) && view.mark.conflict)
                .collect();
            let brought = hidden.into_iter().filter_map(|view| {
                let fields = Map::from_iter([("archived".to_owned(), Value::Bool(false))]);
                app.record_put(RecordPut {
                    kind: view.kind,
                    id: Some(view.id),
                    fields,
                    seen: None,
                })
                .ok()
            });
            if brought.count() > 0 {
                return true;
            }
        }
        false
    }

    /// An act of a person on a record: what was shown before, what is shown after it, and what they were told.
    pub(super) fn change(
        &mut self,
        device: usize,
        record: usize,
        minted: &[u32],
        act: impl FnOnce(&App) -> app::Result<Saved>,
    ) -> Result<(), Violation> {
        let before = self.look(device, record);
        let result = match self.app(device) {
            Some(app) => act(app),
            None => return Ok(()),
        };
        self.after_crash(device);
        let after = self.look(device, record);
        let code = match &result {
            Ok(_) => "saved",
            Err(problem) => problem.code,
        };
        self.tell(|| format!("      {code}"));
        self.truth.replaced(&before, &after);
        let Ok(saved) = result else { return Ok(()) };
        for word in minted {
            let Some(known) = self.truth.words.get_mut(*word as usize) else {
                continue;
            };
            known.saved = true;
            if !after
                .get(known.field)
                .is_some_and(|shown| shown.contains(word))
            {
                return Err(Violation::told(format!(
                    "device {device} said \"saved\" of {} in {} and does not show it",
                    spell(*word),
                    known.field
                )));
            }
        }
        if let Some(device) = self.devices.get_mut(device) {
            device.undoable = saved.undo.map(|undo| (undo, record));
        }
        if let Some(app) = self.app(device)
            && let Some(known) = self.truth.records.get(record)
            && let Ok(view) = app.record_get(RecordId {
                id: known.id.clone(),
            })
            && let Some(known) = self.truth.records.get_mut(record)
        {
            known.space = view.space;
        }
        Ok(())
    }

    /// The words that a record shows on a device. Looking at somebody is written down, so the power may go meanwhile: then
    /// the person looks again.
    fn look(&mut self, device: usize, record: usize) -> Seen {
        let seen = self.shown(device, record);
        if !self.is_stopped(device) {
            return seen;
        }
        self.after_crash(device);
        self.shown(device, record)
    }

    fn shown(&self, device: usize, record: usize) -> Seen {
        let (Some(app), Some(known)) = (self.app(device), self.truth.records.get(record)) else {
            return Seen::new();
        };
        let id = known.id.clone();
        let Ok(view) = app.record_get(RecordId { id }) else {
            return Seen::new();
        };
        let mut seen = seen_in(known.kind, &view.fields);
        if view.mark.conflict
            && let Ok(conflicts) = app.conflict_list(Nothing {})
        {
            for conflict in conflicts.iter().filter(|other| other.record.id == view.id) {
                add_conflict(&mut seen, known.kind, &conflict.path, &conflict.values);
            }
        }
        seen
    }
}

/// Puts a word in a text, at a place that follows from the step.
fn put_in(text: &str, word: &str, step: u32) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let at = step as usize % (words.len() + 1);
    words.insert(at, word);
    words.join(" ")
}

fn is_archived(view: &RecordView) -> bool {
    view.fields.get("archived").and_then(Value::as_bool) == Some(true)
}
