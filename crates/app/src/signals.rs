//! Signals: the list, the page, and closing one.

use chrono::{Days, NaiveDate};
use domain::ids::RecordId as RecordKey;
use domain::kinds::{FollowUp, Signal};
use domain::{ReporterTold, SignalState};
use serde_json::json;
use store::{RecordRow, SignalFilter};

use crate::api::{
    RecordId, Saved, SignalClose, SignalList, SignalListQuery, SignalRow, SignalView, StateCount,
};
use crate::contacts::{is_open, row_of, timeline};
use crate::follow_ups::follow_up_rows;
use crate::records::{fields_of, kind_of, with_defaults};
use crate::surroundings::day;
use crate::views::{Known, Viewer, fields, moment};
use crate::{App, Error, Result};

/// Rows of a list window, at most.
const WINDOW: u32 = 200;
/// Items of a timeline that come with a page.
const FIRST_ITEMS: u32 = 30;

impl App {
    /// A window of the signals.
    ///
    /// # Errors
    /// What the database says.
    pub fn signal_list(&self, query: SignalListQuery) -> Result<SignalList> {
        let device = self.device()?;
        let states = if query.states.is_empty() {
            open_states()
        } else {
            query
                .states
                .iter()
                .map(|state| state.as_str().to_owned())
                .collect()
        };
        let filter = SignalFilter {
            states,
            theme: query.theme,
            neighbourhood: query.neighbourhood,
            owner: query.owner,
            text: query.text,
            next_until: None,
        };
        let window = device
            .store
            .signals(&filter, query.offset, query.limit.min(WINDOW))?;
        let viewer = Viewer::new(&device)?;
        Ok(SignalList {
            total: window.total,
            rows: signal_rows(&viewer, &window.rows)?,
            states: window
                .states
                .iter()
                .filter_map(|(word, count)| {
                    Some(StateCount {
                        state: SignalState::from_word(word)?,
                        count: *count,
                    })
                })
                .collect(),
        })
    }

    /// A signal's page.
    ///
    /// # Errors
    /// `no_record`.
    pub fn signal_get(&self, id: RecordId) -> Result<SignalView> {
        let device = self.device()?;
        let row = row_of(&device, &id.id, "signal")?;
        let viewer = Viewer::new(&device)?;
        let signal: Signal = fields(&row);
        let title = |id| {
            Ok::<_, Error>(
                viewer
                    .reference(id)?
                    .map(|row| row.title)
                    .unwrap_or_default(),
            )
        };
        let mut follow_ups = device.store.linking(row.id, "follow_up", "signal")?;
        follow_ups.retain(is_open);
        Ok(SignalView {
            theme: title(signal.theme)?,
            neighbourhood: title(signal.neighbourhood)?,
            owner: owner_name(&viewer, &signal),
            reporters: viewer.refs(signal.reporters.iter().copied())?,
            handed_to: viewer.reference(signal.handed_to)?,
            follow_ups: follow_up_rows(&viewer, &follow_ups)?,
            timeline: timeline(&viewer, row.id, 0, FIRST_ITEMS)?,
            conflicts: viewer.conflicts(&row)?,
            author: viewer.author(&row),
            made_at: moment(row.made_at),
            space: row.space.to_string(),
            mark: viewer.mark(&row),
            signal,
            id: id.id,
        })
    }

    /// Closes a signal; with `told: to_do` a follow-up to tell the reporter is made in the same action.
    ///
    /// # Errors
    /// `not_a_closing_state`, `reason_missing`, `no_record`.
    pub fn signal_close(&self, close: SignalClose) -> Result<Saved> {
        let device = self.device()?;
        if close.state.is_open() {
            return Err(Error::new(
                "not_a_closing_state",
                "A signal closes as solved or as not picked up.",
            ));
        }
        let row = row_of(&device, &close.id, "signal")?;
        let signal: Signal = fields(&row);
        let now = device.surroundings.now();
        let language = self.preferences().language;
        let patch = json!({
            "state": close.state, "reason": close.reason, "told": close.told,
            "closed_at": now.to_rfc3339(),
        });
        let patch = patch.as_object().cloned().unwrap_or_default();
        let tell = match close.told {
            ReporterTold::ToDo => Some(tell_on(close.tell_on.as_deref(), day(now))?),
            ReporterTold::Yes | ReporterTold::Anonymous => None,
        };
        let (_, saved) = self.edit(&device, |action| {
            action.edit(row.id, &patch)?;
            if let Some(due) = tell {
                let kind = kind_of("follow_up")?;
                let follow_up = FollowUp {
                    what: tell_what(&language, &signal.title),
                    due: Some(due),
                    about: signal.reporters.clone(),
                    signal: Some(row.id),
                    ..FollowUp::default()
                };
                let fields = with_defaults(&device, kind, fields_of(&follow_up)?)?;
                action.create(device.new_record(), kind, row.space, &fields)?;
            }
            Ok(())
        })?;
        Ok(saved)
    }
}

/// What the follow-up says, in the language of the person who makes it: it is a note of theirs, not a label.
fn tell_what(language: &str, title: &str) -> String {
    if language == "en" {
        return format!("Tell how it ended: {title}");
    }
    format!("Vertel hoe het afliep: {title}")
}

fn tell_on(day: Option<&str>, today: NaiveDate) -> Result<NaiveDate> {
    match day {
        Some(day) => day.parse().map_err(|_| {
            Error::new("wrong_shape", "This is not a day. Nothing was changed.")
                .with("field", "tell_on")
        }),
        None => Ok(today.checked_add_days(Days::new(1)).unwrap_or(today)),
    }
}

/// The states of open signals.
pub(crate) fn open_states() -> Vec<String> {
    SignalState::WORDS
        .iter()
        .filter(|word| SignalState::from_word(word).is_some_and(SignalState::is_open))
        .map(|word| (*word).to_owned())
        .collect()
}

/// Rows of a list of signals.
pub(crate) fn signal_rows(viewer: &Viewer<'_>, rows: &[RecordRow]) -> Result<Vec<SignalRow>> {
    let today = day(viewer.device.surroundings.now());
    let signals: Vec<Signal> = rows.iter().map(fields).collect();
    let named = viewer.known(
        signals
            .iter()
            .flat_map(|signal| signal.theme.into_iter().chain(signal.neighbourhood)),
    )?;
    let pairs = rows.iter().zip(signals);
    Ok(pairs
        .map(|(row, signal)| signal_row(viewer, &named, row, signal, today))
        .collect())
}

fn signal_row(
    viewer: &Viewer<'_>,
    named: &Known,
    row: &RecordRow,
    signal: Signal,
    today: NaiveDate,
) -> SignalRow {
    let state = signal.state.unwrap_or(SignalState::New);
    let title = |id: Option<RecordKey>| {
        id.and_then(|id| named.get(&id))
            .map(|row| row.title.clone())
            .unwrap_or_default()
    };
    SignalRow {
        id: row.id.to_string(),
        kind: signal.signal_kind,
        state,
        theme: title(signal.theme),
        neighbourhood: title(signal.neighbourhood),
        owner: owner_name(viewer, &signal),
        owner_id: signal.owner.map(|owner| owner.to_string()),
        late: state.is_open() && signal.next.is_some_and(|next| next < today),
        next: signal.next.map(|next| next.to_string()),
        title: signal.title,
        mark: viewer.mark(row),
    }
}

fn owner_name(viewer: &Viewer<'_>, signal: &Signal) -> String {
    signal
        .owner
        .map(|owner| viewer.people.name_of_member(&owner.to_string()))
        .unwrap_or_default()
}
