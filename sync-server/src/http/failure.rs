//! Everything a request can fail with, and how it is said.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::{DecodeError, ErrorCode, ErrorReply, SUPPORTED_VERSIONS};

use super::rates::Wait;
use crate::log::{Denied, LogError, Refused};

/// Everything a request can fail with.
#[derive(Debug)]
pub(super) enum Failure {
    /// No token, or one that nobody has.
    Unauthorized,
    /// A revoked device: it gets its wipe order.
    Revoked,
    /// Something this member may not do.
    Denied(Denied),
    /// Another protocol version.
    Version,
    /// An app that is older than this server takes.
    App,
    /// Another media type.
    Media,
    /// An address that takes no such request.
    Method,
    /// Over a limit.
    TooBig(&'static str),
    /// A body that cannot be read.
    Body(String),
    /// An enrolment that was refused.
    Refused(Refused),
    /// Too often.
    TooMany(Wait),
    /// No worker was free.
    Busy,
    /// Our own fault; the log has the details.
    Internal,
}

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        if matches!(error, LogError::Contended) {
            return Self::Busy;
        }
        if let LogError::Denied(denied) = error {
            return Self::Denied(denied);
        }
        tracing::error!(error = &error as &dyn std::error::Error, "the log failed");
        Self::Internal
    }
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        if matches!(error, DecodeError::TooLong { .. }) {
            return Self::TooBig("a frame is too long");
        }
        Self::Body(error.to_string())
    }
}

impl Failure {
    /// Seconds after which it is worth asking again.
    const fn come_back_after(&self) -> Option<u32> {
        if let Self::TooMany(Wait(seconds)) = self {
            Some(*seconds)
        } else if matches!(self, Self::Busy) {
            Some(5)
        } else {
            None
        }
    }

    fn reply(&self) -> (StatusCode, ErrorReply) {
        let said = |status, code, message: &str| (status, ErrorReply::new(code, message));
        match self {
            Self::Unauthorized => said(
                StatusCode::UNAUTHORIZED,
                ErrorCode::Unauthorized,
                "this server does not know the token",
            ),
            Self::Revoked => {
                let (status, reply) = said(
                    StatusCode::UNAUTHORIZED,
                    ErrorCode::Revoked,
                    "this device was revoked: it must wipe itself",
                );
                (
                    status,
                    ErrorReply {
                        wipe: true,
                        ..reply
                    },
                )
            }
            Self::Denied(denied) => denial(*denied),
            Self::Version => {
                let (oldest, newest) = (SUPPORTED_VERSIONS.start(), SUPPORTED_VERSIONS.end());
                let message = format!(
                    "this server speaks protocol versions {oldest} to {newest}: update the app"
                );
                said(
                    StatusCode::UPGRADE_REQUIRED,
                    ErrorCode::UpgradeRequired,
                    &message,
                )
            }
            Self::App => said(
                StatusCode::UPGRADE_REQUIRED,
                ErrorCode::UpgradeRequired,
                "this server needs a newer version of the app",
            ),
            Self::Media => said(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                ErrorCode::UnsupportedMedia,
                "the body is not of the media type this address takes",
            ),
            Self::Method => said(
                StatusCode::METHOD_NOT_ALLOWED,
                ErrorCode::BadRequest,
                "this address takes no such request",
            ),
            Self::TooBig(what) => said(StatusCode::PAYLOAD_TOO_LARGE, ErrorCode::TooBig, what),
            Self::Body(what) => said(StatusCode::BAD_REQUEST, ErrorCode::BadRequest, what),
            Self::Refused(refused) => refusal(*refused),
            Self::TooMany(_) => said(
                StatusCode::TOO_MANY_REQUESTS,
                ErrorCode::RateLimited,
                "too many requests: wait as long as Retry-After says",
            ),
            Self::Busy => said(
                StatusCode::SERVICE_UNAVAILABLE,
                ErrorCode::Busy,
                "too much at once: try again later",
            ),
            Self::Internal => said(
                StatusCode::INTERNAL_SERVER_ERROR,
                ErrorCode::Internal,
                "the server failed: try again later",
            ),
        }
    }
}

fn denial(denied: Denied) -> (StatusCode, ErrorReply) {
    let (status, code) = match denied {
        Denied::NoRight => (StatusCode::FORBIDDEN, ErrorCode::NoRight),
        Denied::NotFound => (StatusCode::NOT_FOUND, ErrorCode::NotFound),
        Denied::LastManager => (StatusCode::CONFLICT, ErrorCode::LastManager),
        Denied::PhraseDiffers => (StatusCode::CONFLICT, ErrorCode::PhraseDiffers),
    };
    (status, ErrorReply::new(code, denied.to_string()))
}

fn refusal(refused: Refused) -> (StatusCode, ErrorReply) {
    let (status, code, message) = match refused {
        Refused::Unknown => (
            StatusCode::NOT_FOUND,
            ErrorCode::InvitationUnknown,
            "there is no such invitation",
        ),
        Refused::Used => (
            StatusCode::GONE,
            ErrorCode::InvitationUsed,
            "the invitation was used already",
        ),
        Refused::Expired => (
            StatusCode::GONE,
            ErrorCode::InvitationExpired,
            "the invitation is too old",
        ),
        Refused::TurnedAway => (
            StatusCode::FORBIDDEN,
            ErrorCode::EnrolmentRefused,
            "a manager turned this device away",
        ),
        Refused::DeviceTaken => (
            StatusCode::CONFLICT,
            ErrorCode::DeviceTaken,
            "this device id is taken",
        ),
        Refused::NameRequired => (
            StatusCode::UNPROCESSABLE_ENTITY,
            ErrorCode::NameRequired,
            "the invitation needs a name",
        ),
    };
    (status, ErrorReply::new(code, message))
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, reply) = self.reply();
        let mut response = (status, Json(reply)).into_response();
        if matches!(self, Self::Unauthorized | Self::Revoked) {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.come_back_after() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
