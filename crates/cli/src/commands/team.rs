//! Looking after the team: devices, invitations, who waits to come in, who may do what.

use app::App;
use app::api::{
    DeviceRename, Enrolment, EnrolmentConfirm, EnrolmentId, Grant, GrantAsk, InvitationAsk,
    InvitationId, InvitationMade, MemberPut, MemberRemove, Nothing, OpenInvitation, SpaceMembers,
    TeamDevice, TeamDeviceId,
};

use crate::args::{Devices, Invite, Members, Waiting};
use crate::failure::{Failure, Result};
use crate::output::Answer;
use crate::table::columns;

/// Carries out a command about devices.
pub(crate) fn devices(app: &App, words: &Devices) -> Result<Answer> {
    let list = match words {
        Devices::List => app.team_devices(Nothing {})?,
        Devices::Rename { id, name } => app.device_rename(DeviceRename {
            id: id.clone(),
            name: name.clone(),
        })?,
        Devices::Revoke {
            yes_for_good: false,
            ..
        } => {
            return Err(Failure::new(
                "not_confirmed",
                "A device that is put out destroys its book at its next contact, with what it did not send. Say that \
                 you mean it with --yes-for-good. Nothing was changed.",
            ));
        }
        Devices::Revoke { id, .. } => app.device_revoke(TeamDeviceId { id: id.clone() })?,
    };
    Answer::new(&list, devices_text(&list))
}

/// Carries out a command about invitations.
pub(crate) fn invite(app: &App, words: &Invite) -> Result<Answer> {
    let grants = match words {
        Invite::New { space, role } => {
            let spaces = app.device_status(Nothing {})?.spaces;
            let spaces = spaces
                .iter()
                .map(|known| (known.id.as_str(), known.name.as_str()));
            let grant = |word: &String| {
                Ok(GrantAsk {
                    space: pick("no_space", "space", word, spaces.clone())?,
                    role: role.word().to_owned(),
                })
            };
            space.iter().map(grant).collect::<Result<_>>()?
        }
        Invite::Own => Vec::new(),
        Invite::List => {
            let open = app.invitation_list(Nothing {})?;
            return Answer::new(&open, invitations_text(&open));
        }
        Invite::Withdraw { id } => {
            let open = app.invitation_withdraw(InvitationId { id: id.clone() })?;
            return Answer::new(&open, format!("Withdrawn.\n{}", invitations_text(&open)));
        }
    };
    let made = app.invitation_make(InvitationAsk { grants })?;
    Answer::new(&made, made_text(&made))
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

/// Carries out a command about members.
pub(crate) fn members(app: &App, words: &Members) -> Result<Answer> {
    let list = app.member_list(Nothing {})?;
    let list = match words {
        Members::List => list,
        Members::Put {
            space,
            member,
            role,
        } => app.member_put(MemberPut {
            space: space_of(&list, space)?,
            member: member_of(&list, member)?,
            role: role.word().to_owned(),
        })?,
        Members::Remove { space, member } => app.member_remove(MemberRemove {
            space: space_of(&list, space)?,
            member: member_of(&list, member)?,
        })?,
    };
    Answer::new(&list, members_text(&list))
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

fn devices_text(list: &[TeamDevice]) -> String {
    let rows: Vec<_> = list
        .iter()
        .map(|device| {
            let this = if device.this { "this device" } else { "" };
            [
                device.person.name.clone(),
                device.name.clone(),
                format!("{} {}", device.platform, device.app_version),
                state(device),
                this.to_owned(),
                device.id.clone(),
            ]
        })
        .collect();
    columns(&rows)
}

fn state(device: &TeamDevice) -> String {
    match (&device.wiped_at, &device.revoked_at, &device.seen_at) {
        (Some(at), _, _) => format!("wiped {at}"),
        (None, Some(_), _) => "put out, waits to be wiped".to_owned(),
        (None, None, Some(at)) => match &device.unsent_since {
            Some(since) => format!("seen {at}, unsent since {since}"),
            None => format!("seen {at}"),
        },
        (None, None, None) => "never seen".to_owned(),
    }
}

fn invitations_text(open: &[OpenInvitation]) -> String {
    if open.is_empty() {
        return "There are no open invitations.\n".to_owned();
    }
    let rows: Vec<_> = open
        .iter()
        .map(|open| {
            let what = match &open.person {
                Some(person) if open.grants.is_empty() => {
                    format!("another device of {}", person.name)
                }
                Some(_) | None => grants_text(&open.grants),
            };
            let waiting = if open.waiting { "a device waits" } else { "" };
            [
                what,
                format!("until {}", open.expires_at),
                waiting.to_owned(),
                open.id.clone(),
            ]
        })
        .collect();
    columns(&rows)
}

fn made_text(made: &InvitationMade) -> String {
    let mut text = format!("{}\n{}\n\n", picture(&made.qr), made.link);
    text.push_str(&format!(
        "Works once, until {}. Whoever has it can join: pass it on privately. It is not shown again.\n",
        made.expires_at
    ));
    if made.second_look {
        text.push_str("The device then shows a number. Compare it: buurtboek waiting list\n");
    }
    text
}

/// A QR code of half blocks, with the light margin that cameras need. Light dots are drawn, for a dark terminal.
fn picture(rows: &[String]) -> String {
    let width = rows.len() + 4;
    let blank = "0".repeat(width);
    let mut all = vec![blank.clone(), blank.clone()];
    all.extend(rows.iter().map(|row| format!("00{row}00")));
    all.extend([blank.clone(), blank]);
    let mut text = String::new();
    for pair in all.chunks(2) {
        let (Some(above), below) = (pair.first(), pair.get(1)) else {
            continue;
        };
        let mut below = below.map(|row| row.chars()).into_iter().flatten();
        for dot in above.chars() {
            text.push(match (dot == '1', below.next() == Some('1')) {
                (true, true) => ' ',
                (true, false) => '▄',
                (false, true) => '▀',
                (false, false) => '█',
            });
        }
        text.push('\n');
    }
    text
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

fn grants_text(grants: &[Grant]) -> String {
    let words: Vec<_> = grants
        .iter()
        .map(|grant| format!("{} ({})", grant.space.name, grant.role))
        .collect();
    words.join(", ")
}
