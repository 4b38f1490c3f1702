//! A server in this process, and devices that talk to its router.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ROOT};
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::Response;
use protocol::*;
use sync_server::clock::Clock;
use sync_server::http::{Doors, Rates, Stopper, router};
use sync_server::log::{Log, NewInvitation};
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

pub(crate) const START_MS: i64 = 1_760_000_000_000;
pub(crate) const DAY_MS: i64 = 24 * 3600 * 1000;

pub(crate) struct Server {
    pub(crate) log: Arc<Log>,
    pub(crate) router: Router,
    pub(crate) stopper: Stopper,
    now: Arc<AtomicI64>,
    pub(crate) folder: TempDir,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::on(TempDir::new().unwrap())
    }

    pub(crate) fn on(folder: TempDir) -> Self {
        // The clock stands still: nothing would ever be paid back.
        Self::with(folder, Rates::unlimited())
    }

    pub(crate) fn with(folder: TempDir, rates: Rates) -> Self {
        let log = Arc::new(Log::open(folder.path(), 4).unwrap());
        let now = Arc::new(AtomicI64::new(START_MS));
        let hands = Arc::clone(&now);
        let clock = Clock::new(move || hands.load(Ordering::Relaxed));
        let (doors, stopper) = Doors::new(Arc::clone(&log), clock, "0.1.0", 4);
        let doors = doors.with_rates(rates);
        Self {
            log,
            router: router(doors),
            stopper,
            now,
            folder,
        }
    }

    /// Ends the server and hands its folder back.
    pub(crate) fn stopped(self) -> TempDir {
        self.log.close();
        self.folder
    }

    pub(crate) fn wait_ms(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::Relaxed);
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.now.load(Ordering::Relaxed)
    }

    pub(crate) fn space(&self, name: &str) -> Uuid {
        self.log
            .add_space(name, SpaceKind::Team, self.now_ms())
            .unwrap()
    }

    pub(crate) fn invite(&self, space: Uuid, role: Role, member: Option<Uuid>) -> String {
        let expires_ms = self.now_ms() + DAY_MS;
        let secret = self.log.invite(
            NewInvitation {
                grants: vec![Grant { space, role }],
                member,
                expires_ms,
            },
            self.now_ms(),
        );
        secret.unwrap().reveal().to_owned()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub(crate) async fn enroll(
        &self,
        request: &EnrollRequest,
    ) -> Result<EnrollReply, (StatusCode, ErrorReply)> {
        let body = serde_json::to_vec(request).unwrap();
        let request = Request::post("/v1/enroll").header("content-type", "application/json");
        let response = self.send(request.body(body.into()).unwrap()).await;
        let (status, _, body) = take(response).await;
        match status {
            StatusCode::OK => Ok(serde_json::from_slice(&body).unwrap()),
            status => Err((status, serde_json::from_slice(&body).unwrap())),
        }
    }

    /// A new member with a device.
    pub(crate) async fn device(&self, space: Uuid, role: Role) -> TestDevice {
        self.device_of(space, role, None).await
    }

    pub(crate) async fn device_of(
        &self,
        space: Uuid,
        role: Role,
        member: Option<Uuid>,
    ) -> TestDevice {
        let secret = self.invite(space, role, member);
        let request = enroll_request(&secret, next_device());
        let mut answer = self.ask_to_join(&request).await;
        if answer.0 == StatusCode::ACCEPTED.as_u16() {
            self.let_everybody_in();
            answer = self.ask_to_join(&request).await;
        }
        TestDevice::joined(answer)
    }
}

/// The reply to a sync, sorted out.
#[derive(Debug)]
pub(crate) struct Synced {
    pub(crate) header: ReplyHeader,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) changes: Vec<ChangeFrame>,
    pub(crate) snapshots: Vec<SnapshotFrame>,
    pub(crate) tombstones: Vec<Tombstone>,
    pub(crate) ends: Vec<SpaceEnd>,
}

pub(crate) struct TestDevice {
    pub(crate) id: DeviceId,
    pub(crate) token: String,
    pub(crate) member: Uuid,
    pub(crate) cursor: u64,
    pub(crate) log_epoch: Option<Uuid>,
}

impl TestDevice {
    pub(crate) fn actor(&self, incarnation: u8) -> ActorId {
        let mut actor = [incarnation; 16];
        actor[..8].copy_from_slice(&self.id.0);
        ActorId::from(actor)
    }

    /// A new document and its first change.
    pub(crate) fn document(&self) -> (Uuid, Automerge) {
        let id = Uuid::now_v7();
        let mut document = Automerge::new().with_actor(self.actor(0));
        put(&mut document, "id", &id.to_string());
        (id, document)
    }

    pub(crate) fn request(&self, space: Uuid, changes: Vec<ChangeFrame>) -> SyncRequest {
        let cursor = SpaceCursor {
            id: space,
            cursor: Some(self.cursor),
            log_epoch: self.log_epoch,
        };
        let header = RequestHeader {
            spaces: vec![cursor],
            ..RequestHeader::new("0.1.0", 1, START_MS)
        };
        SyncRequest { header, changes }
    }

    pub(crate) fn post(&self, path: &str, content_type: &str, body: Vec<u8>) -> Request<Body> {
        Request::post(path)
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", content_type)
            .body(body.into())
            .unwrap()
    }

    /// Sends a request as it is, without moving the cursor.
    pub(crate) async fn ask(
        &self,
        server: &Server,
        request: &SyncRequest,
    ) -> Result<Synced, (StatusCode, ErrorReply)> {
        sorted(
            server
                .send(self.post("/v1/sync", MEDIA_TYPE, request.encode()))
                .await,
        )
        .await
    }

    /// Pushes, pulls a page and moves the cursor.
    pub(crate) async fn sync(
        &mut self,
        server: &Server,
        space: Uuid,
        changes: Vec<ChangeFrame>,
    ) -> Synced {
        let synced = self
            .ask(server, &self.request(space, changes))
            .await
            .unwrap();
        if let Some(end) = synced.ends.first() {
            self.cursor = end.next_cursor;
            self.log_epoch = synced
                .header
                .spaces
                .iter()
                .find(|state| state.id == space)
                .unwrap()
                .log_epoch;
        }
        synced
    }

    /// Asks to erase documents; what became of each.
    pub(crate) async fn erase(
        &self,
        server: &Server,
        space: Uuid,
        documents: &[Uuid],
    ) -> Vec<Outcome> {
        let request = EraseRequest {
            header: RequestHeader::new("0.1.0", 1, START_MS),
            tombstones: documents
                .iter()
                .map(|document| Tombstone {
                    space,
                    seq: 0,
                    document: *document,
                    reason: TombstoneReason::Erased,
                })
                .collect(),
        };
        let response = server
            .send(self.post("/v1/erase", MEDIA_TYPE, request.encode()))
            .await;
        sorted(response).await.unwrap().outcomes
    }

    /// A document that says the same without these values, by this device, in the place of its whole history.
    pub(crate) fn anew(&self, id: Uuid, maker: DeviceId, fields: &[(&str, &str)]) -> Automerge {
        let mut document = Automerge::new().with_actor(self.actor(0));
        let mut tx = document.transaction();
        tx.put(ROOT, "id", id.to_string()).unwrap();
        for (name, value) in fields {
            tx.put(ROOT, *name, *value).unwrap();
        }
        let past = tx
            .put_object(ROOT, "past", automerge::ObjType::Map)
            .unwrap();
        tx.put(&past, "maker", maker.to_string()).unwrap();
        tx.commit();
        document
    }

    /// Asks for a new epoch of a document; what became of its first change.
    pub(crate) async fn redact(
        &self,
        server: &Server,
        space: Uuid,
        id: Uuid,
        (epoch, document): (u64, &Automerge),
    ) -> Outcome {
        let mut changes = frames_of(space, id, document);
        for change in &mut changes {
            change.epoch = epoch;
        }
        let request = self.request(space, changes);
        let response = server
            .send(self.post("/v1/redact", MEDIA_TYPE, request.encode()))
            .await;
        let outcomes = sorted(response).await.unwrap().outcomes;
        assert!(outcomes.iter().all(|outcome| *outcome == outcomes[0]));
        outcomes[0]
    }

    /// What was erased in a space, and how far the devices are.
    pub(crate) async fn erasures(&self, server: &Server, space: Uuid) -> Vec<ErasureState> {
        let body = serde_json::to_vec(&ErasuresRequest { space, after: 0 }).unwrap();
        let response = server
            .send(self.post("/v1/erasures", "application/json", body))
            .await;
        let (status, _, body) = take(response).await;
        assert_eq!(status, StatusCode::OK);
        let reply: ErasuresReply = serde_json::from_slice(&body).unwrap();
        reply.erasures
    }

    pub(crate) async fn snapshot(
        &self,
        server: &Server,
        request: &SnapshotRequest,
    ) -> Result<Synced, (StatusCode, ErrorReply)> {
        let body = serde_json::to_vec(request).unwrap();
        sorted(
            server
                .send(self.post("/v1/snapshot", "application/json", body))
                .await,
        )
        .await
    }
}

pub(crate) fn next_device() -> DeviceId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    DeviceId(NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes())
}

pub(crate) fn enroll_request(secret: &str, device: DeviceId) -> EnrollRequest {
    EnrollRequest {
        secret: secret.to_owned(),
        device,
        name: Some("Noor de Vries".into()),
        platform: "test".into(),
        app: "0.1.0".into(),
        device_name: "tablet".into(),
    }
}

pub(crate) fn put(document: &mut Automerge, key: &str, value: &str) -> Vec<u8> {
    let mut tx = document.transaction();
    tx.put(ROOT, key, value).unwrap();
    tx.commit();
    document
        .get_last_local_change()
        .unwrap()
        .raw_bytes()
        .to_vec()
}

pub(crate) fn frame(space: Uuid, document: Uuid, bytes: Vec<u8>) -> ChangeFrame {
    ChangeFrame {
        space,
        document,
        epoch: 0,
        seq: 0,
        bytes,
    }
}

/// All changes of a document, as a device pushes them.
pub(crate) fn frames_of(space: Uuid, id: Uuid, document: &Automerge) -> Vec<ChangeFrame> {
    document
        .get_changes(&[])
        .iter()
        .map(|change| frame(space, id, change.raw_bytes().to_vec()))
        .collect()
}

/// This many documents of about 400 bytes of text, one change each.
pub(crate) fn many(device: &TestDevice, space: Uuid, count: usize) -> Vec<ChangeFrame> {
    let made = |number: usize| {
        let id = Uuid::now_v7();
        let mut document = Automerge::new().with_actor(device.actor(0));
        let mut tx = document.transaction();
        tx.put(ROOT, "id", id.to_string()).unwrap();
        tx.put(ROOT, "kind", "note").unwrap();
        tx.put(ROOT, "name", format!("Bewoner {number}")).unwrap();
        tx.put(ROOT, "street", format!("Malakkastraat {}", number % 97))
            .unwrap();
        tx.put(
            ROOT,
            "text",
            format!("{number:>8} vond de oversteek bij de school gevaarlijk. ").repeat(5),
        )
        .unwrap();
        tx.commit();
        frame(
            space,
            id,
            document
                .get_last_local_change()
                .unwrap()
                .raw_bytes()
                .to_vec(),
        )
    };
    (0..count).map(made).collect()
}

pub(crate) async fn take(response: Response) -> (StatusCode, HeaderMap, Vec<u8>) {
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX)
        .await
        .unwrap()
        .to_vec();
    let packed = parts
        .headers
        .get("content-encoding")
        .is_some_and(|coding| coding == "zstd");
    let body = if packed {
        zstd::decode_all(body.as_slice()).unwrap()
    } else {
        body
    };
    (parts.status, parts.headers, body)
}

async fn sorted(response: Response) -> Result<Synced, (StatusCode, ErrorReply)> {
    let (status, headers, body) = take(response).await;
    if status != StatusCode::OK {
        return Err((status, serde_json::from_slice(&body).unwrap()));
    }
    assert_eq!(headers["content-type"], MEDIA_TYPE);
    let mut frames = ReplyFrame::decode_all(&body).unwrap().into_iter();
    let Some(ReplyFrame::Header(header)) = frames.next() else {
        panic!("the first frame is no header")
    };
    let mut synced = Synced {
        header: *header,
        outcomes: vec![],
        changes: vec![],
        snapshots: vec![],
        tombstones: vec![],
        ends: vec![],
    };
    for frame in frames {
        match frame {
            ReplyFrame::Result(result) => {
                assert_eq!(result.index, synced.outcomes.len() as u64);
                synced.outcomes.push(result.outcome);
            }
            ReplyFrame::Change(change) => synced.changes.push(change),
            ReplyFrame::Snapshot(snapshot) => synced.snapshots.push(snapshot),
            ReplyFrame::SpaceEnd(end) => synced.ends.push(end),
            ReplyFrame::End(end) => assert_eq!(end.changes, synced.changes.len() as u64),
            ReplyFrame::Tombstone(tombstone) => synced.tombstones.push(tombstone),
            ReplyFrame::Header(_) => panic!("unexpected frame"),
        }
    }
    Ok(synced)
}
