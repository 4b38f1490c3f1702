//! `POST /v1/enroll`: an invitation becomes a device. `POST /v1/wiped`: a revoked device says it is done.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderMap, StatusCode};
use protocol::limits::MAX_NAME_CHARS;
use protocol::{EnrollReply, EnrollRequest};

use super::failure::Failure;
use super::state::Doors;
use super::token;

pub(super) async fn enroll(
    State(doors): State<Doors>,
    request: Result<Json<EnrollRequest>, JsonRejection>,
) -> Result<Json<EnrollReply>, Failure> {
    let Json(request) = request.map_err(|rejection| Failure::Body(rejection.body_text()))?;
    check(&request)?;
    let enrolled =
        doors.work(move |log, now_ms| log.enroll(&request, now_ms)?.map_err(Failure::Refused));
    let reply = enrolled.await?;
    tracing::info!(device = %reply.device, "a device joined");
    Ok(Json(reply))
}

pub(super) async fn wiped(
    State(doors): State<Doors>,
    headers: HeaderMap,
) -> Result<StatusCode, Failure> {
    let token = token::presented(&headers)?;
    let noted = doors.work(move |log, now_ms| {
        let device = log.device_of_token(&token)?.ok_or(Failure::Unauthorized)?;
        if device.revoked {
            log.note_wiped(&device, now_ms)?;
            tracing::info!(device = %device.id, "a revoked device wiped itself");
        }
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
        if text.chars().count() > MAX_NAME_CHARS || text.chars().any(char::is_control) {
            return Err(Failure::Body(
                "a name is too long or has control characters".into(),
            ));
        }
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
