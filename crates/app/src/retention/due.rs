//! What was kept long enough, and from when that counts.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use chrono::{DateTime, Months, NaiveDate, NaiveTime, Utc};
use domain::RetainedKind;
use domain::ids::{RecordId, SpaceId};
use domain::retention::{Days, Since, closed_at, counts_from, ends};
use store::RecordRow;

use super::deciding::{along, held};
use crate::api::DueView;
use crate::contacts::is_open;
use crate::device::Device;
use crate::edit::record_ref;
use crate::rights::Rights;
use crate::shares::Copies;
use crate::surroundings::day;
use crate::views::{Viewer, fields};
use crate::{Error, Result};

/// The records of a kind in a space whose term has ended today, the longest first, with what goes along: at most so many,
/// and whether there are more.
pub(super) fn of_kind(
    device: &Device,
    space: SpaceId,
    kind: RetainedKind,
    months: i32,
    rights: &Rights,
    most: usize,
) -> Result<(Vec<DueView>, bool)> {
    let viewer = Viewer::new(device)?;
    let copies = Copies::read(device)?;
    let mut found = found(device, space, kind, months, most.saturating_add(1))?;
    let more = found.len() > most;
    found.truncate(most);
    let due = found
        .into_iter()
        .map(|due| {
            let along = along(device, rights, &due.row)?;
            let going = std::iter::once(due.row.id).chain(along.iter().copied());
            Ok(DueView {
                copies: copies.of(&viewer, rights, &going.collect())?,
                record: record_ref(&due.row),
                reason: due.since.as_str().to_owned(),
                since: due.from.to_string(),
                ended: due.ended.to_string(),
                months,
                along: u32::try_from(along.len()).unwrap_or(u32::MAX),
                may: rights.may_erase(&due.row),
            })
        })
        .collect::<Result<_>>()?;
    Ok((due, more))
}

/// Whether the term of this record has ended today, and nothing keeps it longer.
pub(super) fn is_due(
    device: &Device,
    held: &BTreeMap<RecordId, NaiveDate>,
    kind: RetainedKind,
    months: i32,
    row: &RecordRow,
) -> Result<bool> {
    let Ok(term) = u32::try_from(months) else {
        return Ok(false);
    };
    let today = day(device.surroundings.now());
    Ok(row.kind == kind.as_str() && ended(device, held, kind, term, today, row)?.is_some())
}

struct Due {
    row: RecordRow,
    since: Since,
    from: NaiveDate,
    ended: NaiveDate,
}

fn found(
    device: &Device,
    space: SpaceId,
    kind: RetainedKind,
    months: i32,
    most: usize,
) -> Result<Vec<Due>> {
    let today = day(device.surroundings.now());
    let Ok(term) = u32::try_from(months) else {
        return Ok(Vec::new());
    };
    let Some(cutoff) = today.checked_sub_months(Months::new(term)) else {
        return Ok(Vec::new());
    };
    // A day more than needed: the domain looks at days of people here, the database at seconds.
    let before = cutoff.succ_opt().unwrap_or(cutoff);
    let before = before.and_time(NaiveTime::MIN).and_utc().timestamp() + DAY;
    let held = held(device)?;
    let mut due = Vec::new();
    device
        .store
        .each_kept_since(space, kind.as_str(), before, |row| {
            if let Some((since, from, ended)) = ended(device, &held, kind, term, today, &row)? {
                due.push(Due {
                    row,
                    since,
                    from,
                    ended,
                });
            }
            Ok::<_, Error>(if due.len() < most {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            })
        })?;
    Ok(due)
}

/// From when the term of a record counts, and the day on which it ended, when it has and nothing keeps the record longer.
fn ended(
    device: &Device,
    held: &BTreeMap<RecordId, NaiveDate>,
    kind: RetainedKind,
    term: u32,
    today: NaiveDate,
    row: &RecordRow,
) -> Result<Option<(Since, NaiveDate, NaiveDate)>> {
    let Some((since, from)) = counts_from(kind, &row.fields, days_of(row)) else {
        return Ok(None);
    };
    let ended = ends(from, term);
    if ended > today || held.contains_key(&row.id) || is_needed(device, kind, row)? {
        return Ok(None);
    }
    Ok(Some((since, from, ended)))
}

const DAY: i64 = 24 * 60 * 60;

fn days_of(row: &RecordRow) -> Days {
    Days {
        made: day_of(row.made_at),
        at: day_of(row.at),
        last: row.last_at.map(day_of),
        closed: closed_at(&row.fields)
            .and_then(|at| DateTime::parse_from_rfc3339(at).ok())
            .map(|at| day(at.with_timezone(&Utc))),
    }
}

fn day_of(seconds: i64) -> NaiveDate {
    DateTime::from_timestamp(seconds, 0).map_or(NaiveDate::MAX, day)
}

/// Somebody with an open promise or an open signal is not cleared away: we do not let go.
fn is_needed(device: &Device, kind: RetainedKind, row: &RecordRow) -> Result<bool> {
    if kind != RetainedKind::Contact {
        return Ok(false);
    }
    let promises = device.store.linking(row.id, "follow_up", "about")?;
    if promises.iter().any(is_open) {
        return Ok(true);
    }
    let signals = device.store.linking(row.id, "signal", "reporters")?;
    Ok(signals.iter().any(|signal| {
        let state = fields::<domain::kinds::Signal>(signal).state;
        state.unwrap_or(domain::SignalState::New).is_open()
    }))
}
