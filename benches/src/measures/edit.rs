//! One edit made durable: document, outbox, read model, search index, undo, commit.
//!
//! The counterpart is one bare transaction that inserts one row with the same bytes (the change, the heads, the
//! fields, title, sort key, what search finds it by, and the undo) into a copy of the same encrypted database. A copy,
//! because two writers in one file would empty each other's page cache after every commit.

use app::App;
use app::api::{CaptureSave, RecordList, RecordPut};
use domain::record::{Fields, kind};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde_json::json;

use super::Scale;
use crate::figure::{Figure, Reach};
use crate::samples::Samples;
use crate::{Result, bare, book, folders};

/// Pairs that are measured, after as many as warm up.
const PAIRS: u32 = 300;
const WARM_UP: u32 = 30;

/// What one edit wrote.
struct Written {
    change: Vec<u8>,
    heads: Vec<u8>,
    fields: String,
    title: String,
    sort: String,
    found_by: String,
    undo: String,
}

pub(crate) fn run(_: Scale) -> Result<Vec<Figure>> {
    let large = book::large()?;
    let (ours, theirs) = (folders::copy(&large)?, folders::copy(&large)?);
    let app = book::open(ours.path())?;
    let reader = bare::open(ours.path())?;
    let writer = bare::open(theirs.path())?;
    writer.execute_batch(
        "CREATE TABLE bare (position INTEGER PRIMARY KEY, change BLOB, heads BLOB, fields TEXT, title TEXT,
                            sort TEXT, found_by TEXT, undo TEXT) STRICT",
    )?;
    let contacts = contacts(&app)?;
    let field = pairs(&reader, &writer, |number| {
        let index = number as usize * 37 % contacts.len().max(1);
        let id = contacts.get(index).ok_or("no contacts")?;
        let fields = Fields::from_iter([("house_number".to_owned(), json!(number.to_string()))]);
        put(&app, id, fields)
    })?;
    let note = pairs(&reader, &writer, |number| {
        let about = contacts.get(number as usize * 41 % contacts.len().max(1));
        let save = CaptureSave {
            text: format!("Oversteek bij school gevaarlijk, wil meehelpen, bel dinsdag ({number})"),
            place: None,
            accepted: Vec::new(),
            about: about.cloned(),
            space: None,
            from_draft: false,
        };
        app.capture_save(save)?;
        Ok(())
    })?;
    let sizes = |pairs: &Pairs| format!("bare transaction, the same {} bytes", pairs.bytes);
    let figure = |name: &str, pairs: &Pairs, percent| {
        Figure::ms(name, pairs.ours.percentile(percent))
            .against(sizes(pairs), pairs.theirs.percentile(percent))
    };
    // What is done for many edits together falls on one of them: the mean has its share of it.
    let mean = |name: &str, pairs: &Pairs| {
        Figure::ms(name, pairs.ours.mean()).against(sizes(pairs), pairs.theirs.mean())
    };
    Ok(vec![
        figure("edit a field of a contact, median", &field, 50).reach(Reach::Times(2.0)),
        figure("edit a field of a contact, p95", &field, 95),
        mean("edit a field of a contact, mean", &field),
        figure("keep a note about a contact, median", &note, 50).reach(Reach::Times(2.0)),
        figure("keep a note about a contact, p95", &note, 95),
        mean("keep a note about a contact, mean", &note),
    ])
}

fn contacts(app: &App) -> Result<Vec<String>> {
    let page = app.record_list(RecordList {
        kind: Some("contact".to_owned()),
        offset: 0,
        limit: 1_000,
        archived: false,
    })?;
    Ok(page.rows.into_iter().map(|row| row.id).collect())
}

fn put(app: &App, id: &str, fields: Fields) -> Result<()> {
    app.record_put(RecordPut {
        kind: "contact".to_owned(),
        id: Some(id.to_owned()),
        fields,
        seen: None,
    })?;
    Ok(())
}

/// Times of pairs, and the bytes of a typical one.
struct Pairs {
    ours: Samples,
    theirs: Samples,
    bytes: usize,
}

fn pairs(
    reader: &Connection,
    writer: &Connection,
    mut edit: impl FnMut(u32) -> Result<()>,
) -> Result<Pairs> {
    let mut pairs = Pairs {
        ours: Samples::default(),
        theirs: Samples::default(),
        bytes: 0,
    };
    for number in 0..WARM_UP + PAIRS {
        if number == WARM_UP {
            (pairs.ours, pairs.theirs) = (Samples::default(), Samples::default());
        }
        pairs.ours.time(|| edit(number))?;
        let written = last_written(reader)?;
        pairs.bytes = written.bytes();
        pairs.theirs.time(|| insert(writer, &written))?;
    }
    Ok(pairs)
}

impl Written {
    fn bytes(&self) -> usize {
        let texts = [
            &self.fields,
            &self.title,
            &self.sort,
            &self.found_by,
            &self.undo,
        ];
        texts.iter().map(|text| text.len()).sum::<usize>() + self.change.len() + self.heads.len()
    }
}

/// The last edit waits in `recent`, unless it was the one with which all that waited were settled.
fn last_written(reader: &Connection) -> Result<Written> {
    let waits = reader
        .prepare_cached(
            "SELECT recent.bytes, recent.heads, record.fields, record.title, record.sort, record.kind, recent.steps
             FROM recent JOIN record ON record.id = recent.document
             ORDER BY recent.position DESC LIMIT 1",
        )?
        .query_row([], written_of)
        .optional()?;
    let mut written = match waits {
        Some(written) => written,
        None => reader
            .prepare_cached(
                "SELECT change.bytes, document.heads, record.fields, record.title, record.sort, record.kind,
                        (SELECT steps FROM undo ORDER BY position DESC LIMIT 1)
                 FROM change JOIN document ON document.id = change.document JOIN record ON record.id = document.id
                 ORDER BY change.position DESC LIMIT 1",
            )?
            .query_row([], written_of)?,
    };
    let fields: Fields = serde_json::from_str(&written.fields)?;
    let spec = kind(&written.found_by).ok_or("a kind nobody knows")?;
    written.found_by = (spec.found_by)(&fields);
    Ok(written)
}

fn written_of(row: &Row<'_>) -> rusqlite::Result<Written> {
    Ok(Written {
        change: row.get(0)?,
        heads: row.get(1)?,
        fields: row.get(2)?,
        title: row.get(3)?,
        sort: row.get(4)?,
        // The kind, until what it is found by is known.
        found_by: row.get(5)?,
        undo: row.get(6)?,
    })
}

fn insert(writer: &Connection, written: &Written) -> Result<()> {
    writer.execute_batch("BEGIN IMMEDIATE")?;
    writer
        .prepare_cached(
            "INSERT INTO bare (change, heads, fields, title, sort, found_by, undo)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            written.change,
            written.heads,
            written.fields,
            written.title,
            written.sort,
            written.found_by,
            written.undo
        ])?;
    Ok(writer.execute_batch("COMMIT")?)
}
