//! The lease: a device that has not been in contact for a month locks itself, and opens again by its passphrase together
//! with a word from the server (docs/adr/0014).

use std::sync::Arc;

use protocol::{ReplyHeader, RequestHeader, SyncRequest};

use crate::device::{Device, meta};
use crate::exchanging::{Exchange, take_turn};
use crate::following::follow_header;
use crate::round_error::RoundError;
use crate::standing::SCHEMA;
use crate::sync_loop::runtime_here;
use crate::transport::Traffic;
use crate::{APP_VERSION, App, Error, Result};

const DAY_MS: i64 = 86_400_000;
/// Days without contact when the server says nothing else.
const DAYS_DEFAULT: u32 = 30;
/// So many days before the end it is said.
const DAYS_WARNED: u32 = 7;
/// How far the clock must move before it is written down again.
const SEEN_STEP_MS: i64 = 600_000;

/// How long this device may go on by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lease {
    /// The last contact, milliseconds since 1970 by the clock of this device.
    contact_ms: i64,
    /// The latest moment that this device has seen: a clock that is set back gives no extra days.
    seen_ms: i64,
    /// Days without contact; 0 is no limit.
    days: u32,
}

impl Lease {
    /// Whole days that are left, the one that runs included. `None` without a limit.
    pub(crate) fn days_left(&self, now_ms: i64) -> Option<u32> {
        if self.days == 0 {
            return None;
        }
        let end = self
            .contact_ms
            .saturating_add(i64::from(self.days) * DAY_MS);
        let left = end.saturating_sub(now_ms.max(self.seen_ms)).max(0);
        let days = left.saturating_add(DAY_MS - 1) / DAY_MS;
        Some(u32::try_from(days).unwrap_or(u32::MAX))
    }

    /// The last day has passed.
    pub(crate) fn is_over(&self, now_ms: i64) -> bool {
        self.days_left(now_ms) == Some(0)
    }
}

/// The lease of a device that belongs to a team.
pub(crate) fn of(device: &Device) -> store::Result<Option<Lease>> {
    if device.store.meta(meta::TOKEN)?.is_none() {
        return Ok(None);
    }
    let number = |key| -> store::Result<Option<i64>> {
        Ok(device.store.meta(key)?.and_then(|text| text.parse().ok()))
    };
    let now_ms = device.surroundings.now().timestamp_millis();
    let contact_ms = match number(meta::CONTACT)? {
        Some(contact_ms) => contact_ms,
        // A book of before the lease: it begins now.
        None => {
            keep(device, now_ms, None)?;
            now_ms
        }
    };
    let days = number(meta::LEASE_DAYS)?.and_then(|days| u32::try_from(days).ok());
    Ok(Some(Lease {
        contact_ms,
        seen_ms: number(meta::SEEN)?.unwrap_or(contact_ms),
        days: days.unwrap_or(DAYS_DEFAULT),
    }))
}

/// Days to warn of, once there are few.
pub(crate) fn warning(device: &Device) -> store::Result<Option<u32>> {
    let now_ms = device.surroundings.now().timestamp_millis();
    let left = of(device)?.and_then(|lease| lease.days_left(now_ms));
    Ok(left.filter(|days| *days <= DAYS_WARNED))
}

/// The server answered: the lease begins again. What it says of the days counts.
pub(crate) fn note_contact(device: &Device, header: &ReplyHeader) -> store::Result<()> {
    let now_ms = device.surroundings.now().timestamp_millis();
    keep(device, now_ms, header.lease_days)
}

fn keep(device: &Device, now_ms: i64, days: Option<u32>) -> store::Result<()> {
    let now = now_ms.to_string();
    let mut values = vec![
        (meta::CONTACT, Some(now.as_str())),
        (meta::SEEN, Some(now.as_str())),
    ];
    let days = days.map(|days| days.to_string());
    if days.is_some() {
        values.push((meta::LEASE_DAYS, days.as_deref()));
    }
    device.store.set_meta(&values)
}

impl App {
    /// Lets an opened book through while its lease runs; after that, only when the server answers.
    ///
    /// # Errors
    /// `lease_over` without contact, `wiped` when the answer is an order to wipe.
    pub(crate) fn within_lease(&self, device: Device) -> Result<Device> {
        let now_ms = self.surroundings.now().timestamp_millis();
        let Some(lease) = of(&device)?.filter(|lease| lease.is_over(now_ms)) else {
            return Ok(device);
        };
        let device = Arc::new(device);
        let exchange = crate::sync_loop::exchange(&device)?;
        let asked = runtime_here()?.block_on(exchange.contact());
        drop(exchange);
        match asked {
            Ok(()) => Arc::into_inner(device).ok_or_else(|| store::StoreError::Locked.into()),
            Err(problem) if problem.is_wipe() => Err(self.wipe(&device)),
            Err(problem) => Err(lease_over(lease.days).because(problem)),
        }
    }

    /// Follows the clock, and locks when the lease is over. Says whether it did.
    pub(crate) fn lock_after_lease(&self) -> Result<bool> {
        let Ok(device) = self.device() else {
            return Ok(false);
        };
        let Some(lease) = of(&device)? else {
            return Ok(false);
        };
        let now_ms = self.surroundings.now().timestamp_millis();
        if now_ms > lease.seen_ms.saturating_add(SEEN_STEP_MS) {
            let now = now_ms.to_string();
            device.store.set_meta(&[(meta::SEEN, Some(&now))])?;
        }
        if !lease.is_over(now_ms) {
            return Ok(false);
        }
        drop(device);
        self.device_lock(crate::api::Nothing {})?;
        Ok(true)
    }
}

impl Exchange {
    /// A word with the server and nothing else: it knows this device, and the device follows what it says.
    async fn contact(&self) -> std::result::Result<(), RoundError> {
        let _turn = self.blocking(take_turn).await?;
        let now_ms = self.device.surroundings.now().timestamp_millis();
        let (token, unsent_since) = self
            .blocking(|device| {
                let token = device.store.meta(meta::TOKEN)?.unwrap_or_default();
                Ok::<_, store::StoreError>((token, device.store.left_behind_since(0)?))
            })
            .await?;
        let request = SyncRequest {
            header: RequestHeader {
                // It names no space, and yet holds what was erased meanwhile: it has carried out nothing of that.
                unclean: true,
                unsent_since_ms: unsent_since.map(|seconds| seconds.saturating_mul(1_000)),
                ..RequestHeader::new(APP_VERSION, SCHEMA, now_ms)
            },
            changes: Vec::new(),
        };
        let mut traffic = Traffic::default();
        let body = self
            .transport
            .sync(&token, request.encode(), &mut traffic)
            .await?;
        let header = sync::read_sync_reply(&body, &request)?.header;
        if header.wipe {
            return Err(RoundError::Wipe);
        }
        self.blocking(move |device| follow_header(device, &header, &[]))
            .await?;
        Ok(())
    }
}

fn lease_over(days: u32) -> Error {
    Error::new(
        "lease_over",
        format!(
            "This device was not in contact with the team for {days} days. Everything is still here, locked. Connect \
             to the internet and open it again."
        ),
    )
    .with("days", days)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lease(days: u32) -> Lease {
        Lease {
            contact_ms: 0,
            seen_ms: 0,
            days,
        }
    }

    #[test]
    fn the_days_count_down_to_nothing() {
        assert_eq!(lease(30).days_left(0), Some(30));
        assert_eq!(lease(30).days_left(23 * DAY_MS), Some(7));
        assert_eq!(lease(30).days_left(30 * DAY_MS - 1), Some(1));
        assert!(!lease(30).is_over(30 * DAY_MS - 1));
        assert!(lease(30).is_over(30 * DAY_MS));
    }

    #[test]
    fn a_clock_that_is_set_back_gives_no_extra_days() {
        let seen = Lease {
            seen_ms: 29 * DAY_MS,
            ..lease(30)
        };
        assert_eq!(seen.days_left(2 * DAY_MS), Some(1));
    }

    #[test]
    fn a_team_may_go_without_a_lease() {
        assert_eq!(lease(0).days_left(900 * DAY_MS), None);
        assert!(!lease(0).is_over(900 * DAY_MS));
    }
}
