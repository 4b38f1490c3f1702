//! Wrong tries at the passphrase, and how long to wait after them. Kept in a small file outside the encrypted database,
//! because it counts while that is closed (docs/adr/0013).

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Tries without a pause: a typing mistake costs nothing.
const FREE: u32 = 5;
/// The first pause; it doubles with every wrong try.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
/// The longest pause. A pincode of six digits then lasts for decades, and a forgetful person is not out for a day.
const LONGEST_PAUSE: Duration = Duration::from_secs(3_600);

/// Wrong tries since the last right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tries {
    /// How many.
    wrong: u32,
    /// When the last one was, milliseconds since 1970.
    at_ms: i64,
}

impl Tries {
    /// Nothing went wrong yet.
    pub(crate) const NONE: Self = Self { wrong: 0, at_ms: 0 };

    /// The file is gone or damaged. Deleting it must not buy five more tries, and an honest person must not be kept
    /// out by a bad disk: the next try is free, the one after it waits.
    pub(crate) const UNKNOWN: Self = Self {
        wrong: FREE - 1,
        at_ms: 0,
    };

    /// After one more, at this moment. Written down before the try is made: ending the program during it is no way to
    /// try for free.
    pub(crate) const fn and_one(self, now_ms: i64) -> Self {
        Self {
            wrong: self.wrong.saturating_add(1),
            at_ms: now_ms,
        }
    }

    /// As it stands at this moment: a clock that was set back starts the pause again, instead of making it last until
    /// the clock is back where it was.
    pub(crate) const fn at(self, now_ms: i64) -> Self {
        Self {
            wrong: self.wrong,
            at_ms: if now_ms < self.at_ms {
                now_ms
            } else {
                self.at_ms
            },
        }
    }

    /// The pause after the last try.
    pub(crate) fn pause(self) -> Duration {
        let Some(doublings) = self.wrong.checked_sub(FREE) else {
            return Duration::ZERO;
        };
        2_u32
            .checked_pow(doublings)
            .and_then(|times| FIRST_PAUSE.checked_mul(times))
            .unwrap_or(LONGEST_PAUSE)
            .min(LONGEST_PAUSE)
    }

    /// How long to wait from this moment.
    pub(crate) fn wait(self, now_ms: i64) -> Duration {
        let passed = now_ms.saturating_sub(self.at_ms);
        let passed = Duration::from_millis(u64::try_from(passed).unwrap_or(0));
        self.pause().saturating_sub(passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(wrong: u32) -> Tries {
        (0..wrong).fold(Tries::NONE, |tries, _| tries.and_one(1_000))
    }

    #[test]
    fn a_few_mistakes_cost_nothing_and_then_the_pause_doubles_up_to_an_hour() {
        let pauses: Vec<u64> = (0..16)
            .map(|wrong| after(wrong).pause().as_secs())
            .collect();
        assert_eq!(
            pauses,
            [
                0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600, 3_600, 3_600
            ]
        );
        assert_eq!(after(200).pause(), LONGEST_PAUSE);
    }

    #[test]
    fn the_pause_passes_with_the_clock() {
        let tries = after(6);
        assert_eq!(tries.wait(1_000), Duration::from_secs(60));
        assert_eq!(tries.wait(41_000), Duration::from_secs(20));
        assert_eq!(tries.wait(61_000), Duration::ZERO);
    }

    #[test]
    fn a_clock_that_is_set_back_starts_the_pause_again_and_no_longer() {
        let tries = after(6).and_one(900_000_000);
        let back = tries.at(5_000);
        assert_eq!(back.wait(5_000), Duration::from_secs(120));
        assert_eq!(back.wait(125_000), Duration::ZERO);
        assert_eq!(tries.at(900_000_001), tries);
    }

    #[test]
    fn a_count_that_was_deleted_buys_one_try() {
        assert_eq!(Tries::UNKNOWN.pause(), Duration::ZERO);
        assert_eq!(Tries::UNKNOWN.and_one(0).pause(), FIRST_PAUSE);
    }
}
