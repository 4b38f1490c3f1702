//! HTTP to the server: one client, limits on what comes back, and what its answers mean.

use std::io::Read as _;
use std::time::Duration;

use futures_util::StreamExt as _;
use protocol::{
    EnrollReply, EnrollRequest, ErasuresReply, ErasuresRequest, ErrorCode, ErrorReply, MEDIA_TYPE,
    SnapshotRequest,
};
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE};
use reqwest::{Client, Response, StatusCode};
use thiserror::Error;

/// The most an answer may unpack to: a page with its header, several times over.
const LARGEST_ANSWER: usize = 8 * protocol::limits::MAX_PAGE_BYTES;
/// Bodies above this are packed; below it packing costs more than it saves.
const PACK_ABOVE: usize = 512;

/// Why a request did not succeed.
#[derive(Debug, Error)]
pub(crate) enum TransportError {
    /// No connection, or it broke.
    #[error("no connection")]
    Offline(#[source] reqwest::Error),
    /// The server said no.
    #[error("the server refused: {}", .0.message)]
    Refused(ErrorReply),
    /// The server answered something else than Buurtboek.
    #[error("this is not a Buurtboek server (status {0})")]
    NotOurs(StatusCode),
    /// More came back than ever should.
    #[error("the answer is too big")]
    TooBig,
    /// What came back cannot be unpacked.
    #[error("the answer is broken")]
    Broken,
    /// The address cannot be used.
    #[error("the address of the server cannot be used")]
    Address(#[source] reqwest::Error),
}

/// A connection to one server.
#[derive(Debug, Clone)]
pub(crate) struct Transport {
    client: Client,
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
    pub(crate) fn new(base: &str) -> Result<Self, TransportError> {
        // The process may have chosen a provider already; the first one stays, and both are the same.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(60))
            .user_agent(concat!("buurtboek/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(TransportError::Address)?;
        Ok(Self {
            client,
            base: base.trim_end_matches('/').to_owned(),
        })
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
        let request = self
            .client
            .post(format!("{}{path}", self.base))
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .header(ACCEPT_ENCODING, "zstd")
            .header(CONTENT_TYPE, MEDIA_TYPE);
        let packed = (body.len() > PACK_ABOVE)
            .then(|| zstd::bulk::compress(&body, 3).ok())
            .flatten();
        let (request, body) = match packed {
            Some(packed) => (request.header(CONTENT_ENCODING, "zstd"), packed),
            None => (request, body),
        };
        traffic.requests += 1;
        traffic.bytes_up += body.len() as u64;
        let response = request
            .body(body)
            .send()
            .await
            .map_err(TransportError::Offline)?;
        answer(response, traffic).await
    }

    /// `POST /v1/snapshot`.
    pub(crate) async fn snapshot(
        &self,
        token: &str,
        request: &SnapshotRequest,
        traffic: &mut Traffic,
    ) -> Result<Vec<u8>, TransportError> {
        let body = serde_json::to_vec(request).unwrap_or_default();
        traffic.requests += 1;
        traffic.bytes_up += body.len() as u64;
        let response = self
            .client
            .post(format!("{}/v1/snapshot", self.base))
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .header(ACCEPT_ENCODING, "zstd")
            .header(CONTENT_TYPE, "application/json")
            .body(body)
            .send()
            .await
            .map_err(TransportError::Offline)?;
        answer(response, traffic).await
    }

    /// `POST /v1/erasures`.
    pub(crate) async fn erasures(
        &self,
        token: &str,
        request: &ErasuresRequest,
    ) -> Result<ErasuresReply, TransportError> {
        let response = self
            .client
            .post(format!("{}/v1/erasures", self.base))
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .header(CONTENT_TYPE, "application/json")
            .body(serde_json::to_vec(request).unwrap_or_default())
            .send()
            .await
            .map_err(TransportError::Offline)?;
        let status = response.status();
        let body = answer(response, &mut Traffic::default()).await?;
        serde_json::from_slice(&body).map_err(|_| TransportError::NotOurs(status))
    }

    /// `POST /v1/enroll`.
    pub(crate) async fn enroll(
        &self,
        request: &EnrollRequest,
    ) -> Result<EnrollReply, TransportError> {
        let response = self
            .client
            .post(format!("{}/v1/enroll", self.base))
            .header(CONTENT_TYPE, "application/json")
            .body(serde_json::to_vec(request).unwrap_or_default())
            .send()
            .await
            .map_err(TransportError::Offline)?;
        let status = response.status();
        let body = answer(response, &mut Traffic::default()).await?;
        serde_json::from_slice(&body).map_err(|_| TransportError::NotOurs(status))
    }

    /// `POST /v1/wiped`: this device has destroyed its data.
    pub(crate) async fn wiped(&self, token: &str) -> Result<(), TransportError> {
        let response = self
            .client
            .post(format!("{}/v1/wiped", self.base))
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .send()
            .await
            .map_err(TransportError::Offline)?;
        if response.status().is_success() {
            Ok(())
        } else {
            Err(refusal(response).await)
        }
    }

    /// `GET /v1/events`: calls `spoke` for every word of the server until the stream ends. A proxy that blocks
    /// streams costs only speed: the device looks by itself, too.
    pub(crate) async fn listen(
        &self,
        token: &str,
        mut spoke: impl FnMut(),
    ) -> Result<(), TransportError> {
        let response = self
            .client
            .get(format!("{}/v1/events", self.base))
            .header(AUTHORIZATION, format!("Bearer {token}"))
            .header(ACCEPT, "text/event-stream")
            .send()
            .await
            .map_err(TransportError::Offline)?;
        if !response.status().is_success() {
            return Err(refusal(response).await);
        }
        let mut stream = response.bytes_stream();
        while let Some(piece) = stream.next().await {
            let piece = piece.map_err(TransportError::Offline)?;
            // Only the fact matters; heartbeats are comments and carry no `data:`.
            if piece.windows(5).any(|window| window == b"data:") {
                spoke();
            }
        }
        Ok(())
    }
}

async fn answer(response: Response, traffic: &mut Traffic) -> Result<Vec<u8>, TransportError> {
    if !response.status().is_success() {
        return Err(refusal(response).await);
    }
    let is_packed = response
        .headers()
        .get(CONTENT_ENCODING)
        .is_some_and(|value| value == "zstd");
    let body = read(response).await?;
    traffic.bytes_down += body.len() as u64;
    if is_packed { unpack(&body) } else { Ok(body) }
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

async fn refusal(response: Response) -> TransportError {
    let status = response.status();
    match read(response).await {
        Ok(body) => match serde_json::from_slice::<ErrorReply>(&body) {
            Ok(reply) => TransportError::Refused(reply),
            Err(_) if status.is_server_error() => TransportError::Refused(ErrorReply::new(
                ErrorCode::Busy,
                format!("status {status}"),
            )),
            Err(_) => TransportError::NotOurs(status),
        },
        Err(problem) => problem,
    }
}

async fn read(response: Response) -> Result<Vec<u8>, TransportError> {
    let mut stream = response.bytes_stream();
    let mut body = Vec::new();
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(TransportError::Offline)?;
        if body.len() + piece.len() > LARGEST_ANSWER {
            return Err(TransportError::TooBig);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}
