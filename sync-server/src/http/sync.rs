//! `POST /v1/sync`: push, then pull, in one round trip.

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use axum::response::Response;
use protocol::limits::{MAX_PAGE_BYTES, MAX_PAGE_CHANGES, MAX_SPACES};
use protocol::{
    ChangeFrame, End, ReplyFrame, ReplyHeader, RequestHeader, ResultFrame, SUPPORTED_VERSIONS,
    SpaceEnd, SyncRequest, VERSION, Writer,
};

use super::body::{self, Frames};
use super::failure::Failure;
use super::state::Doors;
use super::token;
use crate::log::{Log, Pull, PushResult, View};
use crate::secret::{Secret, SecretHash};

pub(super) async fn sync(
    State(doors): State<Doors>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Failure> {
    let token = token::presented(&headers)?;
    body::check_media(&headers)?;
    let body = body::whole(body)?;
    let takes_zstd = body::takes_zstd(&headers);
    let minimum_app = doors.minimum_app.to_string();
    let frames = doors.work(move |log, now_ms| {
        let reply = answer(log, &token, &body, minimum_app, now_ms)?;
        Ok(Frames::pack(reply, takes_zstd))
    });
    frames.await.map(Frames::into_response)
}

fn answer(
    log: &Log,
    token: &SecretHash,
    body: &[u8],
    minimum_app: String,
    now_ms: i64,
) -> Result<Vec<u8>, Failure> {
    // The device first: a revoked one gets its wipe order whatever it sends.
    let device = token::device(log, token, now_ms)?;
    let SyncRequest { header, changes } = SyncRequest::decode(body)?;
    check(&header, &changes)?;
    let results = if changes.is_empty() {
        Vec::new()
    } else {
        log.push(&device, &changes, now_ms)?
    };
    let max_bytes = header
        .max_bytes
        .unwrap_or(u64::MAX)
        .min(MAX_PAGE_BYTES as u64);
    let view = log.view(
        &device,
        &header.spaces,
        header.roster,
        max_bytes,
        MAX_PAGE_CHANGES,
    )?;
    let token = log.rotate_token(&device, now_ms)?;
    let refused = results
        .iter()
        .filter(|result| matches!(result.outcome, protocol::Outcome::Refused(_)))
        .count();
    tracing::debug!(device = %device.id, pushed = results.len(), refused, "synced");
    Ok(encode(&results, view, token.as_ref(), minimum_app, now_ms))
}

fn check(header: &RequestHeader, changes: &[ChangeFrame]) -> Result<(), Failure> {
    if !SUPPORTED_VERSIONS.contains(&header.version) {
        return Err(Failure::Version);
    }
    if changes.len() > MAX_PAGE_CHANGES {
        return Err(Failure::TooBig("too many changes in one request"));
    }
    if header.spaces.len() > MAX_SPACES {
        return Err(Failure::TooBig("too many spaces in one request"));
    }
    Ok(())
}

fn encode(
    results: &[PushResult],
    view: View,
    token: Option<&Secret>,
    minimum_app: String,
    now_ms: i64,
) -> Vec<u8> {
    let mut writer = Writer::new();
    let header = ReplyHeader {
        version: VERSION,
        server_time_ms: now_ms,
        minimum_app,
        wipe: false,
        lease_days: None,
        token: token.map(|token| token.reveal().to_owned()),
        roster: view.roster,
        spaces: view.spaces,
    };
    header.write(&mut writer);
    for (index, PushResult { hash, outcome }) in (0..).zip(results) {
        ResultFrame {
            index,
            hash: *hash,
            outcome: *outcome,
        }
        .write(&mut writer);
    }
    let mut end = End {
        results: results.len() as u64,
        ..End::default()
    };
    for Pull {
        space,
        changes,
        next_cursor,
        more,
        digest,
    } in view.pulls
    {
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
