//! `POST /v1/erase`, `POST /v1/redact` and `POST /v1/erasures`: documents that go for good or begin anew, and how far the
//! devices are with it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::response::Response;
use protocol::limits::{MAX_DOCUMENT_CHANGES, MAX_PAGE_CHANGES};
use protocol::{
    End, EraseRequest, ErasedBy, ErasuresReply, ErasuresRequest, ErrorReply, Outcome, ReplyHeader,
    ResultFrame, SUPPORTED_VERSIONS, SyncRequest, Tombstone, TombstoneReason, VERSION, Writer,
};
use uuid::Uuid;

use super::body::{Framed, Frames};
use super::caller::Caller;
use super::failure::Failure;
use super::json;
use super::rates::Meters;
use super::state::Doors;
use super::version::check_app;
use crate::log::{Denied, Device, Erasing, LoggedErasure, PushResult};

/// Where something was in the file it is written anew afterwards: that costs as much as so many other requests. What is known
/// to be erased, and only offered again by a device that starts over, costs nothing.
const LIKE_REQUESTS: u64 = 30;

/// Erase documents for good: they are gone here at once, and every device hears it. Asking again changes nothing.
#[utoipa::path(
    post,
    path = "/v1/erase",
    tag = "sync",
    security(("device_token" = [])),
    request_body(content_type = "application/vnd.buurtboek.sync+frames", description = "Frames: see docs/protocol.md"),
    responses(
        (status = 200, content_type = "application/vnd.buurtboek.sync+frames", description = "Frames: see docs/protocol.md"),
        (status = "4XX", body = ErrorReply),
    ),
)]
pub(super) async fn erase(
    State(doors): State<Doors>,
    caller: Caller,
    framed: Framed,
) -> Result<Response, Failure> {
    let minimum_app = doors.minimum_app.to_string();
    let meters = Arc::clone(&doors.meters);
    let frames = doors.serve(caller, move |log, device, now_ms| {
        let (body, takes_zstd) = framed.open()?;
        let EraseRequest { header, tombstones } = EraseRequest::decode(&body)?;
        if !SUPPORTED_VERSIONS.contains(&header.version) {
            return Err(Failure::Version);
        }
        check_app(&header.app, &minimum_app)?;
        if tombstones.len() > MAX_PAGE_CHANGES {
            return Err(Failure::TooBig("too many erasures in one request"));
        }
        let unheard_of = log.unheard_of(&tombstones)?;
        let there = meters.unheard_of.check_many(device.id, unheard_of, now_ms);
        there.map_err(Failure::TooMany)?;
        let Erasing {
            outcomes,
            had_bytes,
        } = log.erase(device, &tombstones, now_ms)?;
        meters.unheard_of.spend_many(device.id, unheard_of, now_ms);
        pay_for_writing(&meters, device, had_bytes, now_ms);
        tracing::info!(device = %device.id, asked = outcomes.len(), "erased");
        Ok(Frames::pack(
            results_of(outcomes.into_iter().map(without_hash), minimum_app, now_ms),
            takes_zstd,
        ))
    });
    let frames = frames.await?;
    doors.clean().await;
    Ok(frames.into_response())
}

/// Begin documents anew, without the words that somebody took out: their history goes here at once, and every device hears
/// it. Asking again changes nothing.
#[utoipa::path(
    post,
    path = "/v1/redact",
    tag = "sync",
    security(("device_token" = [])),
    request_body(content_type = "application/vnd.buurtboek.sync+frames", description = "Frames: see docs/protocol.md"),
    responses(
        (status = 200, content_type = "application/vnd.buurtboek.sync+frames", description = "Frames: see docs/protocol.md"),
        (status = "4XX", body = ErrorReply),
    ),
)]
pub(super) async fn redact(
    State(doors): State<Doors>,
    caller: Caller,
    framed: Framed,
) -> Result<Response, Failure> {
    let minimum_app = doors.minimum_app.to_string();
    let meters = Arc::clone(&doors.meters);
    let frames = doors.serve(caller, move |log, device, now_ms| {
        let (body, takes_zstd) = framed.open()?;
        let SyncRequest { header, changes } = SyncRequest::decode(&body)?;
        super::sync::check(&header, changes.len(), MAX_DOCUMENT_CHANGES)?;
        check_app(&header.app, &minimum_app)?;
        let operations = changes
            .iter()
            .map(|change| admission::operations_of(&change.bytes))
            .sum();
        super::sync::pay_ahead(&meters, device, operations, now_ms)?;
        let results = log.redact(device, &header, &changes, now_ms)?;
        let began = |result: &PushResult| matches!(result.outcome, Outcome::Ok { .. });
        pay_for_writing(&meters, device, results.iter().any(began), now_ms);
        tracing::info!(device = %device.id, changes = results.len(), "redacted");
        Ok(Frames::pack(
            results_of(results.into_iter(), minimum_app, now_ms),
            takes_zstd,
        ))
    });
    let frames = frames.await?;
    doors.clean().await;
    Ok(frames.into_response())
}

/// How far the devices of a space are with what was erased in it.
#[utoipa::path(
    post,
    path = "/v1/erasures",
    tag = "sync",
    security(("device_token" = [])),
    request_body = ErasuresRequest,
    responses((status = 200, body = ErasuresReply), (status = "4XX", body = ErrorReply)),
)]
pub(super) async fn erasures(
    State(doors): State<Doors>,
    caller: Caller,
    request: Result<Json<ErasuresRequest>, JsonRejection>,
) -> Result<Json<ErasuresReply>, Failure> {
    let reply = doors.serve(caller, move |log, device, _| {
        let request = json::body(request)?;
        log.erasures(device, &request)?
            .ok_or(Failure::Denied(Denied::NoRight))
    });
    reply.await.map(Json)
}

fn pay_for_writing(meters: &Meters, device: &Device, had_bytes: bool, now_ms: i64) {
    if had_bytes {
        meters.device.spend_many(device.id, LIKE_REQUESTS, now_ms);
    }
}

/// What became of a document: no change was sent.
const fn without_hash(outcome: Outcome) -> PushResult {
    PushResult {
        hash: [0; 32],
        outcome,
    }
}

/// HEADER, a RESULT for each, END.
fn results_of(
    results: impl ExactSizeIterator<Item = PushResult>,
    minimum_app: String,
    now_ms: i64,
) -> Vec<u8> {
    let mut writer = Writer::new();
    ReplyHeader {
        version: VERSION,
        server_time_ms: now_ms,
        minimum_app,
        wipe: false,
        lease_days: None,
        token: None,
        roster: None,
        spaces: Vec::new(),
        erased: Vec::new(),
        waiting: 0,
    }
    .write(&mut writer);
    let count = results.len() as u64;
    for (index, PushResult { hash, outcome }) in (0..).zip(results) {
        ResultFrame {
            index,
            hash,
            outcome,
        }
        .write(&mut writer);
    }
    End {
        results: count,
        ..End::default()
    }
    .write(&mut writer);
    writer.take()
}

/// The frame of an erasure.
pub(super) const fn tombstone(space: Uuid, erasure: &LoggedErasure) -> Tombstone {
    Tombstone {
        space,
        seq: erasure.seq,
        document: erasure.document,
        reason: TombstoneReason::Erased,
    }
}

/// Who did it, for the header.
pub(super) fn erased<'a>(erasures: impl IntoIterator<Item = &'a LoggedErasure>) -> Vec<ErasedBy> {
    erasures
        .into_iter()
        .map(|erasure| ErasedBy {
            document: erasure.document,
            member: erasure.member,
            at_ms: erasure.at_ms,
        })
        .collect()
}
