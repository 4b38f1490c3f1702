//! Requests that are broken, too big, or made to hurt.

use automerge::transaction::Transactable;
use automerge::{Automerge, ROOT};
use axum::http::StatusCode;
use protocol::*;
use uuid::Uuid;

use crate::harness::*;

async fn status_of(
    server: &Server,
    device: &TestDevice,
    content_type: &str,
    body: Vec<u8>,
) -> (u16, ErrorCode) {
    let (status, _, body) = take(
        server
            .send(device.post("/v1/sync", content_type, body))
            .await,
    )
    .await;
    (
        status.as_u16(),
        serde_json::from_slice::<ErrorReply>(&body).unwrap().code,
    )
}

#[tokio::test]
async fn a_truncated_request_changes_nothing() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Writer).await;
    let (id, document) = device.document();
    let body = device
        .request(space, frames_of(space, id, &document))
        .encode();
    for cut in [0, 1, 20, body.len() / 2, body.len() - 1] {
        assert_eq!(
            status_of(&server, &device, MEDIA_TYPE, body[..cut].to_vec()).await,
            (400, ErrorCode::BadRequest)
        );
    }
    assert_eq!(server.log.spaces().unwrap()[0].head, 0);
}

#[tokio::test]
async fn what_is_over_a_limit_is_refused() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Writer).await;
    let body = vec![0; limits::MAX_REQUEST_BYTES + 1];
    assert_eq!(
        status_of(&server, &device, MEDIA_TYPE, body).await,
        (413, ErrorCode::TooBig)
    );
    let change = frame(space, Uuid::now_v7(), vec![]);
    let many = device
        .request(space, vec![change; limits::MAX_PAGE_CHANGES + 1])
        .encode();
    assert_eq!(
        status_of(&server, &device, MEDIA_TYPE, many).await,
        (413, ErrorCode::TooBig)
    );
    let (id, mut document) = device.document();
    let mut changes = frames_of(space, id, &document);
    changes.push(frame(
        space,
        id,
        put(&mut document, "text", &"x".repeat(limits::MAX_CHANGE_BYTES)),
    ));
    let synced = device
        .ask(&server, &device.request(space, changes))
        .await
        .unwrap();
    assert_eq!(
        synced.outcomes,
        [
            Outcome::Ok { seq: 1 },
            Outcome::Refused(RefusalCode::TooBig)
        ]
    );
}

#[tokio::test]
async fn a_compressed_request_is_read_and_a_bomb_is_not() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Writer).await;
    let packed = |body: Vec<u8>| {
        let mut request = device.post(
            "/v1/sync",
            MEDIA_TYPE,
            zstd::encode_all(body.as_slice(), 6).unwrap(),
        );
        request
            .headers_mut()
            .insert("content-encoding", "zstd".parse().unwrap());
        request
    };
    let body = device.request(space, many(&device, space, 50)).encode();
    assert_eq!(server.send(packed(body)).await.status(), StatusCode::OK);
    let bomb = server.send(packed(vec![0; 200_000_000])).await;
    assert_eq!(bomb.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn another_version_or_media_type_is_told_what_to_do() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Writer).await;
    let body = device.request(space, vec![]).encode();
    let newer = "application/vnd.buurtboek.sync+frames; version=9";
    assert_eq!(
        status_of(&server, &device, newer, body.clone()).await,
        (426, ErrorCode::UpgradeRequired)
    );
    assert_eq!(
        status_of(&server, &device, "application/json", body).await,
        (415, ErrorCode::UnsupportedMedia)
    );
    let mut newer = device.request(space, vec![]);
    newer.header.version = 9;
    let refused = status_of(&server, &device, MEDIA_TYPE, newer.encode()).await;
    assert_eq!(refused, (426, ErrorCode::UpgradeRequired));
    let mut older = device.request(space, vec![]);
    older.header.app = "0.0.9".into();
    let refused = status_of(&server, &device, MEDIA_TYPE, older.encode()).await;
    assert_eq!(refused, (426, ErrorCode::UpgradeRequired), "an older app");
}

#[tokio::test]
async fn hostile_changes_are_refused_one_by_one() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let (device, other) = (
        server.device(space, Role::Writer).await,
        server.device(space, Role::Writer).await,
    );
    let (id, document) = device.document();
    let honest = frames_of(space, id, &document).remove(0);
    let mut checksum = honest.clone();
    checksum.bytes[4] ^= 1;

    let mut long = Automerge::load(&document.save_nocompress())
        .unwrap()
        .with_actor(device.actor(1));
    let mut tx = long.transaction();
    tx.put(ROOT, "text", "long enough to be deflated ".repeat(30))
        .unwrap();
    tx.commit();
    let deflated = frame(
        space,
        id,
        long.get_last_local_change().unwrap().bytes().to_vec(),
    );
    assert_eq!(deflated.bytes[8], 2, "this is a DEFLATE chunk");

    let (forged_id, forged) = other.document();
    let forged = frames_of(space, forged_id, &forged).remove(0);
    let elsewhere = ChangeFrame {
        document: Uuid::now_v7(),
        ..honest.clone()
    };
    let empty = frame(space, Uuid::now_v7(), vec![]);

    let changes = vec![checksum, deflated, forged, elsewhere, empty, honest];
    let synced = device
        .ask(&server, &device.request(space, changes))
        .await
        .unwrap();
    let invalid = Outcome::Refused(RefusalCode::Invalid);
    assert_eq!(
        synced.outcomes,
        [
            invalid,
            invalid,
            invalid,
            invalid,
            invalid,
            Outcome::Ok { seq: 1 }
        ]
    );
}

#[tokio::test]
async fn a_copied_phone_is_told_about_the_fork() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let (id, mut document) = device.document();
    let mut copy = Automerge::load(&document.save_nocompress())
        .unwrap()
        .with_actor(device.actor(0));
    put(&mut document, "name", "here");
    device
        .sync(&server, space, frames_of(space, id, &document))
        .await;
    let forked = put(&mut copy, "name", "on the copy");
    let synced = device
        .sync(&server, space, vec![frame(space, id, forked)])
        .await;
    assert_eq!(synced.outcomes, [Outcome::Refused(RefusalCode::ActorFork)]);
}

#[test]
fn the_wire_and_the_gate_have_the_same_limits() {
    assert_eq!(
        limits::MAX_CHANGE_BYTES,
        admission::limits::MAX_CHANGE_BYTES
    );
    assert_eq!(
        limits::MAX_CHANGE_OPS as u64,
        admission::limits::MAX_CHANGE_OPS
    );
    assert_eq!(
        limits::MAX_DOCUMENT_BYTES,
        admission::limits::MAX_DOCUMENT_BYTES
    );
}
