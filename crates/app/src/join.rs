//! Joining a team: an invitation makes this device one of its devices, and what it holds comes along.

use domain::ids::{MemberId, RecordId, SpaceId};
use domain::record::Fields;
use protocol::{EnrollReply, EnrollRequest, Enrolled, ErrorCode, SpaceState};
use serde_json::Value;
use store::{PersonRow, RecordRow, Space};

use crate::api::{DeviceJoin, DeviceStatus, Event, Nothing};
use crate::device::{Device, meta};
use crate::exchanging::take_turn;
use crate::sync_loop::runtime_here;
use crate::transport::{Transport, TransportError};
use crate::{APP_VERSION, App, Error, Result, home, joining, starter};

impl App {
    /// Joins a team; what this device holds comes along. Some invitations need a second look by a manager: then the
    /// device waits, and its status says so.
    ///
    /// # Errors
    /// `joined_already`, `no_invitation`, `invitation_unknown`, `invitation_used`, `invitation_expired`,
    /// `enrolment_refused`, `name_required`, `not_private`, `offline`. Nothing changes then.
    pub fn device_join(&self, join: DeviceJoin) -> Result<DeviceStatus> {
        let device = self.device()?;
        let turn = take_turn(&device)?;
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
        let request = request_of(&device, &invitation, &join.name)?;
        match ask(&device, invitation.server(), &request)?.map_err(enroll_error)? {
            Enrolled::In(reply) => self.adopt(&device, invitation.server(), &reply)?,
            Enrolled::Waiting(waiting) => {
                joining::begin(&device, invitation.server(), request, waiting)?;
            }
        }
        *self.invitation.lock() = None;
        drop(turn);
        self.told_of_joining()
    }

    /// What the device is now, after joining or beginning to wait.
    pub(crate) fn told_of_joining(&self) -> Result<DeviceStatus> {
        self.start_sync();
        let status = self.device_status(Nothing {})?;
        self.tell(Event::Device(status.clone()));
        Ok(status)
    }

    /// Becomes a device of the team, all of it or nothing: after a crash in between the same invitation works again.
    pub(crate) fn adopt(&self, device: &Device, server: &str, reply: &EnrollReply) -> Result<()> {
        if reply.spaces.is_empty() {
            return Err(Error::new(
                "no_space",
                "This invitation leads to no space. Ask for another.",
            ));
        }
        let (old, member) = (device.me()?, MemberId(reply.member.id));
        let themes = starter::ids(device)?;
        let owned = owned(device, old)?;
        let me = PersonRow {
            member,
            name: reply.member.name.clone(),
            devices: vec![device.id.to_string()],
        };
        let ((), changes) = device.store.transact(&device.stamp(), None, |action| {
            starter::make_way(action, &themes, &self.preferences().language)?;
            for state in &reply.spaces {
                action.put_space(&space_of(state))?;
            }
            home::arrive(device, action)?;
            action.put_people(&[me])?;
            if old != member {
                action.forget_person(old)?;
            }
            // What this person owned while alone is still theirs under the id that the team knows.
            let patch = Fields::from_iter([("owner".to_owned(), member.to_string().into())]);
            for id in owned {
                action.edit(id, &patch)?;
            }
            action.set_meta(meta::SERVER, Some(server))?;
            action.set_meta(meta::TOKEN, Some(&reply.token))?;
            action.set_meta(meta::MEMBER, Some(&member.to_string()))?;
            action.set_meta(meta::JOINING, None)?;
            Ok::<(), Error>(())
        })?;
        self.tell_changed(&changes, false);
        Ok(())
    }
}

/// What has an owner and is this person's.
fn owned(device: &Device, member: MemberId) -> Result<Vec<RecordId>> {
    let member = member.to_string();
    let mut owned = Vec::new();
    for kind in ["follow_up", "signal"] {
        let (_, rows) = device
            .store
            .records_of_kind(Some(kind), true, 0, u32::MAX)?;
        let mine = |row: &RecordRow| {
            row.fields.get("owner").and_then(Value::as_str) == Some(member.as_str())
        };
        owned.extend(rows.iter().filter(|row| mine(row)).map(|row| row.id));
    }
    Ok(owned)
}

/// What this device says of itself to join.
fn request_of(
    device: &Device,
    invitation: &protocol::Invitation,
    name: &str,
) -> Result<EnrollRequest> {
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
    Ok(EnrollRequest {
        secret: invitation.secret().to_owned(),
        device: protocol::DeviceId(device.id.0),
        name: Some(name).filter(|name| !name.is_empty()),
        platform: std::env::consts::OS.to_owned(),
        app: APP_VERSION.to_owned(),
        device_name: crate::device::platform_name().to_owned(),
    })
}

/// Asks the server to be let in.
pub(crate) fn ask(
    device: &Device,
    server: &str,
    request: &EnrollRequest,
) -> Result<std::result::Result<Enrolled, TransportError>> {
    let wire = device.surroundings.wire();
    let wire = wire.map_err(|problem| enroll_error(problem.into()))?;
    let transport = Transport::new(wire, server);
    Ok(runtime_here()?.block_on(transport.enroll(request)))
}

/// Why this device cannot come in.
pub(crate) fn enroll_error(problem: TransportError) -> Error {
    let (code, message) = match &problem {
        TransportError::Refused { reply, .. } => match reply.code {
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
            ErrorCode::EnrolmentRefused => (
                "enrolment_refused",
                "A manager of the team did not let this device in. Ask them why, and for a new invitation.",
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
            | ErrorCode::NotFound
            | ErrorCode::LastManager
            | ErrorCode::PhraseDiffers
            | ErrorCode::RateLimited
            | ErrorCode::Busy
            | ErrorCode::Internal
            | ErrorCode::Unknown => (
                "server_refused",
                "The server cannot take this device in at the moment. Try again later.",
            ),
        },
        TransportError::Offline(_) | TransportError::Broke(_) => (
            "offline",
            "The server cannot be reached. Nothing was changed; try again when there is a connection.",
        ),
        TransportError::NotOurs(_) | TransportError::TooBig | TransportError::Broken => (
            "not_a_server",
            "At this address something else than Buurtboek answers. Check the invitation.",
        ),
    };
    Error::new(code, message).because(problem)
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
