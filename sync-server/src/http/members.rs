//! `/v1/spaces`: who may do what in a space, and one's own personal space.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use protocol::{ErrorReply, MemberList, RoleChange, SpaceState};
use uuid::Uuid;

use super::caller::Caller;
use super::failure::Failure;
use super::json::{body, path};
use super::state::Doors;

/// Everybody who may see a space, for everybody who may see it.
#[utoipa::path(
    get,
    path = "/v1/spaces/{space}/members",
    tag = "members",
    security(("device_token" = [])),
    params(("space" = Uuid, Path)),
    responses((status = 200, body = MemberList), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn list(
    State(doors): State<Doors>,
    caller: Caller,
    space: Result<Path<Uuid>, PathRejection>,
) -> Result<Json<MemberList>, Failure> {
    let members = doors.serve(caller, move |log, asker, _| {
        Ok(log.members_for(asker, path(space)?)?)
    });
    Ok(Json(MemberList {
        members: members.await?,
    }))
}

/// Give a member a role: managers of the space, to who is in it or in another team or organisation they manage.
#[utoipa::path(
    put,
    path = "/v1/spaces/{space}/members/{member}",
    tag = "members",
    security(("device_token" = [])),
    params(("space" = Uuid, Path), ("member" = Uuid, Path)),
    request_body = RoleChange,
    responses((status = 204), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn put(
    State(doors): State<Doors>,
    caller: Caller,
    place: Result<Path<(Uuid, Uuid)>, PathRejection>,
    change: Result<Json<RoleChange>, JsonRejection>,
) -> Result<StatusCode, Failure> {
    let changed = doors.serve(caller, move |log, asker, now_ms| {
        let ((space, member), RoleChange { role }) = (path(place)?, body(change)?);
        log.set_role_for(asker, space, member, role, now_ms)?;
        tracing::info!(%space, %member, role = role.as_str(), by = %asker.id, "a role was given");
        Ok(StatusCode::NO_CONTENT)
    });
    changed.await
}

/// Take a space from a member: managers of the space, and anybody for themselves.
#[utoipa::path(
    delete,
    path = "/v1/spaces/{space}/members/{member}",
    tag = "members",
    security(("device_token" = [])),
    params(("space" = Uuid, Path), ("member" = Uuid, Path)),
    responses((status = 204), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn remove(
    State(doors): State<Doors>,
    caller: Caller,
    place: Result<Path<(Uuid, Uuid)>, PathRejection>,
) -> Result<StatusCode, Failure> {
    let removed = doors.serve(caller, move |log, asker, now_ms| {
        let (space, member) = path(place)?;
        log.remove_for(asker, space, member, now_ms)?;
        tracing::info!(%space, %member, by = %asker.id, "a member was removed");
        Ok(StatusCode::NO_CONTENT)
    });
    removed.await
}

/// One's own personal space; made when it is asked for the first time.
#[utoipa::path(
    post,
    path = "/v1/spaces/personal",
    tag = "members",
    security(("device_token" = [])),
    responses(
        (status = 200, body = SpaceState, description = "It was there"),
        (status = 201, body = SpaceState, description = "It was made"),
        (status = "4XX", body = ErrorReply),
    ),
)]
pub(super) async fn personal(
    State(doors): State<Doors>,
    caller: Caller,
) -> Result<(StatusCode, Json<SpaceState>), Failure> {
    let space = doors.serve(caller, |log, asker, now_ms| {
        Ok(log.personal_space_for(asker, now_ms)?)
    });
    let (space, made) = space.await?;
    let status = if made {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(space)))
}
