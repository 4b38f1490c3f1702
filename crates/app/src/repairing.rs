//! A damaged book: what can be read of it goes on, and the rest comes from the server again.

use store::{Salvaged, Store, StoreError};
use zeroize::Zeroizing;

use crate::api::{DeviceUnlock, Nothing, Repaired, RepairedRecord};
use crate::device::meta;
use crate::life::incarnation_of;
use crate::{App, Error, Result};

impl App {
    /// Puts a new book with what can be read in the place of the damaged one, and closes it. The damaged file stays beside
    /// it until something is erased. At the next exchange the server gives what it has once more.
    ///
    /// # Errors
    /// `wrong_passphrase`, `too_many_tries`, `absent`; `database_busy` while another program has the book open;
    /// `beyond_repair` when not even the first page or this device's own name can be read. All stays as it was then.
    pub fn device_repair(&self, unlock: DeviceUnlock) -> Result<Repaired> {
        let passphrase = Zeroizing::new(unlock.passphrase);
        let _alone = self.start_alone()?;
        self.device_lock(Nothing {})?;
        store::finish_repair(&self.database())?;
        if !self.database().exists() {
            return Err(StoreError::Absent.into());
        }
        let key = self.open_key(&self.read_key_file()?, &passphrase)?;
        let seconds = self.surroundings.now().timestamp();
        let done = store::repair(&self.database(), &key, seconds, |new| {
            let new = Store::open(new, key.clone())?;
            let known = new.meta(meta::DEVICE)?.is_some()
                && new.meta(meta::MEMBER)?.is_some()
                && incarnation_of(&new)?.is_some();
            if known {
                Ok(())
            } else {
                Err(StoreError::Absent)
            }
        });
        match done {
            Ok(salvaged) => Ok(report(&Store::open(&self.database(), key)?, salvaged)?),
            Err(StoreError::Damaged(_) | StoreError::Absent | StoreError::Empty) => Err(beyond()),
            Err(problem) => Err(problem.into()),
        }
    }
}

fn report(store: &Store, salvaged: Salvaged) -> store::Result<Repaired> {
    let mut only_here = Vec::new();
    for id in salvaged.only_here {
        only_here.push(RepairedRecord {
            id: id.to_string(),
            title: store.record(id)?.map(|record| record.title),
        });
    }
    let (lost, again): (Vec<_>, Vec<_>) = salvaged
        .unreadable
        .into_iter()
        .partition(|record| record.lost);
    let records = |unreadable: Vec<store::Unreadable>| {
        let records = unreadable.into_iter().map(|it| RepairedRecord {
            id: it.record.to_string(),
            title: it.title,
        });
        records.collect()
    };
    Ok(Repaired {
        whole: salvaged.records,
        only_here,
        again: records(again),
        lost: records(lost),
    })
}

fn beyond() -> Error {
    Error::new(
        "beyond_repair",
        "Nothing of the book can be read any more. It was left as it is. What was sent is safe with the team: ask for a new \
         invitation and start in another folder.",
    )
}
