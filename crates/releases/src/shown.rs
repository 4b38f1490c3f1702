//! What a broker sees in a book, to compare one day with another.

use std::collections::BTreeMap;

use app::App;
use app::api::{DraftOf, Nothing, RecordList};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::Result;

/// What a broker sees in a book.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// Kind and fields of every record in sight, by its id.
    pub records: BTreeMap<String, (String, Map<String, Value>)>,
    /// Records with a disagreement.
    pub conflicts: Vec<String>,
    /// Texts of the scratchpad.
    pub scratch: Vec<String>,
    /// What was typed and not saved.
    pub draft: String,
    /// What waits to be sent.
    pub unsent: u32,
    /// What was refused.
    pub refused: u32,
}

impl Shown {
    /// What stood in a book then and is not shown today, one line each. A newer app may show more.
    #[must_use]
    pub fn missing_in(&self, today: &Self) -> Vec<String> {
        let mut missing = Vec::new();
        for (id, (kind, fields)) in &self.records {
            match today.records.get(id) {
                None => missing.push(format!("{kind} {id}")),
                Some((_, now)) => missing.extend(
                    fields
                        .iter()
                        .filter(|(name, value)| now.get(*name) != Some(value))
                        .map(|(name, value)| {
                            format!("{kind} {id}: {name} was {value}, is {:?}", now.get(name))
                        }),
                ),
            }
        }
        let more = today
            .records
            .keys()
            .filter(|id| !self.records.contains_key(*id));
        missing.extend(more.map(|id| format!("{id} was not there")));
        if (&self.conflicts, &self.scratch, &self.draft)
            != (&today.conflicts, &today.scratch, &today.draft)
        {
            missing.push(format!(
                "disagreements, scratchpad or draft: {self:?} {today:?}"
            ));
        }
        if (self.unsent, self.refused) != (today.unsent, today.refused) {
            missing.push(format!(
                "{} unsent and {} refused, today {} and {}",
                self.unsent, self.refused, today.unsent, today.refused
            ));
        }
        missing
    }
}

/// Everything in an open book.
///
/// # Errors
/// What the app says.
pub fn shown(app: &App) -> Result<Shown> {
    const ROWS: u32 = 200;
    let mut shown = Shown::default();
    loop {
        let page = app.record_list(RecordList {
            kind: None,
            offset: u32::try_from(shown.records.len())?,
            limit: ROWS,
            archived: true,
        })?;
        if page.rows.is_empty() {
            break;
        }
        for row in page.rows {
            shown.records.insert(row.id, (row.kind, row.fields));
        }
    }
    let conflicts = app.conflict_list(Nothing {})?;
    shown.conflicts = conflicts
        .into_iter()
        .map(|conflict| conflict.record.id)
        .collect();
    shown.conflicts.sort();
    let pad = app.scratch_list(Nothing {})?;
    shown.scratch = pad.notes.into_iter().map(|note| note.text).collect();
    shown.draft = app.draft_get(DraftOf { about: None })?.text;
    let status = app.sync_status(Nothing {})?;
    (shown.unsent, shown.refused) = (status.unsent, status.refused);
    Ok(shown)
}
