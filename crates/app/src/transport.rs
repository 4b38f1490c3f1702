//! What is asked of a server and what its answers mean, over a [`Wire`].

use std::io::Read as _;
use std::sync::Arc;

use protocol::{
    AuditBatch, AuditPage, AuditReceipt, EnrollRequest, Enrolled, ErasuresReply, ErasuresRequest,
    ErrorCode, ErrorReply, MEDIA_TYPE, SnapshotRequest,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use uuid::Uuid;

use crate::http::LARGEST_ANSWER;
use crate::wire::{Answer, Ask, Method, Wire, WireError};

/// Bodies above this are packed; below it packing costs more than it saves.
const PACK_ABOVE: usize = 512;

/// The status of an enrolment that waits for a second look.
const ACCEPTED: u16 = 202;

/// Why a request did not succeed.
#[derive(Debug, Error)]
pub(crate) enum TransportError {
    /// No connection.
    #[error("no connection")]
    Offline(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The connection broke under the request or its answer.
    #[error("the connection broke")]
    Broke(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The server said no.
    #[error("the server refused: {}", .reply.message)]
    Refused {
        /// Why.
        reply: ErrorReply,
        /// After how many seconds it is worth asking again, if it said so.
        retry_after: Option<u32>,
    },
    /// The server answered something else than Buurtboek.
    #[error("this is not a Buurtboek server (status {0})")]
    NotOurs(u16),
    /// More came back than ever should.
    #[error("the answer is too big")]
    TooBig,
    /// What came back cannot be unpacked.
    #[error("the answer is broken")]
    Broken,
}

impl From<WireError> for TransportError {
    fn from(problem: WireError) -> Self {
        match problem {
            WireError::Offline(problem) => Self::Offline(problem),
            WireError::Broke(problem) => Self::Broke(problem),
            WireError::TooBig => Self::TooBig,
        }
    }
}

/// A connection to one server.
#[derive(Clone)]
pub(crate) struct Transport {
    wire: Arc<dyn Wire>,
    base: String,
}

/// How much an exchange took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Traffic {
    pub(crate) requests: u32,
    pub(crate) bytes_up: u64,
    pub(crate) bytes_down: u64,
}

impl Transport {
    /// A connection to the server at this base address.
    pub(crate) fn new(wire: Arc<dyn Wire>, base: &str) -> Self {
        Self {
            wire,
            base: base.trim_end_matches('/').to_owned(),
        }
    }

    /// `POST /v1/sync`.
    pub(crate) async fn sync(
        &self,
        token: &str,
        body: Vec<u8>,
        traffic: &mut Traffic,
    ) -> Result<Vec<u8>, TransportError> {
        self.framed("/v1/sync", token, body, traffic).await
    }

    /// `POST` of a framed body to one of the addresses that take one.
    pub(crate) async fn framed(
        &self,
        path: &str,
        token: &str,
        body: Vec<u8>,
        traffic: &mut Traffic,
    ) -> Result<Vec<u8>, TransportError> {
        let packed = (body.len() > PACK_ABOVE)
            .then(|| zstd::bulk::compress(&body, 3).ok())
            .flatten();
        let mut ask = self.ask(Method::Post, path, Some(token));
        ask.headers.push(("content-type", MEDIA_TYPE.to_owned()));
        ask.headers.push(("accept-encoding", "zstd".to_owned()));
        if packed.is_some() {
            ask.headers.push(("content-encoding", "zstd".to_owned()));
        }
        ask.body = packed.unwrap_or(body);
        self.whole(ask, traffic).await.map(|(_, body)| body)
    }

    /// `POST /v1/snapshot`.
    pub(crate) async fn snapshot(
        &self,
        token: &str,
        request: &SnapshotRequest,
        traffic: &mut Traffic,
    ) -> Result<Vec<u8>, TransportError> {
        let mut ask = self.json("/v1/snapshot", Some(token), request);
        ask.headers.push(("accept-encoding", "zstd".to_owned()));
        self.whole(ask, traffic).await.map(|(_, body)| body)
    }

    /// `POST /v1/erasures`.
    pub(crate) async fn erasures(
        &self,
        token: &str,
        request: &ErasuresRequest,
    ) -> Result<ErasuresReply, TransportError> {
        self.answered(self.json("/v1/erasures", Some(token), request))
            .await
    }

    /// `POST /v1/audit`.
    pub(crate) async fn report(
        &self,
        token: &str,
        batch: &AuditBatch,
        traffic: &mut Traffic,
    ) -> Result<AuditReceipt, TransportError> {
        let ask = self.json("/v1/audit", Some(token), batch);
        let (status, body) = self.whole(ask, traffic).await?;
        serde_json::from_slice(&body).map_err(|_| TransportError::NotOurs(status))
    }

    /// `GET /v1/audit`: a page of the log of a space, or of one record in it.
    pub(crate) async fn audit(
        &self,
        token: &str,
        space: Uuid,
        after: u64,
        record: Option<Uuid>,
    ) -> Result<AuditPage, TransportError> {
        let only = record.map_or_else(String::new, |record| format!("&record={record}"));
        let path = format!("/v1/audit?space={space}&after={after}{only}");
        self.answered(self.ask(Method::Get, &path, Some(token)))
            .await
    }

    /// `POST /v1/enroll`.
    pub(crate) async fn enroll(&self, request: &EnrollRequest) -> Result<Enrolled, TransportError> {
        let ask = self.json("/v1/enroll", None, request);
        let (status, body) = self.whole(ask, &mut Traffic::default()).await?;
        let read = if status == ACCEPTED {
            serde_json::from_slice(&body).map(Enrolled::Waiting)
        } else {
            serde_json::from_slice(&body).map(Enrolled::In)
        };
        read.map_err(|_| TransportError::NotOurs(status))
    }

    /// A question about devices, invitations or members, with or without JSON; the answer is JSON or nothing.
    pub(crate) async fn look_after<T: DeserializeOwned>(
        &self,
        token: &str,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
    ) -> Result<T, TransportError> {
        let mut ask = self.ask(method, path, Some(token));
        if let Some(body) = body {
            ask.headers
                .push(("content-type", "application/json".to_owned()));
            ask.body = body;
        }
        let (status, body) = self.whole(ask, &mut Traffic::default()).await?;
        let body = if body.is_empty() { b"null" } else { &*body };
        serde_json::from_slice(body).map_err(|_| TransportError::NotOurs(status))
    }

    /// `POST /v1/wiped`: this device has destroyed its data.
    pub(crate) async fn wiped(&self, token: &str) -> Result<(), TransportError> {
        let ask = self.ask(Method::Post, "/v1/wiped", Some(token));
        self.whole(ask, &mut Traffic::default()).await.map(|_| ())
    }

    /// `GET /v1/events`: calls `spoke` for every word of the server until the stream ends. A proxy that blocks
    /// streams costs only speed: the device looks by itself, too.
    pub(crate) async fn listen(
        &self,
        token: &str,
        mut spoke: impl FnMut() + Send,
    ) -> Result<(), TransportError> {
        let mut ask = self.ask(Method::Get, "/v1/events", Some(token));
        ask.headers.push(("accept", "text/event-stream".to_owned()));
        let answer = self.wire.listen(ask, &mut spoke).await?;
        refused(answer).map(|_| ())
    }

    fn ask(&self, method: Method, path: &str, token: Option<&str>) -> Ask {
        let authorization = token.map(|token| ("authorization", format!("Bearer {token}")));
        Ask {
            method,
            url: format!("{}{path}", self.base),
            headers: authorization.into_iter().collect(),
            body: Vec::new(),
        }
    }

    fn json(&self, path: &str, token: Option<&str>, body: &impl Serialize) -> Ask {
        let mut ask = self.ask(Method::Post, path, token);
        ask.headers
            .push(("content-type", "application/json".to_owned()));
        ask.body = serde_json::to_vec(body).unwrap_or_default();
        ask
    }

    async fn answered<T: DeserializeOwned>(&self, ask: Ask) -> Result<T, TransportError> {
        let (status, body) = self.whole(ask, &mut Traffic::default()).await?;
        serde_json::from_slice(&body).map_err(|_| TransportError::NotOurs(status))
    }

    /// Status and unpacked body of a success.
    async fn whole(
        &self,
        ask: Ask,
        traffic: &mut Traffic,
    ) -> Result<(u16, Vec<u8>), TransportError> {
        traffic.requests += 1;
        traffic.bytes_up += ask.body.len() as u64;
        let answer = refused(self.wire.send(ask).await?)?;
        traffic.bytes_down += answer.body.len() as u64;
        let body = if answer.packed {
            unpack(&answer.body)?
        } else {
            answer.body
        };
        Ok((answer.status, body))
    }
}

/// Unpacks an answer, but never more than an answer can be.
fn unpack(packed: &[u8]) -> Result<Vec<u8>, TransportError> {
    let mut body = Vec::new();
    let broken = |_| TransportError::Broken;
    let decoder = zstd::stream::read::Decoder::new(packed).map_err(broken)?;
    decoder
        .take(LARGEST_ANSWER as u64 + 1)
        .read_to_end(&mut body)
        .map_err(broken)?;
    if body.len() > LARGEST_ANSWER {
        Err(TransportError::TooBig)
    } else {
        Ok(body)
    }
}

/// What an answer that is no success says.
fn refused(answer: Answer) -> Result<Answer, TransportError> {
    let status = answer.status;
    if (200..300).contains(&status) {
        return Ok(answer);
    }
    let reply = match serde_json::from_slice::<ErrorReply>(&answer.body) {
        Ok(reply) => reply,
        // A proxy before the server has words of its own.
        Err(_) if status >= 500 => ErrorReply::new(ErrorCode::Busy, format!("status {status}")),
        Err(_) => return Err(TransportError::NotOurs(status)),
    };
    Err(TransportError::Refused {
        reply,
        retry_after: answer.retry_after,
    })
}
