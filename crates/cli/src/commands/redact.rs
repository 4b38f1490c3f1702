//! Taking words out of a record for good.

use app::App;
use app::api::{self, RecordId, RedactAsk, RedactPlan, RedactText, RedactWords, Redacted};
use clap::Args;

use crate::failure::Result;
use crate::output::Answer;
use crate::table::{columns, short};

/// Words of `redact`.
#[derive(Debug, Args)]
pub(crate) struct Redact {
    /// The record
    pub(crate) id: String,
    /// The field, such as `text` or `ways/KEY/value`; without it the fields are listed
    #[arg(long, value_name = "PATH")]
    pub(crate) field: Option<String>,
    /// The words that go, wherever they stand in the field; without them all that stands there
    #[arg(long, requires = "field")]
    pub(crate) words: Option<String>,
    /// What stands there instead
    #[arg(long, value_name = "WORDS", default_value = "")]
    pub(crate) instead: String,
    /// Out of its copies in other spaces, too
    #[arg(long)]
    pub(crate) copies: bool,
    /// Say that it is meant; without it only what would stay is shown
    #[arg(long)]
    pub(crate) yes_for_good: bool,
}

/// Shows the fields of a record, what would stay of it, or takes words out.
pub(crate) fn redact(app: &App, words: &Redact) -> Result<Answer> {
    let id = words.id.clone();
    let plan = app.redact_plan(RecordId { id: id.clone() })?;
    let Some(path) = &words.field else {
        return Answer::new(&plan, plan_text(&plan));
    };
    let take = || RedactWords {
        path: path.clone(),
        words: words.words.clone(),
        instead: words.instead.clone(),
    };
    if !words.yes_for_good {
        let ask = RedactAsk {
            id,
            takes: vec![take()],
        };
        let preview = app.redact_preview(ask)?;
        let found = match (preview.now, preview.ever) {
            (true, _) => "Would stay; add --yes-for-good to do it:",
            (false, true) => {
                "Only in what it said before; that goes with --yes-for-good. Would stay:"
            }
            (false, false) => "These words are not in it, and never were:",
        };
        let text = format!("{found}\n{}", texts(&preview.texts));
        return Answer::new(&preview, text);
    }
    let copies = if words.copies {
        let copies = plan.copies.into_iter();
        copies.map(|copy| copy.record.id).collect()
    } else {
        Vec::new()
    };
    let redacted = app.redact_apply(api::Redact {
        id,
        takes: vec![take()],
        copies,
    })?;
    Answer::new(&redacted, done(&redacted))
}

fn done(redacted: &Redacted) -> String {
    let when = if redacted.waiting {
        "Out of sight now; for good at the next exchange."
    } else {
        "Gone for good."
    };
    format!("Records: {}. {when}\n", redacted.redacted)
}

fn plan_text(plan: &RedactPlan) -> String {
    let record = &plan.record;
    let mut text = format!("{} {}\n", record.kind, short(&record.title, 60));
    if !plan.may {
        text.push_str("  not for you: only its maker and managers may take words out\n");
    }
    text.push_str(&texts(&plan.texts));
    for copy in &plan.copies {
        let what = if copy.original { "Original" } else { "Copy" };
        text.push_str(&format!("{what} in {}: {}\n", copy.space, copy.record.id));
        text.push_str(&texts(&copy.texts));
    }
    text
}

fn texts(texts: &[RedactText]) -> String {
    let rows: Vec<[String; 2]> = texts
        .iter()
        .map(|text| [format!("  {}", text.path), short(&text.value, 80)])
        .collect();
    columns(&rows)
}
