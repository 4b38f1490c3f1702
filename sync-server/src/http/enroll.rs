//! `POST /v1/enroll`: an invitation becomes a device. `POST /v1/wiped`: a device says that its book is destroyed.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use protocol::{EnrollReply, EnrollRequest, EnrollWaiting, Enrolled, ErrorReply};

use super::caller::Caller;
use super::failure::Failure;
use super::json::{body, check_name};
use super::state::Doors;
use crate::log::Refused;

/// Join with an invitation.
///
/// The same request again, by the same device, gets the same answer: after a lost reply, and while a manager has to
/// look first.
#[utoipa::path(
    post,
    path = "/v1/enroll",
    tag = "devices",
    request_body = EnrollRequest,
    responses(
        (status = 200, body = EnrollReply, description = "The device is in"),
        (status = 202, body = EnrollWaiting, description = "A manager has to look first: show the phrase, ask again"),
        (status = "4XX", body = ErrorReply),
    ),
)]
pub(super) async fn enroll(
    State(doors): State<Doors>,
    caller: Caller,
    request: Result<Json<EnrollRequest>, JsonRejection>,
) -> Result<Response, Failure> {
    let request = body(request)?;
    check(&request)?;
    let (address, now_ms) = (caller.address(), doors.clock.now_ms());
    let enrolled = doors
        .work(move |log, now_ms| log.enroll(&request, now_ms)?.map_err(Failure::Refused))
        .await
        .map_err(|failure| {
            if matches!(failure, Failure::Refused(Refused::Unknown)) {
                doors.guessed(address, now_ms, failure)
            } else {
                failure
            }
        })?;
    Ok(match enrolled {
        Enrolled::In(reply) => {
            tracing::info!(device = %reply.device, "a device joined");
            Json(reply).into_response()
        }
        Enrolled::Waiting(waiting) => {
            tracing::info!(device = %waiting.device, "a device waits for a second look");
            (StatusCode::ACCEPTED, Json(waiting)).into_response()
        }
    })
}

/// The device destroyed its key and its database: it is let in no more. Shown is the token, or what was kept of it for this.
#[utoipa::path(
    post,
    path = "/v1/wiped",
    tag = "devices",
    security(("device_token" = [])),
    responses((status = 204), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn wiped(
    State(doors): State<Doors>,
    caller: Caller,
) -> Result<StatusCode, Failure> {
    let known = doors.clone();
    let noted = doors.work(move |log, now_ms| {
        let device = known.ended(caller, log, now_ms)?;
        log.note_wiped(&device, now_ms)?;
        tracing::info!(device = %device.id, revoked = device.revoked, "a device wiped itself");
        Ok(StatusCode::NO_CONTENT)
    });
    noted.await
}

fn check(request: &EnrollRequest) -> Result<(), Failure> {
    let texts = [
        Some(&request.device_name),
        Some(&request.platform),
        Some(&request.app),
        request.name.as_ref(),
    ];
    for text in texts.into_iter().flatten() {
        check_name(text)?;
    }
    if request
        .name
        .as_ref()
        .is_some_and(|name| name.trim().is_empty())
    {
        return Err(Failure::Body("the name is empty".into()));
    }
    Ok(())
}
