//! `/v1/audit`: what was done with records, by whom, when.

#![allow(
    unused_qualifications,
    reason = "what utoipa makes of params(…) names its types in full"
)]

use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{Query, State};
use protocol::limits::MAX_AUDIT_ENTRIES;
use protocol::{AuditBatch, AuditPage, AuditReceipt, ErrorReply};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::caller::Caller;
use super::failure::Failure;
use super::json::{body, query};
use super::state::Doors;
use crate::log::AuditQuery;

/// Which lines of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// The space.
    space: Uuid,
    /// Only after this line; 0 from the beginning.
    #[serde(default)]
    after: u64,
    /// Only about this record.
    record: Option<Uuid>,
    /// At most so many lines.
    limit: Option<usize>,
}

/// Report what was done on this device. The same again gets the same answer.
#[utoipa::path(
    post,
    path = "/v1/audit",
    tag = "audit",
    security(("device_token" = [])),
    request_body = AuditBatch,
    responses((status = 200, body = AuditReceipt), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn add(
    State(doors): State<Doors>,
    caller: Caller,
    batch: Result<Json<AuditBatch>, JsonRejection>,
) -> Result<Json<AuditReceipt>, Failure> {
    let receipt = doors.serve(caller, move |log, device, now_ms| {
        let AuditBatch { entries } = body(batch)?;
        if entries.len() > MAX_AUDIT_ENTRIES {
            return Err(Failure::TooBig("too many entries in one request"));
        }
        Ok(Json(log.add_audit(device, entries, now_ms)?))
    });
    receipt.await
}

/// Read the log of a space: managers all of it, who may write in the space the lines about one record.
#[utoipa::path(
    get,
    path = "/v1/audit",
    tag = "audit",
    security(("device_token" = [])),
    params(Wanted),
    responses((status = 200, body = AuditPage), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn read(
    State(doors): State<Doors>,
    caller: Caller,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Result<Json<AuditPage>, Failure> {
    let page = doors.serve(caller, move |log, asker, _| {
        let wanted = query(wanted)?;
        let query = AuditQuery {
            space: wanted.space,
            after: wanted.after,
            record: wanted.record,
            limit: wanted.limit.unwrap_or(MAX_AUDIT_ENTRIES),
        };
        Ok(Json(log.audit_for(asker, &query)?))
    });
    page.await
}
