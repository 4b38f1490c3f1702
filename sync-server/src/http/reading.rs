//! Whose body is read: a body takes memory until its request is answered, so nothing is kept of one that nobody may send,
//! and no more of them are read at once than there is room for.

use std::sync::Arc;
use std::time::Duration;

use axum::BoxError;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::stream::{StreamExt, try_unfold};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout, timeout_at};

use super::caller::Caller;
use super::failure::Failure;
use super::state::{Doors, PATIENCE};
use super::turns::{Turn, Turns};

/// Read or worked on at once. Each takes two megabytes at most: what came out of compression, and the window of that.
const MOST_AT_ONCE: usize = 32;

/// The same of those who have no token yet; these are short.
const MOST_JOINING: usize = 256;

/// The same of one device. An app sends one page at a time, and may ask something else meanwhile.
const MOST_OF_A_DEVICE: usize = 3;

/// What a whole body may take: a page of 1 MiB, packed, over a line that is hardly there.
const LONGEST: Duration = Duration::from_secs(120);

/// The same for somebody who has no token, or a wrong one.
const LONGEST_OF_A_STRANGER: Duration = Duration::from_secs(10);

/// Where one joins: the one address that takes a body without a token.
const JOINING: &str = "/v1/enroll";

/// Where a device says that it is no more, with what it kept of its token. It takes no body.
const WIPED: &str = "/v1/wiped";

/// Who is being read.
#[derive(Debug)]
pub(super) struct Reading {
    all: Arc<Semaphore>,
    joining: Arc<Semaphore>,
    by_device: Arc<Turns>,
}

impl Default for Reading {
    fn default() -> Self {
        Self {
            all: Arc::new(Semaphore::new(MOST_AT_ONCE)),
            joining: Arc::new(Semaphore::new(MOST_JOINING)),
            by_device: Arc::new(Turns::of(MOST_OF_A_DEVICE)),
        }
    }
}

/// Room for one body, until this is dropped.
#[derive(Debug)]
struct Room {
    _all: OwnedSemaphorePermit,
    _of_device: Option<Turn>,
}

/// Lets a request on when its body may be read, and keeps its room until it is answered.
pub(super) async fn in_turn(State(doors): State<Doors>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path();
    // Nothing reads the body of a question.
    let reads_none = parts.method.is_safe() || path == WIPED;
    if reads_none || axum::body::HttpBody::is_end_stream(&body) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let caller = Caller::of(&parts, &doors);
    let joins = path == JOINING;
    match doors.room_for(caller, joins).await {
        Ok(_room) => {
            let longest = if joins {
                LONGEST_OF_A_STRANGER
            } else {
                LONGEST
            };
            let body = within(body, longest);
            next.run(Request::from_parts(parts, body)).await
        }
        Err(failure) => {
            // Whoever hears no before all was sent may not hear it at all, and an order to wipe has to be heard.
            pass_over(body).await;
            failure.into_response()
        }
    }
}

impl Doors {
    /// Room for the body of this caller, if what they send will be looked at.
    async fn room_for(&self, caller: Caller, joins: bool) -> Result<Room, Failure> {
        if joins {
            let joining = Arc::clone(&self.reading.joining);
            return Ok(Room {
                _all: permit(joining).await?,
                _of_device: None,
            });
        }
        let token = caller.token().ok_or(Failure::Unauthorized)?;
        let doors = self.clone();
        let known = self.work(move |log, now_ms| doors.known(caller, log, now_ms));
        if known.await?.revoked {
            return Err(Failure::Revoked);
        }
        let of_device = self.reading.by_device.take(token).await?;
        Ok(Room {
            _all: permit(Arc::clone(&self.reading.all)).await?,
            _of_device: Some(of_device),
        })
    }
}

async fn permit(room: Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Failure> {
    let permit = timeout(PATIENCE, room.acquire_owned()).await;
    permit.ok().and_then(Result::ok).ok_or(Failure::Busy)
}

/// The body, which breaks off when it takes longer than this in all.
fn within(body: Body, longest: Duration) -> Body {
    let until = Instant::now() + longest;
    Body::from_stream(try_unfold(
        body.into_data_stream(),
        move |mut rest| async move {
            match timeout_at(until, rest.next()).await {
                Ok(Some(piece)) => Ok::<_, BoxError>(Some((piece?, rest))),
                Ok(None) => Ok(None),
                Err(too_long) => Err(too_long.into()),
            }
        },
    ))
}

/// Takes what is still sent, for a while, and keeps nothing of it.
async fn pass_over(body: Body) {
    let mut rest = body.into_data_stream();
    let all = async { while let Some(Ok(_)) = rest.next().await {} };
    // Whoever sends for longer does not want to hear the answer.
    drop(timeout(LONGEST_OF_A_STRANGER, all).await);
}
