//! The line between devices and server, in memory: requests go to the real router of the real server, and get lost,
//! doubled, delayed or cut on the way. Everything that the server says is remembered, also what got lost.

use std::collections::{BTreeSet, VecDeque};
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;

use app::{Answer, Ask, Wire, WireError};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use futures_util::future::{BoxFuture, FutureExt as _};
use parking_lot::Mutex;
use protocol::{
    EraseRequest, ErrorCode, ErrorReply, Outcome, ReplyFrame, SnapshotRequest, SpaceAction,
    SyncRequest,
};
use serde::{Deserialize, Serialize};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::disk;

/// The address of the server in every invitation.
pub(crate) const ADDRESS: &str = "http://localhost";

/// More than any answer of the server.
const LARGEST: usize = 64 * 1024 * 1024;

/// What goes wrong with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineTrouble {
    /// The request gets lost.
    LoseRequest,
    /// The server hears it, and its answer gets lost.
    LoseReply,
    /// The request arrives twice; the answer to the first comes back.
    DoubleFirst,
    /// The request arrives twice; the answer to the second comes back.
    DoubleSecond,
    /// The request is cut after this many thousandths.
    CutRequest(u16),
    /// The answer is cut after this many thousandths.
    CutReply(u16),
    /// The device gives up; the request arrives later.
    Late,
    /// A server that is too busy.
    Busy,
    /// Pages of at most this many bytes.
    SmallPages(u16),
}

/// The server said that it has this change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Promise {
    pub(crate) log_epoch: Option<Uuid>,
    pub(crate) space: Uuid,
    pub(crate) document: Uuid,
    pub(crate) hash: [u8; 32],
    pub(crate) seq: u64,
    /// Whose request it was.
    pub(crate) device: usize,
    /// The answer reached the device.
    pub(crate) heard: bool,
}

/// What a device was given of a log.
#[derive(Debug, Clone)]
pub(crate) struct Pulled {
    pub(crate) device: usize,
    pub(crate) log_epoch: Option<Uuid>,
    pub(crate) space: Uuid,
    pub(crate) after: u64,
    pub(crate) next: u64,
    pub(crate) seqs: Vec<u64>,
    /// Who is not in the space any more hears only what was erased in it.
    pub(crate) gone: bool,
}

#[derive(Default)]
struct Inner {
    server: Option<Router>,
    folder: PathBuf,
    promises: Vec<Promise>,
    pulls: Vec<Pulled>,
    erased: BTreeSet<Uuid>,
    late: Vec<(usize, Ask)>,
}

/// All lines together.
#[derive(Default)]
pub(crate) struct Net(Mutex<Inner>);

impl Net {
    /// Lines over which this was said before.
    pub(crate) fn after(promises: Vec<Promise>) -> Self {
        Self(Mutex::new(Inner {
            promises,
            ..Inner::default()
        }))
    }

    /// The server answers, or nobody does.
    pub(crate) fn connect(&self, server: Option<Router>, folder: PathBuf) {
        let mut inner = self.0.lock();
        inner.server = server;
        inner.folder = folder;
    }

    pub(crate) fn router(&self) -> Option<Router> {
        self.0.lock().server.clone()
    }

    pub(crate) fn promises(&self) -> Vec<Promise> {
        self.0.lock().promises.clone()
    }

    pub(crate) fn pulls(&self) -> Vec<Pulled> {
        self.0.lock().pulls.clone()
    }

    /// Records of which the server said that they are erased.
    pub(crate) fn erased(&self) -> BTreeSet<Uuid> {
        self.0.lock().erased.clone()
    }

    /// Requests that were delayed.
    pub(crate) fn take_late(&self) -> Vec<(usize, Ask)> {
        std::mem::take(&mut self.0.lock().late)
    }

    /// Hands a request to the server, if there is one and it lives long enough to answer.
    pub(crate) async fn deliver(&self, device: usize, ask: &Ask) -> Option<Answer> {
        let (router, folder) = {
            let inner = self.0.lock();
            (inner.server.clone()?, inner.folder.clone())
        };
        let path = ask.url.strip_prefix(ADDRESS).unwrap_or(&ask.url);
        let mut request = Request::builder().method(ask.method.as_str()).uri(path);
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(ask.body.clone())).ok()?;
        let Ok(response) = router.oneshot(request).await;
        let status = response.status().as_u16();
        let packed = response.headers().get("content-encoding").is_some();
        let retry_after = response
            .headers()
            .get("retry-after")
            .and_then(|value| value.to_str().ok()?.parse().ok());
        let body = to_bytes(response.into_body(), LARGEST).await.ok()?.to_vec();
        if disk::is_stopped(&folder) {
            return None;
        }
        let answer = Answer {
            status,
            packed,
            retry_after,
            body,
        };
        self.remember(device, path, ask, &answer);
        Some(answer)
    }

    fn remember(&self, device: usize, path: &str, ask: &Ask, answer: &Answer) {
        let is_erasing = path == "/v1/erase";
        if !(is_erasing || path == "/v1/sync") || answer.status != 200 {
            return;
        }
        let asked = if is_packed(ask) {
            unpack(&ask.body)
        } else {
            Some(ask.body.clone())
        };
        let told = if answer.packed {
            unpack(&answer.body)
        } else {
            Some(answer.body.clone())
        };
        let (Some(asked), Some(Ok(frames))) =
            (asked, told.map(|body| ReplyFrame::decode_all(&body)))
        else {
            return;
        };
        if is_erasing {
            self.remember_erased(&asked, frames);
        } else if let Ok(request) = SyncRequest::decode(&asked) {
            self.remember_sync(device, &request, frames);
        }
    }

    fn remember_erased(&self, asked: &[u8], frames: Vec<ReplyFrame>) {
        let Ok(request) = EraseRequest::decode(asked) else {
            return;
        };
        let mut inner = self.0.lock();
        for frame in frames {
            if let ReplyFrame::Result(result) = frame
                && let Outcome::Ok { .. } | Outcome::Duplicate { .. } = result.outcome
                && let Ok(index) = usize::try_from(result.index)
                && let Some(tombstone) = request.tombstones.get(index)
            {
                inner.erased.insert(tombstone.document);
            }
        }
    }

    fn remember_sync(&self, device: usize, request: &SyncRequest, frames: Vec<ReplyFrame>) {
        let mut inner = self.0.lock();
        let mut epochs: Vec<(Uuid, Option<Uuid>)> = Vec::new();
        let mut gone: Vec<Uuid> = Vec::new();
        let mut seqs = Vec::new();
        for frame in frames {
            match frame {
                ReplyFrame::Header(header) => {
                    epochs = header
                        .spaces
                        .iter()
                        .map(|state| (state.id, state.log_epoch))
                        .collect();
                    gone = header
                        .spaces
                        .iter()
                        .filter(|state| state.action == SpaceAction::Gone)
                        .map(|state| state.id)
                        .collect();
                }
                ReplyFrame::Result(result) => {
                    let index = usize::try_from(result.index).unwrap_or(usize::MAX);
                    let (Outcome::Ok { seq } | Outcome::Duplicate { seq }, Some(change)) =
                        (result.outcome, request.changes.get(index))
                    else {
                        continue;
                    };
                    inner.promises.push(Promise {
                        log_epoch: epoch_of(&epochs, change.space),
                        space: change.space,
                        document: change.document,
                        hash: result.hash,
                        seq,
                        device,
                        heard: false,
                    });
                }
                ReplyFrame::Change(change) => seqs.push(change.seq),
                ReplyFrame::Tombstone(tombstone) => seqs.push(tombstone.seq),
                ReplyFrame::SpaceEnd(end) => {
                    // A page tells what was erased apart from what was written.
                    seqs.sort_unstable();
                    let cursor = request
                        .header
                        .spaces
                        .iter()
                        .find(|cursor| cursor.id == end.space);
                    let log_epoch = epoch_of(&epochs, end.space);
                    // A number of another log says nothing: then the answer begins at the beginning.
                    let after = cursor
                        .filter(|cursor| cursor.log_epoch == log_epoch)
                        .and_then(|cursor| cursor.cursor);
                    inner.pulls.push(Pulled {
                        device,
                        log_epoch,
                        space: end.space,
                        after: after.unwrap_or(0),
                        next: end.next_cursor,
                        seqs: std::mem::take(&mut seqs),
                        gone: gone.contains(&end.space),
                    });
                }
                ReplyFrame::Snapshot(_) | ReplyFrame::End(_) => {}
            }
        }
    }

    /// What was said last reached the device.
    fn heard(&self, device: usize) {
        for promise in self.0.lock().promises.iter_mut().rev() {
            if promise.device != device || promise.heard {
                break;
            }
            promise.heard = true;
        }
    }
}

fn epoch_of(epochs: &[(Uuid, Option<Uuid>)], space: Uuid) -> Option<Uuid> {
    epochs
        .iter()
        .find(|(id, _)| *id == space)
        .and_then(|(_, epoch)| *epoch)
}

fn is_packed(ask: &Ask) -> bool {
    ask.headers
        .iter()
        .any(|(name, _)| *name == "content-encoding")
}

pub(crate) fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    let decoder = zstd::stream::read::Decoder::new(packed).ok()?;
    decoder
        .take(LARGEST as u64)
        .read_to_end(&mut body)
        .ok()
        .map(|_| body)
}

/// The line of one device.
pub(crate) struct Line {
    net: Arc<Net>,
    device: usize,
    planned: Mutex<VecDeque<LineTrouble>>,
}

impl Line {
    pub(crate) fn new(net: Arc<Net>, device: usize) -> Arc<Self> {
        Arc::new(Self {
            net,
            device,
            planned: Mutex::default(),
        })
    }

    /// Whose line it is.
    pub(crate) const fn device(&self) -> usize {
        self.device
    }

    /// What goes wrong with the next requests, one after another; what is left over is forgotten.
    pub(crate) fn plan(&self, troubles: &[LineTrouble]) {
        *self.planned.lock() = troubles.iter().copied().collect();
    }
}

fn offline(what: &'static str) -> WireError {
    WireError::Offline(what.into())
}

impl Wire for Line {
    fn send(&self, ask: Ask) -> BoxFuture<'_, Result<Answer, WireError>> {
        async move {
            let trouble = self.planned.lock().pop_front();
            let answer = self.carry(ask, trouble).await?;
            self.net.heard(self.device);
            Ok(answer)
        }
        .boxed()
    }

    fn listen<'a>(
        &'a self,
        _: Ask,
        _: &'a mut (dyn FnMut() + Send),
    ) -> BoxFuture<'a, Result<Answer, WireError>> {
        async { Err(offline("streams are blocked")) }.boxed()
    }
}

impl Line {
    async fn deliver(&self, ask: &Ask) -> Result<Answer, WireError> {
        let answer = self.net.deliver(self.device, ask).await;
        answer.ok_or_else(|| offline("nobody answers"))
    }

    async fn carry(&self, mut ask: Ask, trouble: Option<LineTrouble>) -> Result<Answer, WireError> {
        match trouble {
            None => self.deliver(&ask).await,
            Some(LineTrouble::LoseRequest) => Err(offline("the request got lost")),
            Some(LineTrouble::LoseReply) => {
                self.deliver(&ask).await?;
                Err(offline("the answer got lost"))
            }
            Some(LineTrouble::DoubleFirst) => {
                let first = self.deliver(&ask).await?;
                self.deliver(&ask).await?;
                Ok(first)
            }
            Some(LineTrouble::DoubleSecond) => {
                self.deliver(&ask).await?;
                self.deliver(&ask).await
            }
            Some(LineTrouble::CutRequest(part)) => {
                cut(&mut ask.body, part);
                self.deliver(&ask).await
            }
            Some(LineTrouble::CutReply(part)) => {
                let mut answer = self.deliver(&ask).await?;
                cut(&mut answer.body, part);
                Ok(answer)
            }
            Some(LineTrouble::Late) => {
                self.net.0.lock().late.push((self.device, ask));
                Err(offline("no answer in time"))
            }
            Some(LineTrouble::Busy) => Ok(Answer {
                status: 503,
                packed: false,
                retry_after: None,
                body: serde_json::to_vec(&ErrorReply::new(ErrorCode::Busy, "too much at once"))
                    .unwrap_or_default(),
            }),
            Some(LineTrouble::SmallPages(bytes)) => {
                smaller(&mut ask, u64::from(bytes));
                self.deliver(&ask).await
            }
        }
    }
}

fn cut(body: &mut Vec<u8>, thousandths: u16) {
    let length = body.len() * usize::from(thousandths) / 1_000;
    body.truncate(length.min(body.len().saturating_sub(1)));
}

/// Asks for smaller pages, as if there were more in them than fits.
fn smaller(ask: &mut Ask, bytes: u64) {
    if ask.url.ends_with("/v1/sync") {
        let body = if is_packed(ask) {
            unpack(&ask.body)
        } else {
            Some(ask.body.clone())
        };
        if let Some(Ok(mut request)) = body.map(|body| SyncRequest::decode(&body)) {
            request.header.max_bytes = Some(bytes);
            ask.body = request.encode();
            ask.headers.retain(|(name, _)| *name != "content-encoding");
        }
    } else if let Ok(mut request) = serde_json::from_slice::<SnapshotRequest>(&ask.body) {
        request.max_bytes = Some(bytes);
        ask.body = serde_json::to_vec(&request).unwrap_or_default();
    }
}
