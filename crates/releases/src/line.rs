//! Lines to a server: one that asks the real server of today and writes down what crosses, one that plays what crossed
//! then.

use std::sync::Arc;

use app::{Answer, Ask, Wire, WireError};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::{BoxFuture, FutureExt as _};
use parking_lot::Mutex;
use protocol::{ErrorCode, ErrorReply};
use serde::{Deserialize, Serialize};
use tower::ServiceExt as _;

use crate::{ADDRESS, Result};

/// More than any answer of the server.
const LARGEST: usize = 64 * 1024 * 1024;

/// One request and its answer, as they crossed the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossing {
    /// Which device asked.
    pub who: String,
    /// The word of HTTP.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body of the request, base64.
    asked: String,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The answer is compressed with zstd.
    pub packed: bool,
    /// The body of the answer, base64.
    answered: String,
}

impl Crossing {
    fn new(who: &str, ask: &Ask, answer: &Answer) -> Self {
        let headers = ask.headers.iter();
        Self {
            who: who.to_owned(),
            method: ask.method.as_str().to_owned(),
            path: path_of(&ask.url).to_owned(),
            headers: headers
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
            asked: STANDARD.encode(&ask.body),
            status: answer.status,
            packed: answer.packed,
            answered: STANDARD.encode(&answer.body),
        }
    }

    /// The request, unpacked.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn asked(&self) -> Result<Vec<u8>> {
        let body = STANDARD.decode(&self.asked)?;
        let is_packed = self
            .headers
            .iter()
            .any(|(name, _)| name == "content-encoding");
        if is_packed { unpack(&body) } else { Ok(body) }
    }

    /// The answer, unpacked.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn answered(&self) -> Result<Vec<u8>> {
        let body = STANDARD.decode(&self.answered)?;
        if self.packed { unpack(&body) } else { Ok(body) }
    }

    /// Asks a server of today the same, byte for byte.
    ///
    /// # Errors
    /// When no whole answer comes.
    pub async fn ask_again(&self, router: &Router) -> Result<Self> {
        let mut request = Request::builder()
            .method(self.method.as_str())
            .uri(&self.path);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let body = STANDARD.decode(&self.asked)?;
        let answer = answer_of(router, request.body(Body::from(body))?).await?;
        Ok(Self {
            status: answer.status,
            packed: answer.packed,
            answered: STANDARD.encode(&answer.body),
            ..self.clone()
        })
    }
}

fn path_of(url: &str) -> &str {
    url.strip_prefix(ADDRESS).unwrap_or(url)
}

fn unpack(packed: &[u8]) -> Result<Vec<u8>> {
    Ok(zstd::bulk::decompress(packed, LARGEST)?)
}

/// Reads what crossed: one request and its answer in each line.
///
/// # Errors
/// When the text is damaged.
pub fn crossings(text: &str) -> Result<Vec<Crossing>> {
    let lines = text.lines().map(serde_json::from_str);
    Ok(lines.collect::<serde_json::Result<_>>()?)
}

async fn answer_of(router: &Router, request: Request<Body>) -> Result<Answer> {
    let Ok(response) = router.clone().oneshot(request).await;
    let status = response.status().as_u16();
    let packed = response.headers().contains_key("content-encoding");
    let body = to_bytes(response.into_body(), LARGEST).await?.to_vec();
    // What is kept succeeded: nobody was told to wait.
    Ok(Answer {
        status,
        packed,
        retry_after: None,
        body,
    })
}

/// The line of one device to a server in this process; it writes down what crosses.
pub struct Line {
    who: String,
    router: Router,
    crossed: Arc<Mutex<Vec<Crossing>>>,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line")
            .field("who", &self.who)
            .finish_non_exhaustive()
    }
}

impl Line {
    /// A line of this device to this server, and where it writes.
    #[must_use]
    pub fn new(who: &str, router: &Router, crossed: &Arc<Mutex<Vec<Crossing>>>) -> Arc<Self> {
        Arc::new(Self {
            who: who.to_owned(),
            router: router.clone(),
            crossed: crossed.clone(),
        })
    }

    async fn carry(&self, ask: Ask) -> Result<Answer> {
        let mut request = Request::builder()
            .method(ask.method.as_str())
            .uri(path_of(&ask.url));
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        let request = request.body(Body::from(ask.body.clone()))?;
        let answer = answer_of(&self.router, request).await?;
        self.crossed
            .lock()
            .push(Crossing::new(&self.who, &ask, &answer));
        Ok(answer)
    }
}

impl Wire for Line {
    fn send(&self, ask: Ask) -> BoxFuture<'_, std::result::Result<Answer, WireError>> {
        async move { self.carry(ask).await.map_err(WireError::Offline) }.boxed()
    }

    fn listen<'a>(
        &'a self,
        _: Ask,
        _: &'a mut (dyn FnMut() + Send),
    ) -> BoxFuture<'a, std::result::Result<Answer, WireError>> {
        async { Err(WireError::Offline("no streams here".into())) }.boxed()
    }
}

/// A server of then: it says again what it said, request by request, and to what it was not asked it says that it does not
/// know such a thing, as it would have.
#[derive(Debug)]
pub struct Played {
    left: Mutex<Vec<Crossing>>,
    asked: Mutex<Vec<Ask>>,
}

impl Played {
    /// Plays what crossed for one device.
    #[must_use]
    pub fn of(who: &str, all: &[Crossing]) -> Arc<Self> {
        let mine = all.iter().filter(|crossing| crossing.who == who);
        Arc::new(Self {
            left: Mutex::new(mine.cloned().collect()),
            asked: Mutex::default(),
        })
    }

    /// Answers that nobody asked for.
    #[must_use]
    pub fn left(&self) -> Vec<Crossing> {
        self.left.lock().clone()
    }

    /// Bodies of what was asked at an address, unpacked.
    ///
    /// # Errors
    /// When one is damaged.
    pub fn asked_at(&self, path: &str) -> Result<Vec<Vec<u8>>> {
        let asked = self.asked.lock();
        let there = asked.iter().filter(|ask| path_of(&ask.url) == path);
        let bodies = there.map(|ask| {
            let is_packed = ask
                .headers
                .iter()
                .any(|(name, _)| *name == "content-encoding");
            if is_packed {
                unpack(&ask.body)
            } else {
                Ok(ask.body.clone())
            }
        });
        bodies.collect()
    }

    fn answer(&self, ask: &Ask) -> Result<Answer> {
        let mut left = self.left.lock();
        let said = left.iter().position(|crossing| {
            crossing.method == ask.method.as_str() && crossing.path == path_of(&ask.url)
        });
        let Some(at) = said else {
            let unknown = ErrorReply::new(ErrorCode::NotFound, "no such address");
            return Ok(Answer {
                status: 404,
                packed: false,
                retry_after: None,
                body: serde_json::to_vec(&unknown)?,
            });
        };
        let said = left.remove(at);
        Ok(Answer {
            status: said.status,
            packed: said.packed,
            retry_after: None,
            body: STANDARD.decode(&said.answered)?,
        })
    }
}

impl Wire for Played {
    fn send(&self, ask: Ask) -> BoxFuture<'_, std::result::Result<Answer, WireError>> {
        let answer = self.answer(&ask).map_err(WireError::Offline);
        self.asked.lock().push(ask);
        async move { answer }.boxed()
    }

    fn listen<'a>(
        &'a self,
        _: Ask,
        _: &'a mut (dyn FnMut() + Send),
    ) -> BoxFuture<'a, std::result::Result<Answer, WireError>> {
        async { Err(WireError::Offline("no streams here".into())) }.boxed()
    }
}
