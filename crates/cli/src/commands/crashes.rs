//! Where programs broke off.

use std::path::PathBuf;

use app::App;
use app::api::Nothing;
use clap::Args;

use crate::failure::{Failure, Result};
use crate::output::Answer;
use crate::table::count;

/// Words of `crashes`.
#[derive(Debug, Args)]
pub(crate) struct Crashes {
    /// Write the same to this file, to take it along
    #[arg(long, value_name = "FILE")]
    pub(crate) save: Option<PathBuf>,
    /// Throw them away
    #[arg(long, conflicts_with = "save")]
    pub(crate) forget: bool,
}

/// Shows them, writes them to a file, or throws them away. The book stays closed for it.
pub(crate) fn crashes(app: &App, words: &Crashes) -> Result<Answer> {
    if words.forget {
        let list = app.crash_forget(Nothing {})?;
        return Answer::new(&list, "Thrown away.\n");
    }
    let list = app.crash_list(Nothing {})?;
    if list.rows.is_empty() {
        return Answer::new(&list, "Nothing broke off on this device.\n");
    }
    match &words.save {
        Some(file) => {
            std::fs::write(file, &list.text)
                .map_err(|problem| Failure::file("file_not_written", file, problem))?;
            let crashes = count(list.rows.len() as u64, "crash", "crashes");
            let text = format!("Wrote {crashes} to {}.\n", file.display());
            Answer::new(&list, text)
        }
        None => Answer::new(&list, list.text.clone()),
    }
}
