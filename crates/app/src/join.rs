//! Joining a team: an invitation makes this device one of its devices, and what it holds comes along.

use domain::ids::{MemberId, SpaceId};
use domain::record::Fields;
use protocol::{EnrollReply, EnrollRequest, ErrorCode, SpaceState};
use serde_json::Value;
use store::{PersonRow, RecordRow, Space};

use crate::api::{DeviceJoin, DeviceStatus, Event, Nothing};
use crate::device::{Device, meta};
use crate::sync_loop::runtime;
use crate::transport::{Transport, TransportError};
use crate::{APP_VERSION, App, Error, Result};

impl App {
    /// Joins a team; what this device holds comes along.
    ///
    /// # Errors
    /// `joined_already`, `no_invitation`, `invitation_unknown`, `invitation_used`, `invitation_expired`,
    /// `name_required`, `not_private`, `offline`. Nothing changes then.
    pub fn device_join(&self, join: DeviceJoin) -> Result<DeviceStatus> {
        let device = self.device()?;
        if device.is_joined()? {
            return Err(Error::new(
                "joined_already",
                "This device belongs to a team already.",
            ));
        }
        let invitation = crate::invitation::parse(&join.invitation)?;
        if !invitation.is_private() {
            return Err(Error::new(
                "not_private",
                "This invitation uses an open connection. Ask for one that begins with https.",
            ));
        }
        let reply = enroll(&device, &invitation, &join.name)?;
        self.adopt(&device, invitation.server(), &reply)?;
        *self.invitation.lock() = None;
        self.start_sync();
        let status = self.device_status(Nothing {})?;
        self.tell(Event::Device(status.clone()));
        Ok(status)
    }

    fn adopt(&self, device: &Device, server: &str, reply: &EnrollReply) -> Result<()> {
        let old = device.me()?;
        let member = MemberId(reply.member.id);
        for state in &reply.spaces {
            device.store.put_space(&space_of(state))?;
        }
        let home = home(&reply.spaces).ok_or_else(|| {
            Error::new(
                "no_space",
                "This invitation leads to no space in which you may write. Ask for another.",
            )
        })?;
        let alone = device.store.default_space()?.id;
        let mut default = space_of(home);
        default.is_default = true;
        device.store.put_space(&default)?;
        if alone != default.id {
            device.store.rehome(alone, default.id)?;
        }
        device.store.put_people(&[PersonRow {
            member,
            name: reply.member.name.clone(),
            devices: vec![device.id.to_string()],
        }])?;
        if old != member {
            device.store.forget_person(old)?;
        }
        device.store.set_meta(&[
            (meta::SERVER, Some(server)),
            (meta::TOKEN, Some(&reply.token)),
            (meta::MEMBER, Some(&member.to_string())),
        ])?;
        self.hand_over(device, old, member)
    }

    /// What this person owned while alone is still theirs under the id that the team knows.
    fn hand_over(&self, device: &Device, old: MemberId, new: MemberId) -> Result<()> {
        let mut owned: Vec<RecordRow> = Vec::new();
        for kind in ["follow_up", "signal"] {
            owned.extend(
                device
                    .store
                    .records_of_kind(Some(kind), true, 0, u32::MAX)?
                    .1,
            );
        }
        owned.retain(|row| {
            row.fields.get("owner").and_then(Value::as_str) == Some(&old.to_string())
        });
        if owned.is_empty() {
            return Ok(());
        }
        let patch = Fields::from_iter([("owner".to_owned(), Value::String(new.to_string()))]);
        self.edit(device, |action| {
            for row in &owned {
                action.edit(row.id, &patch)?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

fn enroll(device: &Device, invitation: &protocol::Invitation, name: &str) -> Result<EnrollReply> {
    let known_name = device
        .store
        .people()?
        .into_iter()
        .map(|person| person.name)
        .find(|name| !name.is_empty())
        .unwrap_or_default();
    let name = if name.trim().is_empty() {
        known_name
    } else {
        name.trim().to_owned()
    };
    let request = EnrollRequest {
        secret: invitation.secret().to_owned(),
        device: protocol::DeviceId(device.id.0),
        name: Some(name).filter(|name| !name.is_empty()),
        platform: std::env::consts::OS.to_owned(),
        app: APP_VERSION.to_owned(),
        device_name: crate::device::platform_name().to_owned(),
    };
    let transport = Transport::new(invitation.server()).map_err(enroll_error)?;
    runtime()?
        .block_on(transport.enroll(&request))
        .map_err(enroll_error)
}

fn enroll_error(problem: TransportError) -> Error {
    let (code, message) = match &problem {
        TransportError::Refused(reply) => match reply.code {
            ErrorCode::InvitationUnknown => (
                "invitation_unknown",
                "The server does not know this invitation. Ask for a new one.",
            ),
            ErrorCode::InvitationUsed => (
                "invitation_used",
                "This invitation was used on another device. Ask for a new one.",
            ),
            ErrorCode::InvitationExpired => (
                "invitation_expired",
                "This invitation is older than a day. Ask for a new one.",
            ),
            ErrorCode::NameRequired => (
                "name_required",
                "Say your name, so that your colleagues know you.",
            ),
            ErrorCode::UpgradeRequired => (
                "upgrade_required",
                "The server needs a newer version of the app. Update the app and try again.",
            ),
            ErrorCode::DeviceTaken
            | ErrorCode::Unauthorized
            | ErrorCode::Revoked
            | ErrorCode::NoRight
            | ErrorCode::UnsupportedMedia
            | ErrorCode::BadRequest
            | ErrorCode::TooBig
            | ErrorCode::Busy
            | ErrorCode::Internal
            | ErrorCode::Unknown => (
                "server_refused",
                "The server cannot take this device in at the moment. Try again later.",
            ),
        },
        TransportError::Offline(_) => (
            "offline",
            "The server cannot be reached. Nothing was changed; try again when there is a connection.",
        ),
        TransportError::NotOurs(_)
        | TransportError::TooBig
        | TransportError::Broken
        | TransportError::Address(_) => (
            "not_a_server",
            "At this address something else than Buurtboek answers. Check the invitation.",
        ),
    };
    Error::new(code, message).because(problem)
}

/// The space for what this device holds: a team in which this person may write, else any space in which they may.
fn home(spaces: &[SpaceState]) -> Option<&SpaceState> {
    let may_write = |state: &&SpaceState| state.role.is_some_and(protocol::Role::may_write);
    spaces
        .iter()
        .filter(may_write)
        .find(|state| state.kind == Some(protocol::SpaceKind::Team))
        .or_else(|| spaces.iter().find(may_write))
        .or_else(|| spaces.first())
}

fn space_of(state: &SpaceState) -> Space {
    Space {
        id: SpaceId(state.id),
        name: state.name.clone(),
        kind: state
            .kind
            .map(|kind| kind.as_str().to_owned())
            .unwrap_or_default(),
        role: state
            .role
            .map(|role| role.as_str().to_owned())
            .unwrap_or_default(),
        is_default: false,
        cursor: 0,
        first_sync: true,
        first_done: 0,
        log_epoch: None,
        digest: 0,
    }
}
