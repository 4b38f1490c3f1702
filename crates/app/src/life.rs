//! The lives of a database: no two of them write under one actor, also when one is a copy or a backup of the other.

use std::path::Path;

use mistake::Mistake;
use store::Store;

use crate::device::{Device, meta};

impl Device {
    /// A database in another file than it was made in is a copy, or a backup that was put back: it begins a new life, and
    /// fetches everything again. The server does not echo what a device wrote, so a copy would never hear of what the
    /// other one wrote after it was made.
    pub(crate) fn notice_copy(&self) -> store::Result<()> {
        let file = self.surroundings.mark_of_file(self.store.path());
        let before = self.store.meta(meta::FILE)?;
        if before != file && !Mistake::ReusedLife.is_made() {
            self.begin_new_life()?;
            if before.is_some() {
                self.store.fetch_everything_again()?;
            }
            self.store.set_meta(&[(meta::FILE, file.as_deref())])?;
        }
        Ok(())
    }

    /// From now on this device writes under a new incarnation: its database is a copy of one that may have gone on, and
    /// no two databases may write under one actor.
    pub(crate) fn begin_new_life(&self) -> store::Result<()> {
        let mut incarnation = [0_u8; 8];
        self.surroundings.random(&mut incarnation);
        self.store
            .set_meta(&[(meta::INCARNATION, Some(&hex::encode(incarnation)))])?;
        *self.incarnation.lock() = incarnation;
        Ok(())
    }

    /// Another program on this folder may have begun a new life.
    pub(crate) fn follow_life(&self) -> store::Result<()> {
        if let Some(incarnation) = incarnation_of(&self.store)? {
            *self.incarnation.lock() = incarnation;
        }
        Ok(())
    }
}

/// What the file system says of a file that a copy of it does not share: when it was made, and its number.
pub(crate) fn mark_of_file(path: &Path) -> Option<String> {
    let file = std::fs::metadata(path).ok()?;
    let made = file.created().ok();
    let made = made.and_then(|made| made.duration_since(std::time::UNIX_EPOCH).ok());
    let number = number_of_file(&file);
    (made.is_some() || number.is_some()).then(|| {
        let made = made.map(|made| made.as_nanos()).unwrap_or_default();
        format!("{made}-{}", number.unwrap_or_default())
    })
}

/// The incarnation that a database keeps.
pub(crate) fn incarnation_of(store: &Store) -> store::Result<Option<[u8; 8]>> {
    let life = store.meta(meta::INCARNATION)?;
    Ok(life
        .and_then(|life| hex::decode(life).ok())
        .and_then(|life| life.try_into().ok()))
}

/// The number by which the file system knows a file.
#[cfg(unix)]
fn number_of_file(file: &std::fs::Metadata) -> Option<u64> {
    Some(std::os::unix::fs::MetadataExt::ino(file))
}

/// Elsewhere the moment at which it was made must do.
#[cfg(not(unix))]
const fn number_of_file(_: &std::fs::Metadata) -> Option<u64> {
    None
}
