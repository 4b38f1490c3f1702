//! One request and its answer as they go over the line. The real one is HTTP (`http.rs`); a simulation puts its own in,
//! with losses and delays that fall the same each time.

use std::error::Error;

use futures_util::future::BoxFuture;
use thiserror::Error;

/// What is done at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Sends.
    Post,
    /// Sets.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    /// Its word in HTTP.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// A request to be sent.
#[derive(Debug, Clone)]
pub struct Ask {
    /// What is done there.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// As it goes over the line.
    pub body: Vec<u8>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body is compressed with zstd.
    pub packed: bool,
    /// Not sooner than after so many seconds it is worth asking again (`Retry-After`, RFC 9110, 10.2.3).
    pub retry_after: Option<u32>,
    /// As it came over the line.
    pub body: Vec<u8>,
}

/// Why nothing usable came back.
#[derive(Debug, Error)]
pub enum WireError {
    /// No connection.
    #[error("no connection")]
    Offline(#[source] Box<dyn Error + Send + Sync>),
    /// There was a connection, and it broke under the request or its answer.
    #[error("the connection broke")]
    Broke(#[source] Box<dyn Error + Send + Sync>),
    /// More came back than ever should.
    #[error("the answer is too big")]
    TooBig,
}

/// The line to servers.
pub trait Wire: Send + Sync {
    /// Sends and waits for the whole answer.
    fn send(&self, ask: Ask) -> BoxFuture<'_, Result<Answer, WireError>>;

    /// Sends and calls `spoke` for every word in the stream of events that comes back, until it ends. A success
    /// carries no body; anything else is the answer of a server that refused.
    fn listen<'a>(
        &'a self,
        ask: Ask,
        spoke: &'a mut (dyn FnMut() + Send),
    ) -> BoxFuture<'a, Result<Answer, WireError>>;
}
