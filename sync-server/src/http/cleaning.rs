//! Bytes out of the file, once for all who wait for it: an erasure writes the whole file anew, and meanwhile nobody writes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::state::Doors;

/// Cleaning rests this many times as long as it took: the rest of the time is for everybody else.
const REST: u32 = 4;

/// The longest rest.
const LONGEST_REST: Duration = Duration::from_secs(10);

/// Below this nobody notices.
const NOT_NOTICED: Duration = Duration::from_millis(50);

/// Who waits for the file to be clean, and up to whom it is.
#[derive(Debug, Default)]
pub(super) struct Cleaning {
    asked: AtomicU64,
    done: Mutex<Done>,
}

#[derive(Debug, Default)]
struct Done {
    up_to: u64,
    rests_until: Option<Instant>,
}

impl Doors {
    /// Waits until what was erased before this is out of the file, or somebody reads and it will be soon. No worker is held
    /// meanwhile.
    pub(super) async fn clean(&self) {
        let mine = self.cleaning.asked.fetch_add(1, Ordering::Relaxed) + 1;
        let mut done = self.cleaning.done.lock().await;
        if done.up_to >= mine {
            return;
        }
        if let Some(until) = done.rests_until {
            tokio::time::sleep_until(until.into()).await;
        }
        let (asked, log) = (
            self.cleaning.asked.load(Ordering::Relaxed),
            Arc::clone(&self.log),
        );
        let began = Instant::now();
        if let Err(error) = tokio::task::spawn_blocking(move || log.clean_or_later()).await {
            tracing::error!(%error, "cleaning up panicked");
        }
        let took = began.elapsed();
        done.up_to = asked;
        done.rests_until =
            (took > NOT_NOTICED).then(|| Instant::now() + (took * REST).min(LONGEST_REST));
    }
}
