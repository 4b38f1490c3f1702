//! `POST /v1/snapshot`: whole documents, in resumable pages.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::HeaderMap;
use axum::response::Response;
use protocol::limits::MAX_PAGE_BYTES;
use protocol::{
    End, ErrorReply, ReplyHeader, SnapshotFrame, SnapshotRequest, SpaceEnd, VERSION, Writer,
};

use super::body::{self, Frames};
use super::caller::Caller;
use super::erase::{erased, tombstone};
use super::failure::Failure;
use super::json;
use super::state::Doors;
use crate::log::{Denied, SnapshotPage};

/// Whole documents, in resumable pages.
#[utoipa::path(
    post,
    path = "/v1/snapshot",
    tag = "sync",
    security(("device_token" = [])),
    request_body = SnapshotRequest,
    responses(
        (status = 200, content_type = "application/vnd.buurtboek.sync+frames", description = "Frames: see docs/protocol.md"),
        (status = "4XX", body = ErrorReply),
    ),
)]
pub(super) async fn snapshot(
    State(doors): State<Doors>,
    caller: Caller,
    headers: HeaderMap,
    request: Result<Json<SnapshotRequest>, JsonRejection>,
) -> Result<Response, Failure> {
    let takes_zstd = body::takes_zstd(&headers);
    let minimum_app = doors.minimum_app.to_string();
    let frames = doors.serve(caller, move |log, device, now_ms| {
        let request = json::body(request)?;
        let max_bytes = request
            .max_bytes
            .unwrap_or(u64::MAX)
            .min(MAX_PAGE_BYTES as u64);
        let page = log
            .snapshots(device, &request, max_bytes)?
            .ok_or(Failure::Denied(Denied::NoRight))?;
        Ok(Frames::pack(encode(page, minimum_app, now_ms), takes_zstd))
    });
    frames.await.map(Frames::into_response)
}

fn encode(page: SnapshotPage, minimum_app: String, now_ms: i64) -> Vec<u8> {
    let mut writer = Writer::new();
    let space = page.state.id;
    let header = ReplyHeader {
        version: VERSION,
        server_time_ms: now_ms,
        minimum_app,
        wipe: false,
        token: None,
        lease_days: None,
        roster: None,
        erased: erased(page.erasures.iter().chain(&page.begun)),
        spaces: vec![page.state],
        waiting: 0,
    };
    header.write(&mut writer);
    let tombstones = page.erasures.len() as u64;
    for erasure in &page.erasures {
        tombstone(space, erasure).write(&mut writer);
    }
    let snapshots = page.documents.len() as u64;
    for document in page.documents {
        let (id, epoch, last_seq, bytes) = (
            document.id,
            document.epoch,
            document.last_seq,
            document.bytes,
        );
        SnapshotFrame {
            space,
            document: id,
            epoch,
            last_seq,
            bytes,
        }
        .write(&mut writer);
    }
    let (next_cursor, digest, remaining) = (page.next_cursor, page.digest, Some(page.remaining));
    SpaceEnd {
        space,
        next_cursor,
        more: page.remaining > 0,
        digest,
        remaining,
    }
    .write(&mut writer);
    End {
        snapshots,
        tombstones,
        ..End::default()
    }
    .write(&mut writer);
    writer.take()
}
