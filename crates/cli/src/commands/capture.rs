//! Capture: a note, and what it may mean.

use app::App;
use app::api::{CapturePropose, CaptureSave};
use serde_json::{Value, json};

use super::saved_text;
use crate::failure::Result;
use crate::output::Answer;
use crate::table::columns;
use clap::{Args, ValueEnum};

/// Words of `capture`.
#[derive(Debug, Args)]
pub(crate) struct Capture {
    /// What was heard or seen
    pub(crate) text: String,
    /// Which of the proposals to keep with the note
    #[arg(long, value_enum, default_value_t = Accept::None)]
    pub(crate) accept: Accept,
}

/// Which proposals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Accept {
    /// Contacts, signals, follow-ups and the rest
    All,
    /// Only the note, word for word
    None,
}

/// Keeps a note and, when asked, everything that it was taken to mean.
pub(crate) fn capture(app: &App, words: &Capture) -> Result<Answer> {
    let proposals = app.capture_propose(CapturePropose {
        text: words.text.clone(),
    })?;
    let accepted = match words.accept {
        Accept::All => proposals.accept_all(),
        Accept::None => Vec::new(),
    };
    let saved = app.capture_save(CaptureSave {
        text: words.text.clone(),
        place: None,
        accepted,
        about: None,
        space: None,
        from_draft: false,
    })?;
    let mut text = format!("Kept on this device.\n{}", saved_text(&saved));
    if !saved.left_out.is_empty() {
        text.push_str("In the words of the note only, since it is not sure whose it is:\n");
        let left = saved.left_out.iter().map(|left| json!(left.proposal));
        text.push_str(&proposals_text(left));
    }
    if words.accept == Accept::None && !proposals.proposals.is_empty() {
        text.push_str("Proposed, and not kept (--accept all keeps it):\n");
        text.push_str(&proposals_text(
            proposals.proposals.iter().map(|one| json!(one)),
        ));
    }
    Answer::new(
        &json!({
            "id": saved.id, "undo": saved.undo, "records": saved.records,
            "proposals": proposals.proposals, "left_out": saved.left_out,
        }),
        text,
    )
}

fn proposals_text(proposals: impl Iterator<Item = Value>) -> String {
    let rows: Vec<_> = proposals
        .map(|proposal| {
            let kind = proposal
                .get("type")
                .and_then(Value::as_str)
                .unwrap_or_default();
            [kind.to_owned(), said(&proposal)]
        })
        .collect();
    columns(&rows)
}

/// The words of a proposal, whichever it is.
fn said(proposal: &Value) -> String {
    const WORDS: [&str; 14] = [
        "name", "street", "number", "postcode", "town", "address", "place", "kind", "title",
        "text", "what", "due", "time", "shown",
    ];
    let is_phone = proposal.get("type").and_then(Value::as_str) == Some("phone");
    WORDS
        .iter()
        .filter(|name| !(is_phone && **name == "shown"))
        .filter_map(|name| proposal.get(name).and_then(Value::as_str))
        .collect::<Vec<_>>()
        .join(" ")
}
