//! How long records are kept.

use app::App;
use app::api::{RetentionAsk, RetentionCarryOut, RetentionSet};

use super::erase::copies_text;
use super::saved_text;
use crate::failure::{Failure, Result};
use crate::output::Answer;
use crate::table::{columns, count, short};
use clap::Subcommand;

/// Words of `retention`.
#[derive(Debug, Subcommand)]
pub(crate) enum Retention {
    /// List what was kept long enough, with the reason
    Due,
    /// Erase records that are due, and what is only about them, for good
    CarryOut {
        /// Their ids
        #[arg(required = true)]
        ids: Vec<String>,
        /// Say that it is meant; without it nothing is erased
        #[arg(long)]
        yes_for_good: bool,
    },
    /// Set how long a kind of record is kept
    Set {
        /// contact, note, follow_up or signal
        kind: String,
        /// Months, 1 to 600; without it the kind is kept without an end
        months: Option<i32>,
        /// Why so long
        #[arg(long, default_value = "")]
        why: String,
    },
}

/// Shows what is due, or sets a term.
pub(crate) fn retention(app: &App, words: &Retention) -> Result<Answer> {
    match words {
        Retention::Due => due(app),
        Retention::CarryOut { ids, yes_for_good } => carry_out(app, ids, *yes_for_good),
        Retention::Set { kind, months, why } => set(app, kind, *months, why),
    }
}

fn due(app: &App) -> Result<Answer> {
    let view = app.retention_get(RetentionAsk {
        space: None,
        most: None,
    })?;
    let rows: Vec<_> = view
        .due
        .iter()
        .map(|due| {
            [
                due.record.kind.clone(),
                short(&due.record.title, 50),
                format!("{} {}", due.reason, due.since),
                format!("{} months", due.months),
                due.record.id.clone(),
            ]
        })
        .collect();
    let mut text = columns(&rows);
    text.push_str(&format!(
        "{} kept long enough.\n",
        count(
            u32::try_from(view.due.len()).unwrap_or(u32::MAX),
            "record was",
            "records were"
        )
    ));
    let copies: Vec<_> = view
        .due
        .iter()
        .flat_map(|due| &due.copies)
        .cloned()
        .collect();
    text.push_str(&copies_text(&copies));
    if view.terms.iter().any(|term| term.more) {
        text.push_str("There are more; they are shown once some of these are dealt with.\n");
    }
    Answer::new(&view, text)
}

fn carry_out(app: &App, ids: &[String], sure: bool) -> Result<Answer> {
    if !sure {
        return Err(Failure::new(
            "not_confirmed",
            "Erasing is for good. Look with `buurtboek retention due`, then add --yes-for-good. Nothing was erased.",
        ));
    }
    let erased = app.retention_carry_out(RetentionCarryOut { ids: ids.to_vec() })?;
    let mut text = format!(
        "Erased: {}. Records that let go of them: {}. Copies: {}.\n",
        erased.erased, erased.unlinked, erased.copies
    );
    text.push_str(&copies_text(&erased.left));
    Answer::new(&erased, text)
}

fn set(app: &App, kind: &str, months: Option<i32>, why: &str) -> Result<Answer> {
    let kind = serde_json::from_value(kind.into()).map_err(|_| {
        Failure::new(
            "bad_arguments",
            "Terms are set for contact, note, follow_up and signal.",
        )
    })?;
    let saved = app.retention_set(RetentionSet {
        space: None,
        kind,
        months,
        why: why.to_owned(),
    })?;
    Answer::new(&saved, saved_text(&saved))
}
