//! `POST /v1/sync`: push, then pull, in one round trip.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::response::Response;
use protocol::limits::{MAX_NAME_CHARS, MAX_PAGE_BYTES, MAX_PAGE_CHANGES, MAX_SPACES};
use protocol::{
    ChangeFrame, End, ErrorReply, ReplyFrame, ReplyHeader, RequestHeader, ResultFrame,
    SUPPORTED_VERSIONS, SnapshotFrame, SpaceEnd, SyncRequest, VERSION, Writer,
};

use super::body::{Framed, Frames};
use super::caller::Caller;
use super::erase::{erased, tombstone};
use super::failure::Failure;
use super::rates::Meters;
use super::state::Doors;
use super::version::check_app;
use crate::log::{Device, Log, MOST_OPERATIONS, Pull, PushResult, View};
use crate::secret::Secret;

/// So many operations are paid for like one more request.
const OPERATIONS_OF_A_REQUEST: u64 = 5_000;

/// After so long no further document of a request is judged; the one under way is judged to its end. What the operations in
/// the changes do not say: how large the documents are that have to be loaded for them.
const LONGEST_JUDGING: Duration = Duration::from_secs(2);

/// So many milliseconds of judging are paid for like one more request.
const MS_OF_A_REQUEST: u128 = 40;

/// Push, then pull, in one round trip.
#[utoipa::path(
    post,
    path = "/v1/sync",
    tag = "sync",
    security(("device_token" = [])),
    request_body(content_type = "application/vnd.buurtboek.sync+frames", description = "Frames: see docs/protocol.md"),
    responses(
        (status = 200, content_type = "application/vnd.buurtboek.sync+frames", description = "Frames: see docs/protocol.md"),
        (status = "4XX", body = ErrorReply),
    ),
)]
pub(super) async fn sync(
    State(doors): State<Doors>,
    caller: Caller,
    framed: Framed,
) -> Result<Response, Failure> {
    let told = Told {
        minimum_app: doors.minimum_app.to_string(),
        lease_days: doors.lease_days,
        waiting: 0,
    };
    // The device first: a revoked one gets its wipe order whatever it sends.
    let meters = Arc::clone(&doors.meters);
    let frames = doors.serve(caller, move |log, device, now_ms| {
        let (body, takes_zstd) = framed.open()?;
        let reply = answer(log, device, &body, &meters, told, now_ms)?;
        Ok(Frames::pack(reply, takes_zstd))
    });
    frames.await.map(Frames::into_response)
}

/// What a device is told besides what it pulls.
struct Told {
    minimum_app: String,
    lease_days: u32,
    /// Devices that wait for a second look by this person.
    waiting: u32,
}

fn answer(
    log: &Log,
    device: &Device,
    body: &[u8],
    meters: &Meters,
    told: Told,
    now_ms: i64,
) -> Result<Vec<u8>, Failure> {
    let SyncRequest {
        header,
        mut changes,
    } = SyncRequest::decode(body)?;
    check(&header, changes.len(), MAX_PAGE_CHANGES)?;
    check_app(&header.app, &told.minimum_app)?;
    let operations = cut_to_portion(&mut changes);
    pay_ahead(meters, device, operations, now_ms)?;
    log.note_erasures(device, &header)?;
    let results = if changes.is_empty() {
        Vec::new()
    } else {
        let began = Instant::now();
        let goes_on = || began.elapsed() < LONGEST_JUDGING;
        let results = log.push_while(device, &changes, now_ms, goes_on)?;
        pay_for_time(meters, device, began.elapsed(), now_ms);
        results
    };
    let max_bytes = header
        .max_bytes
        .unwrap_or(u64::MAX)
        .min(MAX_PAGE_BYTES as u64);
    log.note_said(device, &header.app, header.unsent_since_ms)?;
    let view = log.view(device, &header, max_bytes, MAX_PAGE_CHANGES)?;
    let told = Told {
        waiting: log.waiting_count(device, now_ms)?,
        ..told
    };
    let token = log.rotate_token(device, now_ms)?;
    let refused = results
        .iter()
        .flatten()
        .filter(|result| matches!(result.outcome, protocol::Outcome::Refused(_)))
        .count();
    tracing::debug!(device = %device.id, pushed = results.len(), refused, "synced");
    Ok(encode(&results, view, token.as_ref(), told, now_ms))
}

/// Keeps the first changes, as far as one request may go; returns how many operations they hold. The others are not
/// answered, and sent again.
fn cut_to_portion(changes: &mut Vec<ChangeFrame>) -> u64 {
    let (mut count, mut operations) = (0, 0_u64);
    for change in &*changes {
        let more = operations.saturating_add(admission::operations_of(&change.bytes));
        if count > 0 && more > MOST_OPERATIONS {
            break;
        }
        (count, operations) = (count + 1, more);
    }
    changes.truncate(count);
    operations
}

/// Has the device pay for what will be judged, before it is.
pub(super) fn pay_ahead(
    meters: &Meters,
    device: &Device,
    operations: u64,
    now_ms: i64,
) -> Result<(), Failure> {
    let requests = operations / OPERATIONS_OF_A_REQUEST;
    let paid = meters.device.take_many(device.id, requests, now_ms);
    paid.map_err(Failure::TooMany)
}

/// Has the device pay for what judging took.
fn pay_for_time(meters: &Meters, device: &Device, took: Duration, now_ms: i64) {
    let requests = u64::try_from(took.as_millis() / MS_OF_A_REQUEST).unwrap_or(u64::MAX);
    meters.device.spend_many(device.id, requests, now_ms);
}

/// What is wrong with a request before its changes are looked at; at most this many may be in it.
pub(super) fn check(header: &RequestHeader, changes: usize, most: usize) -> Result<(), Failure> {
    if !SUPPORTED_VERSIONS.contains(&header.version) {
        return Err(Failure::Version);
    }
    if changes > most {
        return Err(Failure::TooBig("too many changes in one request"));
    }
    if header.spaces.len() > MAX_SPACES {
        return Err(Failure::TooBig("too many spaces in one request"));
    }
    if header.app.chars().count() > MAX_NAME_CHARS || header.app.chars().any(char::is_control) {
        return Err(Failure::Body("this is no version of an app".into()));
    }
    Ok(())
}

fn encode(
    results: &[Option<PushResult>],
    view: View,
    token: Option<&Secret>,
    told: Told,
    now_ms: i64,
) -> Vec<u8> {
    let mut writer = Writer::new();
    let header = ReplyHeader {
        version: VERSION,
        server_time_ms: now_ms,
        minimum_app: told.minimum_app,
        wipe: false,
        token: token.map(|token| token.reveal().to_owned()),
        lease_days: Some(told.lease_days),
        roster: view.roster,
        erased: erased(view.pulls.iter().flat_map(|pull| {
            let began = pull.epochs.iter().map(|epoch| &epoch.began);
            pull.erasures.iter().chain(began)
        })),
        spaces: view.spaces,
        waiting: told.waiting,
    };
    header.write(&mut writer);
    let mut end = End::default();
    let judged = (0..)
        .zip(results)
        .filter_map(|(index, result)| result.map(|result| (index, result)));
    for (index, PushResult { hash, outcome }) in judged {
        end.results += 1;
        ResultFrame {
            index,
            hash,
            outcome,
        }
        .write(&mut writer);
    }
    for Pull {
        space,
        changes,
        erasures,
        epochs,
        next_cursor,
        more,
        digest,
    } in view.pulls
    {
        end.tombstones += erasures.len() as u64;
        for erasure in &erasures {
            tombstone(space, erasure).write(&mut writer);
        }
        end.snapshots += epochs.len() as u64;
        for epoch in epochs {
            SnapshotFrame {
                space,
                document: epoch.began.document,
                epoch: epoch.epoch,
                last_seq: epoch.began.seq,
                bytes: epoch.bytes,
            }
            .write(&mut writer);
        }
        end.changes += changes.len() as u64;
        for change in changes {
            let (document, epoch, seq, bytes) =
                (change.document, change.epoch, change.seq, change.bytes);
            ChangeFrame {
                space,
                document,
                epoch,
                seq,
                bytes,
            }
            .write(&mut writer);
        }
        ReplyFrame::SpaceEnd(SpaceEnd {
            space,
            next_cursor,
            more,
            digest,
            remaining: None,
        })
        .write(&mut writer);
    }
    end.write(&mut writer);
    writer.take()
}
