//! Joining: an invitation's secret becomes a device with a token.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::header::SpaceState;
use crate::ids::DeviceId;

/// JSON body of `POST /v1/enroll`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrollRequest {
    /// The secret of the invitation.
    pub secret: String,
    /// Eight random bytes the device made for itself.
    pub device: DeviceId,
    /// The person's own name; needed when the invitation is not for a member who is already known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Operating system, for the list of devices.
    pub platform: String,
    /// The app's version.
    pub app: String,
    /// What the person calls this device.
    pub device_name: String,
}

/// JSON answer to [`EnrollRequest`]. Asked again by the same device with the same secret within the invitation's
/// life and before the token was used, the answer is the same but for a fresh token: a lost reply costs nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrollReply {
    /// The device, as the server now knows it.
    pub device: DeviceId,
    /// The bearer token: to be kept where keys are kept, never logged.
    pub token: String,
    /// Who the device belongs to.
    pub member: MemberName,
    /// The spaces it may see.
    pub spaces: Vec<SpaceState>,
}

/// JSON answer, with status 202, to [`EnrollRequest`]: a manager has to look first. The device shows its
/// [phrase](EnrollRequest::phrase) and asks the same again every `poll_seconds`, until it is answered otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrollWaiting {
    /// The device that waits.
    pub device: DeviceId,
    /// Until when a manager can let it in, milliseconds since 1970.
    pub expires_ms: i64,
    /// Seconds until it is worth asking again.
    pub poll_seconds: u32,
}

/// What comes of a request to join.
#[derive(Debug)]
pub enum Enrolled {
    /// It is in (200).
    In(EnrollReply),
    /// A manager has to look first (202).
    Waiting(EnrollWaiting),
}

/// A member and their name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberName {
    /// The member.
    pub id: Uuid,
    /// Their name.
    pub name: String,
}

impl std::fmt::Debug for EnrollRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EnrollRequest")
            .field("device", &self.device)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for EnrollReply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EnrollReply")
            .field("device", &self.device)
            .finish_non_exhaustive()
    }
}
