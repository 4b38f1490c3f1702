//! Who may do what in a space.

use app::App;
use app::api::{MemberPut, MemberRemove, Nothing, SpaceMembers, SpaceView};
use clap::Subcommand;

use super::{Role, pick};
use crate::failure::Result;
use crate::output::Answer;
use crate::table::columns;

/// Words of `members`.
#[derive(Debug, Subcommand)]
pub(crate) enum Members {
    /// List the people of every space
    List,
    /// Make your own space, which nobody else sees, or show it when it is there
    Personal,
    /// Give somebody a role in a space
    Put {
        /// The name or id of the space
        space: String,
        /// The name or id of the member
        member: String,
        /// What they may do there
        #[arg(value_enum)]
        role: Role,
    },
    /// Take a space away from somebody
    Remove {
        /// The name or id of the space
        space: String,
        /// The name or id of the member
        member: String,
    },
}

/// Carries out a command about members.
pub(crate) fn members(app: &App, words: &Members) -> Result<Answer> {
    if let Members::Personal = words {
        return personal(app);
    }
    let known = app.member_list(Nothing {})?;
    let list = match words {
        Members::List | Members::Personal => known,
        Members::Put {
            space,
            member,
            role,
        } => app.member_put(MemberPut {
            space: space_of(&known, space)?,
            member: member_of(&known, member)?,
            role: role.word().to_owned(),
        })?,
        Members::Remove { space, member } => app.member_remove(MemberRemove {
            space: space_of(&known, space)?,
            member: member_of(&known, member)?,
        })?,
    };
    Answer::new(&list, members_text(&list))
}

fn personal(app: &App) -> Result<Answer> {
    let spaces = app.space_personal(Nothing {})?.spaces;
    let own: Vec<SpaceView> = spaces
        .into_iter()
        .filter(|space| space.kind == "personal")
        .collect();
    let rows: Vec<_> = own.iter().map(|space| [space.id.clone()]).collect();
    let text = format!(
        "Only you see what is in your own space.\n{}",
        columns(&rows)
    );
    Answer::new(&own, text)
}

fn space_of(list: &[SpaceMembers], word: &str) -> Result<String> {
    let known = list
        .iter()
        .map(|one| (one.space.id.as_str(), one.space.name.as_str()));
    pick("no_space", "space", word, known)
}

fn member_of(list: &[SpaceMembers], word: &str) -> Result<String> {
    let known = list.iter().flat_map(|one| {
        let people = one.members.iter().map(|member| &member.person);
        people.map(|person| (person.member.as_str(), person.name.as_str()))
    });
    pick("no_member", "person", word, known)
}

fn members_text(list: &[SpaceMembers]) -> String {
    let mut text = String::new();
    for one in list {
        text.push_str(&format!("{}:\n", one.space.name));
        let rows: Vec<_> = one
            .members
            .iter()
            .map(|member| {
                [
                    member.person.name.clone(),
                    member.role.clone(),
                    member.person.member.clone(),
                ]
            })
            .collect();
        text.push_str(&columns(&rows));
    }
    text
}
