//! The audit log: who did what to which record, when; never what it says.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::enroll::MemberName;
use crate::header::{Role, words};
use crate::ids::DeviceId;

/// What happened. The words of devices and of the server are apart: a device cannot write that it was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AuditAction {
    /// Somebody opened the page of a person.
    Opened,
    /// Records left the app as a file.
    Exported,
    /// Fields were shared into another space.
    Shared,
    /// A share was taken back, or its end date came.
    ShareEnded,
    /// A record or a person was erased.
    Erased,
    /// A field was taken out of a document and its history.
    Redacted,
    /// A person's file was made for the person.
    PersonFile,
    /// Consent or legal basis was noted or withdrawn.
    Consent,
    /// What retention proposed was carried out.
    Retention,
    /// An invitation was made.
    InvitationMade,
    /// An invitation was withdrawn before it was used.
    InvitationWithdrawn,
    /// A manager let a waiting device in.
    EnrolmentConfirmed,
    /// A manager turned a waiting device away.
    EnrolmentRefused,
    /// A device joined.
    DeviceEnrolled,
    /// A device was put out.
    DeviceRevoked,
    /// A device that was put out says that it destroyed its data.
    DeviceWiped,
    /// A member got another role, or the first one.
    RoleChanged,
    /// A member may not see the space any more.
    MemberRemoved,
    /// A backup was put back.
    BackupRestored,
}

words!(AuditAction {
    Opened = "opened",
    Exported = "exported",
    Shared = "shared",
    ShareEnded = "share_ended",
    Erased = "erased",
    Redacted = "redacted",
    PersonFile = "person_file",
    Consent = "consent",
    Retention = "retention",
    InvitationMade = "invitation_made",
    InvitationWithdrawn = "invitation_withdrawn",
    EnrolmentConfirmed = "enrolment_confirmed",
    EnrolmentRefused = "enrolment_refused",
    DeviceEnrolled = "device_enrolled",
    DeviceRevoked = "device_revoked",
    DeviceWiped = "device_wiped",
    RoleChanged = "role_changed",
    MemberRemoved = "member_removed",
    BackupRestored = "backup_restored",
});

impl AuditAction {
    /// Whether devices write this word; the others are the server's own.
    #[must_use]
    pub const fn is_of_devices(self) -> bool {
        match self {
            Self::Opened
            | Self::Exported
            | Self::Shared
            | Self::ShareEnded
            | Self::Erased
            | Self::Redacted
            | Self::PersonFile
            | Self::Consent
            | Self::Retention => true,
            Self::InvitationMade
            | Self::InvitationWithdrawn
            | Self::EnrolmentConfirmed
            | Self::EnrolmentRefused
            | Self::DeviceEnrolled
            | Self::DeviceRevoked
            | Self::DeviceWiped
            | Self::RoleChanged
            | Self::MemberRemoved
            | Self::BackupRestored => false,
        }
    }
}

/// JSON body of `POST /v1/audit`. Sending the same again is harmless: what is held already counts as taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditBatch {
    /// At most [`MAX_AUDIT_ENTRIES`](crate::limits::MAX_AUDIT_ENTRIES).
    pub entries: Vec<AuditEntry>,
}

/// One thing that happened on a device. Who did it is not in it: the server knows whose token it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// A UUIDv7 the device made; the same entry keeps it for ever.
    pub id: Uuid,
    /// The space in which it happened.
    pub space: Uuid,
    /// One of the words of [`AuditAction`] that devices write. Text, so that a newer app can speak to an older server.
    pub action: String,
    /// The record it was done to, if it was one record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Uuid>,
    /// The device's clock, milliseconds since 1970.
    pub device_time_ms: i64,
}

/// JSON answer to [`AuditBatch`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditReceipt {
    /// On the server's disk, now or already before: forget them.
    pub taken: Vec<Uuid>,
    /// Never taken in; sending them again does not help.
    pub refused: Vec<AuditRefused>,
}

/// An entry that was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditRefused {
    /// Which.
    pub id: Uuid,
    /// Why.
    pub reason: AuditReason,
}

/// Why an entry was not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AuditReason {
    /// The member never was in this space.
    NoRight,
    /// The server does not know the action, or devices do not write it.
    UnknownAction,
    /// This device sent another entry under this id.
    Clash,
    /// A reason this version does not know.
    #[serde(other)]
    Unknown,
}

/// JSON answer to `GET /v1/audit`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// In the order in which the server took them in.
    pub lines: Vec<AuditLine>,
    /// `after` of the next page.
    pub next_after: u64,
    /// True: ask again with `next_after`.
    pub more: bool,
}

/// One line of the log, as the server tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditLine {
    /// Its place in the log; lines of other spaces lie in between.
    pub no: u64,
    /// Its own id.
    pub id: Uuid,
    /// The space.
    pub space: Uuid,
    /// A word of [`AuditAction`].
    pub action: String,
    /// Whose device it was done with; absent: the administrator, at the server itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberName>,
    /// The device it was done with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<DeviceId>,
    /// The record it was done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Uuid>,
    /// The member it was done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<MemberName>,
    /// The device it was done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_device: Option<DeviceId>,
    /// The role that was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The device's clock, milliseconds since 1970; absent for the server's own lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_time_ms: Option<i64>,
    /// The server's clock, milliseconds since 1970.
    pub server_time_ms: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_a_word_of_its_own() {
        for action in AuditAction::ALL {
            assert_eq!(AuditAction::from_word(action.as_str()), Some(*action));
        }
    }
}
