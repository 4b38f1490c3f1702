//! Beginning a document anew: the words that somebody took out go with its whole history. In the place of the log of the
//! document come the changes of a new epoch, made by the device that asks; their number in the log tells every device.

use std::collections::HashSet;

use admission::limits::MAX_DOCUMENT_OPS;
use admission::{Claim, Merged, Stored, Verdict};
use protocol::digest::head_part;
use protocol::limits::MAX_EPOCHS_AHEAD;
use protocol::{ChangeFrame, Digest, Outcome, RefusalCode, RequestHeader, SpaceEvent};
use rusqlite::{OptionalExtension, Transaction};

use super::admission_step::{self, Address};
use super::erase::{self, Present, Right};
use super::push::{self, settle};
use super::rows::{join_hashes, number, signed, uuid};
use super::{Log, LogError};
use crate::log::{Device, MOST_OPERATIONS, PushResult};

/// How often a document may change under our hands before we give up.
const ATTEMPTS: usize = 16;

/// A new epoch of one document, admitted, waiting for its number.
#[derive(Clone)]
struct Begun {
    address: Address,
    /// The document it takes the place of, as it was judged.
    base: Base,
    heads: Vec<[u8; 32]>,
    snapshot: Vec<u8>,
}

/// What a document was when a new epoch of it was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Base {
    no: i64,
    epoch: u64,
    last_seq: i64,
    maker: Option<[u8; 8]>,
}

/// What the judging says.
enum Judged {
    Settled(Outcome),
    Begins(Box<Begun>),
}

/// What one writing transaction did with one document.
enum Written {
    Numbered(u64),
    /// Somebody wrote in it meanwhile, or the right was lost: judge again.
    Stale,
}

impl Log {
    /// Begins documents anew, each judged alone, and says what became of each change, in their order. What it calls taken
    /// in is on disk; [`clean`](Self::clean) takes the bytes of what came before out of the file.
    ///
    /// Who may erase a document may do this. `header` says how much of each log the new epochs were made from.
    ///
    /// # Errors
    /// When the database or the ledger fails; pushing the same again is right then.
    pub fn redact(
        &self,
        device: &Device,
        header: &RequestHeader,
        push: &[ChangeFrame],
        now_ms: i64,
    ) -> Result<Vec<PushResult>, LogError> {
        let mut results: Vec<Option<PushResult>> = vec![None; push.len()];
        let mut named = HashSet::new();
        let mut groups = push::group(push);
        // One document, one epoch: what names it twice is judged once.
        groups.retain(|(address, places)| {
            let is_first = named.insert(address.document);
            if !is_first {
                say(
                    &mut results,
                    push,
                    places,
                    Outcome::Refused(RefusalCode::Invalid),
                );
            }
            is_first
        });
        let (mut had_bytes, mut operations) = (false, 0);
        for (address, places) in &groups {
            let more = operations_of(push, places);
            operations += more;
            let outcome = if more > MAX_DOCUMENT_OPS {
                Outcome::Refused(RefusalCode::TooBig)
            } else if operations > MOST_OPERATIONS {
                // Too much at once: it is made again.
                Outcome::Refused(RefusalCode::Behind)
            } else {
                self.begin_epoch(device, header, (*address, places), push, now_ms)?
            };
            had_bytes |= matches!(outcome, Outcome::Ok { .. });
            say(&mut results, push, places, outcome);
        }
        if had_bytes {
            self.forget_replaced();
        }
        results
            .into_iter()
            .map(|result| result.ok_or(LogError::Contended))
            .collect()
    }

    fn begin_epoch(
        &self,
        device: &Device,
        header: &RequestHeader,
        (address, places): (Address, &[usize]),
        push: &[ChangeFrame],
        now_ms: i64,
    ) -> Result<Outcome, LogError> {
        let raws: Vec<&[u8]> = places
            .iter()
            .filter_map(|&place| push.get(place).map(|change| change.bytes.as_slice()))
            .collect();
        for _ in 0..ATTEMPTS {
            let judged = self.read(|tx| judge(tx, device, header, address, &raws, now_ms))?;
            let begun = match judged {
                Judged::Settled(outcome) => return Ok(outcome),
                Judged::Begins(begun) => *begun,
            };
            let device = *device;
            let written = self.write(move |tx| write(tx, &device, &begun, now_ms))?;
            if let Written::Numbered(seq) = written {
                let space = address.space;
                self.tell(vec![SpaceEvent { space, seq }]);
                return Ok(Outcome::Ok { seq });
            }
        }
        Err(LogError::Contended)
    }
}

fn operations_of(push: &[ChangeFrame], places: &[usize]) -> u64 {
    let changes = places.iter().filter_map(|&place| push.get(place));
    changes
        .map(|change| admission::operations_of(&change.bytes))
        .sum()
}

/// The same outcome for every change of a document: it is one thing that was asked.
fn say(
    results: &mut [Option<PushResult>],
    push: &[ChangeFrame],
    places: &[usize],
    outcome: Outcome,
) {
    for &place in places {
        let hash = push
            .get(place)
            .and_then(|change| admission::change_hash(&change.bytes));
        settle(results, place, hash.unwrap_or_default(), outcome);
    }
}

fn judge(
    tx: &Transaction<'_>,
    device: &Device,
    header: &RequestHeader,
    address: Address,
    raws: &[&[u8]],
    now_ms: i64,
) -> Result<Judged, LogError> {
    let refused = |code| Ok(Judged::Settled(Outcome::Refused(code)));
    let Some(right) = erase::right(tx, device, address.space)? else {
        return refused(RefusalCode::NoRight);
    };
    if erase::tombstone_of(tx, right.space, address.document)?.is_some() {
        return refused(RefusalCode::Erased);
    }
    let Some(present) = erase::present(tx, address.document)? else {
        return begun_without_document(tx, &right, address);
    };
    if present.space != right.space {
        return refused(RefusalCode::Invalid);
    }
    if !erase::may_erase(tx, device, &right, &present, now_ms)? {
        return refused(RefusalCode::NoRight);
    }
    let recovers = now_ms < right.recover_ms;
    let base = base_of(tx, &present)?;
    let ahead = if recovers { MAX_EPOCHS_AHEAD } else { 1 };
    if address.epoch <= base.epoch {
        return already(tx, right.space, base, address, raws);
    }
    if address.epoch - base.epoch > ahead {
        return refused(RefusalCode::Invalid);
    }
    if !recovers && !has_all(tx, header, address, base)? {
        return refused(RefusalCode::Behind);
    }
    let merged = match admit(address, (!recovers).then_some(device.id.0), raws)? {
        Ok(merged) => merged,
        Err(code) => return refused(code),
    };
    if base.maker.is_some() && admission::maker_of_epoch(&merged.document) != base.maker {
        return refused(RefusalCode::Invalid);
    }
    Ok(Judged::Begins(Box::new(Begun {
        address,
        base,
        heads: merged.heads,
        snapshot: merged.bytes,
    })))
}

/// After a restore only the ledger knows the epoch: it began, and its changes are pushed like any others.
fn begun_without_document(
    tx: &Transaction<'_>,
    right: &Right,
    address: Address,
) -> Result<Judged, LogError> {
    let outcome = match begun_at(tx, right.space, address)? {
        Some(seq) if right.role.may_write() => Outcome::Duplicate { seq },
        _ => Outcome::Refused(RefusalCode::Invalid),
    };
    Ok(Judged::Settled(outcome))
}

/// The epoch, or a later one, began: this one when its changes are there.
fn already(
    tx: &Transaction<'_>,
    space: i64,
    base: Base,
    address: Address,
    raws: &[&[u8]],
) -> Result<Judged, LogError> {
    let superseded = Judged::Settled(Outcome::Refused(RefusalCode::EpochSuperseded));
    if address.epoch < base.epoch || base.epoch == 0 {
        return Ok(superseded);
    }
    let snapshot: Vec<u8> = tx
        .prepare_cached("SELECT snapshot FROM document WHERE no = ?1")?
        .query_row([base.no], |row| row.get(0))?;
    let claim = Claim {
        document: address.document,
        device: None,
    };
    let stored = Stored {
        snapshot: Some(&snapshot),
        tail: &[],
    };
    let first = raws.get(..1).unwrap_or_default();
    let batch = match admission::admit_all(stored, &claim, first) {
        Ok(batch) => batch,
        Err(damaged) => {
            admission_step::tell_damaged(address.document, &damaged);
            return Ok(Judged::Settled(Outcome::Refused(RefusalCode::Damaged)));
        }
    };
    let is_there = matches!(batch.verdicts.first(), Some(Ok(Verdict::Duplicate(_))));
    let seq = begun_at(tx, space, address)?;
    Ok(match seq.filter(|_| is_there) {
        Some(seq) => Judged::Settled(Outcome::Duplicate { seq }),
        None => superseded,
    })
}

fn begun_at(tx: &Transaction<'_>, space: i64, address: Address) -> Result<Option<u64>, LogError> {
    Ok(tx
        .prepare_cached(
            "SELECT seq FROM erasure WHERE document = ?2 AND space = ?1 AND epoch = ?3",
        )?
        .query_row(
            (space, address.document.as_bytes(), signed(address.epoch)),
            |row| row.get(0).map(number),
        )
        .optional()?)
}

/// Whether the device had everything of the document: else what others wrote would go with the history.
fn has_all(
    tx: &Transaction<'_>,
    header: &RequestHeader,
    address: Address,
    base: Base,
) -> Result<bool, LogError> {
    let Some(cursor) = header
        .spaces
        .iter()
        .find(|cursor| cursor.id == address.space)
    else {
        return Ok(false);
    };
    let log_epoch = tx
        .prepare_cached("SELECT log_epoch FROM space WHERE id = ?1")?
        .query_row([address.space.as_bytes()], |row| uuid(row, 0))?;
    let until = cursor
        .cursor
        .filter(|_| cursor.log_epoch == Some(log_epoch));
    Ok(until.is_some_and(|until| until >= number(base.last_seq)))
}

/// All steps of the gate, as for a document that nobody has yet; all of it or nothing.
fn admit(
    address: Address,
    device: Option<[u8; 8]>,
    raws: &[&[u8]],
) -> Result<Result<Merged, RefusalCode>, LogError> {
    let claim = Claim {
        document: address.document,
        device,
    };
    let batch = admission::admit_all(Stored::default(), &claim, raws)?;
    for verdict in &batch.verdicts {
        match verdict {
            Ok(Verdict::New(_)) => {}
            Ok(Verdict::Duplicate(_)) => return Ok(Err(RefusalCode::Invalid)),
            Err(refusal) => return Ok(Err(admission_step::code(refusal))),
        }
    }
    Ok(batch.merged.ok_or(RefusalCode::Invalid))
}

fn base_of(tx: &Transaction<'_>, present: &Present) -> Result<Base, LogError> {
    let (epoch, last_seq) = tx
        .prepare_cached("SELECT epoch, last_seq FROM document WHERE no = ?1")?
        .query_row([present.no], |row| {
            Ok((row.get(0).map(number)?, row.get(1)?))
        })?;
    Ok(Base {
        no: present.no,
        epoch,
        last_seq,
        maker: erase::maker(tx, present)?,
    })
}

/// In one transaction: the changes go, the new epoch comes, and its number tells.
fn write(
    tx: &Transaction<'_>,
    device: &Device,
    begun: &Begun,
    now_ms: i64,
) -> Result<Written, LogError> {
    let Address {
        space,
        document,
        epoch,
    } = begun.address;
    let Some(right) = erase::right(tx, device, space)? else {
        return Ok(Written::Stale);
    };
    let Some(present) = erase::present(tx, document)? else {
        return Ok(Written::Stale);
    };
    if base_of(tx, &present)? != begun.base
        || !erase::may_erase(tx, device, &right, &present, now_ms)?
    {
        return Ok(Written::Stale);
    }
    erase::must_clean(tx)?;
    let seq = erase::next_seq(tx, right.space, 1)?;
    let plus = begun.heads.iter().fold(Digest::default(), |digest, head| {
        digest.plus(head_part(head))
    });
    erase::add_to_digest(tx, right.space, plus, &present.heads)?;
    tx.prepare_cached("DELETE FROM change WHERE document = ?1")?
        .execute([present.no])?;
    tx.prepare_cached(
        "UPDATE document SET epoch = ?2, last_seq = ?3, heads = ?4, snapshot = ?5, maker = ?6 WHERE no = ?1",
    )?
    .execute((
        present.no,
        signed(epoch),
        seq,
        join_hashes(&begun.heads),
        &begun.snapshot,
        begun.base.maker,
    ))?;
    tx.prepare_cached(
        "INSERT INTO erasure (document, space, seq, epoch, member, at_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        document.as_bytes(),
        right.space,
        seq,
        signed(epoch),
        device.member,
        now_ms,
    ))?;
    Ok(Written::Numbered(number(seq)))
}
