//! Whether a round gets on. A server that is broken, or lies, must not keep a device asking for ever.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use protocol::SyncRequest;

use crate::plan::Request;
use crate::reply::ReplyError;

/// So often may the same be asked in one round, and may a space start over or a number of this device turn out to be
/// taken. Others who keep writing, or a server that was put back meanwhile, make a round ask some things again, never this
/// often.
const AT_MOST: u32 = 32;

/// What was asked and what happened in one round.
#[derive(Debug, Default)]
pub struct Progress {
    asked: HashMap<u64, u32>,
    turned_back: u32,
}

impl Progress {
    /// Notes what is about to be asked.
    ///
    /// # Errors
    /// [`ReplyError::Standstill`] when it was asked too often: no answer to it brought the round on.
    pub fn ask(&mut self, request: &Request) -> Result<(), ReplyError> {
        let times = self.asked.entry(fingerprint(request)).or_default();
        count(times)
    }

    /// Notes that an answer made the device begin with something anew.
    ///
    /// # Errors
    /// [`ReplyError::Standstill`] when that happened too often.
    pub fn turn_back(&mut self) -> Result<(), ReplyError> {
        count(&mut self.turned_back)
    }
}

const fn count(times: &mut u32) -> Result<(), ReplyError> {
    *times += 1;
    if *times > AT_MOST {
        return Err(ReplyError::Standstill);
    }
    Ok(())
}

/// What is asked, whenever it is.
fn fingerprint(request: &Request) -> u64 {
    let mut hasher = DefaultHasher::new();
    match request {
        Request::Erase(request) => {
            let mut request = request.clone();
            request.header.device_time_ms = 0;
            (1, request.encode()).hash(&mut hasher);
        }
        Request::Redact(request) => (2, timeless(request).encode()).hash(&mut hasher),
        Request::Sync(request) => (5, timeless(request).encode()).hash(&mut hasher),
        Request::Snapshot(request) => {
            (3, request.space, request.since, request.after).hash(&mut hasher);
        }
        Request::Audit(batch) => {
            let ids: Vec<_> = batch.entries.iter().map(|entry| entry.id).collect();
            (4, ids).hash(&mut hasher);
        }
    }
    hasher.finish()
}

fn timeless(request: &SyncRequest) -> SyncRequest {
    let mut request = request.clone();
    request.header.device_time_ms = 0;
    request
}

#[cfg(test)]
mod tests {
    use protocol::SnapshotRequest;
    use uuid::Uuid;

    use super::*;

    fn page(after: u64) -> Request {
        Request::Snapshot(SnapshotRequest {
            space: Uuid::from_u128(7),
            since: 0,
            after,
            max_bytes: None,
        })
    }

    #[test]
    fn a_round_that_gets_on_may_ask_as_much_as_it_needs() {
        let mut progress = Progress::default();
        for after in 0..10_000 {
            progress.ask(&page(after)).unwrap();
        }
    }

    #[test]
    fn asking_the_same_again_and_again_ends_also_with_something_else_in_between() {
        let mut progress = Progress::default();
        let asked = (0..).find(|turn| progress.ask(&page(turn % 2)).is_err());
        assert_eq!(asked, Some(u64::from(2 * AT_MOST)));
    }

    #[test]
    fn the_clock_makes_no_request_another_one() {
        let at = |now_ms| {
            let device = crate::Device {
                now_ms,
                ..crate::Device::default()
            };
            crate::plan(&device).unwrap()
        };
        assert_eq!(fingerprint(&at(1)), fingerprint(&at(2)));
    }

    #[test]
    fn beginning_anew_for_ever_ends() {
        let mut progress = Progress::default();
        let turns = (0..).find(|_| progress.turn_back().is_err());
        assert_eq!(turns, Some(AT_MOST));
    }
}
