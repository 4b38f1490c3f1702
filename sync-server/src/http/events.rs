//! `GET /v1/events`: which space has something new, and nothing else.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, Sse};
use futures_util::stream::{self, Stream};
use protocol::limits::HEARTBEAT_SECONDS;
use protocol::{ErrorReply, SpaceEvent};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::time::{Interval, MissedTickBehavior};
use uuid::Uuid;

use super::caller::Caller;
use super::failure::Failure;
use super::state::Doors;
use super::streams::Seat;
use crate::log::Device;

/// Which space has something new, as server-sent events.
#[utoipa::path(
    get,
    path = "/v1/events",
    tag = "sync",
    security(("device_token" = [])),
    responses(
        (status = 200, body = SpaceEvent, content_type = "text/event-stream", description = "One `space` event each"),
        (status = "4XX", body = ErrorReply),
    ),
)]
pub(super) async fn events(
    State(doors): State<Doors>,
    caller: Caller,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Failure> {
    let device = doors.serve(caller, |_, device, _| Ok(*device)).await?;
    let seat = doors.streams.take(device.id, caller.address())?;
    let news = doors.log.subscribe();
    let mut heartbeat = tokio::time::interval(Duration::from_secs(HEARTBEAT_SECONDS));
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let listener = Listener {
        doors,
        device,
        seat,
        news,
        heartbeat,
        told: HashMap::new(),
        waiting: VecDeque::new(),
    };
    Ok(Sse::new(stream::unfold(listener, Listener::next)))
}

/// One open stream.
struct Listener {
    doors: Doors,
    device: Device,
    seat: Seat,
    news: broadcast::Receiver<SpaceEvent>,
    /// Its first tick is at once: a device that connects is told where every space is.
    heartbeat: Interval,
    /// The spaces this device may see, with the number it was told last.
    told: HashMap<Uuid, u64>,
    waiting: VecDeque<SpaceEvent>,
}

/// What woke the stream.
enum Woken {
    News(SpaceEvent),
    /// Time for a heartbeat, or some news were missed.
    LookAgain,
    End,
}

impl Listener {
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                let event = Event::default()
                    .event("space")
                    .json_data(event)
                    .unwrap_or_default();
                return Some((Ok(event), self));
            }
            match self.wake().await {
                Woken::News(event) => self.tell(event.space, event.seq, false),
                Woken::LookAgain => {
                    self.look_again().await?;
                    if self.waiting.is_empty() {
                        return Some((Ok(Event::default().comment("")), self));
                    }
                }
                Woken::End => return None,
            }
        }
    }

    async fn wake(&mut self) -> Woken {
        tokio::select! {
            news = self.news.recv() => match news {
                Ok(event) => Woken::News(event),
                Err(RecvError::Lagged(_)) => Woken::LookAgain,
                Err(RecvError::Closed) => Woken::End,
            },
            _ = self.heartbeat.tick() => Woken::LookAgain,
            () = self.seat.is_taken() => Woken::End,
            _ = self.doors.stopping.wait_for(|stopping| *stopping) => Woken::End,
        }
    }

    /// Asks the log what this device may see now; `None` ends the stream of a revoked device.
    async fn look_again(&mut self) -> Option<()> {
        let device = self.device;
        let heads = self
            .doors
            .work(move |log, _| Ok(log.heads(&device)?))
            .await
            .ok()??;
        self.told
            .retain(|space, _| heads.iter().any(|(seen, _)| seen == space));
        for (space, seq) in heads {
            self.tell(space, seq, true);
        }
        Some(())
    }

    /// Queues an event if it is news to this device.
    fn tell(&mut self, space: Uuid, seq: u64, may_see: bool) {
        let told = self.told.get(&space).copied();
        if (may_see || told.is_some()) && told.is_none_or(|told| told < seq) {
            self.told.insert(space, seq);
            self.waiting.push_back(SpaceEvent { space, seq });
        }
    }
}
