//! The JSON by which people look after their devices, and managers after their space.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::enroll::MemberName;
use crate::header::Role;
use crate::ids::DeviceId;

/// JSON answer to `GET /v1/devices`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceList {
    /// One's own, and for managers those of everybody in the spaces they manage; in the order they joined.
    pub devices: Vec<DeviceInfo>,
}

/// One device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceInfo {
    /// Its own id.
    pub id: DeviceId,
    /// Whose it is.
    pub member: MemberName,
    /// It belongs to the person who asks.
    pub own: bool,
    /// It is the device that asks.
    pub this: bool,
    /// What the person calls it.
    pub name: String,
    /// Its operating system.
    pub platform: String,
    /// The version of the app it spoke with last.
    pub app: String,
    /// When it joined, milliseconds since 1970.
    pub enrolled_ms: i64,
    /// When it was last seen, to within ten minutes.
    pub seen_ms: Option<i64>,
    /// What it said at its last exchange: the moment of its oldest change that stayed behind.
    pub unsent_since_ms: Option<i64>,
    /// When it was put out.
    pub revoked_ms: Option<i64>,
    /// When it said that it destroyed its data.
    pub wiped_ms: Option<i64>,
    /// The person who asks may put it out.
    pub may_revoke: bool,
}

/// JSON answer to `GET /v1/spaces/{space}/members`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberList {
    /// Everybody who may see the space, by name.
    pub members: Vec<MemberInfo>,
}

/// One member of a space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberInfo {
    /// The member.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// What they may do in this space.
    pub role: Role,
}

/// JSON body of `PUT /v1/spaces/{space}/members/{member}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RoleChange {
    /// The role from now on.
    pub role: Role,
}

/// A role in a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Grant {
    /// The space.
    pub space: Uuid,
    /// The role in it.
    pub role: Role,
}

/// JSON body of `POST /v1/invitations`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationRequest {
    /// For somebody new: the spaces and roles they get. The one who asks manages all of these spaces.
    #[serde(default)]
    pub grants: Vec<Grant>,
    /// For another device of the person who asks; then there are no grants, it sees what they see.
    #[serde(default)]
    pub own_device: bool,
}

/// JSON body of `PUT /v1/devices/{device}`: one's own device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceName {
    /// What the person calls it.
    pub name: String,
}

/// JSON answer to [`InvitationRequest`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationMade {
    /// By this it is withdrawn; a server of before this key leaves it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// The secret; with the server's address it makes an [`Invitation`](crate::Invitation). Shown once, never logged.
    pub secret: String,
    /// Until when it can be used, milliseconds since 1970.
    pub expires_ms: i64,
    /// A manager will have to compare the phrase and confirm before the device gets in.
    pub second_look: bool,
}

impl std::fmt::Debug for InvitationMade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InvitationMade")
            .field("expires_ms", &self.expires_ms)
            .finish_non_exhaustive()
    }
}

/// JSON answer to `GET /v1/invitations`: those that can still be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationList {
    /// In the order they were made.
    pub invitations: Vec<InvitationInfo>,
}

/// An invitation that nobody has used yet. Its secret is not kept and cannot be shown again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationInfo {
    /// By this it is withdrawn.
    pub id: Uuid,
    /// What it gives.
    pub grants: Vec<Grant>,
    /// For a further device of this member; absent: for somebody new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberName>,
    /// Who made it; absent: the administrator, at the server itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_by: Option<MemberName>,
    /// When, milliseconds since 1970.
    pub created_ms: i64,
    /// Until when it can be used, or a device that waits can be let in.
    pub expires_ms: i64,
    /// A device showed it and waits for a second look.
    pub waiting: bool,
}

/// JSON answer to `GET /v1/enrolments`: devices that wait for a second look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaitingList {
    /// In the order they asked.
    pub waiting: Vec<Waiting>,
}

/// A device that waits for a second look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Waiting {
    /// By this it is confirmed or refused.
    pub id: Uuid,
    /// What the device shows too, if it is the right one.
    pub phrase: String,
    /// The name the person gave, or that of the member the invitation is for.
    pub name: String,
    /// It is a further device of a member who is known already.
    pub known: bool,
    /// What the person calls the device.
    pub device_name: String,
    /// Its operating system.
    pub platform: String,
    /// The version of its app.
    pub app: String,
    /// What the invitation gives.
    pub grants: Vec<Grant>,
    /// When it first asked, milliseconds since 1970.
    pub asked_ms: i64,
    /// Until when it can be confirmed.
    pub expires_ms: i64,
    /// It was confirmed; the device has not come for its token yet.
    pub confirmed: bool,
}

/// JSON body of `POST /v1/enrolments/{id}/confirm`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Confirmation {
    /// The phrase that was compared; another one than the server's now confirms nothing.
    pub phrase: String,
}
