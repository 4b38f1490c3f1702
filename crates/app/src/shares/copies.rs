//! What was shared of something that goes: its copies in other spaces go along, or it is said where they stay.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::RecordId as Id;
use domain::kinds::Share;
use store::{RecordRow, Space};

use super::{all, believed, mark_of, name_of};
use crate::Result;
use crate::api::EraseCopy;
use crate::device::Device;
use crate::edit::record_ref;
use crate::rights::Rights;
use crate::views::Viewer;

/// The shares that this device knows of, read once to look up the copies of many records.
pub(crate) struct Copies<'a> {
    device: &'a Device,
    spaces: Vec<Space>,
    known: Vec<(RecordRow, Share)>,
}

impl<'a> Copies<'a> {
    pub(crate) fn read(device: &'a Device) -> Result<Self> {
        Ok(Self {
            device,
            spaces: device.store.spaces()?,
            known: all(device)?,
        })
    }

    /// Copies of these records that are still there, also copies of copies, as they are shown before and after.
    pub(crate) fn of(
        &self,
        viewer: &Viewer<'_>,
        rights: &Rights,
        originals: &BTreeSet<Id>,
    ) -> Result<Vec<EraseCopy>> {
        let shares = self.shares(originals)?;
        let made_of: BTreeMap<Id, Id> = shares
            .iter()
            .filter_map(|(_, share)| Some((share.copy?, share.of?)))
            .collect();
        let mut copies = Vec::new();
        for (_, share) in &shares {
            if let Some(root) = share.of.map(|of| root(&made_of, of))
                && originals.contains(&root)
            {
                copies.extend(self.view(viewer, rights, share, root)?);
            }
        }
        Ok(copies)
    }

    /// Copies that are still there of what was erased already.
    pub(crate) fn left(&self, viewer: &Viewer<'_>, rights: &Rights) -> Result<Vec<EraseCopy>> {
        let mut copies = Vec::new();
        for (row, share) in &self.known {
            if let Some(share) = without_original(self.device, row, share)?
                && let Some(of) = share.of
            {
                copies.extend(self.view(viewer, rights, &share, of)?);
            }
        }
        Ok(copies)
    }

    /// Every record of a share that has to do with these or with a copy of them: where the original lives, and beside the
    /// copy.
    pub(super) fn shares(&self, originals: &BTreeSet<Id>) -> Result<Vec<(RecordRow, Share)>> {
        let mut ids = originals.clone();
        let mut found: BTreeMap<Id, (RecordRow, Share)> = BTreeMap::new();
        // What was copied can have been copied further.
        loop {
            let before = found.len();
            for (row, share) in &self.known {
                let mut named = [share.of, share.copy].into_iter().flatten();
                if named.any(|id| ids.contains(&id))
                    && !found.contains_key(&row.id)
                    && let Some(share) = believed(self.device, row, share)?
                {
                    ids.extend(share.copy);
                    found.insert(row.id, (row.clone(), share));
                }
            }
            if found.len() == before {
                return Ok(found.into_values().collect());
            }
        }
    }

    /// `None` when the copy is gone.
    fn view(
        &self,
        viewer: &Viewer<'_>,
        rights: &Rights,
        share: &Share,
        root: Id,
    ) -> Result<Option<EraseCopy>> {
        let Some(copy) = share.copy else {
            return Ok(None);
        };
        let row = self.device.store.record(copy)?;
        if row.is_none() && (share.revoked_at.is_some() || self.device.store.is_erased(copy)?) {
            return Ok(None);
        }
        Ok(Some(EraseCopy {
            may: row.as_ref().is_some_and(|row| rights.may_erase(row)),
            record: row.as_ref().map(record_ref),
            of: root.to_string(),
            space: mark_of(&self.spaces, share.to),
            by: name_of(viewer, share.by),
        }))
    }
}

/// What a copy of a copy leads back to.
fn root(made_of: &BTreeMap<Id, Id>, copy: Id) -> Id {
    let mut root = copy;
    // Nobody can make a circle by sharing; by forging, there is no end to it.
    for _ in 0..made_of.len() {
        match made_of.get(&root) {
            Some(of) => root = *of,
            None => break,
        }
    }
    root
}

/// A share that was not taken back and of which the original was erased, as its maker wrote it.
pub(super) fn without_original(
    device: &Device,
    row: &RecordRow,
    share: &Share,
) -> Result<Option<Share>> {
    // Only the record at home says to where; it lets go of an original that is erased.
    if share.to.is_none() || share.revoked_at.is_some() {
        return Ok(None);
    }
    if let Some(of) = share.of
        && !device.store.is_erased(of)?
    {
        return Ok(None);
    }
    let Some(share) = believed(device, row, share)? else {
        return Ok(None);
    };
    let is_gone = match share.of {
        Some(of) => device.store.is_erased(of)?,
        None => false,
    };
    Ok(is_gone.then_some(share))
}
