//! How a share ends: taken back by a person, or after its last day.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::ids::{MemberId, RecordId as Id};
use domain::kinds::Share;
use domain::record::Fields;
use serde_json::Value;
use store::{Action, Changes, RecordRow};

use super::all;
use super::copies::{Copies, without_original};
use crate::api::{Saved, ShareId};
use crate::device::Device;
use crate::erase;
use crate::records::row;
use crate::rights::{Rights, no_right};
use crate::surroundings::day;
use crate::sync_loop::Word;
use crate::views::fields;
use crate::{App, Error, Result, audit};

impl App {
    /// Takes a copy back: it is erased there, and on every device that held it.
    ///
    /// # Errors
    /// `no_record`, `erase_no_right` when this person neither made the copy nor manages its space, `share_out_of_reach`
    /// when the copy is not on this device.
    pub fn share_revoke(&self, id: ShareId) -> Result<Saved> {
        let device = self.device()?;
        let named = row(&device, &id.id)?;
        let share = match named.kind.as_str() {
            "share" => believed(&device, &named, &fields(&named))?,
            _ => None,
        };
        let copy = share.and_then(|share| share.copy);
        let copy = copy.ok_or_else(|| Error::no_record(&id.id))?;
        let rights = Rights::read(&device)?;
        match device.store.record(copy)? {
            Some(copied) if !rights.may_erase(&copied) => return Err(no_right(&copied)),
            None if !device.store.is_erased(copy)? => return Err(out_of_reach(copy)),
            Some(_) | None => {}
        }
        let mut shares = all(&device)?;
        shares.retain(|(_, other)| other.copy == Some(copy));
        let (changes, _) = end(&device, &rights, &all_believed(&device, shares)?)?;
        Ok(Saved {
            // What is erased does not come back.
            undo: None,
            ..self.saved(&device, &changes, String::new())?
        })
    }

    /// Ends what has had its last day, and what has lost its original to an erasure, of whoever shared it: the copy is
    /// erased by a device that may, and out of sight on every other.
    pub(crate) fn expire_shares(&self, device: &Device) -> Result<()> {
        let today = day(device.surroundings.now());
        let known = all(device)?;
        let mut ended = Vec::new();
        for (row, share) in &known {
            if let Some(share) = without_original(device, row, share)? {
                ended.push((row.clone(), share));
            }
        }
        let of_ended: BTreeSet<Option<Id>> = ended.iter().map(|(_, share)| share.copy).collect();
        // What stands beside such a copy goes with it.
        let is_ended = |share: &Share| of_ended.contains(&share.copy) && share.of.is_none();
        let mut over = known;
        over.retain(|(_, share)| is_over(share, today) || is_ended(share));
        let mut over = all_believed(device, over)?;
        over.retain(|(_, share)| is_over(share, today) || is_ended(share));
        over.extend(ended);
        if over.is_empty() {
            return Ok(());
        }
        let (changes, erased) = end(device, &Rights::read(device)?, &over)?;
        self.tell_changed(&changes, false);
        if erased || !changes.records.is_empty() {
            self.sync_word(Word::Edited);
        }
        Ok(())
    }
}

fn is_over(share: &Share, today: NaiveDate) -> bool {
    share.revoked_at.is_none() && share.until.is_some_and(|until| until < today)
}

/// A share as its maker wrote it, when it can be believed. Anybody who may write somewhere can write a record that says
/// "that is a copy", or write in one; by it nothing of others may end. So only the first change counts, and only when the
/// copy was made by the same device and stands in the space that it names.
pub(crate) fn believed(device: &Device, row: &RecordRow, share: &Share) -> Result<Option<Share>> {
    let Some(made) = device.store.as_made(row.id)? else {
        return Ok(None);
    };
    let as_made: Share = serde_json::from_value(Value::Object(made.after)).unwrap_or_default();
    let Some(copy) = as_made.copy else {
        return Ok(None);
    };
    if let Some(copied) = device.store.record(copy)? {
        let is_there = match as_made.of {
            Some(_) => Some(copied.space) == as_made.to,
            None => copied.space == row.space,
        };
        let maker = made.device.map(|device| device.to_string());
        if !is_there || maker.is_none() || maker != copied.made_by {
            return Ok(None);
        }
    }
    Ok(Some(Share {
        // Only the record beside the original says that; beside the copy nobody can stop its end with it.
        revoked_at: share.revoked_at.filter(|_| as_made.of.is_some()),
        ..as_made
    }))
}

fn all_believed(
    device: &Device,
    shares: Vec<(RecordRow, Share)>,
) -> Result<Vec<(RecordRow, Share)>> {
    let mut kept = Vec::with_capacity(shares.len());
    for (row, share) in shares {
        if let Some(share) = believed(device, &row, &share)? {
            kept.push((row, share));
        }
    }
    Ok(kept)
}

/// The copy may still be there, where this device does not see it: nothing says that it was taken back.
fn out_of_reach(copy: Id) -> Error {
    Error::new(
        "share_out_of_reach",
        "The copy is in a space that this device does not see. Nothing was changed; ask a manager of that space.",
    )
    .with("id", copy.to_string())
}

/// Ends shares, in one transaction: what stands in the other space goes, and the record beside the original says when the
/// copy is gone. Returns what changed, and whether anything was erased.
fn end(device: &Device, rights: &Rights, shares: &[(RecordRow, Share)]) -> Result<(Changes, bool)> {
    let ending = Ending::plan(device, rights, shares, &BTreeSet::new())?;
    let pointing = erase::pointing_at(device, rights, &ending.gone)?;
    let me = device.me()?;
    let ((), changes) = device.store.transact(&device.stamp(), None, |action| {
        ending.tell(action, me)?;
        erase::erase_in(action, &ending.gone, &pointing, me)?;
        Ok::<_, Error>(())
    })?;
    Ok((changes, !ending.gone.is_empty()))
}

/// What happens when shares end.
pub(crate) struct Ending {
    /// Erased: copies, and the records of shares that have nothing left to tell.
    pub(crate) gone: BTreeSet<Id>,
    /// Copies among them.
    pub(crate) copies: u32,
    /// Copies that are for others to erase: out of sight until then.
    hidden: Vec<Id>,
    /// Records beside an original that stays: they say when the copy was gone.
    told: Vec<Id>,
    /// What the audit names.
    named: BTreeSet<Id>,
    now: String,
}

impl Ending {
    /// What has to end when these records go: everything that was shared of them, and what tells of them as copies.
    pub(crate) fn with(device: &Device, rights: &Rights, going: &BTreeSet<Id>) -> Result<Self> {
        let shares = Copies::read(device)?.shares(going)?;
        Self::plan(device, rights, &shares, going)
    }

    /// `going` is erased in the same action, whatever becomes of its copies.
    fn plan(
        device: &Device,
        rights: &Rights,
        shares: &[(RecordRow, Share)],
        going: &BTreeSet<Id>,
    ) -> Result<Self> {
        let copies: BTreeSet<Id> = shares.iter().filter_map(|(_, share)| share.copy).collect();
        let mut ended = BTreeSet::new();
        let (mut gone, mut hidden) = (BTreeSet::new(), Vec::new());
        for copy in copies {
            match device.store.record(copy)? {
                Some(_) if going.contains(&copy) => {
                    ended.insert(copy);
                }
                Some(copied) if rights.may_erase(&copied) => {
                    gone.insert(copy);
                    ended.insert(copy);
                }
                Some(copied) if !copied.archived && rights.may_write(&copied) => hidden.push(copy),
                None if device.store.is_erased(copy)? => {
                    ended.insert(copy);
                }
                Some(_) | None => {}
            }
        }
        let copies_gone = gone.clone();
        let mut told = Vec::new();
        for known in shares {
            let (row, share) = known;
            if !share.copy.is_some_and(|copy| ended.contains(&copy)) {
                continue;
            }
            let has_original = match share.of {
                Some(of) => !going.contains(&of) && !device.store.is_erased(of)?,
                None => false,
            };
            if has_original || !rights.may_erase(row) {
                told.push(known);
            } else {
                gone.insert(row.id);
            }
        }
        told.retain(|(row, share)| {
            share.of.is_some() && share.revoked_at.is_none() && rights.may_write(row)
        });
        Ok(Self {
            copies: u32::try_from(copies_gone.len()).unwrap_or(u32::MAX),
            named: named(device, shares, &copies_gone, &gone, &told)?,
            told: told.into_iter().map(|(row, _)| row.id).collect(),
            gone,
            hidden,
            now: device.surroundings.now().to_rfc3339(),
        })
    }

    /// Everything of it but the erasing, inside an action.
    pub(crate) fn tell(&self, action: &mut Action<'_>, me: MemberId) -> Result<()> {
        let revoked = Fields::from_iter([("revoked_at".to_owned(), self.now.clone().into())]);
        let archived = Fields::from_iter([("archived".to_owned(), Value::Bool(true))]);
        for record in &self.named {
            action.audit(audit::SHARE_ENDED, *record, me)?;
        }
        for id in &self.told {
            action.let_go(*id, &revoked)?;
        }
        for id in &self.hidden {
            action.edit(*id, &archived)?;
        }
        Ok(())
    }
}

/// Taking back that something was shared ends the share, and taking that back shares it again: both are written down with
/// the act itself.
pub(crate) fn note_undone(action: &mut Action<'_>, me: MemberId) -> Result<()> {
    for id in action.changed().to_vec() {
        let Some((kind, fields)) = action.fields(id)? else {
            continue;
        };
        if kind.name != "share" {
            continue;
        }
        let is_over = fields.get("archived") == Some(&Value::Bool(true));
        let share: Share = serde_json::from_value(Value::Object(fields)).unwrap_or_default();
        let did = if is_over {
            audit::SHARE_ENDED
        } else {
            audit::SHARED
        };
        // The record beside the copy says nothing of the original.
        if let Some(original) = share.of {
            let known = action.fields(original)?.map(|_| original);
            if let Some(named) = known.or(share.copy) {
                action.audit(did, named, me)?;
            }
        }
    }
    Ok(())
}

/// What the audit names when shares end: the original where it is known and here, and otherwise the copy.
fn named(
    device: &Device,
    shares: &[(RecordRow, Share)],
    copies: &BTreeSet<Id>,
    gone: &BTreeSet<Id>,
    told: &[&(RecordRow, Share)],
) -> Result<BTreeSet<Id>> {
    let mut named: BTreeMap<Id, Id> = copies.iter().map(|copy| (*copy, *copy)).collect();
    let with_it = shares.iter().filter(|(row, _)| gone.contains(&row.id));
    for (_, share) in with_it.chain(told.iter().copied()) {
        if let (Some(of), Some(copy)) = (share.of, share.copy)
            && device.store.record(of)?.is_some()
        {
            named.insert(copy, of);
        }
    }
    Ok(named.into_values().collect())
}
