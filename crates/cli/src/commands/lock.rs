//! The lock: when the window closes itself, and another passphrase.

use std::path::{Path, PathBuf};

use app::App;
use app::api::{LockSettings, Nothing, PassphraseChange};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::failure::Result;
use crate::output::Answer;
use crate::passphrase as words_of;
use crate::table::count;

/// Words of `lock`.
#[derive(Debug, Args)]
pub(crate) struct Lock {
    /// Minutes without a touch or a key, from 1 to 120
    #[arg(long, value_name = "MINUTES")]
    pub(crate) after: Option<u32>,
}

/// Words of `passphrase`.
#[derive(Debug, Subcommand)]
pub(crate) enum Passphrase {
    /// Seal the same key under another passphrase; the database is not rewritten
    Change {
        /// File with the new passphrase on its first line; without it, a terminal is asked
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
}

/// Shows or chooses when the window locks itself.
pub(crate) fn lock(app: &App, words: &Lock) -> Result<Answer> {
    let settings = match words.after {
        Some(minutes) => app.lock_set(LockSettings { minutes })?,
        None => app.lock_get(Nothing {})?,
    };
    let minutes = count(settings.minutes, "minute", "minutes");
    let text = format!("The window locks itself after {minutes} without a touch or a key.\n");
    Answer::new(&settings, text)
}

/// Takes another passphrase.
pub(crate) fn passphrase(app: &App, words: &Passphrase, file: Option<&Path>) -> Result<Answer> {
    let Passphrase::Change {
        new_passphrase_file,
    } = words;
    let old = words_of::read(file)?;
    let pin_is_enough = app.device_status(Nothing {})?.pin_is_enough;
    let new = words_of::choose(new_passphrase_file.as_deref(), pin_is_enough)?;
    app.passphrase_change(PassphraseChange { old, new })?;
    Answer::new(
        &json!({ "changed": true }),
        "From now on the new passphrase opens the book.\n",
    )
}
