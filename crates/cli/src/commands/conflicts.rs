//! What people wrote differently, and the choice.

use app::App;
use app::api::{ConflictResolve, ConflictView, Nothing};

use super::saved_text;
use crate::failure::{Failure, Result};
use crate::output::Answer;
use clap::Subcommand;

/// Words of `conflicts`.
#[derive(Debug, Subcommand)]
pub(crate) enum Conflicts {
    /// Show fields that people wrote differently
    List,
    /// Settle one of them
    Resolve {
        /// The record
        id: String,
        /// The field, as `list` shows it
        field: String,
        /// The number of the value to keep, as `list` shows it, or `both`
        #[arg(long)]
        keep: Keep,
    },
}

/// Which value stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// The value with this number, counted from 1.
    Value(u32),
    /// All of them.
    Both,
}

impl std::str::FromStr for Keep {
    type Err = &'static str;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        match text.parse() {
            _ if text == "both" => Ok(Self::Both),
            Ok(number) if number > 0 => Ok(Self::Value(number)),
            _ => Err("give a number from 1, or `both`"),
        }
    }
}

/// Shows or settles.
pub(crate) fn conflicts(app: &App, words: &Conflicts) -> Result<Answer> {
    match words {
        Conflicts::List => list(app),
        Conflicts::Resolve { id, field, keep } => resolve(app, id, field, *keep),
    }
}

fn list(app: &App) -> Result<Answer> {
    let conflicts = app.conflict_list(Nothing {})?;
    if conflicts.is_empty() {
        return Answer::new(&conflicts, "Nothing was written differently.\n");
    }
    let text: String = conflicts.iter().map(conflict_text).collect();
    Answer::new(&conflicts, text)
}

fn resolve(app: &App, id: &str, field: &str, keep: Keep) -> Result<Answer> {
    let conflicts = app.conflict_list(Nothing {})?;
    let found = conflicts
        .iter()
        .find(|found| found.record.id == id && found.path == field);
    let found = found.ok_or_else(|| {
        Failure::new(
            "no_conflict",
            "Nothing is written differently there. Nothing was changed.",
        )
    })?;
    let saved = app.conflict_resolve(ConflictResolve {
        id: id.to_owned(),
        path: field.to_owned(),
        choice: match keep {
            Keep::Value(number) => Some(number.saturating_sub(1)),
            Keep::Both => None,
        },
        seen: found
            .values
            .iter()
            .map(|value| value.value.clone())
            .collect(),
    })?;
    Answer::new(&saved, format!("Settled.\n{}", saved_text(&saved)))
}

fn conflict_text(conflict: &ConflictView) -> String {
    let record = &conflict.record;
    let mut text = format!("{} {} ({})\n", record.title, conflict.path, record.id);
    for (number, value) in (1..).zip(&conflict.values) {
        let said = value
            .value
            .as_str()
            .map_or_else(|| value.value.to_string(), str::to_owned);
        let who = if value.mine {
            "you"
        } else {
            value.author.as_str()
        };
        let at = value.at.clone().unwrap_or_default();
        text.push_str(format!("  {number}  {said}  {who} {at}").trim_end());
        text.push('\n');
    }
    if conflict.can_hold_both {
        text.push_str("  both can be kept\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Keep;

    #[test]
    fn a_choice_is_a_number_from_one_or_both() {
        assert_eq!("2".parse(), Ok(Keep::Value(2)));
        assert_eq!("both".parse(), Ok(Keep::Both));
        assert!("0".parse::<Keep>().is_err());
        assert!("theirs".parse::<Keep>().is_err());
    }
}
