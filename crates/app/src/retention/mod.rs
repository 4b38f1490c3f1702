//! How long records are kept: the organisation's terms, what is due, and why.

mod deciding;
mod due;

use domain::RetainedKind;
use domain::ids::RecordId;
use domain::kinds::RetentionTerm;
use domain::record::{Fields, Record as _};
use store::RecordRow;
use uuid::Uuid;

use crate::api::{Nothing, RetentionSet, RetentionTermView, RetentionView, Saved};
use crate::device::Device;
use crate::erase::Rights;
use crate::records::kind_of;
use crate::views::fields;
use crate::{App, Error, Result};

/// Kinds in the order in which they are shown, with what many organisations choose, in months.
const KINDS: [(RetainedKind, i32); 4] = [
    (RetainedKind::Contact, 24),
    (RetainedKind::Note, 24),
    (RetainedKind::FollowUp, 12),
    (RetainedKind::Signal, 60),
];

impl App {
    /// How long each kind of record is kept, and what is due.
    ///
    /// # Errors
    /// What the database says.
    pub fn retention_get(&self, _: Nothing) -> Result<RetentionView> {
        let device = self.device()?;
        let mut view = RetentionView {
            terms: Vec::new(),
            due: Vec::new(),
            kept: deciding::kept(&device)?,
            manager: is_manager(&device)?,
        };
        let rights = Rights::read(&device)?;
        for (kind, suggested) in KINDS {
            let term = term(&device, kind)?;
            let due = match &term {
                Some(term) => {
                    due::of_kind(&device, kind, term.months.unwrap_or(i32::MAX), &rights)?
                }
                None => Vec::new(),
            };
            view.terms.push(RetentionTermView {
                kind,
                months: term.as_ref().and_then(|term| term.months),
                why: term.map(|term| term.why.0).unwrap_or_default(),
                suggested,
                due: u32::try_from(due.len()).unwrap_or(u32::MAX),
            });
            view.due.extend(due);
        }
        Ok(view)
    }

    /// Sets how long a kind of record is kept.
    ///
    /// # Errors
    /// `managers_only`, or the rule it breaks.
    pub fn retention_set(&self, set: RetentionSet) -> Result<Saved> {
        let device = self.device()?;
        managers_only(&device)?;
        let space = device.store.default_space()?.id;
        let id = term_id(space, set.kind);
        let known = rows(&device, set.kind)?;
        let (_, saved) = self.edit(&device, |action| {
            // One term per kind, also where another way in made a second one.
            for row in known.iter().filter(|row| row.id != id) {
                action.edit(row.id, &no_more())?;
            }
            match (action.fields(id)?, set.months) {
                (Some(_), Some(months)) => {
                    action.edit(id, &chosen(months, &set.why))?;
                }
                (Some(_), None) => {
                    action.edit(id, &no_more())?;
                }
                (None, Some(months)) => {
                    let mut new = chosen(months, &set.why);
                    new.insert("record_kind".to_owned(), set.kind.as_str().into());
                    action.create(id, kind_of(RetentionTerm::SPEC.name)?, space, &new)?;
                }
                (None, None) => {}
            }
            Ok(())
        })?;
        Ok(saved)
    }
}

fn chosen(months: i32, why: &str) -> Fields {
    Fields::from_iter([
        ("months".to_owned(), months.into()),
        ("why".to_owned(), why.into()),
        ("archived".to_owned(), false.into()),
    ])
}

fn no_more() -> Fields {
    Fields::from_iter([("archived".to_owned(), true.into())])
}

/// The term of a kind, if it has one. Where two people each set one, the longer counts until somebody chooses: what is
/// cleared away does not come back.
fn term(device: &Device, kind: RetainedKind) -> Result<Option<RetentionTerm>> {
    let terms = rows(device, kind)?;
    Ok(terms
        .iter()
        .map(fields::<RetentionTerm>)
        .filter(|term| term.months.is_some())
        .max_by_key(|term| term.months))
}

fn rows(device: &Device, kind: RetainedKind) -> Result<Vec<RecordRow>> {
    let mut rows = device.store.list(RetentionTerm::SPEC.name)?;
    rows.retain(|row| fields::<RetentionTerm>(row).record_kind == Some(kind));
    Ok(rows)
}

/// The same kind has the same term on every device of a space (UUIDv5, RFC 9562).
fn term_id(space: domain::ids::SpaceId, kind: RetainedKind) -> RecordId {
    RecordId(Uuid::new_v5(&space.0, kind.as_str().as_bytes()))
}

/// A manager of the space where new records go, or alone on this device.
pub(crate) fn is_manager(device: &Device) -> Result<bool> {
    Ok(device.store.default_space()?.role == "manager")
}

/// Lets only managers pass.
pub(crate) fn managers_only(device: &Device) -> Result<()> {
    if is_manager(device)? {
        return Ok(());
    }
    Err(Error::new(
        "managers_only",
        "Only a manager of this space may do this. Nothing was changed.",
    ))
}
