//! What can go wrong with the database, each with its own answer.

use domain::document::DocumentError;
use domain::ids::{RecordId, SpaceId};
use thiserror::Error;

/// What can go wrong with the database. Nothing is overwritten in any of these cases.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The passphrase does not open the key.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The secret that this device keeps for the key is not there (another computer, another user).
    #[error("the secret of this device is missing")]
    DeviceSecretMissing,
    /// There is a database already.
    #[error("there is a database already")]
    Exists,
    /// There is no database yet.
    #[error("there is no database")]
    Absent,
    /// The key file beside the database is damaged or missing.
    #[error("the key file cannot be read")]
    KeyFile,
    /// Written by a newer version of the app, that this one must not touch.
    #[error("the database needs version {needs} of the file format, this app knows {knows}")]
    Newer {
        /// What the file needs.
        needs: u32,
        /// What this app knows.
        knows: u32,
    },
    /// Another program holds the file.
    #[error("the database is in use by another program")]
    Locked,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The file may not be read or written.
    #[error("the database may not be written")]
    NotWritable,
    /// Bytes on the disk are damaged.
    #[error("the database is damaged")]
    Damaged(#[source] rusqlite::Error),
    /// The file is there, and nothing is in it.
    #[error("the database file is empty")]
    Empty,
    /// The record is not there.
    #[error("there is no record {0}")]
    NoRecord(RecordId),
    /// The space is not there.
    #[error("there is no space {0}")]
    NoSpace(SpaceId),
    /// This device may only read there.
    #[error("space {0} may only be read")]
    ReadOnly(SpaceId),
    /// The record holds as much as a document can, all that was ever written in it included.
    #[error("there is no room left in record {0}")]
    Full(RecordId),
    /// Nothing to take back.
    #[error("there is nothing to undo")]
    NoUndo,
    /// There is a record of this id.
    #[error("there is a record {0} already")]
    Taken(RecordId),
    /// A record of this id is there already, and it is of another kind.
    #[error("record {0} is of another kind")]
    OtherKind(RecordId),
    /// The record was erased: it is not made again.
    #[error("record {0} was erased")]
    Erased(RecordId),
    /// The record holds nothing of what is to be taken out, and never did.
    #[error("record {0} never held that")]
    NothingThere(RecordId),
    /// The rule of a record, or a damaged document.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A file beside the database.
    #[error("a file cannot be read or written")]
    File(#[source] std::io::Error),
    /// JSON in the database.
    #[error("a stored value cannot be read")]
    Stored(#[from] serde_json::Error),
    /// Anything else that SQLite says.
    #[error("the database failed")]
    Sqlite(#[source] rusqlite::Error),
}

impl StoreError {
    /// Whether what was loaded cannot be read: only that record is affected.
    pub(crate) const fn is_unreadable(&self) -> bool {
        matches!(self, Self::Document(_) | Self::File(_) | Self::Damaged(_))
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        let kind = error.kind();
        if matches!(kind, Kind::StorageFull | Kind::QuotaExceeded) {
            Self::DiskFull
        } else if matches!(kind, Kind::PermissionDenied | Kind::ReadOnlyFilesystem) {
            Self::NotWritable
        } else {
            Self::File(error)
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        // The index of the write-ahead log could not be made larger: only a full disk does that.
        if error.sqlite_extended_error_code() == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) {
            return Self::DiskFull;
        }
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Locked,
            Some(Code::DiskFull) => Self::DiskFull,
            Some(Code::ReadOnly | Code::PermissionDenied | Code::CannotOpen) => Self::NotWritable,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged(error),
            _ => Self::Sqlite(error),
        }
    }
}

impl StoreError {
    /// Nothing could be written now; later it may go well. What is read is not touched by it.
    #[must_use]
    pub fn is_want_of_writing(&self) -> bool {
        match self {
            Self::DiskFull | Self::NotWritable | Self::Locked => true,
            Self::Sqlite(problem) => {
                problem.sqlite_error_code() == Some(rusqlite::ErrorCode::SystemIoFailure)
            }
            Self::WrongPassphrase
            | Self::DeviceSecretMissing
            | Self::Exists
            | Self::Absent
            | Self::KeyFile
            | Self::Newer { .. }
            | Self::Damaged(_)
            | Self::Empty
            | Self::NoRecord(_)
            | Self::NoSpace(_)
            | Self::ReadOnly(_)
            | Self::Full(_)
            | Self::NoUndo
            | Self::Taken(_)
            | Self::OtherKind(_)
            | Self::Erased(_)
            | Self::NothingThere(_)
            | Self::Document(_)
            | Self::File(_)
            | Self::Stored(_) => false,
        }
    }
}

/// Shorthand.
pub type Result<T> = std::result::Result<T, StoreError>;
