//! How often somebody may ask: per device and per address, so that one that runs wild or guesses does not keep the
//! others out.
//!
//! Each key has one number, the moment until which what it asked for is paid (GCRA, the leaky bucket of ATM Forum
//! TM 4.0 as a single time stamp). What turns out to be costly is charged after the fact, so a limit can be looked at without
//! spending.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use protocol::DeviceId;

const MINUTE_MS: i64 = 60_000;

const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// Erasures a day, by one device, of documents of which the server never heard: each is kept for good, by every device. A note
/// that was thrown away before it was ever sent is one.
const UNHEARD_OF_A_DAY: u32 = 1_000;

/// Keys remembered at most; beyond it, new ones share one bucket until others have run empty.
const MOST_KEYS: usize = 50_000;

/// How many requests a minute; as many may come at once after a pause. 0: any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Rates {
    /// From one device.
    pub device: u32,
    /// From one address, whatever they are: an office with many devices has one address.
    pub address: u32,
    /// Failed invitations and unknown tokens from one address.
    pub guesses: u32,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            device: 300,
            address: 3_000,
            guesses: 20,
        }
    }
}

impl Rates {
    /// Any number of everything, for tests and measurements.
    #[must_use]
    pub const fn unlimited() -> Self {
        Self {
            device: 0,
            address: 0,
            guesses: 0,
        }
    }
}

/// Come back after so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wait(pub(super) u32);

/// The three limits.
#[derive(Debug)]
pub(super) struct Meters {
    pub(super) device: Meter<DeviceId>,
    pub(super) address: Meter<IpAddr>,
    pub(super) guesses: Meter<IpAddr>,
    /// Erasures of what was never here.
    pub(super) unheard_of: Meter<DeviceId>,
}

impl Meters {
    pub(super) fn new(rates: Rates) -> Self {
        Self {
            device: Meter::of(rates.device, MINUTE_MS),
            address: Meter::of(rates.address, MINUTE_MS),
            guesses: Meter::of(rates.guesses, MINUTE_MS),
            unheard_of: Meter::of(UNHEARD_OF_A_DAY, DAY_MS),
        }
    }
}

/// One limit for many keys.
#[derive(Debug)]
pub(super) struct Meter<K> {
    /// So much may come at once after a pause; half of it is owed at most, for what turned out to cost more than was there.
    window_ms: i64,
    /// Milliseconds that one request costs; 0: nothing.
    cost_ms: i64,
    paid_until: Mutex<Paid<K>>,
}

#[derive(Debug)]
struct Paid<K> {
    keys: HashMap<K, i64>,
    /// For whoever does not fit into `keys`.
    others: i64,
}

impl<K: Eq + Hash + Copy> Meter<K> {
    /// So many in a window of time.
    fn of(count: u32, window_ms: i64) -> Self {
        Self {
            window_ms,
            cost_ms: window_ms.checked_div(count.into()).unwrap_or(0),
            paid_until: Mutex::new(Paid {
                keys: HashMap::new(),
                others: 0,
            }),
        }
    }

    /// Spends one request, or says how long to wait.
    pub(super) fn take(&self, key: K, now_ms: i64) -> Result<(), Wait> {
        self.check(key, now_ms)?;
        self.spend(key, now_ms);
        Ok(())
    }

    /// Spends as much as this many requests at once, for one that costs as much; at most half of what there is in a window.
    pub(super) fn take_many(&self, key: K, requests: u64, now_ms: i64) -> Result<(), Wait> {
        let cost_ms = self.cost_of(requests);
        self.check_cost(key, cost_ms, now_ms)?;
        self.spend_cost(key, cost_ms, now_ms);
        Ok(())
    }

    /// Spends as much as this many requests after the fact: what is not there is owed.
    pub(super) fn spend_many(&self, key: K, requests: u64, now_ms: i64) {
        self.spend_cost(key, self.cost_of(requests), now_ms);
    }

    /// Whether as much as this many requests is there now, however many that is.
    pub(super) fn check_many(&self, key: K, requests: u64, now_ms: i64) -> Result<(), Wait> {
        let requests = i64::try_from(requests).unwrap_or(i64::MAX);
        self.check_cost(key, self.cost_ms.saturating_mul(requests), now_ms)
    }

    fn cost_of(&self, requests: u64) -> i64 {
        let requests = i64::try_from(requests).unwrap_or(i64::MAX);
        self.cost_ms
            .saturating_mul(requests)
            .min(self.window_ms / 2)
    }

    /// Whether one more request is allowed now.
    pub(super) fn check(&self, key: K, now_ms: i64) -> Result<(), Wait> {
        self.check_cost(key, self.cost_ms, now_ms)
    }

    /// Spends one request.
    pub(super) fn spend(&self, key: K, now_ms: i64) {
        self.spend_cost(key, self.cost_ms, now_ms);
    }

    fn check_cost(&self, key: K, cost_ms: i64, now_ms: i64) -> Result<(), Wait> {
        if cost_ms == 0 {
            return Ok(());
        }
        let mut paid = self
            .paid_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let until = paid.until(&key);
        // A clock that was set back must not keep anybody out for as long as it went back.
        *until = (*until).min(now_ms + self.window_ms + self.window_ms / 2);
        let too_early_ms = until
            .saturating_add(cost_ms)
            .saturating_sub(self.window_ms + now_ms);
        if too_early_ms > 0 {
            Err(Wait(
                u32::try_from(too_early_ms.div_euclid(1_000) + 1).unwrap_or(60),
            ))
        } else {
            Ok(())
        }
    }

    fn spend_cost(&self, key: K, cost_ms: i64, now_ms: i64) {
        if cost_ms == 0 {
            return;
        }
        let mut paid = self
            .paid_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if paid.keys.len() >= MOST_KEYS {
            paid.keys.retain(|_, until| *until > now_ms);
        }
        if paid.keys.len() < MOST_KEYS {
            paid.keys.entry(key).or_insert(0);
        }
        let until = paid.until(&key);
        *until = (*until).clamp(now_ms, now_ms + self.window_ms + self.window_ms / 2) + cost_ms;
    }
}

impl<K: Eq + Hash> Paid<K> {
    /// Of this key; of all others together when there is no room for it.
    fn until(&mut self, key: &K) -> &mut i64 {
        self.keys.get_mut(key).unwrap_or(&mut self.others)
    }
}

/// What counts as one address: a household or office gets a whole /64 of IPv6.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => match six.to_ipv4_mapped() {
            Some(four) => IpAddr::V4(four),
            None => {
                let [a, b, c, d, ..] = six.segments();
                IpAddr::from([a, b, c, d, 0, 0, 0, 0])
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minutes_worth_may_come_at_once_and_then_one_by_one() {
        let meter = Meter::of(20, MINUTE_MS);
        for _ in 0..20 {
            assert_eq!(meter.take("one", 1_000), Ok(()));
        }
        assert_eq!(meter.take("one", 1_000), Err(Wait(4)));
        assert_eq!(meter.take("other", 1_000), Ok(()), "others are not held up");
        assert_eq!(meter.take("one", 4_000), Ok(()), "after what was said");
        assert!(meter.take("one", 4_000).is_err());
        for _ in 0..20 {
            assert_eq!(meter.take("one", 64_001), Ok(()), "after a pause as before");
        }
    }

    #[test]
    fn what_costs_as_much_as_many_has_to_be_paid_like_many() {
        let meter = Meter::of(60, MINUTE_MS);
        assert_eq!(meter.take_many("one", 25, 0), Ok(()));
        assert_eq!(meter.take_many("one", 25, 0), Ok(()));
        assert_eq!(meter.take_many("one", 25, 0), Err(Wait(16)));
        assert_eq!(meter.take("one", 0), Ok(()), "a small one still goes");
        assert_eq!(meter.take_many("one", 25, 16_000), Ok(()));
        assert_eq!(meter.take_many("other", 1_000, 0), Ok(()), "never too much");
    }

    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_out() {
        let meter = Meter::of(20, MINUTE_MS);
        for _ in 0..20 {
            meter.spend("one", 900_000_000);
        }
        assert_eq!(meter.take("one", 60_000), Err(Wait(34)));
        assert_eq!(meter.take("one", 94_000), Ok(()));
    }

    #[test]
    fn what_turned_out_to_cost_more_is_owed() {
        let meter = Meter::of(60, MINUTE_MS);
        for _ in 0..3 {
            meter.spend_many("one", 25, 0);
        }
        assert_eq!(meter.take("one", 0), Err(Wait(17)));
        assert_eq!(meter.take("one", 17_000), Ok(()));
    }

    #[test]
    fn many_addresses_cannot_fill_the_memory() {
        let meter = Meter::of(20, MINUTE_MS);
        for key in 0..MOST_KEYS + 1_000 {
            meter.spend(key, 0);
        }
        let paid = meter.paid_until.lock().unwrap();
        assert_eq!(paid.keys.len(), MOST_KEYS);
        assert!(paid.others > 0);
    }

    #[test]
    fn neighbours_in_one_network_are_one_address() {
        let same = |one: &str, other: &str| {
            network(one.parse().unwrap()) == network(other.parse().unwrap())
        };
        assert!(same("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"));
        assert!(!same("2001:db8:1:2::1", "2001:db8:1:3::1"));
        assert!(same("::ffff:192.0.2.1", "192.0.2.1"));
        assert!(!same("192.0.2.1", "192.0.2.2"));
    }
}
