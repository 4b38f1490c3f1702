//! The contact list in windows, A to Z.

use domain::projection::fold;
use rusqlite::{Connection, ToSql, params_from_iter};

use super::search::{found, listed};
use super::{COLUMNS, RecordRow, match_words, record_of};
use crate::error::Result;
use crate::open::Store;
use crate::read_model::rows_of;

/// Which contacts.
#[derive(Debug, Clone, Default)]
pub struct ContactFilter {
    /// Names, streets and more that begin with what was typed.
    pub text: String,
    /// Only this street.
    pub street: Option<String>,
    /// Only this role.
    pub role: Option<String>,
    /// Only who offers something.
    pub offers: bool,
    /// Only who was last spoken to before this moment (seconds since 1970), or never.
    pub quiet_since: Option<i64>,
}

impl ContactFilter {
    fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
            && self.street.is_none()
            && self.role.is_none()
            && !self.offers
            && self.quiet_since.is_none()
    }
}

/// A window of the list.
#[derive(Debug, Clone, Default)]
pub struct ContactWindow {
    /// Rows in all.
    pub total: u32,
    /// Where each letter starts; empty while filtering.
    pub letters: Vec<(String, u32)>,
    /// The rows.
    pub rows: Vec<RecordRow>,
}

impl Store {
    /// A window of the contact list.
    ///
    /// # Errors
    /// What the database says.
    pub fn contacts(
        &self,
        filter: &ContactFilter,
        offset: u32,
        limit: u32,
    ) -> Result<ContactWindow> {
        self.read(|connection| {
            let words = match_words(&filter.text);
            let fresh = self.fresh_rows(connection, &words)?;
            let (condition, values) = condition(filter, &words, &fresh);
            let total = connection
                .prepare_cached(&format!("SELECT count(*) FROM record WHERE {condition}"))?
                .query_row(params_from_iter(values.iter()), |row| row.get(0))?;
            let rows = connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM record WHERE {condition}
                     ORDER BY sort, row LIMIT {limit} OFFSET {offset}"
                ))?
                .query_map(params_from_iter(values.iter()), record_of)?
                .collect::<rusqlite::Result<_>>()?;
            let letters = if filter.is_empty() && offset == 0 {
                letters(connection)?
            } else {
                Vec::new()
            };
            Ok(ContactWindow {
                total,
                letters,
                rows,
            })
        })
    }
}

fn condition(filter: &ContactFilter, words: &str, fresh: &[i64]) -> (String, Vec<Box<dyn ToSql>>) {
    let mut terms = vec!["kind = 'contact' AND archived = 0".to_owned()];
    let mut values: Vec<Box<dyn ToSql>> = Vec::new();
    if !words.is_empty() {
        values.push(Box::new(words.to_owned()));
        let found = found(values.len(), &rows_of(Some("contact")));
        values.push(Box::new(listed(fresh)));
        terms.push(format!("row IN ({found})"));
    }
    if let Some(street) = &filter.street {
        values.push(Box::new(street.clone()));
        terms.push(format!("street = ?{}", values.len()));
    }
    if let Some(role) = &filter.role {
        values.push(Box::new(role.clone()));
        terms.push(format!(
            "EXISTS (SELECT 1 FROM json_each(fields, '$.roles') WHERE value = ?{})",
            values.len()
        ));
    }
    if filter.offers {
        terms.push("fields ->> 'talents' IS NOT NULL".to_owned());
    }
    if let Some(since) = filter.quiet_since {
        values.push(Box::new(since));
        terms.push(format!("coalesce(last_at, 0) < ?{}", values.len()));
    }
    (terms.join(" AND "), values)
}

fn letters(connection: &Connection) -> Result<Vec<(String, u32)>> {
    let counts = connection
        .prepare_cached(
            "SELECT substr(sort, 1, 1), count(*) FROM record
             WHERE kind = 'contact' AND archived = 0 GROUP BY 1 ORDER BY 1",
        )?
        .query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, u32>(1)?))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let mut letters: Vec<(String, u32)> = Vec::new();
    let mut start = 0;
    for (first, count) in counts {
        let letter = match fold(&first).chars().next() {
            Some(letter) if letter.is_alphabetic() => letter.to_uppercase().to_string(),
            _ => "#".to_owned(),
        };
        if letters.last().is_none_or(|(last, _)| *last != letter) {
            letters.push((letter, start));
        }
        start += count;
    }
    Ok(letters)
}
