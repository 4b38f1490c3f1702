//! Search as you type: every word typed must begin a word of the record; case and diacritics do not matter.

use std::ops::RangeInclusive;

use domain::record::kinds;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{COLUMNS, RecordRow, match_words, record_of, words};
use crate::error::Result;
use crate::fresh::BEHIND;
use crate::open::Store;
use crate::read_model::{KIND_ROWS, rows_of};

/// Something found.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The record.
    pub record: RecordRow,
}

/// Kinds that people look for by typing, in the order of display.
const SEARCHED: &[&str] = &[
    "contact",
    "group",
    "organisation",
    "signal",
    "follow_up",
    "note",
];

impl Store {
    /// Finds records in sight, or (with `archived`) those out of sight: per kind at most `limit`, those whose title matches
    /// first, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn search(
        &self,
        text: &str,
        kind: Option<&str>,
        archived: bool,
        limit: u32,
    ) -> Result<Vec<Hit>> {
        let anywhere = match_words(text);
        if anywhere.is_empty() {
            return Ok(Vec::new());
        }
        let in_title = words(text)
            .map(|word| format!("title : \"{word}\"*"))
            .collect::<Vec<_>>()
            .join(" AND ");
        let mut hits: Vec<Hit> = Vec::new();
        for name in SEARCHED
            .iter()
            .filter(|name| kind.is_none_or(|kind| kind == **name))
        {
            let Some(spec) = kinds().iter().find(|spec| spec.name == *name) else {
                continue;
            };
            let mut found = self.rows_matching(&in_title, spec.number, archived, limit)?;
            if found.len() < limit as usize {
                for row in self.rows_matching(&anywhere, spec.number, archived, limit)? {
                    if found.len() < limit as usize && found.iter().all(|other| other.id != row.id)
                    {
                        found.push(row);
                    }
                }
            }
            hits.extend(found.into_iter().map(|record| Hit { record }));
        }
        Ok(hits)
    }

    /// Every record in which one of these words stands whole, also those out of sight.
    ///
    /// # Errors
    /// What the database says.
    pub fn with_any_word(&self, wanted: &[String]) -> Result<Vec<RecordRow>> {
        let any = wanted
            .iter()
            .flat_map(|word| words(word))
            .map(|word| format!("\"{word}\""))
            .collect::<Vec<_>>()
            .join(" OR ");
        if any.is_empty() {
            return Ok(Vec::new());
        }
        self.read(|connection| {
            let fresh = self.fresh_rows(connection, &any)?;
            Ok(connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM record WHERE row IN ({}) ORDER BY row",
                    found(1, &rows_of(None))
                ))?
                .query_map(params![any, listed(&fresh)], record_of)?
                .collect::<rusqlite::Result<_>>()?)
        })
    }

    fn rows_matching(
        &self,
        words: &str,
        number: u8,
        archived: bool,
        limit: u32,
    ) -> Result<Vec<RecordRow>> {
        let first = i64::from(number) * KIND_ROWS;
        let last = first + KIND_ROWS - 1;
        self.read(|connection| {
            let mut rows = connection
                .prepare_cached(&format!(
                    "SELECT search.rowid
                     FROM search CROSS JOIN record ON record.row = search.rowid
                     WHERE search MATCH ?1 AND search.rowid BETWEEN ?2 AND ?3 AND record.archived = ?5
                       AND search.rowid NOT IN ({BEHIND})
                     ORDER BY search.rowid DESC LIMIT ?4"
                ))?
                .query_map(params![words, first, last, limit, archived], |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<i64>>>()?;
            let fresh = self.fresh_rows(connection, words)?;
            rows.extend(fresh.iter().filter(|row| (first..=last).contains(row)));
            newest(connection, rows, &format!("archived = {}", u8::from(archived)), limit)
        })
    }
}

/// In SQL: the rows between two that match parameter `words`, and those among the last edits, which follow it as
/// [`listed`].
pub(crate) fn found(words: usize, rows: &RangeInclusive<i64>) -> String {
    let (first, last) = (rows.start(), rows.end());
    format!(
        "SELECT rowid FROM search WHERE search MATCH ?{words} AND rowid BETWEEN {first} AND {last}
           AND rowid NOT IN ({BEHIND})
         UNION ALL SELECT value FROM json_each(?{})",
        words + 1
    )
}

/// Rows as a parameter of [`found`].
pub(crate) fn listed(rows: &[i64]) -> String {
    serde_json::json!(rows).to_string()
}

/// The newest of these rows of which `condition` holds.
pub(crate) fn newest(
    connection: &Connection,
    mut rows: Vec<i64>,
    condition: &str,
    limit: u32,
) -> Result<Vec<RecordRow>> {
    rows.sort_unstable_by(|one, other| other.cmp(one));
    let mut read = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM record WHERE row = ?1 AND {condition}"
    ))?;
    let mut found = Vec::new();
    for row in rows {
        if found.len() >= limit as usize {
            break;
        }
        found.extend(read.query_row([row], record_of).optional()?);
    }
    Ok(found)
}
