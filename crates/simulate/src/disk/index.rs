//! The index of a write-ahead log, which connections share.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use parking_lot::Mutex;
use sqlite_vfs::wip::{WalIndex, WalIndexLock};

use super::{File, REGION, Result, SLOTS};

/// One connection's view of the index of a write-ahead log. `sqlite-vfs` gives each connection a copy of its own; here
/// they are merged word by word, so that nobody's marks are written over by another's older ones.
pub(super) struct Mapped {
    pub(super) id: u64,
    pub(super) file: Arc<Mutex<File>>,
    /// As this connection last saw the shared one.
    pub(super) seen: BTreeMap<u32, Box<[u8; REGION]>>,
}

impl Mapped {
    fn release(&self, slots: impl Iterator<Item = usize>) {
        let mut file = self.file.lock();
        for slot in slots {
            if let Some(holder) = file.index.exclusive.get_mut(slot)
                && *holder == Some(self.id)
            {
                *holder = None;
            }
            if let Some(holders) = file.index.shared.get_mut(slot) {
                holders.retain(|holder| *holder != self.id);
            }
        }
    }
}

impl WalIndex for Mapped {
    fn map(&mut self, region: u32) -> Result<[u8; REGION]> {
        let mut file = self.file.lock();
        let shared = file
            .index
            .regions
            .entry(region)
            .or_insert_with(|| Box::new([0; REGION]));
        self.seen.insert(region, shared.clone());
        Ok(**shared)
    }

    fn lock(&mut self, locks: Range<u8>, kind: WalIndexLock) -> Result<bool> {
        let slots = || locks.clone().map(usize::from);
        if kind == WalIndexLock::None {
            self.release(slots());
            return Ok(true);
        }
        let mut file = self.file.lock();
        let index = &mut file.index;
        let free = slots().all(|slot| {
            let exclusive = index.exclusive.get(slot).copied().flatten();
            let others = exclusive.is_some_and(|holder| holder != self.id);
            let readers = || {
                let holders = index.shared.get(slot);
                holders.is_some_and(|holders| holders.iter().any(|holder| *holder != self.id))
            };
            !others && (kind == WalIndexLock::Shared || !readers())
        });
        if free {
            for slot in slots() {
                if kind == WalIndexLock::Exclusive {
                    if let Some(holder) = index.exclusive.get_mut(slot) {
                        *holder = Some(self.id);
                    }
                } else if let Some(holders) = index.shared.get_mut(slot)
                    && !holders.contains(&self.id)
                {
                    holders.push(self.id);
                }
            }
        }
        Ok(free)
    }

    fn delete(self) -> Result<()> {
        Ok(())
    }

    fn pull(&mut self, region: u32, data: &mut [u8; REGION]) -> Result<()> {
        let file = self.file.lock();
        if let Some(shared) = file.index.regions.get(&region) {
            data.copy_from_slice(&**shared);
            self.seen.insert(region, shared.clone());
        }
        Ok(())
    }

    fn push(&mut self, region: u32, data: &[u8; REGION]) -> Result<()> {
        let mut file = self.file.lock();
        let shared = file
            .index
            .regions
            .entry(region)
            .or_insert_with(|| Box::new([0; REGION]));
        let seen = self.seen.entry(region).or_insert_with(|| shared.clone());
        if seen[..] == data[..] {
            return Ok(());
        }
        let words = shared
            .chunks_mut(4)
            .zip(seen.chunks_mut(4))
            .zip(data.chunks(4));
        for ((shared, seen), new) in words.filter(|((_, seen), new)| seen != new) {
            shared.copy_from_slice(new);
            seen.copy_from_slice(new);
        }
        Ok(())
    }
}

impl Drop for Mapped {
    fn drop(&mut self) {
        self.release(0..SLOTS);
        let mut file = self.file.lock();
        file.index.users = file.index.users.saturating_sub(1);
        if file.index.users == 0 {
            file.index.regions.clear();
        }
    }
}
