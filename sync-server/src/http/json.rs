//! JSON bodies, paths and queries in, with our own words when they cannot be read.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use protocol::limits::MAX_NAME_CHARS;

use super::failure::Failure;

/// The body. What does not fit is not repeated in the answer: it may hold a name.
pub(super) fn body<T>(body: Result<Json<T>, JsonRejection>) -> Result<T, Failure> {
    match body {
        Ok(Json(value)) => Ok(value),
        Err(rejection) => Err(match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Failure::TooBig("the body is too long"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Failure::Media,
            _ => Failure::Body("the body is not the JSON this address takes".into()),
        }),
    }
}

/// A name that people give: not too long, and of letters.
pub(super) fn check_name(name: &str) -> Result<(), Failure> {
    if name.chars().count() > MAX_NAME_CHARS || name.chars().any(char::is_control) {
        return Err(Failure::Body(
            "a name is too long or has control characters".into(),
        ));
    }
    Ok(())
}

/// What stands in the path.
pub(super) fn path<T>(path: Result<Path<T>, PathRejection>) -> Result<T, Failure> {
    path.map(|Path(value)| value)
        .map_err(|_| Failure::Body("there is no such id in the address".into()))
}

/// What stands after `?`.
pub(super) fn query<T>(query: Result<Query<T>, QueryRejection>) -> Result<T, Failure> {
    query
        .map(|Query(value)| value)
        .map_err(|_| Failure::Body("what stands after ? cannot be read".into()))
}
