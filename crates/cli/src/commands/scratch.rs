//! The scratchpad.

use app::App;
use app::api::{Nothing, RecordId, ScratchId, ScratchNote, ScratchPad, ScratchPut, ScratchTerm};

use super::saved_text;
use crate::failure::Result;
use crate::output::Answer;
use crate::table::{columns, count, short};
use clap::Subcommand;

/// Words of `scratch`.
#[derive(Debug, Subcommand)]
pub(crate) enum Scratch {
    /// Show what is on it, with the day on which it goes
    List,
    /// Write something down
    Add {
        /// The words
        text: String,
    },
    /// Write something else in a note
    Edit {
        /// Its id
        id: String,
        /// The words
        text: String,
    },
    /// Make it an ordinary note, which is sent to the team
    Keep {
        /// Its id
        id: String,
    },
    /// Make an ordinary note private again, and erase it everywhere
    TakeBack {
        /// The id of the note
        id: String,
    },
    /// Throw it away
    Remove {
        /// Its id
        id: String,
    },
    /// Choose after how many days notes go by themselves
    Term {
        /// From 1 to 90
        days: u32,
    },
}

/// Carries out a command of the scratchpad.
pub(crate) fn scratch(app: &App, words: &Scratch) -> Result<Answer> {
    match words {
        Scratch::List => pad(&app.scratch_list(Nothing {})?),
        Scratch::Add { text } => note(&put(app, None, text)?, "Kept on this device only."),
        Scratch::Edit { id, text } => note(&put(app, Some(id), text)?, "Kept on this device only."),
        Scratch::Keep { id } => {
            let saved = app.scratch_keep(ScratchId { id: id.clone() })?;
            let text = format!("It is an ordinary note now.\n{}", saved_text(&saved));
            Answer::new(&saved, text)
        }
        Scratch::TakeBack { id } => note(
            &app.scratch_take_back(RecordId { id: id.clone() })?,
            "Private again, and the note is erased.",
        ),
        Scratch::Remove { id } => {
            let gone = app.scratch_remove(ScratchId { id: id.clone() })?;
            Answer::new(&gone, "Thrown away.\n")
        }
        Scratch::Term { days } => pad(&app.scratch_term(ScratchTerm { days: *days })?),
    }
}

fn put(app: &App, id: Option<&String>, text: &str) -> Result<ScratchNote> {
    Ok(app.scratch_put(ScratchPut {
        id: id.cloned(),
        text: text.to_owned(),
        from_draft: false,
    })?)
}

fn note(note: &ScratchNote, said: &str) -> Result<Answer> {
    let text = format!("{said} It goes on {}.\n{}\n", note.expires_on, note.id);
    Answer::new(note, text)
}

fn pad(pad: &ScratchPad) -> Result<Answer> {
    let rows: Vec<_> = pad
        .notes
        .iter()
        .map(|note| {
            [
                note.expires_on.clone(),
                short(&note.text, 60),
                note.id.clone(),
            ]
        })
        .collect();
    let term = count(pad.days, "day", "days");
    let text = format!(
        "Notes go {term} after the last word; the first column is that day.\n{}",
        columns(&rows)
    );
    Answer::new(pad, text)
}
