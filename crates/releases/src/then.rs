//! The surroundings of a book that is kept: the clock of its day, and a line of the test's own.

use std::sync::Arc;

use app::{Surroundings, Wire, WireError};
use chrono::{DateTime, Utc};
use parking_lot::Mutex;

/// A clock that stands still, dice that fall the same each time, and a given line.
pub struct Then {
    at: DateTime<Utc>,
    wire: Arc<dyn Wire>,
    dice: Mutex<u64>,
}

impl std::fmt::Debug for Then {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Then")
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

impl Then {
    /// At this moment, with this line.
    #[must_use]
    pub fn new(at: DateTime<Utc>, wire: Arc<dyn Wire>) -> Self {
        Self::with_seed(at, wire, 0)
    }

    pub(crate) fn with_seed(at: DateTime<Utc>, wire: Arc<dyn Wire>, seed: u64) -> Self {
        let dice = Mutex::new(seed);
        Self { at, wire, dice }
    }
}

impl Surroundings for Then {
    fn now(&self) -> DateTime<Utc> {
        self.at
    }

    /// `SplitMix64` (Steele, Lea, Flood 2014).
    fn random(&self, bytes: &mut [u8]) {
        let mut state = self.dice.lock();
        for chunk in bytes.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = *state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let rolled = (mixed ^ (mixed >> 31)).to_be_bytes();
            for (byte, rolled) in chunk.iter_mut().zip(rolled) {
                *byte = rolled;
            }
        }
    }

    fn has_key_store(&self) -> bool {
        false
    }

    /// Each test opens another copy; none of them is a copy of a book in use.
    fn mark_of_file(&self, _: &std::path::Path) -> Option<String> {
        None
    }

    fn wire(&self) -> Result<Arc<dyn Wire>, WireError> {
        Ok(self.wire.clone())
    }
}
