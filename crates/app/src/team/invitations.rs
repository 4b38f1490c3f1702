//! Invitations: making one, those that are open, and withdrawing one.

use protocol::{Invitation, InvitationInfo, InvitationList, InvitationRequest};
use qrcode::{Color, QrCode};
use uuid::Uuid;

use super::{Talk, moment, role};
use crate::api::{InvitationAsk, InvitationId, InvitationMade, Nothing, OpenInvitation};
use crate::device::meta;
use crate::edit::parse_id;
use crate::wire::Method;
use crate::{App, Error, Result};

impl App {
    /// Makes an invitation: into spaces one manages, or without any for another device of one's own.
    ///
    /// # Errors
    /// `managers_only`, `role_unknown`, `bad_id`, `needs_connection`.
    pub fn invitation_make(&self, ask: InvitationAsk) -> Result<InvitationMade> {
        let talk = self.talk()?;
        let grants = ask.grants.iter().map(|grant| {
            Ok(protocol::Grant {
                space: parse_id(&grant.space)?,
                role: role(&grant.role)?,
            })
        });
        let request = InvitationRequest {
            own_device: ask.grants.is_empty(),
            grants: grants.collect::<Result<_>>()?,
        };
        let made: protocol::InvitationMade =
            talk.send(Method::Post, "/v1/invitations", &request)?;
        let server = talk.device().store.meta(meta::SERVER)?.unwrap_or_default();
        let invitation = Invitation::new(&server, &made.secret).map_err(unusable)?;
        let link = invitation.to_string();
        Ok(InvitationMade {
            id: made.id.map(|id| id.to_string()),
            qr: qr_rows(&link)?,
            link,
            expires_at: moment(made.expires_ms),
            second_look: made.second_look,
        })
    }

    /// The invitations that nobody used yet.
    ///
    /// # Errors
    /// `alone`, `needs_connection`, or what the server says.
    pub fn invitation_list(&self, _: Nothing) -> Result<Vec<OpenInvitation>> {
        self.talk()?.invitations()
    }

    /// Withdraws an invitation; a device that waits by it waits no longer.
    ///
    /// # Errors
    /// `gone_meanwhile` when it was used meanwhile, `needs_connection`.
    pub fn invitation_withdraw(&self, invitation: InvitationId) -> Result<Vec<OpenInvitation>> {
        let talk = self.talk()?;
        let path = format!("/v1/invitations/{}", parse_id::<Uuid>(&invitation.id)?);
        talk.ask::<()>(Method::Delete, &path, None)?;
        talk.invitations()
    }
}

impl Talk<'_> {
    fn invitations(&self) -> Result<Vec<OpenInvitation>> {
        let list: InvitationList = self.get("/v1/invitations")?;
        let open = list.invitations.into_iter();
        Ok(open.map(|open| self.invitation(open)).collect())
    }

    fn invitation(&self, open: InvitationInfo) -> OpenInvitation {
        OpenInvitation {
            id: open.id.to_string(),
            grants: self.grants(open.grants),
            person: open.member.map(|member| self.person(member)),
            made_by: open.made_by.map(|member| self.person(member)),
            made_at: moment(open.created_ms),
            expires_at: moment(open.expires_ms),
            waiting: open.waiting,
        }
    }
}

/// The dots of a QR code, dark ones as `1`.
fn qr_rows(text: &str) -> Result<Vec<String>> {
    let code = QrCode::new(text).map_err(unusable)?;
    let dots: Vec<char> = code
        .to_colors()
        .into_iter()
        .map(|dot| if dot == Color::Dark { '1' } else { '0' })
        .collect();
    Ok(dots
        .chunks(code.width())
        .map(|row| row.iter().collect())
        .collect())
}

fn unusable(problem: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new("bad_server", "The address of the server cannot be used.").because(problem)
}
