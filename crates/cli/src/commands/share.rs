//! Sharing on purpose.

use app::App;
use app::api::{
    Nothing, RecordId, ShareAsk, ShareId, ShareOptions, SharePreview, ShareView, SpaceView,
};
use serde_json::Value;

use super::saved_text;
use crate::failure::{Failure, Result};
use crate::output::Answer;
use crate::table::{columns, short};
use clap::{Args, Subcommand};

/// Words of `share`.
#[derive(Debug, Subcommand)]
pub(crate) enum Share {
    /// Show what was shared of a record
    List {
        /// The record
        id: String,
    },
    /// Show exactly what would be seen in the other space; shares nothing
    Preview(ShareWhat),
    /// Share it
    Make(ShareWhat),
    /// Take a copy back
    Revoke {
        /// The share, as `list` shows it
        id: String,
    },
}

/// What to share, and where.
#[derive(Debug, Args)]
pub(crate) struct ShareWhat {
    /// The record: a contact, note or signal
    pub(crate) id: String,
    /// The name or id of the space
    #[arg(long)]
    pub(crate) to: String,
    /// A field to copy; may be given several times. The name, text or title always goes along
    #[arg(long)]
    pub(crate) field: Vec<String>,
    /// The last day on which the copy is there, YYYY-MM-DD
    #[arg(long)]
    pub(crate) until: Option<String>,
}

/// Carries out a command about sharing.
pub(crate) fn share(app: &App, words: &Share) -> Result<Answer> {
    match words {
        Share::List { id } => {
            let options = app.share_options(RecordId { id: id.clone() })?;
            Answer::new(&options, list_text(&options))
        }
        Share::Preview(what) => {
            let preview = app.share_preview(ask(app, what)?)?;
            Answer::new(&preview, preview_text(&preview))
        }
        Share::Make(what) => {
            let saved = app.share_make(ask(app, what)?)?;
            Answer::new(&saved, format!("Shared.\n{}", saved_text(&saved)))
        }
        Share::Revoke { id } => {
            let saved = app.share_revoke(ShareId { id: id.clone() })?;
            Answer::new(&saved, "Taken back.\n")
        }
    }
}

fn ask(app: &App, what: &ShareWhat) -> Result<ShareAsk> {
    Ok(ShareAsk {
        id: what.id.clone(),
        to: space(app, &what.to)?.id,
        fields: what.field.clone(),
        until: what.until.clone(),
    })
}

/// A space by its id or its name.
fn space(app: &App, word: &str) -> Result<SpaceView> {
    let spaces = app.device_status(Nothing {})?.spaces;
    let found = spaces
        .into_iter()
        .find(|space| space.id == word || space.name.eq_ignore_ascii_case(word));
    found.ok_or_else(|| {
        Failure::new(
            "no_space",
            format!(
                "This device takes part in no space called {word}. `buurtboek status` lists them."
            ),
        )
    })
}

fn preview_text(preview: &SharePreview) -> String {
    let mut rows: Vec<_> = preview
        .fields
        .iter()
        .map(|(name, value)| [name.clone(), said(value)])
        .collect();
    rows.push(["shared by".to_owned(), preview.author.clone()]);
    if let Some(until) = &preview.until {
        rows.push(["last day".to_owned(), until.clone()]);
    }
    format!("In {} they see:\n{}", preview.to.name, columns(&rows))
}

fn list_text(options: &ShareOptions) -> String {
    if options.shares.is_empty() {
        return "This was not shared.\n".to_owned();
    }
    let rows: Vec<_> = options
        .shares
        .iter()
        .map(|share| {
            [
                share.to.name.clone(),
                share.fields.join(", "),
                state(share),
                share.id.clone(),
            ]
        })
        .collect();
    columns(&rows)
}

fn state(share: &ShareView) -> String {
    match (&share.revoked_at, &share.until) {
        (Some(at), _) => format!("taken back {at}"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => String::new(),
    }
}

fn said(value: &Value) -> String {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    short(&text, 60)
}
