//! `member add`, `member list`, `member role`.

use std::io::Write;

use clap::Subcommand;

use super::{AdminError, Desk, Role};

/// Members.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add a person, with a role in a space if wanted
    Add {
        /// Their name
        name: String,
        /// A space, by name or id
        #[arg(long, requires = "role")]
        space: Option<String>,
        /// Their role in it
        #[arg(long, value_enum, requires = "space")]
        role: Option<Role>,
    },
    /// List all members
    List,
    /// Give a member another role in a space, or take the space away
    Role {
        /// The member, by name or id
        member: String,
        /// The space, by name or id
        #[arg(long)]
        space: String,
        /// The new role; without it the member may not see the space any more
        #[arg(long, value_enum)]
        role: Option<Role>,
    },
}

pub(super) fn run(command: Command, desk: &mut Desk<'_, impl Write>) -> Result<(), AdminError> {
    match command {
        Command::Add { name, space, role } => {
            let space = space
                .map(|space| desk.space_for_others(&space))
                .transpose()?;
            let grant = space.zip(role).map(|(space, role)| (space.id, role.into()));
            let id = desk.log.add_member(&name, grant, desk.now_ms)?;
            desk.answer(&serde_json::json!({ "id": id, "name": name }), |out| {
                writeln!(out, "{id}  {name}")
            })
        }
        Command::List => list(desk),
        Command::Role {
            member,
            space,
            role,
        } => {
            let (member, space) = (desk.member(&member)?, desk.space_for_others(&space)?);
            let role = role.map(protocol::Role::from);
            desk.log.set_role(member.id, space.id, role, desk.now_ms)?;
            let answer =
                serde_json::json!({ "member": member.id, "space": space.id, "role": role });
            let word = role.map_or("no role", protocol::Role::as_str);
            desk.answer(&answer, |out| {
                writeln!(out, "{} now has {word} in {}", member.name, space.name)
            })
        }
    }
}

fn list(desk: &mut Desk<'_, impl Write>) -> Result<(), AdminError> {
    let members = desk.log.members()?;
    desk.answer(&members, |out| {
        for member in &members {
            let role =
                |(space, role): &(String, protocol::Role)| format!("{space}: {}", role.as_str());
            let spaces: Vec<_> = member.spaces.iter().map(role).collect();
            writeln!(
                out,
                "{}  {}  ({}; {} devices)",
                member.id,
                member.name,
                spaces.join(", "),
                member.devices
            )?;
        }
        Ok(())
    })
}
