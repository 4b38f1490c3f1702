//! The line to a server over HTTP: one client, and limits on what comes back.

use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::future::{BoxFuture, FutureExt as _};
use reqwest::header::{CONTENT_ENCODING, HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};

use crate::event_lines::EventLines;
use crate::wire::{Answer, Ask, Method, Wire, WireError};

/// The most an answer may be, packed or not: a page with its header, several times over.
pub(crate) const LARGEST_ANSWER: usize = 8 * protocol::limits::MAX_PAGE_BYTES;

/// A client for all requests.
#[derive(Debug)]
pub(crate) struct Http {
    client: Client,
}

impl Http {
    /// A client that nothing was asked of yet.
    pub(crate) fn new() -> Result<Self, WireError> {
        // The process may have chosen a provider already; the first one stays, and both are the same.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = Client::builder()
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_secs(60))
            // A token is for the server that gave it: nobody sends it, or what people wrote, elsewhere.
            .redirect(Policy::none())
            .user_agent(concat!("buurtboek/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(offline)?;
        Ok(Self { client })
    }
}

impl Wire for Http {
    fn send(&self, ask: Ask) -> BoxFuture<'_, Result<Answer, WireError>> {
        async move {
            let request = self.request(&ask);
            let response = request.body(ask.body).send().await.map_err(no_answer)?;
            whole(response).await
        }
        .boxed()
    }

    fn listen<'a>(
        &'a self,
        ask: Ask,
        spoke: &'a mut (dyn FnMut() + Send),
    ) -> BoxFuture<'a, Result<Answer, WireError>> {
        async move {
            let response = self.request(&ask).send().await.map_err(offline)?;
            if !response.status().is_success() {
                return whole(response).await;
            }
            let status = response.status().as_u16();
            let mut stream = response.bytes_stream();
            let mut lines = EventLines::default();
            while let Some(piece) = stream.next().await {
                // Only the fact matters; heartbeats are comments.
                if lines.read(&piece.map_err(offline)?) > 0 {
                    spoke();
                }
            }
            Ok(Answer {
                status,
                packed: false,
                retry_after: None,
                body: Vec::new(),
            })
        }
        .boxed()
    }
}

impl Http {
    fn request(&self, ask: &Ask) -> RequestBuilder {
        let request = match ask.method {
            Method::Get => self.client.get(&ask.url),
            Method::Post => self.client.post(&ask.url),
            Method::Put => self.client.put(&ask.url),
            Method::Delete => self.client.delete(&ask.url),
        };
        ask.headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, value)
        })
    }
}

fn offline(problem: reqwest::Error) -> WireError {
    WireError::Offline(Box::new(problem))
}

/// Whether there was a connection at all makes a difference: one that breaks may carry less at a time.
fn no_answer(problem: reqwest::Error) -> WireError {
    if problem.is_connect() {
        offline(problem)
    } else {
        WireError::Broke(Box::new(problem))
    }
}

async fn whole(response: Response) -> Result<Answer, WireError> {
    let status = response.status().as_u16();
    let packed = response
        .headers()
        .get(CONTENT_ENCODING)
        .is_some_and(|value| value == "zstd");
    let retry_after = seconds(response.headers());
    let mut stream = response.bytes_stream();
    let mut body = Vec::new();
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(no_answer)?;
        if body.len() + piece.len() > LARGEST_ANSWER {
            return Err(WireError::TooBig);
        }
        body.extend_from_slice(&piece);
    }
    Ok(Answer {
        status,
        packed,
        retry_after,
        body,
    })
}

/// What `Retry-After` says in seconds; a date in it is for clocks that agree, and is passed over.
fn seconds(headers: &HeaderMap) -> Option<u32> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.parse().ok()
}
