//! `/v1/invitations`: who may come in. `/v1/enrolments`: the second look at those who come by a weighty invitation.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use protocol::limits::MAX_SPACES;
use protocol::{
    Confirmation, ErrorReply, InvitationList, InvitationMade, InvitationRequest, WaitingList,
};
use uuid::Uuid;

use super::caller::Caller;
use super::failure::Failure;
use super::json::{body, path};
use super::state::Doors;

/// Make an invitation: into spaces one manages, or for another device of one's own. It works once, for 24 hours.
#[utoipa::path(
    post,
    path = "/v1/invitations",
    tag = "devices",
    security(("device_token" = [])),
    request_body = InvitationRequest,
    responses((status = 201, body = InvitationMade), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn make(
    State(doors): State<Doors>,
    caller: Caller,
    request: Result<Json<InvitationRequest>, JsonRejection>,
) -> Result<(StatusCode, Json<InvitationMade>), Failure> {
    let made = doors.serve(caller, move |log, asker, now_ms| {
        let request = body(request)?;
        check(&request)?;
        let made = log.invite_for(asker, &request, now_ms)?;
        tracing::info!(by = %asker.id, "an invitation was made");
        Ok((StatusCode::CREATED, Json(made)))
    });
    made.await
}

/// The invitations that nobody used yet and that the one who asks may withdraw.
#[utoipa::path(
    get,
    path = "/v1/invitations",
    tag = "devices",
    security(("device_token" = [])),
    responses((status = 200, body = InvitationList), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn list(
    State(doors): State<Doors>,
    caller: Caller,
) -> Result<Json<InvitationList>, Failure> {
    let invitations = doors.serve(caller, |log, asker, now_ms| {
        Ok(log.invitations_for(Some(asker), now_ms)?)
    });
    Ok(Json(InvitationList {
        invitations: invitations.await?,
    }))
}

/// Withdraw an invitation that nobody used yet; a device that waits by it waits no longer.
#[utoipa::path(
    delete,
    path = "/v1/invitations/{id}",
    tag = "devices",
    security(("device_token" = [])),
    params(("id" = Uuid, Path)),
    responses((status = 204), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn withdraw(
    State(doors): State<Doors>,
    caller: Caller,
    id: Result<Path<Uuid>, PathRejection>,
) -> Result<StatusCode, Failure> {
    let withdrawn = doors.serve(caller, move |log, asker, now_ms| {
        log.withdraw_for(Some(asker), path(id)?, now_ms)?;
        tracing::info!(by = %asker.id, "an invitation was withdrawn");
        Ok(StatusCode::NO_CONTENT)
    });
    withdrawn.await
}

/// The devices that wait for a second look by the one who asks.
#[utoipa::path(
    get,
    path = "/v1/enrolments",
    tag = "devices",
    security(("device_token" = [])),
    responses((status = 200, body = WaitingList), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn waiting(
    State(doors): State<Doors>,
    caller: Caller,
) -> Result<Json<WaitingList>, Failure> {
    let waiting = doors.serve(caller, |log, asker, now_ms| {
        Ok(log.waiting_for(Some(asker), now_ms)?)
    });
    Ok(Json(WaitingList {
        waiting: waiting.await?,
    }))
}

/// Let a waiting device in, after comparing the phrase with the one it shows.
#[utoipa::path(
    post,
    path = "/v1/enrolments/{id}/confirm",
    tag = "devices",
    security(("device_token" = [])),
    params(("id" = Uuid, Path)),
    request_body = Confirmation,
    responses((status = 204), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn confirm(
    State(doors): State<Doors>,
    caller: Caller,
    id: Result<Path<Uuid>, PathRejection>,
    confirmation: Result<Json<Confirmation>, JsonRejection>,
) -> Result<StatusCode, Failure> {
    let confirmed = doors.serve(caller, move |log, asker, now_ms| {
        let (id, Confirmation { phrase }) = (path(id)?, body(confirmation)?);
        log.confirm_for(Some(asker), id, &phrase, now_ms)?;
        tracing::info!(by = %asker.id, "a waiting device was let in");
        Ok(StatusCode::NO_CONTENT)
    });
    confirmed.await
}

/// Turn a waiting device away. Its invitation opens nothing any more.
#[utoipa::path(
    post,
    path = "/v1/enrolments/{id}/refuse",
    tag = "devices",
    security(("device_token" = [])),
    params(("id" = Uuid, Path)),
    responses((status = 204), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn refuse(
    State(doors): State<Doors>,
    caller: Caller,
    id: Result<Path<Uuid>, PathRejection>,
) -> Result<StatusCode, Failure> {
    let refused = doors.serve(caller, move |log, asker, now_ms| {
        log.refuse_for(Some(asker), path(id)?, now_ms)?;
        tracing::info!(by = %asker.id, "a waiting device was turned away");
        Ok(StatusCode::NO_CONTENT)
    });
    refused.await
}

fn check(request: &InvitationRequest) -> Result<(), Failure> {
    if request.own_device != request.grants.is_empty() {
        return Err(Failure::Body(
            "an invitation is for one's own device, or for at least one space".into(),
        ));
    }
    if request.grants.len() > MAX_SPACES {
        return Err(Failure::TooBig("too many spaces in one invitation"));
    }
    let twice = |grant: &protocol::Grant| {
        let same = request.grants.iter().filter(|one| one.space == grant.space);
        same.count() > 1
    };
    if request.grants.iter().any(twice) {
        return Err(Failure::Body(
            "a space stands twice in the invitation".into(),
        ));
    }
    Ok(())
}
