//! Looking after the team: devices, invitations, who waits to come in, who may do what.

mod devices;
mod invitations;
mod members;
mod waiting;

use app::api::Grant;
use clap::ValueEnum;

pub(crate) use self::devices::{Devices, devices};
pub(crate) use self::invitations::{Invite, invite};
pub(crate) use self::members::{Members, members};
pub(crate) use self::waiting::{Waiting, waiting};
use crate::failure::{Failure, Result};

/// What somebody may do in a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// Read
    Reader,
    /// Read and write
    Writer,
    /// Read, write, invite, and decide who may do what
    Manager,
}

impl Role {
    /// The word of the API.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Writer => "writer",
            Self::Manager => "manager",
        }
    }
}

/// The id of what is called so, by id or by name; two of one name cannot be told apart.
fn pick<'a>(
    code: &'static str,
    what: &str,
    word: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<String> {
    let mut found: Vec<&str> = known
        .filter(|(id, name)| *id == word || name.eq_ignore_ascii_case(word))
        .map(|(id, _)| id)
        .collect();
    found.sort_unstable();
    found.dedup();
    match found[..] {
        [id] => Ok(id.to_owned()),
        [] => Err(Failure::new(
            code,
            format!("There is no {what} called {word}."),
        )),
        _ => Err(Failure::new(
            code,
            format!("There is more than one {what} called {word}. Give the id."),
        )),
    }
}

fn grants_text(grants: &[Grant]) -> String {
    let words: Vec<_> = grants
        .iter()
        .map(|grant| format!("{} ({})", grant.space.name, grant.role))
        .collect();
    words.join(", ")
}
