//! Why a round of exchange broke off, and what that means.

use protocol::ErrorCode;
use store::StoreError;
use thiserror::Error;

use crate::transport::TransportError;

/// Why a round broke off. What was taken in before stays.
#[derive(Debug, Error)]
pub(crate) enum RoundError {
    #[error(transparent)]
    Transport(#[from] TransportError),
    #[error(transparent)]
    Reply(#[from] sync::ReplyError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Edit(#[from] crate::Error),
    #[error("this device was put out by a manager")]
    Wipe,
    #[error("the round was interrupted")]
    Interrupted,
}

impl RoundError {
    /// The server orders this device to destroy its book.
    pub(crate) const fn is_wipe(&self) -> bool {
        match self {
            Self::Wipe => true,
            Self::Transport(TransportError::Refused { reply, .. }) => reply.wipe,
            Self::Transport(_)
            | Self::Reply(_)
            | Self::Store(_)
            | Self::Edit(_)
            | Self::Interrupted => false,
        }
    }

    /// The server did not do this one thing, and may do others.
    pub(crate) const fn can_wait(&self) -> bool {
        match self {
            Self::Transport(TransportError::Refused { reply, .. }) => {
                !reply.wipe
                    && !matches!(
                        reply.code,
                        ErrorCode::Unauthorized | ErrorCode::Revoked | ErrorCode::UpgradeRequired
                    )
            }
            Self::Transport(TransportError::NotOurs(_)) | Self::Reply(_) => true,
            Self::Transport(_)
            | Self::Store(_)
            | Self::Edit(_)
            | Self::Wipe
            | Self::Interrupted => false,
        }
    }

    /// The connection broke under a request: a smaller one may get through.
    pub(crate) const fn is_break(&self) -> bool {
        matches!(self, Self::Transport(TransportError::Broke(_)))
    }

    /// What it means for the next try.
    pub(crate) const fn failure(&self) -> sync::Failure {
        match self {
            Self::Transport(TransportError::Offline(_) | TransportError::Broke(_)) => {
                sync::Failure::Offline
            }
            Self::Wipe => sync::Failure::Refused,
            Self::Transport(TransportError::Refused { reply, .. })
                if matches!(reply.code, ErrorCode::Unauthorized | ErrorCode::Revoked) =>
            {
                sync::Failure::Refused
            }
            Self::Transport(TransportError::Refused {
                retry_after: Some(seconds),
                ..
            }) => sync::Failure::Busy { seconds: *seconds },
            Self::Transport(_)
            | Self::Reply(_)
            | Self::Store(_)
            | Self::Edit(_)
            | Self::Interrupted => sync::Failure::Server,
        }
    }

    /// The code of a sentence.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Transport(TransportError::Offline(_) | TransportError::Broke(_)) => "offline",
            Self::Transport(TransportError::Refused { reply, .. }) => match reply.code {
                ErrorCode::Unauthorized | ErrorCode::Revoked => "revoked",
                ErrorCode::UpgradeRequired => "upgrade_required",
                ErrorCode::Busy | ErrorCode::RateLimited | ErrorCode::Internal => "server_busy",
                ErrorCode::InvitationUnknown
                | ErrorCode::InvitationUsed
                | ErrorCode::InvitationExpired
                | ErrorCode::DeviceTaken
                | ErrorCode::NameRequired
                | ErrorCode::NoRight
                | ErrorCode::UnsupportedMedia
                | ErrorCode::BadRequest
                | ErrorCode::TooBig
                | ErrorCode::EnrolmentRefused
                | ErrorCode::NotFound
                | ErrorCode::LastManager
                | ErrorCode::PhraseDiffers
                | ErrorCode::Unknown => "server_refused",
            },
            Self::Wipe => "revoked",
            Self::Transport(TransportError::NotOurs(_)) => "not_a_server",
            Self::Reply(sync::ReplyError::Standstill) => "server_stands_still",
            Self::Transport(_) | Self::Reply(_) => "answer_unreadable",
            Self::Store(StoreError::DiskFull) => "disk_full",
            Self::Store(StoreError::NotWritable) => "not_writable",
            Self::Store(StoreError::Damaged(_)) => "damaged",
            Self::Store(_) => "storage",
            Self::Edit(problem) => problem.code,
            Self::Interrupted => "interrupted",
        }
    }
}
