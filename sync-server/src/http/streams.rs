//! How many event streams may be open: each holds a connection, and a machine has only so many.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use protocol::DeviceId;
use tokio::sync::Notify;

use super::failure::Failure;
use super::rates::Wait;

/// Open at once for one device: a window and a command line, and one that broke off and is not noticed yet.
const MOST_PER_DEVICE: usize = 3;

/// Open at once from one address; an office has one.
const MOST_PER_ADDRESS: usize = 1_000;

/// When to try again from an address that has too many; a device polls meanwhile.
const LATER: Wait = Wait(60);

#[derive(Debug, Default)]
pub(super) struct Streams(Mutex<Open>);

#[derive(Debug, Default)]
struct Open {
    next: u64,
    by_device: HashMap<DeviceId, VecDeque<Place>>,
    by_address: HashMap<IpAddr, usize>,
}

#[derive(Debug)]
struct Place {
    no: u64,
    address: IpAddr,
    end: Arc<Notify>,
}

/// The place of one open stream; it is given back when this is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    streams: Arc<Streams>,
    device: DeviceId,
    no: u64,
    end: Arc<Notify>,
}

impl Streams {
    /// A place for one more stream. The oldest of the device ends where it has too many.
    pub(super) fn take(
        self: &Arc<Self>,
        device: DeviceId,
        address: IpAddr,
    ) -> Result<Seat, Failure> {
        let mut open = self.open();
        if open.by_device.get(&device).map_or(0, VecDeque::len) >= MOST_PER_DEVICE {
            open.end_oldest(device);
        }
        if open.by_address.get(&address).copied().unwrap_or(0) >= MOST_PER_ADDRESS {
            return Err(Failure::TooMany(LATER));
        }
        let (no, end) = (open.next, Arc::new(Notify::new()));
        open.next += 1;
        *open.by_address.entry(address).or_default() += 1;
        open.by_device.entry(device).or_default().push_back(Place {
            no,
            address,
            end: Arc::clone(&end),
        });
        Ok(Seat {
            streams: Arc::clone(self),
            device,
            no,
            end,
        })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn end_oldest(&mut self, device: DeviceId) {
        let oldest = self.by_device.get_mut(&device);
        if let Some(place) = oldest.and_then(VecDeque::pop_front) {
            self.leave(place.address);
            place.end.notify_one();
        }
    }

    fn leave(&mut self, address: IpAddr) {
        if let Some(count) = self.by_address.get_mut(&address) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.by_address.remove(&address);
            }
        }
    }
}

impl Seat {
    /// Waits until a newer stream of the device takes the place.
    pub(super) async fn is_taken(&self) {
        self.end.notified().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.streams.open();
        let Some(places) = open.by_device.get_mut(&self.device) else {
            return;
        };
        let at = places.iter().position(|place| place.no == self.no);
        let left = at.and_then(|at| places.remove(at));
        if places.is_empty() {
            open.by_device.remove(&self.device);
        }
        if let Some(place) = left {
            open.leave(place.address);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    #[test]
    fn an_address_has_so_many_streams_and_no_more() {
        let streams = Arc::new(Streams::default());
        let address = |last| IpAddr::V4(Ipv4Addr::new(192, 0, 2, last));
        let take = |number: usize, last| {
            let device = DeviceId((number as u64).to_be_bytes());
            streams.take(device, address(last))
        };
        let mut seats: Vec<_> = (0..MOST_PER_ADDRESS)
            .map(|number| take(number, 1).unwrap())
            .collect();
        assert!(take(MOST_PER_ADDRESS, 1).is_err());
        let elsewhere = take(MOST_PER_ADDRESS, 2).unwrap();
        seats.pop();
        assert!(take(MOST_PER_ADDRESS + 1, 1).is_ok());
        drop((seats, elsewhere));
        assert!(streams.open().by_address.is_empty());
        assert!(streams.open().by_device.is_empty());
    }
}
