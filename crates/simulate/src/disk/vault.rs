//! The disks as SQLite sees them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use sqlite_vfs::{DatabaseHandle, LockKind, OpenAccess, OpenKind, OpenOptions, Vfs};

use super::index::Mapped;
use super::{DISKS, File, Result, SharedDisk, Written, apply, disk, folder_of, gone, mark};
use crate::dice::Dice;

pub(super) struct Vault;

impl Vfs for Vault {
    type Handle = Handle;

    fn open(&self, path: &str, options: OpenOptions) -> Result<Handle> {
        let disk = disk(folder_of(path));
        let id = {
            let mut disks = DISKS.lock();
            disks.handles += 1;
            disks.handles
        };
        let mut held = disk.lock();
        if held.stopped {
            return Err(gone());
        }
        let is_there = held.files.contains_key(path);
        let may_make = matches!(options.access, OpenAccess::Create | OpenAccess::CreateNew);
        if !is_there && !may_make {
            return Err(ErrorKind::NotFound.into());
        }
        if !is_there && options.kind == OpenKind::MainDb {
            mark(path)?;
        }
        let file = held.files.entry(path.to_owned()).or_default().clone();
        drop(held);
        Ok(Handle {
            id,
            disk,
            file,
            lock: LockKind::None,
        })
    }

    fn delete(&self, path: &str) -> Result<()> {
        let disk = disk(folder_of(path));
        let mut disk = disk.lock();
        disk.step(false)?;
        disk.files
            .remove(path)
            .map(|_| ())
            .ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn exists(&self, path: &str) -> Result<bool> {
        let disk = disk(folder_of(path));
        let disk = disk.lock();
        Ok(disk.files.contains_key(path))
    }

    fn temporary_name(&self) -> String {
        let mut disks = DISKS.lock();
        disks.handles += 1;
        format!("temporary-{}", disks.handles)
    }

    fn random(&self, buffer: &mut [i8]) {
        let mut disks = DISKS.lock();
        let mut dice = Dice::new(disks.random);
        for byte in buffer {
            *byte = dice
                .roll()
                .to_le_bytes()
                .first()
                .copied()
                .unwrap_or(0)
                .cast_signed();
        }
        disks.random = dice.roll();
    }

    fn sleep(&self, duration: Duration) -> Duration {
        duration
    }

    fn full_pathname<'a>(&self, path: &'a str) -> Result<Cow<'a, str>> {
        Ok(path.into())
    }
}

pub(super) struct Handle {
    id: u64,
    disk: SharedDisk,
    file: Arc<Mutex<File>>,
    lock: LockKind,
}

impl Handle {
    fn write(&self, written: Written) {
        let mut file = self.file.lock();
        apply(&mut file.content, &written);
        file.pending.push(written);
    }

    fn release(&self, kind: LockKind) {
        let mut file = self.file.lock();
        let mine = |holder: &Option<u64>| *holder == Some(self.id);
        if mine(&file.locks.exclusive) {
            file.locks.exclusive = None;
        }
        if mine(&file.locks.reserved) {
            file.locks.reserved = None;
        }
        if kind == LockKind::None {
            file.locks.shared.retain(|holder| *holder != self.id);
        }
    }
}

impl DatabaseHandle for Handle {
    type WalIndex = Mapped;

    fn size(&self) -> Result<u64> {
        Ok(self.file.lock().content.len() as u64)
    }

    fn read_exact_at(&mut self, buffer: &mut [u8], offset: u64) -> Result<()> {
        if self.disk.lock().stopped {
            return Err(gone());
        }
        let file = self.file.lock();
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        let there = file.content.get(start..).unwrap_or_default();
        let length = there.len().min(buffer.len());
        let (read, missing) = buffer.split_at_mut(length);
        if let Some(there) = there.get(..length) {
            read.copy_from_slice(there);
        }
        // SQLite wants zeros for what is not there.
        missing.fill(0);
        if missing.is_empty() {
            Ok(())
        } else {
            Err(ErrorKind::UnexpectedEof.into())
        }
    }

    fn write_all_at(&mut self, bytes: &[u8], offset: u64) -> Result<()> {
        let at = usize::try_from(offset).unwrap_or(usize::MAX);
        let (was_running, stepped) = {
            let mut disk = self.disk.lock();
            (!disk.stopped, disk.step(true))
        };
        // The write during which the machine stops may be there in part.
        if stepped.is_ok() || (was_running && self.disk.lock().stopped) {
            self.write(Written::Bytes {
                at,
                bytes: bytes.to_vec(),
            });
        }
        stepped
    }

    fn sync(&mut self, _: bool) -> Result<()> {
        self.disk.lock().step(false)?;
        let mut file = self.file.lock();
        let pending = std::mem::take(&mut file.pending);
        for written in &pending {
            apply(&mut file.durable, written);
        }
        Ok(())
    }

    fn set_len(&mut self, size: u64) -> Result<()> {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        // A hint of what is to come grows a file on no system that we know.
        if size >= self.file.lock().content.len() {
            return Ok(());
        }
        self.disk.lock().step(false)?;
        self.write(Written::Length(size));
        Ok(())
    }

    fn lock(&mut self, kind: LockKind) -> Result<bool> {
        let mut file = self.file.lock();
        let others = |holder: Option<u64>| holder.is_some_and(|holder| holder != self.id);
        let free = match kind {
            LockKind::None => true,
            LockKind::Shared => !others(file.locks.exclusive),
            LockKind::Reserved => !others(file.locks.reserved) && !others(file.locks.exclusive),
            LockKind::Pending | LockKind::Exclusive => {
                !others(file.locks.reserved)
                    && !others(file.locks.exclusive)
                    && file.locks.shared.iter().all(|holder| *holder == self.id)
            }
        };
        if free {
            match kind {
                LockKind::None => {}
                LockKind::Shared => {
                    if !file.locks.shared.contains(&self.id) {
                        file.locks.shared.push(self.id);
                    }
                }
                LockKind::Reserved => file.locks.reserved = Some(self.id),
                LockKind::Pending | LockKind::Exclusive => file.locks.exclusive = Some(self.id),
            }
            drop(file);
            self.lock = kind;
        }
        Ok(free)
    }

    fn unlock(&mut self, kind: LockKind) -> Result<bool> {
        self.release(kind);
        self.lock = kind;
        Ok(true)
    }

    fn reserved(&mut self) -> Result<bool> {
        let file = self.file.lock();
        Ok(file.locks.reserved.is_some() || file.locks.exclusive.is_some())
    }

    fn current_lock(&self) -> Result<LockKind> {
        Ok(self.lock)
    }

    fn wal_index(&self, _: bool) -> Result<Mapped> {
        self.file.lock().index.users += 1;
        Ok(Mapped {
            id: self.id,
            file: self.file.clone(),
            seen: BTreeMap::new(),
        })
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.release(LockKind::None);
    }
}
