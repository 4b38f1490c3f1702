//! What crosses the wire between a device and the server, written once and used by both ends.
//!
//! A body is a row of [frames](frame): `type u8 ‖ uvarint length ‖ payload`, closed by an END frame, so that a
//! truncated body is never taken for a whole one. [`RequestHeader`], [`ReplyHeader`], [`SpaceEnd`] and [`End`] are
//! JSON; [`ChangeFrame`], [`SnapshotFrame`], [`Tombstone`] and [`ResultFrame`] are binary because they carry bytes.
//! Everything outside the sync bodies (enrolment, devices, members, the audit log, errors, events) is plain JSON.
//!
//! ```
//! use protocol::{ReplyFrame, RequestHeader, SyncRequest, Writer};
//!
//! # fn main() -> Result<(), protocol::DecodeError> {
//! let request = SyncRequest { header: RequestHeader::new("0.1.0", 1, 1_760_000_000_000), changes: vec![] };
//! let body = request.encode();
//! assert_eq!(SyncRequest::decode(&body)?, request);
//! # Ok(())
//! # }
//! ```
//!
//! This crate knows nothing of Automerge, HTTP or SQL. The wire is described for other implementers in
//! `docs/protocol.md`; the bytes are pinned by the files under `golden/`.

mod audit;
mod body;
pub mod digest;
mod ending;
mod enroll;
mod erase;
mod error;
pub mod frame;
mod header;
mod ids;
mod invitation;
pub mod limits;
mod media;
mod message;
mod second_look;
mod team;
mod wire;

pub use audit::{
    AuditAction, AuditBatch, AuditEntry, AuditLine, AuditPage, AuditReason, AuditReceipt,
    AuditRefused,
};
pub use body::{
    ChangeFrame, End, Outcome, RefusalCode, ResultFrame, SnapshotFrame, SpaceEnd, Tombstone,
    TombstoneReason,
};
pub use ending::ending_secret;
pub use enroll::{EnrollReply, EnrollRequest, EnrollWaiting, Enrolled, MemberName};
pub use erase::{
    EraseRequest, ErasedBy, ErasureState, ErasuresReply, ErasuresRequest, WaitingDevice,
};
pub use error::{ErrorCode, ErrorReply};
pub use frame::{DecodeError, FrameKind, FrameWriter as Writer, RawFrame, frames};
pub use header::{
    Person, ReplyHeader, RequestHeader, Role, Roster, SpaceAction, SpaceCursor, SpaceEvent,
    SpaceKind, SpaceState,
};
pub use ids::{DeviceId, Digest, InvalidHex, LifeId};
pub use invitation::{Invitation, InvitationError};
pub use media::{MEDIA_TYPE, SUPPORTED_VERSIONS, VERSION, media_version};
pub use message::{ReplyFrame, SnapshotRequest, SyncRequest};
pub use team::{
    Confirmation, DeviceInfo, DeviceList, DeviceName, Grant, InvitationInfo, InvitationList,
    InvitationMade, InvitationRequest, MemberInfo, MemberList, RoleChange, Waiting, WaitingList,
};
