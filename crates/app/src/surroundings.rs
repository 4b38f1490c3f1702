//! The clock, the dice and the line to servers, handed in so that tests can hold them still.

use std::path::Path;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Europe::Amsterdam;
use store::KeyCost;

use crate::http::Http;
use crate::wire::{Wire, WireError};

/// The clock, the dice, and the line to servers.
pub trait Surroundings: Send + Sync {
    /// The moment.
    fn now(&self) -> DateTime<Utc>;

    /// How long this program has been running, by a clock that nobody can set.
    fn running(&self) -> Duration {
        static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
        STARTED.elapsed()
    }

    /// Fills with random bytes fit for keys.
    fn random(&self, bytes: &mut [u8]);

    /// Whether the key store of the operating system may be used; tests leave the one of their developer alone.
    fn has_key_store(&self) -> bool {
        true
    }

    /// How much work trying a passphrase is; simulations make a thousand books a minute.
    fn key_cost(&self) -> KeyCost {
        KeyCost::PERSON
    }

    /// What tells the file of a database from a copy of it, or from a backup that was put back. None where the system
    /// does not tell; a copy then shows when the server refuses what it writes.
    fn mark_of_file(&self, path: &Path) -> Option<String> {
        crate::life::mark_of_file(path)
    }

    /// The line to servers.
    ///
    /// # Errors
    /// When the system gives none.
    fn wire(&self) -> Result<Arc<dyn Wire>, WireError> {
        Ok(Arc::new(Http::new()?))
    }
}

/// The real clock and the dice of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct System;

impl Surroundings for System {
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn random(&self, bytes: &mut [u8]) {
        operating_system_dice(bytes);
    }
}

/// A clock that stands still, with the dice of the operating system: `--now` of the command line.
#[derive(Debug, Clone, Copy)]
pub struct Fixed(pub DateTime<Utc>);

impl std::str::FromStr for Fixed {
    type Err = chrono::ParseError;

    /// Reads the moment at which the clock stands still (RFC 3339).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(
            DateTime::parse_from_rfc3339(text)?.with_timezone(&Utc),
        ))
    }
}

impl Surroundings for Fixed {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }

    fn random(&self, bytes: &mut [u8]) {
        operating_system_dice(bytes);
    }
}

#[expect(
    clippy::expect_used,
    reason = "without random numbers no key may be made, and every supported system has them"
)]
fn operating_system_dice(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives random bytes");
}

/// The wall clock of the people: Dutch time.
pub(crate) fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Amsterdam).naive_local()
}

/// The day of the people.
pub(crate) fn day(at: DateTime<Utc>) -> NaiveDate {
    local(at).date()
}

/// The day of a moment in seconds since 1970, as text.
pub(crate) fn day_of_seconds(at: i64) -> String {
    DateTime::from_timestamp(at, 0)
        .map(|at| day(at).to_string())
        .unwrap_or_default()
}
