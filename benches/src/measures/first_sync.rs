//! A new device of a team with 5,000 records of about 400 bytes: what crosses the wire, and when the first page shows.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use app::App;
use app::api::{Event, RecordList};
use serde_json::{Value, json};
use testkit::sample::Size;

use super::Scale;
use crate::figure::{Figure, Reach, Unit};
use crate::process::own_cpu;
use crate::samples::milliseconds;
use crate::team::Team;
use crate::{Result, book, folders};

const RECORDS: usize = 5_000;
/// Bytes of a record as a JSON line.
const LENGTH: usize = 400;

pub(crate) fn run(_: Scale) -> Result<Vec<Figure>> {
    let folder = folders::fresh()?;
    let team = Team::start(folder.path())?;
    let server = team.serve()?;
    let first = team.join("first")?;
    let lines = lines()?;
    let started = own_cpu();
    book::load(&first, &lines)?;
    let filling = milliseconds(own_cpu() - started);
    server.round(&first)?;
    let second = team.join("second")?;
    let seen = watch(&second);
    let began = Instant::now();
    let round = server.round(&second)?;
    let all = began.elapsed();
    let first_page = seen.recv()?.duration_since(began);
    let held = notes(&second)?;
    if held < u32::try_from(RECORDS)? {
        return Err(format!("only {held} of {RECORDS} notes came").into());
    }
    #[expect(clippy::cast_precision_loss, reason = "a few million")]
    let written = lines.len() as f64;
    Ok(vec![
        Figure::bytes("first sync of 5,000 records: down", round.report.bytes_down)
            .against("the records as JSON lines", written)
            .reach(Reach::AtMost(1_000_000.0)),
        Figure::ms("first sync: CPU, both sides", milliseconds(round.cpu))
            .against("taking the same records in from a file", filling)
            .reach(Reach::AtMost(1_100.0)),
        Figure::new(
            "first sync: requests",
            Unit::Requests,
            f64::from(round.report.requests),
        ),
        Figure::ms(
            "first sync: first page usable after",
            milliseconds(first_page),
        )
        .against("everything there", milliseconds(all))
        .reach(Reach::Times(0.5)),
    ])
}

/// When the first page was there and could be read.
fn watch(app: &App) -> mpsc::Receiver<Instant> {
    let (tell, seen) = mpsc::channel();
    let mut events = app.events();
    thread::spawn(move || {
        loop {
            match events.try_recv() {
                Ok(Event::Changed(changed)) if changed.foreign => {
                    // Nobody listens any more when the measurement has failed; that is told there.
                    tell.send(Instant::now()).unwrap_or_default();
                    return;
                }
                Ok(_) => {}
                Err(problem) if problem.to_string().contains("closed") => return,
                Err(_) => thread::sleep(Duration::from_millis(1)),
            }
        }
    });
    seen
}

fn notes(app: &App) -> Result<u32> {
    let page = app.record_list(RecordList {
        kind: Some("note".to_owned()),
        offset: 0,
        limit: 1,
        archived: false,
    })?;
    Ok(page.total)
}

/// Notes with the words of several invented ones, until each line has its length.
fn lines() -> Result<String> {
    let invented = book::lines(Size::of(500, RECORDS * 4, 0), usize::MAX);
    let mut texts = Vec::new();
    for line in invented.lines() {
        let record: Value = serde_json::from_str(line)?;
        if record.get("kind").and_then(Value::as_str) == Some("note") {
            let text = record.get("text").and_then(Value::as_str);
            texts.push(text.ok_or("a note without words")?.to_owned());
        }
    }
    let mut texts = texts.into_iter().cycle();
    let mut lines = String::new();
    for _ in 0..RECORDS {
        let mut text = String::new();
        while text.len() + 26 < LENGTH {
            text.push_str(&texts.next().ok_or("no notes")?);
            text.push(' ');
        }
        let text: String = text.chars().take(LENGTH - 26).collect();
        lines.push_str(&json!({ "kind": "note", "text": text }).to_string());
        lines.push('\n');
    }
    Ok(lines)
}
