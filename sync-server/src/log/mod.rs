//! What the server keeps: the log of every space, merged documents, members, devices, invitations.
//!
//! [`Log`] is the only door; all SQL is behind it. Its functions block and are called from worker threads. They are
//! told the time. A second implementation (for several server processes on one database) would offer the same
//! functions and pass the same tests.

mod lock;
mod sqlite;

use std::path::PathBuf;

use protocol::{DeviceId, Digest, Grant, Outcome, Role, SpaceKind, SpaceState};
use uuid::Uuid;

pub use lock::Lock;
pub use sqlite::{INVITATION_LIFE_MS, Log, Restored};

use crate::secret::{NoRandomness, SecretHash};

/// Most operations judged for one request. A hundred bytes can hold thousands of them, and each takes its time
/// (docs/gate.md).
pub const MOST_OPERATIONS: u64 = 250_000;

/// Why the log could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] rusqlite::Error),
    /// The data folder cannot be made or opened.
    #[error("the data folder cannot be used")]
    Folder(#[from] std::io::Error),
    /// The file was written by a newer server.
    #[error(
        "the database is of a newer server (version {found}, this one knows {known}): nothing was changed"
    )]
    Newer {
        /// Version of the file.
        found: u32,
        /// Newest version this server knows.
        known: u32,
    },
    /// The file is not a whole, sound database of a server.
    #[error("{} is not a whole backup: nothing was changed", .0.display())]
    NoBackup(PathBuf),
    /// There is no database in the folder.
    #[error(
        "there is no database in {}: is this the data folder of the server? nothing was made",
        .0.display()
    )]
    Absent(PathBuf),
    /// A path that SQLite cannot be told.
    #[error("the name of {} is not UTF-8: nothing was copied", .0.display())]
    NotUtf8(PathBuf),
    /// Another program serves the folder.
    #[error("the server is running: stop it first")]
    InUse,
    /// A stored document cannot be loaded.
    #[error("a stored document is damaged")]
    Damaged(#[from] admission::Damaged),
    /// A stored value is not what it should be.
    #[error("a stored {0} is malformed")]
    Malformed(&'static str),
    /// Others kept changing the same documents.
    #[error("the same documents are being changed too quickly")]
    Contended,
    /// The log is being closed.
    #[error("the log is closed")]
    Closed,
    /// The one who asks may not do this.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// No random bytes.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// Why a member may not do what they asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// They have no such right in the space, or may not see it.
    #[error("the member has no right to this")]
    NoRight,
    /// There is none, or none they may know of.
    #[error("there is no such thing, or none this member may know of")]
    NotFound,
    /// The space would be left without a manager.
    #[error("a space keeps at least one manager")]
    LastManager,
    /// Another phrase than the one that was compared.
    #[error("the phrase is another one by now")]
    PhraseDiffers,
}

/// A device that showed a valid token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// Its own id.
    pub id: DeviceId,
    /// Its row.
    pub(crate) no: i64,
    /// The row of the member it belongs to.
    pub(crate) member: i64,
    /// Revoked: it gets a wipe order and nothing else.
    pub revoked: bool,
    /// The hash of the token it showed.
    pub(crate) token: SecretHash,
    /// Whether that one was only on offer until now.
    pub(crate) shows_offer: bool,
    /// When its current token was made.
    pub(crate) token_ms: i64,
    /// When it was last seen.
    pub(crate) seen_ms: Option<i64>,
}

/// What became of one pushed change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PushResult {
    /// The change's hash, zero when it has none.
    pub hash: [u8; 32],
    /// What became of it.
    pub outcome: Outcome,
}

/// One change of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedChange {
    /// Its number.
    pub seq: u64,
    /// Its document.
    pub document: Uuid,
    /// The document's epoch.
    pub epoch: u64,
    /// The raw change.
    pub bytes: Vec<u8>,
}

/// One document that was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoggedErasure {
    /// Its number.
    pub seq: u64,
    /// The document.
    pub document: Uuid,
    /// Who.
    pub member: Option<Uuid>,
    /// When.
    pub at_ms: i64,
}

/// An epoch of a document that began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEpoch {
    /// Its number, the document, who and when.
    pub began: LoggedErasure,
    /// The epoch.
    pub epoch: u64,
    /// The document as it is now, as automerge saved it; empty when only the ledger knows the epoch.
    pub bytes: Vec<u8>,
}

/// What became of a request to erase.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erasing {
    /// Of each document, in the order of the request.
    pub outcomes: Vec<Outcome>,
    /// Something was in the file that must leave it.
    pub had_bytes: bool,
}

/// What a device sees at one moment.
#[derive(Debug)]
pub struct View {
    /// Every space it may see or asked about.
    pub spaces: Vec<SpaceState>,
    /// Who is who, when the device's roster is another version.
    pub roster: Option<protocol::Roster>,
    /// What it pulls, per space.
    pub pulls: Vec<Pull>,
}

/// What a device pulls from one space.
#[derive(Debug)]
pub struct Pull {
    /// The space.
    pub space: Uuid,
    /// Changes of others after the cursor.
    pub changes: Vec<LoggedChange>,
    /// Documents erased after the cursor.
    pub erasures: Vec<LoggedErasure>,
    /// Documents that began anew after the cursor.
    pub epochs: Vec<LoggedEpoch>,
    /// The cursor after this.
    pub next_cursor: u64,
    /// Whether there is more after that.
    pub more: bool,
    /// The digest at the head of the log.
    pub digest: Digest,
}

/// A page of whole documents.
#[derive(Debug)]
pub struct SnapshotPage {
    /// The space, as this device sees it.
    pub state: SpaceState,
    /// The documents, by their last change.
    pub documents: Vec<StoredDocument>,
    /// What was erased, among them.
    pub erasures: Vec<LoggedErasure>,
    /// Who began the epochs of the documents that are in a later one.
    pub begun: Vec<LoggedErasure>,
    /// `after` of the next page, or the cursor to pull from.
    pub next_cursor: u64,
    /// Documents still to come.
    pub remaining: u64,
    /// The digest at the head of the log.
    pub digest: Digest,
}

/// One whole document.
#[derive(Debug)]
pub struct StoredDocument {
    /// Its id.
    pub id: Uuid,
    /// Its epoch.
    pub epoch: u64,
    /// The number of its last change.
    pub last_seq: u64,
    /// As automerge saved it.
    pub bytes: Vec<u8>,
}

/// A space, as an administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct SpaceRow {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// What sort of space.
    pub kind: SpaceKind,
    /// How many members.
    pub members: u64,
    /// How many documents.
    pub documents: u64,
    /// The number of the last change.
    pub head: u64,
}

/// A member, as an administrator sees them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct MemberRow {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their spaces and roles.
    pub spaces: Vec<(String, Role)>,
    /// How many devices that are not revoked.
    pub devices: u64,
}

/// A device, as an administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DeviceRow {
    /// Its id.
    pub id: DeviceId,
    /// Whose it is.
    pub member: String,
    /// What the person calls it.
    pub name: String,
    /// Its operating system.
    pub platform: String,
    /// The version of the app it spoke with last.
    pub app: String,
    /// When it joined.
    pub enrolled_ms: i64,
    /// When it was last seen, to within ten minutes.
    pub seen_ms: Option<i64>,
    /// The moment of its oldest change that stayed behind at its last exchange.
    pub unsent_since_ms: Option<i64>,
    /// When it was revoked.
    pub revoked_ms: Option<i64>,
    /// When it said that it destroyed its data.
    pub wiped_ms: Option<i64>,
}

/// Which lines of the audit log.
#[derive(Debug, Clone, Copy)]
pub struct AuditQuery {
    /// The space.
    pub space: Uuid,
    /// Only after this line.
    pub after: u64,
    /// Only about this record.
    pub record: Option<Uuid>,
    /// At most so many.
    pub limit: usize,
}

/// An invitation to be made.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// The spaces it opens, and the role in each.
    pub grants: Vec<Grant>,
    /// For this member; `None`: somebody new, who says their own name.
    pub member: Option<Uuid>,
    /// Until when.
    pub expires_ms: i64,
}

/// Why a device could not join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No such invitation.
    Unknown,
    /// Used by another device.
    Used,
    /// Too old, or whoever made it may not make such a one any more.
    Expired,
    /// A manager turned the device away.
    TurnedAway,
    /// The device id is taken.
    DeviceTaken,
    /// Somebody new must say their name.
    NameRequired,
}
