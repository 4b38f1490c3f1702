//! Taking changes in: judged first, then numbered and written in one short transaction.

use std::collections::{BTreeMap, HashMap, HashSet};

use mistake::Mistake;
use protocol::digest::head_part;
use protocol::{ChangeFrame, Digest, Outcome, SpaceEvent};
use rusqlite::Transaction;
use uuid::Uuid;

use super::admission_step::{self, Address, Prepared, Settled};
use super::rows::{join_hashes, number, signed};
use super::{Log, LogError, erase};
use crate::log::{Device, PushResult};

/// How often a document may change under our hands before we give up.
const ATTEMPTS: usize = 16;

/// Documents with the places of their changes in the push, in the order of the push.
pub(super) type Groups = Vec<(Address, Vec<usize>)>;

/// What one writing transaction did.
#[derive(Default)]
struct Written {
    numbered: Vec<(usize, [u8; 32], u64)>,
    /// Somebody else wrote the document first, or the right was lost in between: judge again.
    stale: Vec<Address>,
    events: Vec<SpaceEvent>,
}

impl Log {
    /// Takes in what is admitted and says what became of each change, in their order. What it calls taken in is on
    /// disk. Pushing the same again gets the same answer, as duplicates.
    ///
    /// # Errors
    /// When the database fails: then some documents may be in and others not, and pushing again is right.
    pub fn push(
        &self,
        device: &Device,
        push: &[ChangeFrame],
        now_ms: i64,
    ) -> Result<Vec<PushResult>, LogError> {
        let results = self.push_while(device, push, now_ms, || true)?;
        let results = results.into_iter();
        results
            .map(|result| result.ok_or(LogError::Contended))
            .collect()
    }

    /// The same for as long as `goes_on` says so, and for one document at least; what was not judged has no result.
    ///
    /// # Errors
    /// As for [`push`](Self::push).
    pub fn push_while(
        &self,
        device: &Device,
        push: &[ChangeFrame],
        now_ms: i64,
        goes_on: impl Fn() -> bool,
    ) -> Result<Vec<Option<PushResult>>, LogError> {
        let mut results: Vec<Option<PushResult>> = vec![None; push.len()];
        let mut groups = group(push);
        let mut duplicates = Vec::new();
        for _ in 0..ATTEMPTS {
            let mut prepared = Vec::new();
            for (index, (address, places)) in groups.iter().enumerate() {
                if index > 0 && !goes_on() {
                    break;
                }
                let judged = self
                    .read(|tx| admission_step::judge(tx, device, *address, places, push, now_ms))?;
                for (place, hash, settled) in judged.settled {
                    match settled {
                        Settled::Refused(code) => {
                            settle(&mut results, place, hash, Outcome::Refused(code));
                        }
                        Settled::Duplicate => duplicates.push((place, *address, hash)),
                    }
                }
                prepared.extend(judged.prepared);
            }
            groups = self.write_prepared(device, prepared, &groups, &mut results)?;
            if groups.is_empty() {
                self.number_duplicates(&duplicates, &mut results)?;
                return Ok(results);
            }
            // What is judged again is settled again.
            duplicates.retain(|(_, address, _)| groups.iter().all(|(stale, _)| stale != address));
        }
        Err(LogError::Contended)
    }

    /// Writes, notes the results and returns the groups that have to be judged again.
    fn write_prepared(
        &self,
        device: &Device,
        prepared: Vec<Prepared>,
        groups: &Groups,
        results: &mut [Option<PushResult>],
    ) -> Result<Groups, LogError> {
        if prepared.is_empty() {
            return Ok(Groups::new());
        }
        if Mistake::NumberedApart.is_made() {
            let counts: Vec<(i64, usize)> = prepared
                .iter()
                .map(|document| (document.space, document.changes.len()))
                .collect();
            self.write(move |tx| {
                for (space, count) in counts {
                    erase::next_seq(tx, space, signed(count as u64))?;
                }
                Ok(())
            })?;
        }
        let device = *device;
        let written = self.write(move |tx| write(tx, &device, prepared))?;
        for (place, hash, seq) in written.numbered {
            settle(results, place, hash, Outcome::Ok { seq });
        }
        self.tell(written.events);
        Ok(groups
            .iter()
            .filter(|(address, _)| written.stale.contains(address))
            .cloned()
            .collect())
    }

    fn number_duplicates(
        &self,
        duplicates: &[(usize, Address, [u8; 32])],
        results: &mut [Option<PushResult>],
    ) -> Result<(), LogError> {
        if duplicates.is_empty() {
            return Ok(());
        }
        if Mistake::NumberedTwice.is_made() {
            self.write(|tx| Ok(tx.execute("UPDATE space SET next_seq = next_seq + 1", [])?))?;
        }
        self.read(|tx| {
            for (place, address, hash) in duplicates {
                settle(
                    results,
                    *place,
                    *hash,
                    admission_step::number_of(tx, *address, hash)?,
                );
            }
            Ok(())
        })
    }
}

pub(super) fn settle(
    results: &mut [Option<PushResult>],
    place: usize,
    hash: [u8; 32],
    outcome: Outcome,
) {
    if let Some(result) = results.get_mut(place) {
        *result = Some(PushResult { hash, outcome });
    }
}

pub(super) fn group(push: &[ChangeFrame]) -> Groups {
    let mut index = HashMap::new();
    let mut groups = Groups::new();
    for (place, change) in push.iter().enumerate() {
        let address = Address {
            space: change.space,
            document: change.document,
            epoch: change.epoch,
        };
        let at = *index.entry(address).or_insert_with(|| {
            groups.push((address, Vec::new()));
            groups.len() - 1
        });
        if let Some((_, places)) = groups.get_mut(at) {
            places.push(place);
        }
    }
    groups
}

/// One transaction for all documents; spaces one after another in the order of their rows.
fn write(
    tx: &Transaction<'_>,
    device: &Device,
    prepared: Vec<Prepared>,
) -> Result<Written, LogError> {
    let mut written = Written::default();
    let mut spaces: BTreeMap<i64, (Uuid, Vec<Prepared>)> = BTreeMap::new();
    let mut here = HashSet::new();
    for document in prepared {
        let id = document.address.space;
        let right = admission_step::writable_space(tx, device, id)?;
        if right.map(|space| space.no) != Some(document.space)
            || !here.insert(document.address.document)
            || is_stale(tx, &document)?
            || erase::tombstone_of(tx, document.space, document.address.document)?.is_some()
        {
            // Also when one push names a document under two spaces or epochs: the second is judged after the first.
            written.stale.push(document.address);
        } else {
            spaces
                .entry(document.space)
                .or_insert_with(|| (id, Vec::new()))
                .1
                .push(document);
        }
    }
    for (space, (id, documents)) in spaces {
        let head = write_space(tx, device, space, documents, &mut written.numbered)?;
        written.events.push(SpaceEvent {
            space: id,
            seq: number(head),
        });
    }
    Ok(written)
}

fn is_stale(tx: &Transaction<'_>, document: &Prepared) -> Result<bool, LogError> {
    let mut statement = tx.prepare_cached("SELECT no, last_seq FROM document WHERE id = ?1")?;
    let mut rows = statement.query([document.address.document.as_bytes()])?;
    let now = rows
        .next()?
        .map(|row| Ok::<_, LogError>((row.get(0)?, row.get(1)?)))
        .transpose()?;
    Ok(now != document.base)
}

/// Numbers the changes of one space without a gap, in the order of the push; returns the new head.
fn write_space(
    tx: &Transaction<'_>,
    device: &Device,
    space: i64,
    documents: Vec<Prepared>,
    numbered: &mut Vec<(usize, [u8; 32], u64)>,
) -> Result<i64, LogError> {
    let mut places: Vec<usize> = documents
        .iter()
        .flat_map(|document| document.changes.iter().map(|(place, ..)| *place))
        .collect();
    places.sort_unstable();
    let mut digest = Digest::default();
    for document in &documents {
        digest = document
            .old_heads
            .iter()
            .fold(digest, |digest, head| digest.minus(head_part(head)));
        digest = document
            .heads
            .iter()
            .fold(digest, |digest, head| digest.plus(head_part(head)));
    }
    let count = signed(places.len() as u64);
    let taken = if Mistake::NumberedApart.is_made() {
        0
    } else {
        count
    };
    let (first, digest_before): (i64, i64) = tx
        .prepare_cached("UPDATE space SET next_seq = next_seq + ?2 WHERE no = ?1 RETURNING next_seq - ?3, digest")?
        .query_row((space, taken, count), |row| Ok((row.get(0)?, row.get(1)?)))?;
    // Summed here: SQLite would turn an overflow into a floating point number.
    let digest = Digest(digest_before.cast_unsigned())
        .plus(digest.0)
        .0
        .cast_signed();
    tx.prepare_cached("UPDATE space SET digest = ?2 WHERE no = ?1")?
        .execute((space, digest))?;
    let numbers: HashMap<usize, i64> = places.iter().copied().zip(first..).collect();
    for document in documents {
        write_document(tx, device, space, document, &numbers, numbered)?;
    }
    Ok(first + count - 1)
}

fn write_document(
    tx: &Transaction<'_>,
    device: &Device,
    space: i64,
    document: Prepared,
    numbers: &HashMap<usize, i64>,
    numbered: &mut Vec<(usize, [u8; 32], u64)>,
) -> Result<(), LogError> {
    let number_at = |place: &usize| numbers.get(place).copied().unwrap_or_default();
    let last_seq = document
        .changes
        .iter()
        .map(|(place, ..)| number_at(place))
        .max()
        .unwrap_or_default();
    let (heads, epoch) = (join_hashes(&document.heads), signed(document.address.epoch));
    let no: i64 = tx
        .prepare_cached(include_str!("sql/put_document.sql"))?
        .query_row(
            (
                document.address.document.as_bytes(),
                space,
                epoch,
                last_seq,
                heads,
                document.snapshot,
            ),
            |row| row.get(0),
        )?;
    let mut insert = tx.prepare_cached(include_str!("sql/insert_change.sql"))?;
    for (place, hash, bytes) in document.changes {
        let seq = number_at(&place);
        insert.execute((space, seq, no, epoch, hash, device.no, bytes))?;
        numbered.push((place, hash, number(seq)));
    }
    Ok(())
}
