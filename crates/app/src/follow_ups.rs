//! Follow-ups: today, and not letting go.

use chrono::{Datelike as _, Days, Duration, NaiveDate};
use domain::ReporterTold;
use domain::ids::RecordId as Id;
use domain::kinds::{FollowUp, Signal};
use domain::record::Fields;
use serde_json::json;
use store::{AgendaRows, NamedRow, RecordRow, SignalFilter};

use crate::api::{
    FollowUpDone, FollowUpDrop, FollowUpMove, FollowUpRow, FollowUpView, RecordId, Saved, Today,
    TodayCounts, TodayQuery, TodayRows,
};
use crate::contacts::row_of;
use crate::device::Device;
use crate::edit::parse_id;
use crate::signals::{open_states, signal_rows};
use crate::surroundings::{day, day_of_seconds};
use crate::views::{Known, Viewer, fields, name_ref};
use crate::{App, Result};

/// Signals that need a move, shown on today's screen.
const SIGNALS: u32 = 30;

/// Follow-ups of a section when it is not said how many: more than anybody sees at once.
const ROWS: u32 = 30;

/// The most that can be asked of a section.
const MOST_ROWS: u32 = 10_000;

impl App {
    /// Late, today, this week, later, waiting.
    ///
    /// # Errors
    /// What the database says.
    pub fn today_get(&self, query: TodayQuery) -> Result<Today> {
        let device = self.device()?;
        let now = device.surroundings.now();
        let today = day(now);
        let me = device.me()?.to_string();
        let owner = query.mine.then_some(me);
        let done_since = (now - Duration::days(7)).to_rfc3339();
        let agenda = device.store.agenda(
            owner.as_deref(),
            &today.to_string(),
            &sunday(today).to_string(),
            &done_since,
            agenda_rows(query.rows.as_ref()),
        )?;
        let filter = SignalFilter {
            states: open_states(),
            owner,
            next_until: Some(today.to_string()),
            ..SignalFilter::default()
        };
        let signals = device.store.signals(&filter, 0, SIGNALS)?;
        let viewer = Viewer::new(&device)?;
        Ok(Today {
            day: today.to_string(),
            late: follow_up_rows(&viewer, &agenda.late)?,
            today: follow_up_rows(&viewer, &agenda.today)?,
            week: follow_up_rows(&viewer, &agenda.week)?,
            later: follow_up_rows(&viewer, &agenda.later)?,
            waiting: follow_up_rows(&viewer, &agenda.waiting)?,
            signals: signal_rows(&viewer, &signals.rows)?,
            counts: TodayCounts {
                late: agenda.counts.late,
                today: agenda.counts.today,
                week: agenda.counts.week,
                later: agenda.counts.later,
                waiting: agenda.counts.waiting,
                done_this_week: agenda.counts.done,
                signals: signals.total,
            },
        })
    }

    /// A follow-up's page.
    ///
    /// # Errors
    /// `no_record`.
    pub fn follow_up_get(&self, id: RecordId) -> Result<FollowUpView> {
        let device = self.device()?;
        let row = row_of(&device, &id.id, "follow_up")?;
        let viewer = Viewer::new(&device)?;
        let follow_up: FollowUp = fields(&row);
        Ok(FollowUpView {
            about: viewer.refs(follow_up.about.iter().copied())?,
            signal: viewer.reference(follow_up.signal)?,
            note: viewer.reference(follow_up.note)?,
            owner: owner_name(&viewer, &follow_up),
            follow_up,
            conflicts: viewer.conflicts(&row)?,
            mark: viewer.mark(&row),
            id: id.id,
        })
    }

    /// Ticks a follow-up off. One that closing a signal made, to tell the reporter, says in the same action that they know.
    ///
    /// # Errors
    /// `no_record`.
    pub fn follow_up_done(&self, done: FollowUpDone) -> Result<Saved> {
        let device = self.device()?;
        let row = row_of(&device, &done.id, "follow_up")?;
        let told = signal_to_tell(&device, &row)?;
        let patch = fields_of_json(json!({
            "state": "done", "outcome": done.outcome,
            "closed_at": device.surroundings.now().to_rfc3339(),
        }));
        let (_, saved) = self.edit(&device, |action| {
            action.edit(row.id, &patch)?;
            if let Some(signal) = told {
                action.edit(
                    signal,
                    &fields_of_json(json!({ "told": ReporterTold::Yes })),
                )?;
            }
            Ok(())
        })?;
        Ok(saved)
    }

    /// Moves a follow-up to another day.
    ///
    /// # Errors
    /// `no_record`, or `wrong_shape` when it is no day.
    pub fn follow_up_move(&self, to: FollowUpMove) -> Result<Saved> {
        self.change(&to.id, json!({ "due": to.due }))
    }

    /// Drops a follow-up with the reason.
    ///
    /// # Errors
    /// `no_record`, or `reason_missing`.
    pub fn follow_up_drop(&self, dropped: FollowUpDrop) -> Result<Saved> {
        self.close(
            &dropped.id,
            json!({ "state": "dropped", "reason": dropped.reason }),
        )
    }

    fn close(&self, id: &str, mut patch: serde_json::Value) -> Result<Saved> {
        let now = self.device()?.surroundings.now();
        if let Some(fields) = patch.as_object_mut() {
            fields.insert("closed_at".to_owned(), now.to_rfc3339().into());
        }
        self.change(id, patch)
    }

    pub(crate) fn change(&self, id: &str, patch: serde_json::Value) -> Result<Saved> {
        let device = self.device()?;
        let id: Id = parse_id(id)?;
        let fields = fields_of_json(patch);
        let (_, saved) = self.edit(&device, |action| Ok(action.edit(id, &fields)?))?;
        Ok(saved)
    }
}

fn fields_of_json(patch: serde_json::Value) -> Fields {
    if let serde_json::Value::Object(fields) = patch {
        fields
    } else {
        Fields::default()
    }
}

/// The closed signal whose reporter is told by this follow-up: the one that closing it made, in the same action.
fn signal_to_tell(device: &Device, row: &RecordRow) -> Result<Option<Id>> {
    /// An action asks for the time more than once, so its parts may be a second apart.
    const SAME_ACTION: u64 = 1;
    let follow_up: FollowUp = fields(row);
    let Some(id) = follow_up.signal else {
        return Ok(None);
    };
    let Some(found) = device
        .store
        .record(id)?
        .filter(|found| found.kind == "signal")
    else {
        return Ok(None);
    };
    let signal: Signal = fields(&found);
    let closed = signal.state.is_some_and(|state| !state.is_open());
    let together = signal
        .closed_at
        .is_some_and(|closed_at| closed_at.timestamp().abs_diff(row.made_at) <= SAME_ACTION);
    let waits = signal.told == Some(ReporterTold::ToDo);
    Ok((closed && together && waits).then_some(id))
}

impl TodayRows {
    /// So many of each section.
    #[must_use]
    pub const fn each(rows: u32) -> Self {
        Self {
            late: rows,
            today: rows,
            week: rows,
            later: rows,
            waiting: rows,
        }
    }
}

fn agenda_rows(rows: Option<&TodayRows>) -> AgendaRows {
    let most = |rows: Option<u32>| rows.unwrap_or(ROWS).min(MOST_ROWS);
    AgendaRows {
        late: most(rows.map(|rows| rows.late)),
        today: most(rows.map(|rows| rows.today)),
        week: most(rows.map(|rows| rows.week)),
        later: most(rows.map(|rows| rows.later)),
        waiting: most(rows.map(|rows| rows.waiting)),
    }
}

/// The last day of the week.
fn sunday(day: NaiveDate) -> NaiveDate {
    let left = 6 - u64::from(day.weekday().num_days_from_monday());
    day.checked_add_days(Days::new(left)).unwrap_or(day)
}

/// Rows of a list of follow-ups.
pub(crate) fn follow_up_rows(viewer: &Viewer<'_>, rows: &[RecordRow]) -> Result<Vec<FollowUpRow>> {
    let follow_ups: Vec<FollowUp> = rows.iter().map(fields).collect();
    let named = viewer.known(
        follow_ups
            .iter()
            .flat_map(|follow_up| follow_up.about.iter().chain(&follow_up.note).copied()),
    )?;
    let pairs = rows.iter().zip(follow_ups);
    Ok(pairs
        .map(|(row, follow_up)| follow_up_row(viewer, &named, row, follow_up))
        .collect())
}

fn follow_up_row(
    viewer: &Viewer<'_>,
    named: &Known,
    row: &RecordRow,
    follow_up: FollowUp,
) -> FollowUpRow {
    let about: Vec<&NamedRow> = follow_up
        .about
        .iter()
        .filter_map(|id| named.get(id))
        .collect();
    let street = about
        .iter()
        .find_map(|row| row.street.clone().filter(|street| !street.is_empty()))
        .unwrap_or_default();
    // A promise is as old as the note it stands in; one that came without a note as old as itself.
    let note = follow_up.note.and_then(|note| named.get(&note));
    FollowUpRow {
        id: row.id.to_string(),
        due: follow_up.due.map(|due| due.to_string()).unwrap_or_default(),
        owner: owner_name(viewer, &follow_up),
        what: follow_up.what,
        time: follow_up.time,
        about: about.into_iter().map(name_ref).collect(),
        street,
        waiting_for: follow_up.waiting_for,
        since: day_of_seconds(note.map_or(row.made_at, |note| note.at)),
        mark: viewer.mark(row),
    }
}

fn owner_name(viewer: &Viewer<'_>, follow_up: &FollowUp) -> String {
    follow_up
        .owner
        .map(|owner| viewer.people.name_of_member(&owner.to_string()))
        .unwrap_or_default()
}
