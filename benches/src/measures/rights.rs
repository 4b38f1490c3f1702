//! The rights of the person written about: their file, and erasing, in a book of 10,000 contacts and 100,000 notes.
//!
//! An erasure rewrites the whole file (docs/adr/0012-erasing.md), so its counterpart is copying that file.

use std::fs;
use std::time::Instant;

use app::App;
use app::api::{Erase, PersonFileAsk};
use serde_json::json;

use super::Scale;
use crate::figure::{Figure, Reach};
use crate::samples::milliseconds;
use crate::{Result, book, folders};

const NOTES: u32 = 500;
/// A person waits at the desk.
const FILE: Reach = Reach::AtMost(5_000.0);

/// The person, and the first of the notes about them.
const PERSON: &str = "01a20000-0000-7000-8000-000000000000";
const FIRST: &str = "01a20000-0000-7000-8000-000000000001";

pub(crate) fn run(_: Scale) -> Result<Vec<Figure>> {
    let folder = folders::copy(&book::large()?)?;
    let app = book::open(folder.path())?;
    book::load(&app, &person())?;
    let mut figures = Vec::new();
    for format in ["pdf", "json"] {
        let started = Instant::now();
        let (content, records) = file(&app, format)?;
        let name = format!("file of a person with {NOTES} notes, {format}");
        figures.push(Figure::ms(name, milliseconds(started.elapsed())).reach(FILE));
        if records < NOTES || content.is_empty() {
            return Err("the file does not hold the notes".into());
        }
    }
    let started = Instant::now();
    let database = folder.path().join("buurtboek.sqlite");
    fs::copy(&database, folder.path().join("copy"))?;
    let copied = milliseconds(started.elapsed());
    let started = Instant::now();
    app.erase_apply(Erase {
        id: FIRST.to_owned(),
        also: Vec::new(),
        mentions: Vec::new(),
        private: Vec::new(),
        instead: String::new(),
    })?;
    let erased = milliseconds(started.elapsed());
    figures.push(
        Figure::ms("one note erased, out of the file", erased)
            .against("copying the file of the book", copied),
    );
    Ok(figures)
}

fn file(app: &App, format: &str) -> Result<(Vec<u8>, u32)> {
    Ok(app.person_file(&PersonFileAsk {
        id: PERSON.to_owned(),
        format: format.to_owned(),
        with_names: false,
    })?)
}

/// Somebody with many notes, as JSON Lines.
fn person() -> String {
    let person = json!({ "id": PERSON, "kind": "contact", "name": "Wilhelmijntje Quispel" });
    let notes = (1..=NOTES).map(|number| {
        json!({
            "id": format!("01a20000-0000-7000-8000-{number:012x}"),
            "kind": "note",
            "text": format!("Wilhelmijntje vertelt over de oversteek bij de school, keer {number}. Wil meehelpen."),
            "at": "2026-11-20T10:00:00Z",
            "about": [PERSON],
        })
    });
    std::iter::once(person)
        .chain(notes)
        .map(|record| format!("{record}\n"))
        .collect()
}
