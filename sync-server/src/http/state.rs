//! What the handlers share.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, watch};

use super::cleaning::Cleaning;
use super::failure::Failure;
use super::rates::{Meters, Rates};
use super::reading::Reading;
use super::streams::Streams;
use super::turns::Turns;
use crate::clock::Clock;
use crate::log::Log;

/// How long a request waits for a worker before it is told to come back.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// What the handlers share: the log, the time, the workers, and whether we are stopping.
#[derive(Debug, Clone)]
pub struct Doors {
    pub(super) log: Arc<Log>,
    pub(super) clock: Clock,
    pub(super) minimum_app: Arc<str>,
    pub(super) lease_days: u32,
    pub(super) behind_proxy: bool,
    pub(super) meters: Arc<Meters>,
    pub(super) turns: Arc<Turns>,
    pub(super) reading: Arc<Reading>,
    pub(super) streams: Arc<Streams>,
    pub(super) cleaning: Arc<Cleaning>,
    pub(super) stopping: watch::Receiver<bool>,
    workers: Arc<Semaphore>,
}

/// Ends the event streams, which would otherwise never end by themselves.
#[derive(Debug)]
pub struct Stopper(watch::Sender<bool>);

impl Stopper {
    /// Ends all event streams.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl Doors {
    /// Doors to this log, with at most this many requests being worked on at the same time.
    #[must_use]
    pub fn new(log: Arc<Log>, clock: Clock, minimum_app: &str, workers: usize) -> (Self, Stopper) {
        let (sender, stopping) = watch::channel(false);
        let workers = Arc::new(Semaphore::new(workers.max(1)));
        (
            Self {
                log,
                clock,
                minimum_app: minimum_app.into(),
                lease_days: protocol::limits::LEASE_DAYS,
                behind_proxy: false,
                meters: Arc::new(Meters::new(Rates::default())),
                turns: Arc::default(),
                reading: Arc::default(),
                streams: Arc::default(),
                cleaning: Arc::default(),
                stopping,
                workers,
            },
            Stopper(sender),
        )
    }

    /// How often somebody may ask, instead of the built-in numbers.
    #[must_use]
    pub fn with_rates(self, rates: Rates) -> Self {
        let meters = Arc::new(Meters::new(rates));
        Self { meters, ..self }
    }

    /// After how many days without a word from here a device locks itself.
    #[must_use]
    pub fn with_lease_days(self, lease_days: u32) -> Self {
        Self { lease_days, ..self }
    }

    /// Whether a proxy in front says where requests come from.
    #[must_use]
    pub fn with_proxy(self, behind_proxy: bool) -> Self {
        Self {
            behind_proxy,
            ..self
        }
    }

    /// Runs blocking work on a worker thread, when one is free.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Log, i64) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let permit = tokio::time::timeout(PATIENCE, Arc::clone(&self.workers).acquire_owned());
        let permit = permit
            .await
            .ok()
            .and_then(Result::ok)
            .ok_or(Failure::Busy)?;
        let (log, now_ms) = (Arc::clone(&self.log), self.clock.now_ms());
        let done = tokio::task::spawn_blocking(move || {
            let result = work(&log, now_ms);
            drop(permit);
            result
        });
        done.await.map_err(|error| {
            tracing::error!(%error, "a worker panicked");
            Failure::Internal
        })?
    }
}
