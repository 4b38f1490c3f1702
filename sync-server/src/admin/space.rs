//! `space add`, `space list`.

use std::io::Write;

use clap::{Subcommand, ValueEnum};

use super::{AdminError, Desk};

/// Spaces.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a space
    Add {
        /// Its name
        name: String,
        /// What sort of space
        #[arg(long, value_enum, default_value_t = Kind::Team)]
        kind: Kind,
    },
    /// List all spaces
    List,
}

/// What sort of space.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Kind {
    /// A neighbourhood team
    Team,
    /// The whole organisation
    Organisation,
    /// A shared approach with external partners
    Partnership,
}

impl From<Kind> for protocol::SpaceKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Team => Self::Team,
            Kind::Organisation => Self::Organisation,
            Kind::Partnership => Self::Partnership,
        }
    }
}

pub(super) fn run(command: Command, desk: &mut Desk<'_, impl Write>) -> Result<(), AdminError> {
    match command {
        Command::Add { name, kind } => {
            let kind = protocol::SpaceKind::from(kind);
            let id = desk.log.add_space(&name, kind, desk.now_ms)?;
            let answer = serde_json::json!({ "id": id, "name": name, "kind": kind });
            desk.answer(&answer, |out| writeln!(out, "{id}  {name}"))
        }
        Command::List => {
            let spaces = desk.log.spaces()?;
            desk.answer(&spaces, |out| {
                for space in &spaces {
                    let (kind, members, documents) =
                        (space.kind.as_str(), space.members, space.documents);
                    let name = &space.name;
                    writeln!(
                        out,
                        "{}  {name}  ({kind}, {members} members, {documents} documents)",
                        space.id
                    )?;
                }
                Ok(())
            })
        }
    }
}
