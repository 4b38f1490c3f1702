//! What screens read: one file per question.

mod archive;
mod contacts;
mod follow_ups;
mod lists;
mod person;
mod records;
mod retention;
mod search;
mod signals;
mod timeline;

pub use contacts::{ContactFilter, ContactWindow};
pub use follow_ups::{Agenda, AgendaCounts, AgendaRows};
pub(crate) use records::records_in;
pub use records::{ConflictRow, NamedRow, RecordRow};
pub use search::Hit;
pub use signals::{SignalFilter, SignalWindow};

use domain::projection::fold;
use domain::record::Fields;
use rusqlite::Row;

/// The columns of [`RecordRow`], for every query that returns records.
pub(crate) const COLUMNS: &str = "record.id, record.kind, record.space, record.title, record.fields, \
     record.archived, record.unsent, record.refused, record.conflict, record.made_by, record.made_at, \
     record.at, record.last_at";

/// Reads a row of [`COLUMNS`].
pub(crate) fn record_of(row: &Row<'_>) -> rusqlite::Result<RecordRow> {
    let fields: String = row.get(4)?;
    let fields: Fields = serde_json::from_str(&fields).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(4, rusqlite::types::Type::Text, Box::new(error))
    })?;
    Ok(RecordRow {
        id: uuid::Uuid::from_bytes(row.get(0)?).into(),
        kind: row.get(1)?,
        space: uuid::Uuid::from_bytes(row.get(2)?).into(),
        title: row.get(3)?,
        fields,
        archived: row.get(5)?,
        unsent: row.get(6)?,
        refused: row.get(7)?,
        conflict: row.get(8)?,
        made_by: row.get(9)?,
        made_at: row.get(10)?,
        at: row.get(11)?,
        last_at: row.get(12)?,
    })
}

/// An FTS5 query in which every word typed must begin a word of the record. Empty when nothing is left to look for.
pub(crate) fn match_words(text: &str) -> String {
    words(text)
        .map(|word| format!("\"{word}\"*"))
        .collect::<Vec<_>>()
        .join(" AND ")
}

/// The words of what was typed, cut and folded as in the index.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !(letter.is_alphanumeric() || is_accent(letter)))
        .filter(|word| !word.is_empty())
        .take(12)
        .map(fold)
}

/// An accent that stands after its letter, as some keyboards type it (Unicode block "Combining Diacritical Marks").
const fn is_accent(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}
