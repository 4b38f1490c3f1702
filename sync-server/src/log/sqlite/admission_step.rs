//! The first half of a push: judged against what is stored, without holding the write lock.

use std::cmp::Ordering;

use admission::{Claim, Class, Damaged, Refusal, Stored, Verdict};
use mistake::Mistake;
use protocol::{ChangeFrame, Outcome, RefusalCode};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

use super::rows::{number, role, split_hashes};
use super::{LogError, erase, rows};
use crate::log::Device;

/// Which document a change says it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Address {
    pub(super) space: Uuid,
    pub(super) document: Uuid,
    pub(super) epoch: u64,
}

/// A stored document, as far as a push needs it.
#[derive(Debug)]
pub(super) struct Present {
    pub(super) no: i64,
    space: i64,
    epoch: i64,
    pub(super) last_seq: i64,
    pub(super) heads: Vec<[u8; 32]>,
    snapshot: Vec<u8>,
}

/// What the judging found out about the changes of one document.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// Changes that are settled without writing: their place in the push, hash and outcome.
    pub(super) settled: Vec<(usize, [u8; 32], Settled)>,
    /// What is to be written.
    pub(super) prepared: Option<Prepared>,
}

/// How a change was settled without writing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Settled {
    Refused(RefusalCode),
    /// It is in the log, or will be when the rest of this push is.
    Duplicate,
}

/// New changes of one document, admitted and merged, waiting for their numbers.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    pub(super) space: i64,
    pub(super) address: Address,
    /// Row and last number of the document this was judged against; `None`: it was not there.
    pub(super) base: Option<(i64, i64)>,
    pub(super) old_heads: Vec<[u8; 32]>,
    pub(super) heads: Vec<[u8; 32]>,
    pub(super) snapshot: Vec<u8>,
    /// Place in the push, hash, raw bytes.
    pub(super) changes: Vec<(usize, [u8; 32], Vec<u8>)>,
}

/// A space the device may write in now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writable {
    pub(super) no: i64,
    /// Until then, changes by other devices are welcome too.
    recover_ms: i64,
}

/// The space, if the device may write in it now.
pub(super) fn writable_space(
    tx: &Transaction<'_>,
    device: &Device,
    space: Uuid,
) -> Result<Option<Writable>, LogError> {
    let mut statement = tx.prepare_cached(include_str!("sql/right_in_space.sql"))?;
    let mut rows = statement.query((device.no, space.as_bytes()))?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let may_write = role(&row.get::<_, String>(1)?)?.may_write();
    let writable = Writable {
        no: row.get(0)?,
        recover_ms: row.get(2)?,
    };
    Ok(may_write.then_some(writable))
}

/// Judges the changes of one document; `places` are their places in the push.
pub(super) fn judge(
    tx: &Transaction<'_>,
    device: &Device,
    address: Address,
    places: &[usize],
    push: &[ChangeFrame],
    now_ms: i64,
) -> Result<Judged, LogError> {
    let changes: Vec<(usize, &[u8])> = places
        .iter()
        .filter_map(|&place| {
            push.get(place)
                .map(|change| (place, change.bytes.as_slice()))
        })
        .collect();
    let Some(space) = writable_space(tx, device, address.space)? else {
        return known_or_refused(tx, device, address, &changes);
    };
    if erase::tombstone_of(tx, space.no, address.document)?.is_some() {
        return Ok(all_refused(&changes, RefusalCode::Erased));
    }
    let present = find(tx, address.document)?;
    if present.is_none() {
        // Of a document that is not here the ledger may know which epoch it is in; an epoch begins only by `redact`.
        match address
            .epoch
            .cmp(&erase::epoch_floor(tx, space.no, address.document)?)
        {
            Ordering::Less => return Ok(all_refused(&changes, RefusalCode::EpochSuperseded)),
            Ordering::Greater => return Ok(all_refused(&changes, RefusalCode::Invalid)),
            Ordering::Equal => {}
        }
    }
    if let Some(present) = &present {
        if present.space != space.no {
            return Ok(all_refused(&changes, RefusalCode::Invalid));
        }
        match address.epoch.cmp(&number(present.epoch)) {
            Ordering::Less => {
                return Ok(all_refused(&changes, RefusalCode::EpochSuperseded));
            }
            Ordering::Greater => return Ok(all_refused(&changes, RefusalCode::Invalid)),
            Ordering::Equal => {}
        }
    }
    let own_only = now_ms >= space.recover_ms;
    let claim = Claim {
        document: address.document,
        device: own_only.then_some(device.id.0),
    };
    let raws: Vec<&[u8]> = changes.iter().map(|(_, raw)| *raw).collect();
    let stored = Stored {
        snapshot: present.as_ref().map(|present| present.snapshot.as_slice()),
        tail: &[],
    };
    let batch = match admission::admit_all(stored, &claim, &raws) {
        Ok(batch) => batch,
        Err(damaged) => {
            tell_damaged(address.document, &damaged);
            return Ok(all_refused(&changes, RefusalCode::Damaged));
        }
    };
    let mut judged = Judged::default();
    let mut new = Vec::new();
    for ((place, raw), verdict) in changes.iter().zip(batch.verdicts) {
        match verdict {
            Ok(Verdict::New(hash)) => new.push((*place, hash, raw.to_vec())),
            Ok(Verdict::Duplicate(hash)) => judged.settled.push((*place, hash, Settled::Duplicate)),
            Err(refusal)
                if refusal.class() == Class::MissingDeps && Mistake::IgnoredMissing.is_made() =>
            {
                judged
                    .settled
                    .push((*place, hash_of(raw), Settled::Duplicate));
            }
            Err(refusal) => {
                judged
                    .settled
                    .push((*place, hash_of(raw), Settled::Refused(code(&refusal))));
            }
        }
    }
    judged.prepared = batch.merged.map(|merged| Prepared {
        space: space.no,
        address,
        base: present
            .as_ref()
            .map(|present| (present.no, present.last_seq)),
        old_heads: present.map(|present| present.heads).unwrap_or_default(),
        heads: merged.heads,
        snapshot: merged.bytes,
        changes: new,
    });
    Ok(judged)
}

/// The number of a change that is in the log.
pub(super) fn number_of(
    tx: &Transaction<'_>,
    address: Address,
    hash: &[u8; 32],
) -> Result<Outcome, LogError> {
    // In the document but not in the log: its epoch began with it. Taken in all the same.
    Ok(Outcome::Duplicate {
        seq: in_log(tx, address, hash)?.map_or(0, number),
    })
}

fn in_log(
    tx: &Transaction<'_>,
    address: Address,
    hash: &[u8; 32],
) -> Result<Option<i64>, LogError> {
    let mut statement = tx.prepare_cached(include_str!("sql/seq_of_change.sql"))?;
    let key = (
        address.document.as_bytes(),
        rows::signed(address.epoch),
        hash,
    );
    Ok(statement.query_row(key, |row| row.get(0)).optional()?)
}

/// Only that document is affected: whoever pushes it pushes others with it.
pub(super) fn tell_damaged(document: Uuid, damaged: &Damaged) {
    let error: &dyn std::error::Error = damaged;
    tracing::error!(%document, error, "a stored document cannot be read");
}

fn find(tx: &Transaction<'_>, document: Uuid) -> Result<Option<Present>, LogError> {
    let mut statement = tx.prepare_cached(
        "SELECT no, space, epoch, last_seq, heads, snapshot FROM document WHERE id = ?1",
    )?;
    let mut rows = statement.query([document.as_bytes()])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let heads = row
        .get_ref(4)?
        .as_blob()
        .map_err(|_| LogError::Malformed("head"))?;
    Ok(Some(Present {
        no: row.get(0)?,
        space: row.get(1)?,
        epoch: row.get(2)?,
        last_seq: row.get(3)?,
        heads: split_hashes(heads)?,
        snapshot: row.get(5)?,
    }))
}

/// Who may read and not write is told of what they have already that it is here: all else is refused.
fn known_or_refused(
    tx: &Transaction<'_>,
    device: &Device,
    address: Address,
    changes: &[(usize, &[u8])],
) -> Result<Judged, LogError> {
    let mut judged = all_refused(changes, RefusalCode::NoRight);
    let Some(right) = erase::right(tx, device, address.space)? else {
        return Ok(judged);
    };
    let present = erase::present(tx, address.document)?;
    if present.is_none_or(|present| present.space != right.space) {
        return Ok(judged);
    }
    for (_, hash, settled) in &mut judged.settled {
        if in_log(tx, address, hash)?.is_some() {
            *settled = Settled::Duplicate;
        }
    }
    Ok(judged)
}

fn all_refused(changes: &[(usize, &[u8])], code: RefusalCode) -> Judged {
    let refused = |(place, raw): &(usize, &[u8])| (*place, hash_of(raw), Settled::Refused(code));
    Judged {
        settled: changes.iter().map(refused).collect(),
        prepared: None,
    }
}

fn hash_of(raw: &[u8]) -> [u8; 32] {
    admission::change_hash(raw).unwrap_or_default()
}

pub(super) fn code(refusal: &Refusal) -> RefusalCode {
    match refusal.class() {
        Class::MissingDeps => RefusalCode::MissingDeps,
        Class::ActorFork => RefusalCode::ActorFork,
        Class::TooBig => RefusalCode::TooBig,
        Class::Invalid => RefusalCode::Invalid,
    }
}
