//! Search as you type: every word typed must begin a word of the record; case and diacritics do not matter.

use domain::record::kinds;
use rusqlite::params;

use super::{COLUMNS, RecordRow, match_words, record_of, words};
use crate::error::Result;
use crate::open::Store;
use crate::read_model::KIND_ROWS;

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
            Ok(connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM (SELECT rowid AS found FROM search WHERE search MATCH ?1)
                     JOIN record ON record.row = found ORDER BY record.row"
                ))?
                .query_map([any], record_of)?
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
        self.read(|connection| {
            Ok(connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM (
                         SELECT search.rowid AS found
                         FROM search CROSS JOIN record ON record.row = search.rowid
                         WHERE search MATCH ?1 AND search.rowid BETWEEN ?2 AND ?3 AND record.archived = ?5
                         ORDER BY search.rowid DESC LIMIT ?4
                     ) JOIN record ON record.row = found
                     ORDER BY found DESC"
                ))?
                .query_map(
                    params![words, first, first + KIND_ROWS - 1, limit, archived],
                    record_of,
                )?
                .collect::<rusqlite::Result<_>>()?)
        })
    }
}
