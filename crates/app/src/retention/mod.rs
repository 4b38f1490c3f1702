//! How long records are kept: the organisation's terms, what is due, and why.

mod deciding;
mod due;

use domain::RetainedKind;
use domain::ids::SpaceId;
use domain::kinds::RetentionTerm;
use domain::record::{Fields, Record as _};
use store::{RecordRow, Space};

use crate::api::{RetentionAsk, RetentionSet, RetentionTermView, RetentionView, Saved};
use crate::device::Device;
use crate::edit::parse_id;
use crate::records::kind_of;
use crate::rights::Rights;
use crate::shares::mark;
use crate::views::fields;
use crate::{App, Error, Result};

/// The role that decides.
const MANAGER: &str = "manager";

/// Records of one kind that are proposed at once, when nobody says how many.
const PROPOSED: u32 = 500;

/// Kinds in the order in which they are shown, with what many organisations choose, in months.
const KINDS: [(RetainedKind, i32); 4] = [
    (RetainedKind::Contact, 24),
    (RetainedKind::Note, 24),
    (RetainedKind::FollowUp, 12),
    (RetainedKind::Signal, 60),
];

impl App {
    /// How long each kind of record is kept in a space, and what is due there.
    ///
    /// # Errors
    /// `no_space`.
    pub fn retention_get(&self, ask: RetentionAsk) -> Result<RetentionView> {
        let device = self.device()?;
        let spaces = device.store.spaces()?;
        let space = chosen(&device, ask.space.as_deref())?;
        let rights = Rights::read(&device)?;
        let most = ask.most.unwrap_or(PROPOSED) as usize;
        let mut view = RetentionView {
            space: mark(&space),
            spaces: spaces
                .iter()
                .filter(|_| spaces.len() > 1)
                .map(mark)
                .collect(),
            terms: Vec::new(),
            due: Vec::new(),
            kept: deciding::kept(&device, space.id)?,
            manager: space.role == MANAGER,
        };
        for (kind, suggested) in KINDS {
            let term = term(&device, space.id, kind)?;
            let months = term.as_ref().and_then(|term| term.months);
            let (due, more) = match months {
                Some(months) => due::of_kind(&device, space.id, kind, months, &rights, most)?,
                None => (Vec::new(), false),
            };
            view.terms.push(RetentionTermView {
                kind,
                months,
                why: term.map(|term| term.why.0).unwrap_or_default(),
                suggested,
                due: u32::try_from(due.len()).unwrap_or(u32::MAX),
                more,
            });
            view.due.extend(due);
        }
        Ok(view)
    }

    /// Sets how long a kind of record is kept in a space.
    ///
    /// # Errors
    /// `managers_only`, or the rule it breaks.
    pub fn retention_set(&self, set: RetentionSet) -> Result<Saved> {
        let device = self.device()?;
        let space = chosen(&device, set.space.as_deref())?;
        managers_only(&space)?;
        let mut known = rows(&device, space.id, set.kind)?;
        known.sort_by_key(|row| row.id);
        let first = known.first().map(|row| row.id);
        let (_, saved) = self.edit(&device, |action| {
            // One term per kind, also where two managers each set one.
            for row in known.iter().skip(1) {
                action.edit(row.id, &no_more())?;
            }
            match (first, set.months) {
                (Some(id), Some(months)) => {
                    action.edit(id, &term_of(months, &set.why))?;
                }
                (Some(id), None) => {
                    action.edit(id, &no_more())?;
                }
                (None, Some(months)) => {
                    let mut new = term_of(months, &set.why);
                    new.insert("record_kind".to_owned(), set.kind.as_str().into());
                    let kind = kind_of(RetentionTerm::SPEC.name)?;
                    action.create(device.new_record(), kind, space.id, &new)?;
                }
                (None, None) => {}
            }
            Ok(())
        })?;
        Ok(saved)
    }
}

fn term_of(months: i32, why: &str) -> Fields {
    Fields::from_iter([
        ("months".to_owned(), months.into()),
        ("why".to_owned(), why.into()),
        ("archived".to_owned(), false.into()),
    ])
}

fn no_more() -> Fields {
    Fields::from_iter([("archived".to_owned(), true.into())])
}

/// The term of a kind in a space, if it has one. Where two people each set one, the longer counts until somebody
/// chooses: what is cleared away does not come back.
fn term(device: &Device, space: SpaceId, kind: RetainedKind) -> Result<Option<RetentionTerm>> {
    let terms = rows(device, space, kind)?;
    Ok(terms
        .iter()
        .map(fields::<RetentionTerm>)
        .filter(|term| term.months.is_some())
        .max_by_key(|term| term.months))
}

fn rows(device: &Device, space: SpaceId, kind: RetainedKind) -> Result<Vec<RecordRow>> {
    let mut rows = device.store.list(RetentionTerm::SPEC.name)?;
    rows.retain(|row| row.space == space && fields::<RetentionTerm>(row).record_kind == Some(kind));
    Ok(rows)
}

/// The space that is meant.
fn chosen(device: &Device, id: Option<&str>) -> Result<Space> {
    match id {
        None => Ok(device.store.default_space()?),
        Some(text) => {
            let id: SpaceId = parse_id(text)?;
            Ok(device.store.space(id)?)
        }
    }
}

/// Lets only managers of the space pass; alone on this device everybody is.
fn managers_only(space: &Space) -> Result<()> {
    if space.role == MANAGER {
        return Ok(());
    }
    Err(Error::new(
        "managers_only",
        "Only a manager of this space may do this. Nothing was changed.",
    ))
}
