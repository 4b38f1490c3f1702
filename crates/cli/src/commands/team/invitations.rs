//! Invitations.

use app::App;
use app::api::{GrantAsk, InvitationAsk, InvitationId, InvitationMade, Nothing, OpenInvitation};
use clap::Subcommand;

use super::{Role, grants_text, pick};
use crate::failure::Result;
use crate::output::Answer;
use crate::table::columns;

/// Words of `invite`.
#[derive(Debug, Subcommand)]
pub(crate) enum Invite {
    /// Invite somebody new into spaces that you manage; shown once, works once, for 24 hours
    New {
        /// A space, by name or id; may be given several times
        #[arg(long, required = true, value_name = "NAME|ID")]
        space: Vec<String>,
        /// What they may do there, the same in each
        #[arg(long, value_enum, default_value_t = Role::Writer)]
        role: Role,
    },
    /// Invite another device of your own
    Own,
    /// List what nobody used yet
    List,
    /// Withdraw one
    Withdraw {
        /// Its id, as `list` shows it
        id: String,
    },
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
