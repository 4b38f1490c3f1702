//! Dice with a memory: the same seed, purpose and number throw the same.

/// What is thrown for, so that one kind of record does not shift the dice of another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    Person = 1,
    Contact,
    Group,
    Relation,
    Note,
    NoteText,
    Signal,
    FollowUp,
    Id,
}

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): small, quick, and good enough to make up a neighbourhood.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// The dice of one record.
    pub(super) fn of(seed: u64, purpose: Purpose, number: usize) -> Self {
        let mut dice = Self(seed ^ ((purpose as u64) << 56));
        dice.0 = dice.next().wrapping_add(number as u64);
        dice.0 = dice.next();
        dice
    }

    /// Any number.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `limit`, without `limit`; 0 when there is none.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let wide = u128::from(self.next()) * (limit as u128);
        usize::try_from(wide >> 64).unwrap_or_default()
    }

    /// A whole number of days, hours or the like, both ends included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = usize::try_from(high - low + 1).unwrap_or_default();
        low + i64::try_from(self.below(width)).unwrap_or_default()
    }

    /// Like [`Dice::below`], with the low numbers far more often: few people are met often, many once.
    pub(super) fn mostly_low(&mut self, limit: usize) -> usize {
        let first = self.below(limit);
        first * self.below(limit) / limit.max(1)
    }

    /// True in so many of a hundred throws.
    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of a list.
    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        list.get(self.below(list.len())).copied()
    }

    /// One of a list with weights.
    pub(super) fn weighted<T: Copy>(&mut self, list: &[(usize, T)]) -> Option<T> {
        let mut left = self.below(list.iter().map(|(weight, _)| weight).sum());
        for (weight, value) in list {
            if left < *weight {
                return Some(*value);
            }
            left -= weight;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{Dice, Purpose};

    #[test]
    fn the_same_seed_throws_the_same_and_another_does_not() {
        let throw = |seed, number| Dice::of(seed, Purpose::Note, number).next();
        assert_eq!(throw(1, 2), throw(1, 2));
        assert_ne!(throw(1, 2), throw(2, 2));
        assert_ne!(throw(1, 2), throw(1, 3));
    }

    #[test]
    fn every_side_comes_up() {
        let mut dice = Dice::of(7, Purpose::Person, 0);
        let mut seen = [0; 6];
        for _ in 0..600 {
            seen[dice.below(6)] += 1;
        }
        assert!(seen.iter().all(|times| *times > 50), "{seen:?}");
        assert_eq!(dice.below(0), 0);
        assert_eq!(dice.pick::<u8>(&[]), None);
    }
}
