//! Erasing for good, and how far it is.

use app::App;
use app::api::{
    self, EraseCopy, ErasePart, ErasePlan, ErasureState, ErasureView, MentionChoice, MentionFate,
    Nothing, RecordId,
};
use clap::{Args, Subcommand};

use crate::failure::{Failure, Result};
use crate::output::Answer;
use crate::table::{columns, short};

/// Words of `erase`.
#[derive(Debug, Subcommand)]
pub(crate) enum Erase {
    /// Show what would go with a record, and what names it
    Plan {
        /// Its id
        id: String,
    },
    /// Erase a record, here and everywhere; there is no way back
    Record(EraseRecord),
    /// Tell what was erased, and how far the devices are
    Status,
}

/// Words of `erase record`.
#[derive(Debug, Args)]
pub(crate) struct EraseRecord {
    /// Its id
    pub(crate) id: String,
    /// Also what is only about it, as `plan` shows it: for a contact all that is only about this person
    #[arg(long)]
    pub(crate) person: bool,
    /// Also this record
    #[arg(long, value_name = "ID")]
    pub(crate) also: Vec<String>,
    /// Also this record that names it
    #[arg(long, value_name = "ID")]
    pub(crate) mention: Vec<String>,
    /// Also this private note that names it, or `draft`
    #[arg(long, value_name = "ID")]
    pub(crate) private: Vec<String>,
    /// Take the name out of this record that names it, and leave the rest
    #[arg(long, value_name = "ID")]
    pub(crate) redact: Vec<String>,
    /// What stands in the place of the name
    #[arg(long, value_name = "WORDS", default_value = "iemand")]
    pub(crate) instead: String,
    /// Say that it is meant; without it nothing is erased
    #[arg(long)]
    pub(crate) yes_for_good: bool,
}

/// Shows what would go, erases, or tells how far it is.
pub(crate) fn erase(app: &App, words: &Erase) -> Result<Answer> {
    match words {
        Erase::Plan { id } => plan(app, id),
        Erase::Record(words) => record(app, words),
        Erase::Status => status(app),
    }
}

fn plan(app: &App, id: &str) -> Result<Answer> {
    let plan = app.erase_plan(RecordId { id: id.to_owned() })?;
    Answer::new(&plan, plan_text(&plan))
}

fn record(app: &App, words: &EraseRecord) -> Result<Answer> {
    if !words.yes_for_good {
        return Err(Failure::new(
            "not_confirmed",
            "Erasing is for good. Look with `buurtboek erase plan ID`, then add --yes-for-good. Nothing was erased.",
        ));
    }
    let mut also = words.also.clone();
    if words.person {
        let plan = app.erase_plan(RecordId {
            id: words.id.clone(),
        })?;
        also.extend(plan.only.into_iter().map(|part| part.record.id));
    }
    let choice = |id: &String, fate| MentionChoice {
        id: id.clone(),
        fate,
    };
    let mentions = words
        .mention
        .iter()
        .map(|id| choice(id, MentionFate::Erase))
        .chain(
            words
                .redact
                .iter()
                .map(|id| choice(id, MentionFate::Redact)),
        )
        .collect();
    let erased = app.erase_apply(api::Erase {
        id: words.id.clone(),
        also,
        mentions,
        private: words.private.clone(),
        instead: words.instead.clone(),
    })?;
    let mut text = format!(
        "Erased: {}. Records that let go of them: {}. Records out of which the name was taken: {}. Copies: {}.\n",
        erased.erased, erased.unlinked, erased.redacted, erased.copies
    );
    text.push_str(&copies_text(&erased.left));
    Answer::new(&erased, text)
}

fn status(app: &App) -> Result<Answer> {
    let list = app.erasure_list(Nothing {})?;
    let rows: Vec<_> = list
        .rows
        .iter()
        .map(|row| {
            [
                row.at.clone(),
                row.kind.clone().unwrap_or_default(),
                how_far(row),
                row.id.clone(),
            ]
        })
        .collect();
    let mut text = columns(&rows);
    if rows.is_empty() {
        text.push_str("Nothing was erased.\n");
    }
    text.push_str(&copies_text(&list.left));
    Answer::new(&list, text)
}

fn plan_text(plan: &ErasePlan) -> String {
    let record = &plan.record;
    let mut text = format!("Would erase {} {}\n", record.kind, short(&record.title, 60));
    if !plan.may {
        text.push_str("  not by you: only its maker and managers may\n");
    }
    for (title, parts) in [
        ("Only about it", &plan.only),
        ("Names it or points at it", &plan.mentions),
    ] {
        if !parts.is_empty() {
            text.push_str(title);
            text.push('\n');
            text.push_str(&columns(&parts.iter().map(part_row).collect::<Vec<_>>()));
        }
    }
    text.push_str(&copies_text(&plan.copies));
    text
}

/// Copies in other spaces, with who may erase those that do not go along.
pub(super) fn copies_text(copies: &[EraseCopy]) -> String {
    let rows: Vec<_> = copies
        .iter()
        .map(|copy| {
            let title = copy.record.as_ref().map(|record| record.title.as_str());
            let what = if copy.may {
                "goes along".to_owned()
            } else {
                format!("stays: for {} or a manager there to erase", copy.by)
            };
            [
                format!("  {}", copy.space.name),
                short(title.unwrap_or_default(), 60),
                what,
            ]
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("Copies in other spaces\n{}", columns(&rows))
}

fn part_row(part: &ErasePart) -> [String; 3] {
    let record = &part.record;
    [
        format!("  {}", record.kind),
        short(&record.title, 60),
        record.id.clone(),
    ]
}

fn how_far(row: &ErasureView) -> String {
    match (row.state.clone(), row.done, row.devices) {
        (ErasureState::Waiting, ..) => "here; not sent yet".to_owned(),
        (ErasureState::Here, ..) => "here".to_owned(),
        (ErasureState::Refused, ..) => {
            format!("refused ({})", row.code.clone().unwrap_or_default())
        }
        (ErasureState::Carried, Some(done), Some(devices)) => {
            let seen = row.last_seen.as_ref();
            let seen = seen.map(|seen| format!(", the last seen {seen}"));
            format!("{done} of {devices} devices{}", seen.unwrap_or_default())
        }
        (ErasureState::Carried, ..) => "on the server".to_owned(),
    }
}
