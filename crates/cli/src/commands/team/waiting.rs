//! Devices that wait to come in.

use app::App;
use app::api::{Enrolment, EnrolmentConfirm, EnrolmentId, Nothing};
use clap::Subcommand;

use super::grants_text;
use crate::failure::Result;
use crate::output::Answer;
use crate::table::columns;

/// Words of `waiting`.
#[derive(Debug, Subcommand)]
pub(crate) enum Waiting {
    /// List the devices that wait, with their numbers
    List,
    /// Let a device in
    Confirm {
        /// Its id, as `list` shows it
        id: String,
        /// The number that the device itself shows, such as "482 913"
        phrase: String,
    },
    /// Turn a device away; its invitation opens nothing any more
    Refuse {
        /// Its id, as `list` shows it
        id: String,
    },
}

/// Carries out a command about devices that wait.
pub(crate) fn waiting(app: &App, words: &Waiting) -> Result<Answer> {
    let list = match words {
        Waiting::List => app.enrolment_list(Nothing {})?,
        Waiting::Confirm { id, phrase } => app.enrolment_confirm(EnrolmentConfirm {
            id: id.clone(),
            phrase: phrase.clone(),
        })?,
        Waiting::Refuse { id } => app.enrolment_refuse(EnrolmentId { id: id.clone() })?,
    };
    Answer::new(&list, waiting_text(&list))
}

fn waiting_text(list: &[Enrolment]) -> String {
    if list.is_empty() {
        return "No device waits.\n".to_owned();
    }
    let rows: Vec<_> = list
        .iter()
        .map(|waiting| {
            let state = if waiting.confirmed {
                "let in, not here yet"
            } else {
                ""
            };
            [
                waiting.phrase.clone(),
                waiting.name.clone(),
                waiting.device_name.clone(),
                grants_text(&waiting.grants),
                state.to_owned(),
                waiting.id.clone(),
            ]
        })
        .collect();
    columns(&rows)
}
