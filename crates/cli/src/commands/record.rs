//! Records of any kind, and taking actions back.

use std::io::Read as _;

use app::App;
use app::api::{RecordId, RecordList, RecordPage, RecordPut, RecordView};
use serde_json::{Map, Value};

use super::saved_text;
use crate::failure::{Failure, Result};
use crate::output::Answer;
use crate::table::{columns, count, short};
use clap::{Args, Subcommand};

/// Words of `record`.
#[derive(Debug, Subcommand)]
pub(crate) enum Record {
    /// Make or edit a record from a JSON object on standard input, and print its id
    ///
    /// Only the fields given change; `null` empties a field.
    Put {
        /// Kind of record, such as contact, note, signal or follow_up
        kind: String,
        /// The record to edit, or the id that a new one gets
        #[arg(long)]
        id: Option<String>,
    },
    /// Show a record
    Get {
        /// Its id
        id: String,
    },
    /// List records in the order in which they came
    List {
        /// Only this kind
        kind: Option<String>,
        /// Records to skip
        #[arg(long, default_value_t = 0)]
        offset: u32,
        /// The most records to list [default: all]
        #[arg(long)]
        limit: Option<u32>,
        /// Also what was put out of sight
        #[arg(long)]
        archived: bool,
    },
    /// Tell who changed what, and when
    History {
        /// The id of the record
        id: String,
    },
}

/// Words of `undo`.
#[derive(Debug, Args)]
pub(crate) struct Undo {
    /// The action, as it was printed when it was done [default: the last one]
    pub(crate) action: Option<String>,
}

/// Records that `app` gives at once.
const PAGE: u32 = 1_000;

/// Makes, reads or lists records.
pub(crate) fn record(app: &App, words: &Record) -> Result<Answer> {
    match words {
        Record::Put { kind, id } => put(app, kind, id.clone()),
        Record::Get { id } => get(app, id),
        Record::List {
            kind,
            offset,
            limit,
            archived,
        } => list(app, kind.as_ref(), *offset, *limit, *archived),
        Record::History { id } => history(app, id),
    }
}

/// Takes an action back.
pub(crate) fn undo(app: &App, words: &Undo) -> Result<Answer> {
    let action = match &words.action {
        Some(action) => app::api::Undo {
            undo: action.clone(),
        },
        None => app.last_action()?,
    };
    let saved = app.action_undo(action)?;
    Answer::new(&saved, format!("Taken back.\n{}", saved_text(&saved)))
}

fn put(app: &App, kind: &str, id: Option<String>) -> Result<Answer> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|problem| {
            Failure::new(
                "bad_arguments",
                format!("Standard input cannot be read: {problem}."),
            )
        })?;
    let fields: Map<String, Value> =
        serde_json::from_str(&text).map_err(app::Error::bad_arguments)?;
    let saved = app.record_put(RecordPut {
        kind: kind.to_owned(),
        id,
        fields,
        seen: None,
    })?;
    let line = format!("{}\n", saved.id);
    Answer::new(&saved, line)
}

fn get(app: &App, id: &str) -> Result<Answer> {
    let record = app.record_get(RecordId { id: id.to_owned() })?;
    let mut rows = vec![
        ["kind".to_owned(), record.kind.clone()],
        [
            "made".to_owned(),
            format!("{} {}", record.made_at, record.author),
        ],
    ];
    let marks = marks(&record);
    if !marks.is_empty() {
        rows.push(["marks".to_owned(), marks]);
    }
    rows.extend(
        record
            .fields
            .iter()
            .map(|(name, value)| [name.clone(), value_text(value)]),
    );
    let text = format!("{}\n{}", record.title, columns(&rows));
    Answer::new(&record, text)
}

fn list(
    app: &App,
    kind: Option<&String>,
    offset: u32,
    limit: Option<u32>,
    archived: bool,
) -> Result<Answer> {
    let limit = limit.unwrap_or(u32::MAX);
    let mut page = RecordPage {
        total: 0,
        rows: Vec::new(),
    };
    loop {
        let have = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
        let next = app.record_list(RecordList {
            kind: kind.cloned(),
            offset: offset.saturating_add(have),
            limit: PAGE.min(limit.saturating_sub(have)),
            archived,
        })?;
        page.total = next.total;
        if next.rows.is_empty() {
            break;
        }
        page.rows.extend(next.rows);
    }
    let rows: Vec<_> = page
        .rows
        .iter()
        .map(|row| {
            [
                row.id.clone(),
                row.kind.clone(),
                short(&row.title, 60),
                marks(row),
            ]
        })
        .collect();
    let text = format!(
        "{}{}.\n",
        columns(&rows),
        count(page.total, "record", "records in all")
    );
    Answer::new(&page, text)
}

fn history(app: &App, id: &str) -> Result<Answer> {
    let versions = app.record_history(RecordId { id: id.to_owned() })?;
    let mut text = String::new();
    for version in &versions {
        text.push_str(format!("{} {}", version.at, version.author).trim_end());
        text.push('\n');
        let rows: Vec<_> = version
            .changed
            .iter()
            .map(|(name, value)| [name.clone(), value_text(value)])
            .collect();
        text.push_str(&columns(&rows));
    }
    Answer::new(&versions, text)
}

/// The small print in words.
fn marks(record: &RecordView) -> String {
    let mark = &record.mark;
    [
        (mark.unsent, "not sent"),
        (mark.conflict, "written differently"),
        (mark.refused, "refused"),
    ]
    .iter()
    .filter(|(is, _)| *is)
    .map(|(_, word)| *word)
    .collect::<Vec<_>>()
    .join(", ")
}

fn value_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "(emptied)".to_owned(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
