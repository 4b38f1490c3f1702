//! The scratchpad (*kladblok*): private working notes that never leave the device and go by themselves.

use domain::bsn;
use domain::kinds::Note;
use domain::record::LongText;
use store::Scratch;
use uuid::Uuid;

use crate::api::{
    Nothing, RecordId, Saved, ScratchId, ScratchNote, ScratchPad, ScratchPut, ScratchTerm,
};
use crate::audit;
use crate::device::{Device, meta};
use crate::edit::parse_id;
use crate::records::{fields_of, kind_of, with_defaults};
use crate::surroundings::day_of_seconds;
use crate::views::{line, moment};
use crate::{App, Error, Result};

const DAY: i64 = 86_400;
/// Days that can be chosen.
const DAYS: std::ops::RangeInclusive<u32> = 1..=90;
/// Days when nobody chose.
const DAYS_DEFAULT: u32 = 30;
/// As many characters as a real note holds in one change, so that it can become one.
const LONGEST: usize = 9_000;

impl App {
    /// The scratchpad.
    ///
    /// # Errors
    /// What the database says.
    pub fn scratch_list(&self, _: Nothing) -> Result<ScratchPad> {
        let device = self.device()?;
        let now = device.surroundings.now().timestamp();
        device.store.expire_scratches(now)?;
        Ok(ScratchPad {
            days: days(&device)?,
            notes: device
                .store
                .scratches()?
                .into_iter()
                .map(|scratch| view(scratch, now))
                .collect(),
        })
    }

    /// Writes a private note; writing in one begins its days again.
    ///
    /// # Errors
    /// `missing_field`, `bsn`, `too_long`; what was typed is still there.
    pub fn scratch_put(&self, put: ScratchPut) -> Result<ScratchNote> {
        let device = self.device()?;
        check(&put.text)?;
        let id = match &put.id {
            Some(id) => parse_id(id)?,
            None => device.new_id(),
        };
        let now = device.surroundings.now().timestamp();
        let scratch = Scratch {
            id,
            text: put.text,
            changed_at: now,
            expires_at: now + i64::from(days(&device)?) * DAY,
        };
        device.store.transact(&device.stamp(), None, |action| {
            action.put_scratch(&scratch)?;
            if put.from_draft {
                action.set_meta(meta::DRAFT, None)?;
            }
            Ok::<(), Error>(())
        })?;
        Ok(view(scratch, now))
    }

    /// Throws a private note away, and answers what it was, so that it can be put back.
    ///
    /// # Errors
    /// `no_record`.
    pub fn scratch_remove(&self, id: ScratchId) -> Result<ScratchNote> {
        let device = self.device()?;
        let scratch = found(&device, &id)?;
        device.store.remove_scratch(scratch.id)?;
        Ok(view(scratch, device.surroundings.now().timestamp()))
    }

    /// Makes a real note of a private one, in the space for new records. It is on the scratchpad no more.
    ///
    /// # Errors
    /// `no_record`, or the rule that the note breaks.
    pub fn scratch_keep(&self, id: ScratchId) -> Result<Saved> {
        let device = self.device()?;
        let scratch = found(&device, &id)?;
        let kind = kind_of("note")?;
        let note = Note {
            text: LongText(scratch.text),
            ..Note::default()
        };
        let fields = with_defaults(&device, kind, fields_of(&note)?)?;
        let space = device.store.default_space()?.id;
        let new = device.new_record();
        // Without the usual undo: that archives, and archived words stay with the team. The way back is `scratch_take_back`.
        let ((), changes) = device.store.transact(&device.stamp(), None, |action| {
            action.create(new, kind, space, &fields)?;
            action.remove_scratch(scratch.id)?;
            Ok::<(), Error>(())
        })?;
        Ok(Saved {
            undo: None,
            ..self.saved(&device, &changes, String::new())?
        })
    }

    /// Makes a note private again: its words go to the scratchpad, and the note is erased, here and, where it was sent,
    /// with the team.
    ///
    /// # Errors
    /// `no_record`, `other_kind` when it is no note, `erase_no_right`, or what a private note may not hold.
    pub fn scratch_take_back(&self, note: RecordId) -> Result<ScratchNote> {
        let device = self.device()?;
        let id: domain::ids::RecordId = parse_id(&note.id)?;
        let row = device.store.record(id)?;
        let row = row.ok_or_else(|| Error::no_record(&note.id))?;
        if row.kind != "note" {
            return Err(store::StoreError::OtherKind(id).into());
        }
        let text = line(&row, "text");
        check(&text)?;
        let now = device.surroundings.now().timestamp();
        let scratch = Scratch {
            id: device.new_id(),
            text,
            changed_at: now,
            expires_at: now + i64::from(days(&device)?) * DAY,
        };
        self.erase_records(&device, &[id], audit::ERASED, |action| {
            Ok(action.put_scratch(&scratch)?)
        })?;
        Ok(view(scratch, now))
    }

    /// Chooses after how many days notes go by themselves. What is there follows, but nothing goes within a day.
    ///
    /// # Errors
    /// `preference_unknown` when it is no number of days from 1 to 90.
    pub fn scratch_term(&self, term: ScratchTerm) -> Result<ScratchPad> {
        if !DAYS.contains(&term.days) {
            return Err(Error::new(
                "preference_unknown",
                "Choose from 1 to 90 days. Nothing was changed.",
            ));
        }
        let device = self.device()?;
        let text = term.days.to_string();
        device
            .store
            .set_meta(&[(meta::SCRATCH_DAYS, Some(&text))])?;
        let now = device.surroundings.now().timestamp();
        let seconds = i64::from(term.days) * DAY;
        device.store.reterm_scratches(seconds, now + DAY)?;
        self.scratch_list(Nothing {})
    }
}

/// Throws away what has had its time.
pub(crate) fn expire(device: &Device) -> Result<()> {
    let expired = device
        .store
        .expire_scratches(device.surroundings.now().timestamp())?;
    if expired > 0 {
        tracing::info!(expired, "scratch notes had their time");
    }
    Ok(())
}

fn found(device: &Device, id: &ScratchId) -> Result<Scratch> {
    let uuid: Uuid = parse_id(&id.id)?;
    device
        .store
        .scratch(uuid)?
        .ok_or_else(|| Error::no_record(&id.id))
}

fn days(device: &Device) -> Result<u32> {
    let days = device.store.meta(meta::SCRATCH_DAYS)?;
    Ok(days
        .and_then(|days| days.parse().ok())
        .filter(|days| DAYS.contains(days))
        .unwrap_or(DAYS_DEFAULT))
}

/// The rules of a note hold here too, so that moving it into a real one never fails.
fn check(text: &str) -> Result<()> {
    let rejection = if text.trim().is_empty() {
        domain::Rejection::Missing { field: "text" }
    } else if bsn::find(text).is_some() {
        domain::Rejection::Bsn {
            field: "text".to_owned(),
        }
    } else if text.chars().count() > LONGEST {
        domain::Rejection::TooLong {
            field: "text".to_owned(),
            limit: LONGEST,
        }
    } else {
        return Ok(());
    };
    Err(store::StoreError::from(domain::document::DocumentError::Rejected(rejection)).into())
}

fn view(scratch: Scratch, now: i64) -> ScratchNote {
    let left = scratch.expires_at.saturating_sub(now).max(0);
    ScratchNote {
        id: scratch.id.to_string(),
        text: scratch.text,
        changed_at: moment(scratch.changed_at),
        expires_on: day_of_seconds(scratch.expires_at),
        days_left: u32::try_from(left.saturating_add(DAY - 1) / DAY).unwrap_or(u32::MAX),
    }
}
