//! The signals in windows: the one that needs a move first.

use rusqlite::{ToSql, params_from_iter};

use super::search::{found, listed};
use super::{COLUMNS, RecordRow, match_words, record_of};
use crate::error::Result;
use crate::open::Store;
use crate::read_model::rows_of;

/// Which signals.
#[derive(Debug, Clone, Default)]
pub struct SignalFilter {
    /// Only these states.
    pub states: Vec<String>,
    /// Only this theme.
    pub theme: Option<String>,
    /// Only this neighbourhood.
    pub neighbourhood: Option<String>,
    /// Only this owner.
    pub owner: Option<String>,
    /// Titles and more that begin with what was typed.
    pub text: String,
    /// Only with a next date until this day (included).
    pub next_until: Option<String>,
}

/// A window of the signals.
#[derive(Debug, Clone, Default)]
pub struct SignalWindow {
    /// Rows in all.
    pub total: u32,
    /// How many there are per state, with the other filters applied.
    pub states: Vec<(String, u32)>,
    /// The rows.
    pub rows: Vec<RecordRow>,
}

impl Store {
    /// A window of the signals.
    ///
    /// # Errors
    /// What the database says.
    pub fn signals(&self, filter: &SignalFilter, offset: u32, limit: u32) -> Result<SignalWindow> {
        self.read(|connection| {
            let words = match_words(&filter.text);
            let fresh = self.fresh_rows(connection, &words)?;
            let (condition, values) = condition(filter, &words, &fresh);
            let states = connection
                .prepare_cached(&format!(
                    "SELECT coalesce(fields ->> 'state', 'new'), count(*)
                     FROM record INDEXED BY signal_list WHERE {condition} GROUP BY 1"
                ))?
                .query_map(params_from_iter(values.iter()), |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?
                .collect::<rusqlite::Result<Vec<(String, u32)>>>()?;
            let total = states
                .iter()
                .filter(|(state, _)| filter.states.contains(state))
                .map(|(_, count)| count)
                .sum();
            let listed = filter
                .states
                .iter()
                .map(|state| format!("'{}'", state.replace('\'', "")));
            let listed = listed.collect::<Vec<_>>().join(", ");
            let rows = connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM (
                         SELECT row AS found, coalesce(fields ->> 'next', '~') AS next
                         FROM record INDEXED BY signal_list
                         WHERE {condition} AND coalesce(fields ->> 'state', 'new') IN ({listed})
                         ORDER BY next, row DESC LIMIT {limit} OFFSET {offset}
                     ) JOIN record ON record.row = found
                     ORDER BY next, found DESC"
                ))?
                .query_map(params_from_iter(values.iter()), record_of)?
                .collect::<rusqlite::Result<_>>()?;
            Ok(SignalWindow {
                total,
                states,
                rows,
            })
        })
    }
}

fn condition(filter: &SignalFilter, words: &str, fresh: &[i64]) -> (String, Vec<Box<dyn ToSql>>) {
    let mut terms = vec!["kind = 'signal' AND archived = 0".to_owned()];
    let mut values: Vec<Box<dyn ToSql>> = Vec::new();
    for (name, wanted) in [
        ("theme", &filter.theme),
        ("neighbourhood", &filter.neighbourhood),
        ("owner", &filter.owner),
    ] {
        if let Some(wanted) = wanted {
            values.push(Box::new(wanted.clone()));
            terms.push(format!("fields ->> '{name}' = ?{}", values.len()));
        }
    }
    if let Some(day) = &filter.next_until {
        values.push(Box::new(day.clone()));
        // As the index has it; one without a next date comes after every day.
        terms.push(format!(
            "coalesce(fields ->> 'next', '~') <= ?{}",
            values.len()
        ));
    }
    if !words.is_empty() {
        values.push(Box::new(words.to_owned()));
        let found = found(values.len(), &rows_of(Some("signal")));
        values.push(Box::new(listed(fresh)));
        terms.push(format!("row IN ({found})"));
    }
    (terms.join(" AND "), values)
}
