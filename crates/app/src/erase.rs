//! Erasing for good: first what will be gone and where, then doing it, then how far it is.

use std::collections::{BTreeSet, HashMap};

use domain::ids::{MemberId, RecordId as Id};
use domain::kinds::Share;
use domain::record::{Fields, Item, Record as _, Shape, kind};
use protocol::ErasuresRequest;
use serde_json::Value;
use store::{Action, ErasureRow, RecordRow};

use crate::api::{
    Erase, EraseCopy, ErasePart, ErasePlan, Erased, ErasureDevice, ErasureList, ErasureState,
    ErasureView, MentionFate, Nothing, PrivatePart, RecordId,
};
use crate::capture::drafts;
use crate::device::{Device, meta};
use crate::edit::{parse_id, record_ref};
use crate::mentions::Words;
use crate::records::row;
use crate::redact::{self, Taking};
use crate::rights::{Rights, no_right};
use crate::shares::{Copies, Ending};
use crate::sync_loop::{Word, runtime_here};
use crate::transport::{Transport, TransportError};
use crate::views::{Viewer, moment};
use crate::{App, Error, Result, audit};

/// The draft among what names a person on this device alone.
const DRAFT: &str = "draft";
/// Before the id of the record on whose page a note is half typed.
const PAGE_DRAFT: &str = "draft/";
/// Before the name of a form with words in it that were not kept.
const FORM: &str = "form:";
/// Erasures listed.
const LISTED: u32 = 200;

impl App {
    /// What will be gone when this record is erased, and what names it elsewhere.
    ///
    /// # Errors
    /// `no_record`.
    pub fn erase_plan(&self, id: RecordId) -> Result<ErasePlan> {
        let device = self.device()?;
        let record = row(&device, &id.id)?;
        let viewer = Viewer::new(&device)?;
        let rights = Rights::read(&device)?;
        let (only, others) = surroundings_of(&device, &record)?;
        let words = Words::of(&record);
        let part = |other: &RecordRow, linked| ErasePart {
            record: record_ref(other),
            at: moment(other.at),
            author: viewer.author(other),
            may: rights.may_erase(other),
            linked,
            pieces: words.pieces(other),
        };
        let linked: BTreeSet<Id> = others.iter().map(|other| other.id).collect();
        let mut mentions = others;
        for other in device.store.with_any_word(&words.searched())? {
            let known = other.id == record.id
                || linked.contains(&other.id)
                || only.iter().any(|one| one.id == other.id);
            if !known && words.are_in(&other) {
                mentions.push(other);
            }
        }
        let all = std::iter::once(&record).chain(&only).chain(&mentions);
        let all = all.map(|row| row.id).collect();
        let mut copies = Copies::read(&device)?.of(&viewer, &rights, &all)?;
        // It may be a copy itself, and name its original.
        copies.retain(|copy| !is_copy(std::slice::from_ref(copy), &record));
        Ok(ErasePlan {
            record: record_ref(&record),
            space: rights.name(&record),
            may: rights.may_erase(&record),
            colleagues: viewer.colleagues(),
            only: only.iter().map(|other| part(other, true)).collect(),
            // A copy goes the way of its original.
            mentions: mentions
                .iter()
                .filter(|other| !is_copy(&copies, other))
                .map(|other| part(other, linked.contains(&other.id)))
                .collect(),
            copies,
            private: private_parts(&device, &words)?,
        })
    }

    /// Erases a record, and what goes with it. There is no way back.
    ///
    /// # Errors
    /// `no_record`, or `no_right` when one of them is for a manager to erase; nothing is erased then.
    pub fn erase_apply(&self, erase: Erase) -> Result<Erased> {
        self.erase_chosen(&*self.device()?, &erase, |_| Ok(()))
    }

    /// Erases what was chosen, and does something more in the same transaction.
    pub(crate) fn erase_chosen(
        &self,
        device: &Device,
        erase: &Erase,
        more: impl FnOnce(&mut Action<'_>) -> Result<()>,
    ) -> Result<Erased> {
        let mut ids: Vec<Id> = vec![parse_id(&erase.id)?];
        for id in &erase.also {
            ids.push(parse_id(id)?);
        }
        let words = Words::of(&row(device, &erase.id)?);
        let mut takings = Vec::new();
        for choice in &erase.mentions {
            match choice.fate {
                MentionFate::Keep => {}
                MentionFate::Redact => {
                    let row = row(device, &choice.id)?;
                    let takes = words.take_out_of(&row, &erase.instead);
                    takings.push(Taking { row, takes });
                }
                MentionFate::Erase => ids.push(parse_id(&choice.id)?),
            }
        }
        let rights = Rights::read(device)?;
        let mut left = Vec::new();
        for copy in copies_of(device, &rights, takings.iter().map(|taking| taking.row.id))? {
            let Some(row) = row_of_copy(device, &copy)? else {
                left.push(copy);
                continue;
            };
            let takes = words.take_out_of(&row, &erase.instead);
            if copy.may {
                takings.push(Taking { row, takes });
            } else if !takes.is_empty() {
                left.push(copy);
            }
        }
        takings.retain(|taking| !taking.takes.is_empty() && !ids.contains(&taking.row.id));
        redact::may_all(&rights, &takings)?;
        let me = device.me()?;
        let mut erased = self.erase_records(device, &ids, audit::ERASED, |action| {
            forget_private(device, action, &erase.private)?;
            redact::take_out(action, &takings, me)?;
            more(action)
        })?;
        erased.redacted = u32::try_from(takings.len()).unwrap_or(u32::MAX);
        erased.left.extend(left);
        Ok(erased)
    }

    /// Erases records, all or none: the one way in which use cases erase. Copies of them in other spaces go along where this
    /// person may, records that point at them let go, and the audit says `why`. What is done `first` is done with it, or
    /// not at all.
    pub(crate) fn erase_records(
        &self,
        device: &Device,
        ids: &[Id],
        why: &str,
        first: impl FnOnce(&mut Action<'_>) -> Result<()>,
    ) -> Result<Erased> {
        let asked: BTreeSet<Id> = ids.iter().copied().collect();
        let rows = device.store.records(ids)?;
        let rights = Rights::read(device)?;
        for id in &asked {
            let row = rows.iter().find(|row| row.id == *id);
            let row = row.ok_or_else(|| Error::no_record(&id.to_string()))?;
            if !rights.may_erase(row) {
                return Err(no_right(row));
            }
        }
        let left = copies_of(device, &rights, asked.iter().copied())?;
        let ending = Ending::with(device, &rights, &asked)?;
        let gone: BTreeSet<Id> = asked.union(&ending.gone).copied().collect();
        let pointing = pointing_at(device, &rights, &gone)?;
        let me = device.me()?;
        // Without undo: it would lead back to nothing.
        let (unlinked, changes) = device.store.transact(&device.stamp(), None, |action| {
            first(action)?;
            for id in &asked {
                action.audit(why, *id, me)?;
            }
            ending.tell(action, me)?;
            erase_in(action, &gone, &pointing, me)
        })?;
        self.tell_changed(&changes, false);
        self.sync_word(Word::Edited);
        Ok(Erased {
            erased: u32::try_from(asked.len()).unwrap_or(u32::MAX),
            redacted: 0,
            unlinked,
            copies: ending.copies,
            left: left.into_iter().filter(|copy| !copy.may).collect(),
        })
    }

    /// What was erased, and how far it is. Asks the server how far the devices are, when it can be reached.
    ///
    /// # Errors
    /// What the database says.
    pub fn erasure_list(&self, _: Nothing) -> Result<ErasureList> {
        let device = self.device()?;
        let rows = device.store.erasures(LISTED)?;
        let told = self.ask_how_far(&device, &rows).unwrap_or_else(|problem| {
            tracing::info!(%problem, "how far the devices are is not known now");
            None
        });
        let viewer = Viewer::new(&device)?;
        let me = device.me()?.to_string();
        let asked = told.is_some();
        let told = told.unwrap_or_default();
        Ok(ErasureList {
            rows: rows
                .iter()
                .map(|row| view(&viewer, &me, row, &told))
                .collect(),
            asked,
            left: Copies::read(&device)?.left(&viewer, &Rights::read(&device)?)?,
        })
    }

    /// The person has seen which unsent edits went with an erasure.
    ///
    /// # Errors
    /// What the database says.
    pub fn erasure_seen(&self, _: Nothing) -> Result<Nothing> {
        self.device()?.store.forget_lost()?;
        Ok(Nothing {})
    }

    /// `None` while alone.
    fn ask_how_far(&self, device: &Device, rows: &[ErasureRow]) -> Result<Option<HowFar>> {
        let (Some(server), Some(token)) = (
            device.store.meta(meta::SERVER)?,
            device.store.meta(meta::TOKEN)?,
        ) else {
            return Ok(None);
        };
        let unreachable = |problem: TransportError| {
            Error::new("offline", "The server cannot be reached.").because(problem)
        };
        let wire = device.surroundings.wire();
        let transport = Transport::new(
            wire.map_err(|problem| unreachable(problem.into()))?,
            &server,
        );
        let spaces: BTreeSet<_> = rows.iter().map(|row| row.space).collect();
        let runtime = runtime_here()?;
        let mut told = HowFar::new();
        for space in spaces {
            let request = ErasuresRequest {
                space: space.0,
                after: 0,
            };
            let reply = runtime
                .block_on(transport.erasures(&token, &request))
                .map_err(unreachable)?;
            for state in reply.erasures {
                told.insert((state.document, state.epoch), state);
            }
        }
        Ok(Some(told))
    }
}

/// What the server told, by document and the epoch that began.
type HowFar = HashMap<(uuid::Uuid, Option<u64>), protocol::ErasureState>;

/// What was shared of these records and is still there.
fn copies_of(
    device: &Device,
    rights: &Rights,
    ids: impl Iterator<Item = Id>,
) -> Result<Vec<EraseCopy>> {
    Copies::read(device)?.of(&Viewer::new(device)?, rights, &ids.collect())
}

/// A copy that this device sees.
fn row_of_copy(device: &Device, copy: &EraseCopy) -> Result<Option<RecordRow>> {
    let seen = copy.record.as_ref();
    seen.map(|record| row(device, &record.id)).transpose()
}

fn is_copy(copies: &[EraseCopy], row: &RecordRow) -> bool {
    let id = row.id.to_string();
    let mut seen = copies.iter().filter_map(|copy| copy.record.as_ref());
    seen.any(|record| record.id == id)
}

/// What names it on this device alone.
fn private_parts(device: &Device, words: &Words) -> Result<Vec<PrivatePart>> {
    let draft = device.store.meta(meta::DRAFT)?.unwrap_or_default();
    let pages = drafts::of_pages(device)?.into_iter();
    let notes = device.store.scratches()?.into_iter();
    let forms = crate::unsaved::all(device)?.into_iter();
    let texts = std::iter::once((DRAFT.to_owned(), draft))
        .chain(pages.map(|(about, text)| (format!("{PAGE_DRAFT}{about}"), text)))
        .chain(notes.map(|note| (note.id.to_string(), note.text)))
        .chain(forms.map(|(form, text)| (format!("{FORM}{form}"), text)));
    Ok(texts
        .map(|(id, text)| PrivatePart {
            draft: id == DRAFT || id.starts_with(PAGE_DRAFT) || id.starts_with(FORM),
            pieces: words.pieces_of(&text),
            id,
        })
        .filter(|part| !part.pieces.is_empty())
        .collect())
}

fn forget_private(device: &Device, action: &mut Action<'_>, ids: &[String]) -> Result<()> {
    drafts::forget_pages(device, action, |about| {
        ids.iter()
            .any(|id| id.strip_prefix(PAGE_DRAFT) == Some(about))
    })?;
    for id in ids {
        if id == DRAFT {
            drafts::forget(device, action, None)?;
        } else if let Some(form) = id.strip_prefix(FORM) {
            action.forget_unsaved_text(form)?;
        } else if !id.starts_with(PAGE_DRAFT) {
            action.remove_scratch(parse_id(id)?)?;
        }
    }
    Ok(())
}

/// Records that point at this one: those that are only about it, and the others.
pub(crate) fn surroundings_of(
    device: &Device,
    record: &RecordRow,
) -> Result<(Vec<RecordRow>, Vec<RecordRow>)> {
    let mut pointing = device.store.pointing_at(record.id)?;
    // A share is no text about somebody: it ends with what was shared.
    pointing.retain(|other| other.kind != Share::SPEC.name);
    Ok(pointing
        .into_iter()
        .partition(|other| is_only_about(other, record)))
}

/// A relation lives by its two ends; a note or promise about one contact and nothing else is only about that contact.
fn is_only_about(other: &RecordRow, record: &RecordRow) -> bool {
    let about = other.fields.get("about").and_then(Value::as_array);
    let alone = about.is_some_and(|ids| {
        ids.iter()
            .all(|id| id.as_str() == Some(&record.id.to_string()))
    });
    match other.kind.as_str() {
        "relation" | "retention_hold" => true,
        // The same person, recorded twice.
        "contact" => {
            other.fields.get("merged_into").and_then(Value::as_str) == Some(&record.id.to_string())
        }
        "note" => record.kind == "contact" && alone,
        "follow_up" => record.kind == "contact" && alone && !other.fields.contains_key("signal"),
        _ => false,
    }
}

/// Records outside that point into what goes, where this person may write: they have to let go.
pub(crate) fn pointing_at(
    device: &Device,
    rights: &Rights,
    gone: &BTreeSet<Id>,
) -> Result<Vec<RecordRow>> {
    let mut pointing = Vec::new();
    for id in gone {
        pointing.extend(device.store.pointing_at(*id)?);
    }
    pointing.retain(|row| !gone.contains(&row.id) && rights.may_write(row));
    pointing.sort_by_key(|row| row.id);
    pointing.dedup_by_key(|row| row.id);
    Ok(pointing)
}

/// Erases inside an action: what points at it lets go first. Returns how many did.
pub(crate) fn erase_in(
    action: &mut Action<'_>,
    gone: &BTreeSet<Id>,
    pointing: &[RecordRow],
    me: MemberId,
) -> Result<u32> {
    let mut unlinked = 0;
    for row in pointing {
        if let Some(patch) = without(row, gone)
            && action.let_go(row.id, &patch)?
        {
            unlinked += 1;
        }
    }
    for id in gone {
        action.erase(*id, me)?;
    }
    Ok(unlinked)
}

/// The patch that takes the ids out of a record.
fn without(row: &RecordRow, gone: &BTreeSet<Id>) -> Option<Fields> {
    let kind = kind(&row.kind)?;
    let is_gone = |value: &Value| {
        value
            .as_str()
            .and_then(|id| id.parse().ok())
            .is_some_and(|id| gone.contains(&id))
    };
    let mut patch = Fields::new();
    for field in kind.fields {
        match (field.shape, row.fields.get(field.name)) {
            (Shape::Reference, Some(value)) if is_gone(value) => {
                patch.insert(field.name.to_owned(), Value::Null);
            }
            (Shape::Set(Item::Reference), Some(Value::Array(ids))) if ids.iter().any(is_gone) => {
                let kept = ids.iter().filter(|id| !is_gone(id)).cloned().collect();
                patch.insert(field.name.to_owned(), Value::Array(kept));
            }
            _ => {}
        }
    }
    (!patch.is_empty()).then_some(patch)
}

fn view(viewer: &Viewer<'_>, me: &str, row: &ErasureRow, told: &HowFar) -> ErasureView {
    let far = told.get(&(row.document.0, row.epoch));
    let count = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let state = match (row.seq, &row.refused) {
        (_, Some(_)) => ErasureState::Refused,
        (None, None) => ErasureState::Waiting,
        (Some(0), None) => ErasureState::Here,
        (Some(_), None) => ErasureState::Carried,
    };
    ErasureView {
        id: row.document.to_string(),
        kind: row.kind.clone(),
        part: row.part,
        author: row
            .member
            .as_deref()
            .map(|member| viewer.people.name_of_member(member))
            .unwrap_or_default(),
        mine: row.member.as_deref() == Some(me),
        at: moment(row.at),
        state,
        code: row.refused.clone(),
        devices: far.map(|far| count(far.devices)),
        done: far.map(|far| count(far.done)),
        last_seen: far
            .and_then(|far| far.waiting.iter().filter_map(|device| device.seen_ms).min())
            .map(|seen| moment(seen / 1_000)),
        waiting: far.map(|far| waiting(viewer, far)).unwrap_or_default(),
        lost: row.lost,
    }
}

/// Whoever may not know what devices are called gets none of them.
fn waiting(viewer: &Viewer<'_>, far: &protocol::ErasureState) -> Vec<ErasureDevice> {
    far.waiting
        .iter()
        .filter(|device| !device.name.is_empty())
        .map(|device| ErasureDevice {
            id: device.device.to_string(),
            name: device.name.clone(),
            person: viewer.people.name_of_member(&device.member.to_string()),
            seen: device.seen_ms.map(|seen| moment(seen / 1_000)),
        })
        .collect()
}
