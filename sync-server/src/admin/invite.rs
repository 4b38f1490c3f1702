//! `invite`: the text and the QR code by which a person joins.

use std::io::Write;

use clap::Args;
use protocol::{Grant, Invitation};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

use super::{AdminError, Desk, Role};
use crate::log::{INVITATION_LIFE_MS, NewInvitation};

/// Whom to invite to what.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The space, by name or id; may be given several times
    #[arg(long = "space", value_name = "NAME|ID", required = true)]
    spaces: Vec<String>,
    /// The role in it, the same in each
    #[arg(long, value_enum)]
    role: Role,
    /// A member who is already known, by name or id (a second device); without it somebody new, who says their name
    #[arg(long, value_name = "NAME|ID")]
    member: Option<String>,
    /// Address at which devices reach this server, if it is not set as `public_url`
    #[arg(long, value_name = "URL")]
    server: Option<String>,
}

pub(super) fn run(
    arguments: &Arguments,
    desk: &mut Desk<'_, impl Write>,
) -> Result<(), AdminError> {
    let server = arguments
        .server
        .as_ref()
        .or(desk.config.public_url.as_ref())
        .ok_or(AdminError::NoAddress)?;
    let role = arguments.role.into();
    let mut grants: Vec<Grant> = Vec::new();
    for space in &arguments.spaces {
        let space = desk.space_for_others(space)?.id;
        if grants.iter().all(|grant| grant.space != space) {
            grants.push(Grant { space, role });
        }
    }
    let member = arguments
        .member
        .as_ref()
        .map(|member| desk.member(member))
        .transpose()?;
    let expires_ms = desk.now_ms + INVITATION_LIFE_MS;
    let member_id = member.as_ref().map(|member| member.id);
    let new = NewInvitation {
        grants: grants.clone(),
        member: member_id,
        expires_ms,
    };
    // The address is judged before anything is written.
    Invitation::new(server, &"x".repeat(43))?;
    let secret = desk.log.invite(new, desk.now_ms)?;
    let invitation = Invitation::new(server, secret.reveal())?;
    let text = invitation.to_string();
    let answer = serde_json::json!({
        "invitation": text,
        "app_link": invitation.app_link(),
        "grants": grants,
        "member": member_id,
        "expires_ms": expires_ms,
    });
    let picture = QrCode::new(text.as_bytes())?.render::<Dense1x2>().build();
    desk.answer(&answer, |out| {
        writeln!(out, "{picture}\n\n{text}\n")?;
        writeln!(
            out,
            "Works once, for 24 hours. Whoever has it can join: pass it on privately."
        )
    })
}
