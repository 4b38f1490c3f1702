//! How much goes in one request: all that the protocol allows, until the line breaks under it.

use protocol::limits::MAX_PAGE_BYTES;

/// The least that is asked and sent at once: below it the head of a request weighs more than what it carries.
const LEAST: usize = 4 * 1024;

/// After so many requests in a row that arrived, twice as much is tried.
const SURE: u32 = 4;

/// Requests that break one after another before the round is given up: with the least portion, too, the line carries
/// nothing now.
const MOST_BREAKS: u32 = 8;

/// The portion of one device on its line. It shrinks quickly and grows slowly, as TCP does with what it sends (additive
/// increase, multiplicative decrease, RFC 5681), so that a line that carries little at a time is found out in a few tries
/// and is not overrun with each page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Portion {
    bytes: usize,
    arrived: u32,
    broken: u32,
}

impl Default for Portion {
    fn default() -> Self {
        Self::of(MAX_PAGE_BYTES)
    }
}

impl Portion {
    /// As it was found out earlier, in bytes of changes before they are packed.
    #[must_use]
    pub const fn of(bytes: usize) -> Self {
        Self {
            bytes: if bytes < LEAST {
                LEAST
            } else if bytes > MAX_PAGE_BYTES {
                MAX_PAGE_BYTES
            } else {
                bytes
            },
            arrived: 0,
            broken: 0,
        }
    }

    /// Most bytes of changes in a request, and in its answer.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// What a server is told; nothing while it may send as much as it likes.
    #[must_use]
    pub const fn told(&self) -> Option<u64> {
        if self.bytes < MAX_PAGE_BYTES {
            Some(self.bytes as u64)
        } else {
            None
        }
    }

    /// How many things of this size go in one request, at least one.
    #[must_use]
    pub const fn count(&self, each: usize) -> u32 {
        let count = self.bytes / each;
        if count == 0 { 1 } else { count as u32 }
    }

    /// The line broke under a request. False when it is no use trying once more now.
    pub const fn broke(&mut self) -> bool {
        self.arrived = 0;
        self.broken += 1;
        *self = Self {
            arrived: 0,
            broken: self.broken,
            ..Self::of(self.bytes / 4)
        };
        self.broken < MOST_BREAKS
    }

    /// A request and its answer arrived.
    pub const fn arrived(&mut self) {
        self.broken = 0;
        self.arrived += 1;
        if self.arrived >= SURE {
            *self = Self::of(self.bytes.saturating_mul(2));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_breaks_gets_less_at_once_and_after_some_luck_more_again() {
        let mut portion = Portion::default();
        assert_eq!(portion.told(), None);
        let mut sizes = Vec::new();
        for _ in 0..5 {
            assert!(portion.broke());
            sizes.push(portion.bytes() / 1024);
        }
        assert_eq!(sizes, [256, 64, 16, 4, 4]);
        assert_eq!(portion.told(), Some(4 * 1024));
        for _ in 0..SURE {
            portion.arrived();
        }
        assert_eq!(portion.bytes(), 8 * 1024);
        for _ in 0..SURE * 7 {
            portion.arrived();
        }
        assert_eq!(portion.told(), None);
    }

    #[test]
    fn a_line_that_carries_nothing_is_given_up_until_later() {
        let mut portion = Portion::default();
        let tries = (0..100).take_while(|_| portion.broke()).count();
        assert_eq!(tries, 7);
        portion.arrived();
        assert!(portion.broke(), "what arrived in between counts");
    }

    #[test]
    fn what_was_found_out_earlier_is_kept_within_bounds() {
        assert_eq!(Portion::of(0).bytes(), LEAST);
        assert_eq!(Portion::of(usize::MAX).told(), None);
        assert_eq!(Portion::of(0).count(LEAST * 2), 1);
    }
}
