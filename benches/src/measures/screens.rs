//! What the screens ask: today, a contact's page, windows of the contact list, the signals.
//!
//! The counterpart reads the fields of the rows shown, by id, straight from the same database.

use app::App;
use app::api::{ContactListQuery, RecordId, SignalListQuery, TodayQuery};
use rusqlite::{Connection, OptionalExtension as _};
use uuid::Uuid;

use super::Scale;
use crate::figure::{Figure, Reach};
use crate::samples::Samples;
use crate::{Result, bare, book};

const ROUNDS: u32 = 100;
/// Rows of a list window, as the screen asks.
const WINDOW: u32 = 100;
const REACH: Reach = Reach::AtMost(10.0);

pub(crate) fn run(_: Scale) -> Result<Vec<Figure>> {
    let folder = book::large()?;
    let app = book::open(&folder)?;
    let bare = bare::open(&folder)?;
    let ids: Vec<String> = (0..10)
        .map(|part| contacts(&app, part * 1_000, 10))
        .collect::<Result<Vec<_>>>()?
        .concat();
    let asked = |name: &str, ask: &dyn Fn(u32) -> Result<Vec<String>>| screen(&bare, name, ask);
    Ok(vec![
        asked("today, mine", &|_| today(&app, true))?,
        asked("today, the team's", &|_| today(&app, false))?,
        asked("contact page", &|round| page(&app, &ids, round))?,
        asked("contact list with letters, from the start", &|_| {
            contacts(&app, 0, WINDOW)
        })?,
        asked("contact list, from row 5,000", &|_| {
            contacts(&app, 5_000, WINDOW)
        })?,
        asked("contact list, from row 9,000", &|_| {
            contacts(&app, 9_000, WINDOW)
        })?,
        asked("signals, open", &|_| signals(&app))?,
    ])
}

fn screen(
    bare: &Connection,
    name: &str,
    ask: &dyn Fn(u32) -> Result<Vec<String>>,
) -> Result<Figure> {
    let (mut ours, mut theirs) = (Samples::default(), Samples::default());
    let mut rows = 0;
    ask(0)?;
    for round in 0..ROUNDS {
        let shown = ours.time(|| ask(round))?;
        rows = shown.len();
        theirs.time(|| read(bare, &shown))?;
    }
    Ok(
        Figure::ms(format!("{name} ({rows} rows), p95"), ours.percentile(95))
            .against("the same rows by id", theirs.percentile(95))
            .reach(REACH),
    )
}

fn read(bare: &Connection, ids: &[String]) -> Result<()> {
    let mut statement = bare.prepare_cached("SELECT title, fields FROM record WHERE id = ?1")?;
    for id in ids {
        let id: Uuid = id.parse()?;
        statement
            .query_row([id.as_bytes()], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
            })
            .optional()?;
    }
    Ok(())
}

fn today(app: &App, mine: bool) -> Result<Vec<String>> {
    let today = app.today_get(TodayQuery { mine, rows: None })?;
    let rows = [
        today.late,
        today.today,
        today.week,
        today.later,
        today.waiting,
    ]
    .concat();
    let signals = today.signals.into_iter().map(|row| row.id);
    Ok(rows.into_iter().map(|row| row.id).chain(signals).collect())
}

fn page(app: &App, ids: &[String], round: u32) -> Result<Vec<String>> {
    let id = ids
        .get(round as usize % ids.len().max(1))
        .ok_or("no contacts")?;
    let view = app.contact_get(RecordId { id: id.clone() })?;
    let items = view.timeline.items.into_iter().map(|item| item.id);
    Ok(std::iter::once(view.id).chain(items).collect())
}

fn contacts(app: &App, offset: u32, limit: u32) -> Result<Vec<String>> {
    let list = app.contact_list(ContactListQuery {
        text: String::new(),
        street: None,
        role: None,
        offers: false,
        quiet_days: None,
        offset,
        limit,
    })?;
    Ok(list.rows.into_iter().map(|row| row.id).collect())
}

fn signals(app: &App) -> Result<Vec<String>> {
    let list = app.signal_list(SignalListQuery {
        states: Vec::new(),
        theme: None,
        neighbourhood: None,
        owner: None,
        text: String::new(),
        offset: 0,
        limit: WINDOW,
    })?;
    Ok(list.rows.into_iter().map(|row| row.id).collect())
}
