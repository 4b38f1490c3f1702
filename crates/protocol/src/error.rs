//! The JSON body of every answer that is not a success.

use serde::{Deserialize, Serialize};

/// What went wrong, for a program and for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorReply {
    /// For the program.
    pub code: ErrorCode,
    /// One English sentence, for logs and support; screens word it themselves from the code.
    pub message: String,
    /// True: destroy the key and the database of this device.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub wipe: bool,
}

/// Why a request failed. A code from a newer server reads as [`Self::Unknown`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// No invitation has this secret (404).
    InvitationUnknown,
    /// The invitation was used by another device (410).
    InvitationUsed,
    /// The invitation is too old (410).
    InvitationExpired,
    /// Another enrolment holds this device id: make a new one (409).
    DeviceTaken,
    /// A manager turned the device away (403).
    EnrolmentRefused,
    /// The invitation is not for a known member, and no name was given (422).
    NameRequired,
    /// No token, or one that nobody has (401).
    Unauthorized,
    /// This device was revoked (401, with `wipe`).
    Revoked,
    /// The member may not see this space (403).
    NoRight,
    /// There is no such device, member or waiting enrolment, or none this member may know of (404).
    NotFound,
    /// It would leave a space without a manager (409).
    LastManager,
    /// The phrase that was confirmed is not the one the server has now (409).
    PhraseDiffers,
    /// Another protocol version is needed (426).
    UpgradeRequired,
    /// The body is not of our media type (415).
    UnsupportedMedia,
    /// The body cannot be read; a truncated one neither (400).
    BadRequest,
    /// The body is over a limit (413).
    TooBig,
    /// Too many requests from this device or address; `Retry-After` says when to come back (429).
    RateLimited,
    /// Too much at once; try again later (503).
    Busy,
    /// The server failed; nothing was taken in (500).
    Internal,
    /// A code this version does not know.
    #[serde(other)]
    Unknown,
}

impl ErrorReply {
    /// An error without a wipe order.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            wipe: false,
        }
    }
}
