//! Times (or sizes) of many repetitions, and what stands for them.

use std::time::{Duration, Instant};

/// Times in milliseconds; or sizes, in their unit.
#[derive(Debug, Default, Clone)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    /// Times `work` and keeps the time.
    pub(crate) fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = work();
        self.add(started.elapsed());
        result
    }

    pub(crate) fn add(&mut self, time: Duration) {
        self.keep(milliseconds(time));
    }

    /// Keeps what was measured in another way.
    pub(crate) fn keep(&mut self, measured: f64) {
        self.0.push(measured);
    }

    pub(crate) fn median(&self) -> f64 {
        self.percentile(50)
    }

    pub(crate) fn mean(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
        let count = self.0.len() as f64;
        self.0.iter().sum::<f64>() / count
    }

    /// The time that so many of a hundred repetitions stay within (nearest rank).
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).copied().unwrap_or(f64::NAN)
    }
}

pub(crate) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_time_that_was_measured() {
        let samples = Samples((1..=100).rev().map(f64::from).collect());
        assert_eq!(samples.median(), 50.0);
        assert_eq!(samples.percentile(95), 95.0);
        assert_eq!(samples.percentile(100), 100.0);
        assert_eq!(samples.mean(), 50.5);
    }
}
