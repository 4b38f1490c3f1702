//! Dice that fall the same way every time.

/// A seeded row of numbers (SplitMix64).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that always fall the same way for this seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = end.max(1) as u64;
        usize::try_from(self.roll() % end).unwrap_or_default()
    }

    /// One of these, if there are any.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    /// Whether something happens that happens one time in `times`.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// A byte.
    pub const fn byte(&mut self) -> u8 {
        self.roll().to_le_bytes()[0]
    }

    /// A number that is often small, often near a power of two, and sometimes anything.
    pub fn nasty(&mut self) -> u64 {
        match self.below(6) {
            0 => self.roll() % 4,
            1 => self.roll() % 300,
            2 => u64::MAX >> self.below(64),
            3 => (1_u64 << self.below(64)).wrapping_sub(self.roll() % 2),
            4 => u64::from(u32::MAX)
                .wrapping_add(self.roll() % 3)
                .wrapping_sub(1),
            _ => self.roll(),
        }
    }
}
