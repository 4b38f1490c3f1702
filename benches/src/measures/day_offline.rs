//! A day offline: 60 changes go up and 300 of a colleague come down, whatever the number of documents.

use app::App;
use app::api::{CaptureSave, RecordList, RecordPut};
use domain::record::Fields;
use serde_json::json;

use super::Scale;
use crate::figure::{Figure, Reach, Unit};
use crate::samples::milliseconds;
use crate::team::{Round, Team};
use crate::{Result, bare};

const UP: u32 = 60;
const DOWN: u32 = 300;
/// Rounds per number of documents; the one with the median CPU time counts.
const ROUNDS: usize = 5;
/// Contacts that a day is about: as many in a small team as in a large one, spread over all there are.
const CONTACTS: usize = 90;

struct Day {
    round: Round,
    /// Bytes of the changes themselves.
    raw_up: f64,
    raw_down: f64,
}

pub(crate) fn run(scale: Scale) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut first: Option<f64> = None;
    for documents in scale.teams() {
        let day = days(documents)?;
        let report = &day.round.report;
        let cpu = milliseconds(day.round.cpu);
        let name = |what: &str| format!("day offline, {documents} documents: {what}");
        figures.push(
            Figure::new(name("requests"), Unit::Requests, f64::from(report.requests))
                .reach(Reach::AtMost(1.0)),
        );
        figures.push(
            Figure::bytes(name("up"), report.bytes_up)
                .against("the changes themselves", day.raw_up)
                .reach(Reach::AtMost(15_000.0)),
        );
        figures.push(
            Figure::bytes(name("down"), report.bytes_down)
                .against("the changes themselves", day.raw_down)
                .reach(Reach::AtMost(60_000.0)),
        );
        figures.push(Figure::ms(name("CPU, both sides"), cpu).reach(Reach::AtMost(200.0)));
        match first {
            None => first = Some(cpu),
            Some(first) => figures.push(
                Figure::ms(name("CPU beside the fewest documents"), cpu)
                    .against("1000 documents", first)
                    .reach(Reach::Times(1.1)),
            ),
        }
    }
    Ok(figures)
}

/// Several days with one team; the median one.
fn days(documents: usize) -> Result<Day> {
    let (_folder, team) = Team::with_documents(documents)?;
    let server = team.serve()?;
    let (a, b) = (team.device("a")?, team.device("b")?);
    server.round(&a)?;
    server.round(&b)?;
    let mut days = Vec::new();
    for day in 0..=ROUNDS {
        work(&b, DOWN, day)?;
        let raw_down = unsent(&team, "b")?;
        server.round(&b)?;
        work(&a, UP, day)?;
        let raw_up = unsent(&team, "a")?;
        let round = server.round(&a)?;
        let report = &round.report;
        if (report.pushed, report.pulled) != (UP, DOWN) {
            return Err(format!("{} up, {} down", report.pushed, report.pulled).into());
        }
        // The first day warms up: connections, caches, prepared statements.
        if day > 0 {
            days.push(Day {
                round,
                raw_up,
                raw_down,
            });
        }
        server.round(&b)?;
    }
    days.sort_by_key(|day| day.round.cpu);
    let middle = days.len() / 2;
    Ok(days.swap_remove(middle))
}

fn contacts(app: &App) -> Result<Vec<String>> {
    let mut all: Vec<String> = Vec::new();
    loop {
        let page = app.record_list(RecordList {
            kind: Some("contact".to_owned()),
            offset: u32::try_from(all.len())?,
            limit: 1_000,
            archived: false,
        })?;
        if page.rows.is_empty() {
            break;
        }
        all.extend(page.rows.into_iter().map(|row| row.id));
    }
    if all.len() < CONTACTS {
        return Err(format!("only {} contacts", all.len()).into());
    }
    let spread = (0..CONTACTS).filter_map(|place| all.get(place * all.len() / CONTACTS));
    Ok(spread.cloned().collect())
}

/// Half notes, half fields of contacts, as a broker's day is.
fn work(app: &App, changes: u32, day: usize) -> Result<()> {
    let contacts = contacts(app)?;
    for number in 0..changes {
        let index = (number as usize * 7 + day * 13) % CONTACTS;
        let contact = contacts.get(index).ok_or("no contacts")?;
        if number % 2 == 0 {
            app.capture_save(CaptureSave {
                text: format!(
                    "Gesproken aan de deur: wil meedenken over het pleintje, komt woensdag langs, dag {day} nr {number}"
                ),
                place: None,
                accepted: Vec::new(),
                about: Some(contact.clone()),
                space: None,
                from_draft: false,
            })?;
        } else {
            let value = json!(format!("{}-{number}-{day}", changes / 100));
            app.record_put(RecordPut {
                kind: "contact".to_owned(),
                id: Some(contact.clone()),
                fields: Fields::from_iter([("house_number".to_owned(), value)]),
                seen: None,
            })?;
        }
    }
    Ok(())
}

/// Bytes that wait to be sent.
fn unsent(team: &Team, device: &str) -> Result<f64> {
    let bare = bare::open(&team.device_folder(device))?;
    let bytes: u32 = bare.query_row(
        "SELECT coalesce(sum(length(bytes)), 0)
         FROM (SELECT bytes FROM change WHERE server_seq IS NULL UNION ALL SELECT bytes FROM recent)",
        [],
        |row| row.get(0),
    )?;
    Ok(f64::from(bytes))
}
