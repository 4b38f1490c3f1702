//! Taking words out of a record for good: first what stays, then doing it.

use std::collections::BTreeSet;

use domain::Rejection;
use domain::document::{TakeOut, without};
use domain::ids::RecordId as Id;
use domain::record::{Fields, KindSpec};
use serde_json::Value;
use store::{Action, RecordRow};

use crate::api::{
    AsideIds, Nothing, RecordId, Redact, RedactAsk, RedactCopy, RedactPlan, RedactPreview,
    RedactText, RedactWords, Redacted,
};
use crate::device::Device;
use crate::edit::{parse_id, record_ref};
use crate::mentions::texts;
use crate::records::{kind_of, row};
use crate::rights::{Rights, not_allowed};
use crate::sync_loop::Word;
use crate::views::Viewer;
use crate::{App, Result, audit, shares};

/// What stands in a field that cannot be empty, when nothing comes instead.
const NOTHING: &str = "…";

/// What is taken out of one record.
pub(crate) struct Taking {
    pub(crate) row: RecordRow,
    pub(crate) takes: Vec<TakeOut>,
}

impl App {
    /// Which words can be taken out of a record, and where copies of it are.
    ///
    /// # Errors
    /// `no_record`.
    pub fn redact_plan(&self, id: RecordId) -> Result<RedactPlan> {
        let device = self.device()?;
        let record = row(&device, &id.id)?;
        let rights = Rights::read(&device)?;
        Ok(RedactPlan {
            record: record_ref(&record),
            space: rights.name(&record),
            may: rights.may_erase(&record),
            colleagues: Viewer::new(&device)?.colleagues(),
            texts: said(&record),
            copies: copies(&device, &record)?
                .into_iter()
                .map(|(copy, original)| RedactCopy {
                    record: record_ref(&copy),
                    space: rights.name(&copy),
                    may: rights.may_erase(&copy),
                    original,
                    texts: said(&copy),
                })
                .collect(),
        })
    }

    /// What stays of a record when words are taken out.
    ///
    /// # Errors
    /// `no_record`.
    pub fn redact_preview(&self, ask: RedactAsk) -> Result<RedactPreview> {
        let device = self.device()?;
        let record = row(&device, &ask.id)?;
        let kind = kind_of(&record.kind)?;
        let takes = takes_of(kind, &record, ask.takes);
        let left = RecordRow {
            fields: without(kind, &record.fields, &takes),
            ..record.clone()
        };
        Ok(RedactPreview {
            texts: said(&left),
            now: left.fields != record.fields,
            ever: device.store.ever_held(record.id, &takes)?,
        })
    }

    /// Takes words out of a record for good, and out of the copies that are named. There is no way back.
    ///
    /// # Errors
    /// `no_record`, `redact_no_right`, `nothing_there`, `newer_schema`; nothing is taken out then.
    pub fn redact_apply(&self, redact: Redact) -> Result<Redacted> {
        let device = self.device()?;
        let record = row(&device, &redact.id)?;
        let takes = takes_of(kind_of(&record.kind)?, &record, redact.takes);
        let chosen: BTreeSet<Id> = redact
            .copies
            .iter()
            .map(|id| parse_id(id))
            .collect::<Result<_>>()?;
        let mut all = Vec::new();
        for (copy, _) in copies(&device, &record)? {
            // A copy may hold less than the record; then there is nothing to take out of it.
            if chosen.contains(&copy.id) && device.store.ever_held(copy.id, &takes)? {
                all.push(Taking {
                    row: copy,
                    takes: takes.clone(),
                });
            }
        }
        all.push(Taking { row: record, takes });
        may_all(&Rights::read(&device)?, &all)?;
        let me = device.me()?;
        let ((), changes) = device
            .store
            .transact(&device.stamp(), None, |action| take_out(action, &all, me))?;
        self.tell_changed(&changes, false);
        self.sync_word(Word::Edited);
        Ok(Redacted {
            redacted: u32::try_from(all.len()).unwrap_or(u32::MAX),
            waiting: device.store.has_waiting_epochs()?,
        })
    }

    /// Throws away edits that were kept aside because they hold words that were taken out.
    ///
    /// # Errors
    /// What the database says.
    pub fn aside_forget(&self, aside: AsideIds) -> Result<Nothing> {
        let ids: Vec<i64> = aside.ids.into_iter().map(i64::from).collect();
        self.device()?.store.forget_aside(&ids)?;
        self.sync_word(Word::Edited);
        Ok(Nothing {})
    }
}

/// Refuses all when one of them is not for this person.
pub(crate) fn may_all(rights: &Rights, all: &[Taking]) -> Result<()> {
    match all.iter().find(|taking| !rights.may_erase(&taking.row)) {
        Some(taking) => Err(not_allowed(
            "redact_no_right",
            "Only who made a record and the managers of its space may take words out of it. Nothing was changed; ask \
             a manager.",
            &taking.row,
        )),
        None => Ok(()),
    }
}

/// Takes words out inside an action.
pub(crate) fn take_out(
    action: &mut Action<'_>,
    all: &[Taking],
    me: domain::ids::MemberId,
) -> Result<()> {
    for taking in all {
        action.audit(audit::REDACTED, taking.row.id, me)?;
        action.redact(taking.row.id, &taking.takes, me)?;
    }
    Ok(())
}

/// What is asked, in the words of the store. A field that the record cannot do without does not become empty.
fn takes_of(kind: &'static KindSpec, record: &RecordRow, words: Vec<RedactWords>) -> Vec<TakeOut> {
    let mut takes: Vec<TakeOut> = words
        .into_iter()
        .map(|take| TakeOut {
            path: take.path,
            words: take.words.filter(|words| !words.trim().is_empty()),
            instead: take.instead,
        })
        .collect();
    let left = without(kind, &record.fields, &takes);
    if let Err(Rejection::Missing { field }) = (kind.check)(Some(&record.fields), &left) {
        for take in takes.iter_mut().filter(|take| take.field() == field) {
            if take.instead.trim().is_empty() {
                NOTHING.clone_into(&mut take.instead);
            }
        }
    }
    takes
}

/// What a record says, field by field.
fn said(row: &RecordRow) -> Vec<RedactText> {
    texts(row)
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(path, value)| RedactText {
            field: path.split('/').next().unwrap_or_default().to_owned(),
            path,
            value,
        })
        .collect()
}

/// What an edit wrote that is kept aside.
pub(crate) fn said_aside(said: Option<&str>) -> Vec<RedactText> {
    let said: Fields = said
        .and_then(|said| serde_json::from_str(said).ok())
        .unwrap_or_default();
    said.into_iter()
        .map(|(field, value)| RedactText {
            path: field.clone(),
            field,
            value: in_words(&value),
        })
        .collect()
}

/// A value as one line of words.
fn in_words(value: &Value) -> String {
    let joined = |words: Vec<String>| words.join(", ");
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => joined(items.iter().map(in_words).collect()),
        Value::Object(entries) => joined(entries.values().map(in_words).collect()),
        Value::Bool(_) | Value::Number(_) | Value::Null => value.to_string(),
    }
}

/// Records that hold the same on purpose: copies of this one in other spaces, and what it is a copy of (true), with its
/// other copies. Only those that this device holds.
fn copies(device: &Device, record: &RecordRow) -> Result<Vec<(RecordRow, bool)>> {
    let shares = shares::all(device)?;
    let original = shares
        .iter()
        .filter(|(_, share)| share.copy == Some(record.id))
        .find_map(|(_, share)| share.of);
    let source = original.unwrap_or(record.id);
    let mut ids: BTreeSet<Id> = shares
        .iter()
        .filter(|(_, share)| share.of == Some(source) && share.revoked_at.is_none())
        .filter_map(|(_, share)| share.copy)
        .collect();
    ids.extend(original);
    ids.remove(&record.id);
    let ids: Vec<Id> = ids.into_iter().collect();
    Ok(device
        .store
        .records(&ids)?
        .into_iter()
        .map(|row| {
            let is_original = Some(row.id) == original;
            (row, is_original)
        })
        .collect())
}
