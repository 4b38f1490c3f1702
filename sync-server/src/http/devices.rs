//! `/v1/devices`: one's own, and for managers the team's.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use protocol::{DeviceId, DeviceList, DeviceName, ErrorReply};

use super::caller::Caller;
use super::failure::Failure;
use super::json::{body, check_name, path};
use super::state::Doors;

/// The devices of the person who asks, and for managers those of everybody in the spaces they manage.
#[utoipa::path(
    get,
    path = "/v1/devices",
    tag = "devices",
    security(("device_token" = [])),
    responses((status = 200, body = DeviceList), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn list(
    State(doors): State<Doors>,
    caller: Caller,
) -> Result<Json<DeviceList>, Failure> {
    let devices = doors.serve(caller, |log, asker, _| Ok(log.devices_for(asker)?));
    Ok(Json(DeviceList {
        devices: devices.await?,
    }))
}

/// Give one of one's own devices another name, for the list.
#[utoipa::path(
    put,
    path = "/v1/devices/{device}",
    tag = "devices",
    security(("device_token" = [])),
    params(("device" = DeviceId, Path, description = "As the list shows it")),
    request_body = DeviceName,
    responses((status = 204), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn rename(
    State(doors): State<Doors>,
    caller: Caller,
    device: Result<Path<DeviceId>, PathRejection>,
    name: Result<Json<DeviceName>, JsonRejection>,
) -> Result<StatusCode, Failure> {
    let renamed = doors.serve(caller, move |log, asker, _| {
        let (device, DeviceName { name }) = (path(device)?, body(name)?);
        check_name(&name)?;
        if name.trim().is_empty() {
            return Err(Failure::Body("the name is empty".into()));
        }
        log.rename_for(asker, device, name.trim())?;
        Ok(StatusCode::NO_CONTENT)
    });
    renamed.await
}

/// Put a device out: at its next contact it is told to destroy its key and database. Doing it again changes nothing.
#[utoipa::path(
    post,
    path = "/v1/devices/{device}/revoke",
    tag = "devices",
    security(("device_token" = [])),
    params(("device" = DeviceId, Path, description = "As the list shows it")),
    responses((status = 204), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn revoke(
    State(doors): State<Doors>,
    caller: Caller,
    device: Result<Path<DeviceId>, PathRejection>,
) -> Result<StatusCode, Failure> {
    let revoked = doors.serve(caller, move |log, asker, now_ms| {
        let device = path(device)?;
        log.revoke_for(asker, device, now_ms)?;
        tracing::info!(%device, by = %asker.id, "a device was put out");
        Ok(StatusCode::NO_CONTENT)
    });
    revoked.await
}
