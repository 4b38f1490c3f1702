//! So many requests at a time for each device, mostly one: whoever asks much at once waits for themselves, and not all
//! workers with them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::failure::Failure;
use super::rates::Wait;
use super::state::PATIENCE;
use crate::secret::SecretHash;

/// Requests of one device that may wait for its turn. An app has one or two under way.
const MOST_WAITING: usize = 8;

/// Whose request is being worked on, by the token they show.
#[derive(Debug)]
pub(super) struct Turns {
    at_once: usize,
    by_token: Mutex<HashMap<SecretHash, Arc<Semaphore>>>,
}

impl Default for Turns {
    fn default() -> Self {
        Self::of(1)
    }
}

/// The turn of one request; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    turns: Arc<Turns>,
    token: SecretHash,
    permit: Option<OwnedSemaphorePermit>,
}

impl Turns {
    /// So many at once for each device.
    pub(super) fn of(at_once: usize) -> Self {
        Self {
            at_once,
            by_token: Mutex::default(),
        }
    }

    /// Waits until less of this device is being worked on.
    pub(super) async fn take(self: &Arc<Self>, token: SecretHash) -> Result<Turn, Failure> {
        let one = {
            let mut turns = self.all();
            let one = turns
                .entry(token)
                .or_insert_with(|| Arc::new(Semaphore::new(self.at_once)));
            // The table, those whose turn it is, and those who wait.
            if Arc::strong_count(one) > MOST_WAITING + self.at_once {
                return Err(Failure::TooMany(Wait(1)));
            }
            Arc::clone(one)
        };
        let mut turn = Turn {
            turns: Arc::clone(self),
            token,
            permit: None,
        };
        let permit = timeout(PATIENCE, one.acquire_owned()).await;
        turn.permit = Some(permit.ok().and_then(Result::ok).ok_or(Failure::Busy)?);
        Ok(turn)
    }

    fn all(&self) -> MutexGuard<'_, HashMap<SecretHash, Arc<Semaphore>>> {
        self.by_token.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut turns = self.turns.all();
        drop(self.permit.take());
        if turns
            .get(&self.token)
            .is_some_and(|one| Arc::strong_count(one) == 1)
        {
            turns.remove(&self.token);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Waker};

    use super::*;

    #[tokio::test]
    async fn a_device_has_one_turn_at_a_time_and_no_endless_queue() {
        let turns = Arc::new(Turns::default());
        let mut context = Context::from_waker(Waker::noop());
        let first = turns.take([1; 32]).await.unwrap();
        let mut waiting: Vec<_> = (0..MOST_WAITING)
            .map(|_| Box::pin(turns.take([1; 32])))
            .collect();
        for one in &mut waiting {
            assert!(one.as_mut().poll(&mut context).is_pending());
        }
        assert!(matches!(
            turns.take([1; 32]).await,
            Err(Failure::TooMany(Wait(1)))
        ));
        assert!(turns.take([2; 32]).await.is_ok(), "others are not held up");
        drop(first);
        assert!(pin!(&mut waiting[0]).poll(&mut context).is_ready());
        drop(waiting);
        assert!(turns.all().is_empty(), "nothing is kept of who went");
    }
}
