//! The bearer token: hashed as soon as it is read.

use axum::http::{HeaderMap, header};

use super::failure::Failure;
use crate::log::{Device, Log};
use crate::secret::{self, SecretHash};

/// The hash of the token in the request.
pub(super) fn presented(headers: &HeaderMap) -> Result<SecretHash, Failure> {
    let value = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let (scheme, token) = value
        .and_then(|value| value.split_once(' '))
        .ok_or(Failure::Unauthorized)?;
    if scheme.eq_ignore_ascii_case("bearer") {
        Ok(secret::hash(token.trim()))
    } else {
        Err(Failure::Unauthorized)
    }
}

/// The device behind the token, if it may still be served.
pub(super) fn device(log: &Log, token: &SecretHash, now_ms: i64) -> Result<Device, Failure> {
    let device = log.device_of_token(token)?.ok_or(Failure::Unauthorized)?;
    if device.revoked {
        return Err(Failure::Revoked);
    }
    log.note_seen(&device, now_ms)?;
    Ok(device)
}
