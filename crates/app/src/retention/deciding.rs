//! A manager decides about what is due: it goes for good, or it is kept longer and why.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use domain::ids::{RecordId as Id, SpaceId};
use domain::kinds::{LONGEST_TERM, RetentionHold, SHORTEST_TERM};
use domain::record::{LongText, Record as _};
use store::RecordRow;

use super::{KINDS, due, managers_only, term};
use crate::api::{Erased, KeptView, RetentionCarryOut, RetentionKeep, Saved};
use crate::device::Device;
use crate::edit::parse_id;
use crate::erase::surroundings_of;
use crate::records::{fields_of, kind_of};
use crate::rights::Rights;
use crate::surroundings::day;
use crate::views::{Viewer, fields, name_ref};
use crate::{App, Error, Result, audit};

impl App {
    /// Erases what is due, and what is only about it. There is no way back.
    ///
    /// # Errors
    /// `managers_only`; `not_due` when one of them is not due, or not any more; `erase_no_right`. Nothing is erased then.
    pub fn retention_carry_out(&self, carry: RetentionCarryOut) -> Result<Erased> {
        let device = self.device()?;
        let chosen = still_due(&device, &carry.ids)?;
        let rights = Rights::read(&device)?;
        let mut going: BTreeSet<Id> = chosen.iter().map(|row| row.id).collect();
        for row in &chosen {
            going.extend(along(&device, &rights, row)?);
        }
        let going: Vec<Id> = going.into_iter().collect();
        self.erase_records(&device, &going, audit::RETENTION, |_| Ok(()))
    }

    /// Keeps what is due longer, and why.
    ///
    /// # Errors
    /// `managers_only`, `not_due`, `missing_field` without a reason, `wrong_shape` when it is no number of months.
    pub fn retention_keep(&self, keep: RetentionKeep) -> Result<Saved> {
        let device = self.device()?;
        let chosen = still_due(&device, &keep.ids)?;
        let months = u32::try_from(keep.months)
            .ok()
            .filter(|_| (SHORTEST_TERM..=LONGEST_TERM).contains(&keep.months))
            .ok_or_else(no_months)?;
        let hold = RetentionHold {
            until: day(device.surroundings.now()).checked_add_months(Months::new(months)),
            why: LongText(keep.why.trim().to_owned()),
            by: Some(device.me()?),
            ..RetentionHold::default()
        };
        let kind = kind_of(RetentionHold::SPEC.name)?;
        let (_, saved) = self.edit(&device, |action| {
            for row in &chosen {
                let hold = RetentionHold {
                    record: Some(row.id),
                    ..hold.clone()
                };
                action.create(device.new_record(), kind, row.space, &fields_of(&hold)?)?;
            }
            Ok(())
        })?;
        Ok(saved)
    }
}

/// The records of these ids, all of them due today and in spaces that this person manages.
fn still_due(device: &Device, ids: &[String]) -> Result<Vec<RecordRow>> {
    let ids: Vec<Id> = ids.iter().map(|id| parse_id(id)).collect::<Result<_>>()?;
    let rows = device.store.records(&ids)?;
    let spaces: BTreeSet<SpaceId> = rows.iter().map(|row| row.space).collect();
    let held = held(device)?;
    let mut due = BTreeSet::new();
    for space in spaces {
        managers_only(&device.store.space(space)?)?;
        for (kind, _) in KINDS {
            let Some(months) = term(device, space, kind)?.and_then(|term| term.months) else {
                continue;
            };
            for row in rows.iter().filter(|row| row.space == space) {
                if due::is_due(device, &held, kind, months, row)? {
                    due.insert(row.id);
                }
            }
        }
    }
    if rows.len() == ids.len() && ids.iter().all(|id| due.contains(id)) {
        return Ok(rows);
    }
    Err(Error::new(
        "not_due",
        "Something in this list is not to be cleared away, or no longer. Nothing was changed; look at the list again.",
    ))
}

/// What goes with a record: what is only about it and may be erased.
pub(super) fn along(device: &Device, rights: &Rights, row: &RecordRow) -> Result<Vec<Id>> {
    let (only, _) = surroundings_of(device, row)?;
    Ok(only
        .iter()
        .filter(|other| rights.may_erase(other))
        .map(|other| other.id)
        .collect())
}

/// Until when records are kept longer; the longest where there is more than one reason.
pub(super) fn held(device: &Device) -> Result<BTreeMap<Id, NaiveDate>> {
    let mut held = BTreeMap::new();
    for (_, hold) in holds(device)? {
        if let (Some(record), Some(until)) = (hold.record, hold.until) {
            let known = held.entry(record).or_insert(until);
            *known = until.max(*known);
        }
    }
    Ok(held)
}

/// What is kept longer today in a space, the first to end first.
pub(super) fn kept(device: &Device, space: SpaceId) -> Result<Vec<KeptView>> {
    let viewer = Viewer::new(device)?;
    let mut holds = holds(device)?;
    holds.retain(|(row, _)| row.space == space);
    let known = viewer.known(holds.iter().filter_map(|(_, hold)| hold.record))?;
    let mut kept: Vec<KeptView> = holds
        .iter()
        .filter_map(|(row, hold)| {
            Some(KeptView {
                id: row.id.to_string(),
                record: name_ref(known.get(&hold.record?)?),
                until: hold.until?.to_string(),
                why: hold.why.0.clone(),
                by: viewer.people.name_of(hold.by),
            })
        })
        .collect();
    kept.sort_by(|one, other| one.until.cmp(&other.until));
    Ok(kept)
}

/// The reasons that hold today.
fn holds(device: &Device) -> Result<Vec<(RecordRow, RetentionHold)>> {
    let today = day(device.surroundings.now());
    let rows = device.store.list(RetentionHold::SPEC.name)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let hold = fields::<RetentionHold>(&row);
            (row, hold)
        })
        .filter(|(_, hold)| hold.until.is_some_and(|until| until >= today))
        .collect())
}

fn no_months() -> Error {
    let rejection = domain::Rejection::WrongShape {
        field: "months".to_owned(),
        expected: "1 to 600 months",
    };
    store::StoreError::from(domain::document::DocumentError::Rejected(rejection)).into()
}
