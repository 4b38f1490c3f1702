//! Bodies take memory: nothing is kept of one that nobody may send, and only so many are read at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::{Body, Bytes};
use axum::http::{Method, Request, StatusCode};
use axum::response::Response;
use futures_util::{StreamExt, stream};
use protocol::*;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tower::ServiceExt;
use uuid::Uuid;

use crate::harness::*;

/// How many pieces of a body are held now, and how many there were at most.
#[derive(Default)]
struct Held {
    now: AtomicUsize,
    most: AtomicUsize,
}

struct Piece(Arc<Held>);

impl Piece {
    fn bytes(held: &Arc<Held>) -> Bytes {
        let now = held.now.fetch_add(1, Ordering::SeqCst) + 1;
        held.most.fetch_max(now, Ordering::SeqCst);
        Bytes::from_owner(Self(Arc::clone(held)))
    }
}

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &[b' '; 1024]
    }
}

impl Drop for Piece {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What is answered to half a megabyte, and how many pieces of a kilobyte were held at most.
async fn held_of(server: &Server, path: &str, token: Option<&str>) -> (Response, usize) {
    let held = Arc::new(Held::default());
    let pieces = (0..512).map({
        let held = Arc::clone(&held);
        move |_| Ok::<_, std::io::Error>(Piece::bytes(&held))
    });
    let media = match path {
        "/v1/enroll" => "application/json",
        _ => MEDIA_TYPE,
    };
    let mut request = Request::post(path).header("content-type", media);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let body = Body::from_stream(stream::iter(pieces));
    let response = server.send(request.body(body).unwrap()).await;
    (response, held.most.load(Ordering::SeqCst))
}

#[tokio::test]
async fn nothing_is_kept_of_the_body_of_somebody_whom_nobody_knows() {
    let server = Server::start();
    for path in ["/v1/sync", "/v1/snapshot", "/v1/erase", "/v1/audit"] {
        for token in [None, Some("a guess")] {
            let (response, held) = held_of(&server, path, token).await;
            assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
            assert!(held < 4, "{path} {token:?}: {held} pieces");
        }
    }
    let (response, held) = held_of(&server, "/v1/enroll", None).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(held < 16, "{held} pieces");
}

#[tokio::test]
async fn a_revoked_device_gets_its_wipe_order_and_nothing_is_kept_of_what_it_sends() {
    let server = Server::start();
    let device = server.device(server.space("Buurtteam"), Role::Writer).await;
    let now_ms = server.now_ms();
    assert!(server.log.revoke_device(device.id, now_ms).unwrap());
    let (response, held) = held_of(&server, "/v1/sync", Some(&device.token)).await;
    let (status, _, body) = take(response).await;
    let reply: ErrorReply = serde_json::from_slice(&body).unwrap();
    assert_eq!((status, reply.wipe), (StatusCode::UNAUTHORIZED, true));
    assert!(held < 4, "{held} pieces");
}

/// A request of which the last byte is held back.
struct Slow {
    is_read: oneshot::Receiver<()>,
    last: oneshot::Sender<Bytes>,
    answer: JoinHandle<Response>,
}

impl Slow {
    fn of(server: &Server, device: &TestDevice, space: Uuid) -> Self {
        let mut start = Bytes::from(device.request(space, vec![]).encode());
        let end = start.split_off(start.len() - 1);
        let (read, is_read) = oneshot::channel();
        let (last, rest) = oneshot::channel::<Bytes>();
        let started = stream::once(async move {
            read.send(()).unwrap();
            Ok::<_, std::io::Error>(start)
        });
        let ended = stream::once(async move {
            rest.await.unwrap();
            Ok(end)
        });
        let mut request = device.post("/v1/sync", MEDIA_TYPE, Vec::new());
        *request.body_mut() = Body::from_stream(started.chain(ended));
        let router = server.router.clone();
        let answer = tokio::spawn(async move { router.oneshot(request).await.unwrap() });
        Self {
            is_read,
            last,
            answer,
        }
    }

    async fn finish(self) {
        self.last.send(Bytes::new()).unwrap();
        assert_eq!(self.answer.await.unwrap().status(), StatusCode::OK);
    }
}

/// Whether a body is left unread while somebody else is served from beginning to end.
async fn has_to_wait(server: &Server, other: &TestDevice, slow: &mut Slow) -> bool {
    for _ in 0..5 {
        let request = other.post("/v1/wiped", "application/json", vec![]);
        let (mut parts, body) = request.into_parts();
        parts.method = Method::GET;
        parts.uri = "/v1/devices".parse().unwrap();
        let response = server.send(Request::from_parts(parts, body)).await;
        assert_eq!(response.status(), StatusCode::OK);
    }
    slow.is_read.try_recv().is_err()
}

#[tokio::test]
async fn only_so_many_bodies_are_read_at_once_and_few_of_one_device() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut devices = Vec::new();
    for _ in 0..12 {
        devices.push(server.device(space, Role::Writer).await);
    }
    let (last, others) = devices.split_last().unwrap();
    let mut open = Vec::new();
    for number in 0..32 {
        let mut slow = Slow::of(&server, &others[number / 3], space);
        (&mut slow.is_read).await.unwrap();
        open.push(slow);
    }
    let mut late = Slow::of(&server, last, space);
    assert!(has_to_wait(&server, last, &mut late).await);
    open.pop().unwrap().finish().await;
    (&mut late.is_read).await.unwrap();
    open.pop().unwrap().finish().await;
    // There is room for one more, and not for a fourth of the same device.
    let mut fourth = Slow::of(&server, &others[0], space);
    assert!(has_to_wait(&server, last, &mut fourth).await);
    open.swap_remove(0).finish().await;
    (&mut fourth.is_read).await.unwrap();
    for slow in open.into_iter().chain([late, fourth]) {
        slow.finish().await;
    }
}
