//! Erasing documents: the rows go, a tombstone with a number in the log stays for good.

use std::collections::HashSet;

use mistake::Mistake;
use protocol::digest::head_part;
use protocol::{Digest, Outcome, RefusalCode, Role, SpaceEvent, Tombstone, TombstoneReason};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

use super::ledger::Erasure;
use super::rows::{number, role, signed, split_hashes};
use super::spaces::RECOVERY_MS;
use super::{Log, LogError, spaces};
use crate::log::{Device, Erasing};

/// A space as somebody who erases sees it.
pub(super) struct Right {
    pub(super) space: i64,
    pub(super) role: Role,
    /// Until then, erasures that devices remember are carried out whoever asks: an older backup was put back, and the ledger
    /// was lost.
    pub(super) recover_ms: i64,
    /// Until then, devices bring what an older backup does not hold.
    returns_until_ms: i64,
    /// What has a lower number was in that backup.
    recover_seq: i64,
}

impl Right {
    /// Whether a document may be one that was here before and is not in the backup that was put back, so that it comes back
    /// from devices; `first` is the number of the first change of it that is here. Whoever brought that need not be who made
    /// the document. One with an id that was made later is of now: ids begin with a moment (UUIDv7).
    fn came_back(&self, document: Uuid, first: Option<i64>) -> bool {
        let put_back_ms = self.returns_until_ms - RECOVERY_MS;
        let made_ms = document.get_timestamp().map_or(0, |made| {
            let (seconds, nanoseconds) = made.to_unix();
            i64::try_from(seconds * 1_000 + u64::from(nanoseconds) / 1_000_000).unwrap_or(i64::MAX)
        });
        first.is_none_or(|first| first >= self.recover_seq) && made_ms < put_back_ms
    }

    /// Whether documents may still be brought of which this server does not know, and the ledger knows what was erased.
    const fn is_waiting(&self, now_ms: i64) -> bool {
        self.recover_ms <= now_ms && now_ms < self.returns_until_ms
    }
}

/// A document that is there.
pub(super) struct Present {
    id: Uuid,
    pub(super) no: i64,
    pub(super) space: i64,
    pub(super) heads: Vec<u8>,
    maker: Option<[u8; 8]>,
}

impl Log {
    /// Erases documents, each judged alone, and says what became of each. What it calls erased is on disk as erased;
    /// [`clean`](Self::clean) takes its bytes out of the file.
    ///
    /// A manager of the space may erase every document in it, a writer those that they made themselves.
    ///
    /// # Errors
    /// When the database or the ledger fails; nothing is erased then.
    pub fn erase(
        &self,
        device: &Device,
        asked: &[Tombstone],
        now_ms: i64,
    ) -> Result<Erasing, LogError> {
        let (device, asked) = (*device, asked.to_vec());
        let (erasing, events) = self.write(move |tx| {
            let (mut erasing, mut events) = (Erasing::default(), Vec::new());
            for tombstone in &asked {
                let (outcome, had_bytes) = erase_one(tx, &device, tombstone, now_ms)?;
                erasing.outcomes.push(outcome);
                erasing.had_bytes |= had_bytes;
                if let Outcome::Ok { seq } = outcome {
                    let space = tombstone.space;
                    events.push(SpaceEvent { space, seq });
                }
            }
            Ok((erasing, events))
        })?;
        self.tell(events);
        if erasing.had_bytes {
            self.forget_replaced();
        }
        Ok(erasing)
    }

    /// How many of these documents are not here and never were erased: their tombstones are all that will ever be kept of
    /// them.
    ///
    /// # Errors
    /// When the database fails.
    pub fn unheard_of(&self, asked: &[Tombstone]) -> Result<u64, LogError> {
        self.read(|tx| {
            let mut known = tx.prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM document WHERE id = ?1)
                     OR EXISTS (SELECT 1 FROM erasure WHERE document = ?1)",
            )?;
            let mut unheard_of = 0;
            for tombstone in asked {
                let is_known: bool =
                    known.query_row([tombstone.document.as_bytes()], |row| row.get(0))?;
                unheard_of += u64::from(!is_known);
            }
            Ok(unheard_of)
        })
    }
}

/// What becomes of one document, and whether it was in the file.
fn erase_one(
    tx: &Transaction<'_>,
    device: &Device,
    tombstone: &Tombstone,
    now_ms: i64,
) -> Result<(Outcome, bool), LogError> {
    let refused = |code| Ok((Outcome::Refused(code), false));
    let Some(right) = right(tx, device, tombstone.space)? else {
        return refused(RefusalCode::NoRight);
    };
    if tombstone.reason != TombstoneReason::Erased {
        return refused(RefusalCode::Invalid);
    }
    if let Some(seq) = tombstone_of(tx, right.space, tombstone.document)? {
        return Ok((Outcome::Duplicate { seq: number(seq) }, false));
    }
    let present = present(tx, tombstone.document)?;
    let allowed = match &present {
        Some(present) if present.space != right.space => {
            return refused(RefusalCode::Invalid);
        }
        Some(present) => may_erase(tx, device, &right, present, now_ms)?,
        // It never came here, and now it never will.
        None => match right.role {
            Role::Manager => true,
            Role::Writer => !right.is_waiting(now_ms) || !right.came_back(tombstone.document, None),
            Role::Reader => false,
        },
    };
    if !allowed {
        return refused(RefusalCode::NoRight);
    }
    let seq = put_tombstone(
        tx,
        right.space,
        tombstone.document,
        Some(device.member),
        now_ms,
    )?;
    Ok((Outcome::Ok { seq: number(seq) }, present.is_some()))
}

/// Removes a document of a space and leaves its tombstone there; returns its number in the log. The caller decided that it
/// may. A document that lives in another space stays: what one team erases is nothing to the others.
pub(super) fn put_tombstone(
    tx: &Transaction<'_>,
    space: i64,
    document: Uuid,
    member: Option<i64>,
    now_ms: i64,
) -> Result<i64, LogError> {
    remove(tx, space, document)?;
    let seq = next_seq(tx, space, 1)?;
    if Mistake::NoTombstone.is_made() {
        return Ok(seq);
    }
    tx.prepare_cached(
        "INSERT INTO erasure (document, space, seq, member, at_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((document.as_bytes(), space, seq, member, now_ms))?;
    Ok(seq)
}

/// Removes a document of a space with all its changes, whatever its epoch. The bytes are to be cleaned out after the commit.
fn remove(tx: &Transaction<'_>, space: i64, document: Uuid) -> Result<(), LogError> {
    let Some(present) = present(tx, document)?.filter(|present| present.space == space) else {
        return Ok(());
    };
    must_clean(tx)?;
    add_to_digest(tx, present.space, Digest::default(), &present.heads)?;
    tx.prepare_cached("DELETE FROM change WHERE document = ?1")?
        .execute([present.no])?;
    tx.prepare_cached("DELETE FROM document WHERE no = ?1")?
        .execute([present.no])?;
    Ok(())
}

/// Notes that bytes have to leave the file after the commit.
pub(super) fn must_clean(tx: &Transaction<'_>) -> Result<(), LogError> {
    tx.prepare_cached(
        "INSERT INTO to_clean (since_ms) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM to_clean)",
    )?
    .execute([])?;
    Ok(())
}

/// Takes the next numbers of a space's log; returns the first of them.
pub(super) fn next_seq(tx: &Transaction<'_>, space: i64, count: i64) -> Result<i64, LogError> {
    Ok(tx
        .prepare_cached(
            "UPDATE space SET next_seq = next_seq + ?2 WHERE no = ?1 RETURNING next_seq - ?2",
        )?
        .query_row((space, count), |row| row.get(0))?)
}

/// Adds to the digest of a space, and takes off what these heads gave to it.
pub(super) fn add_to_digest(
    tx: &Transaction<'_>,
    space: i64,
    plus: Digest,
    minus_heads: &[u8],
) -> Result<(), LogError> {
    let before: i64 = tx
        .prepare_cached("SELECT digest FROM space WHERE no = ?1")?
        .query_row([space], |row| row.get(0))?;
    let digest = split_hashes(minus_heads)?.iter().fold(
        Digest(before.cast_unsigned()).plus(plus.0),
        |digest, head| digest.minus(head_part(head)),
    );
    tx.prepare_cached("UPDATE space SET digest = ?2 WHERE no = ?1")?
        .execute((space, digest.0.cast_signed()))?;
    Ok(())
}

/// The number of a document's tombstone in a space. What was erased in another one says nothing here: else whoever may
/// write anywhere could keep a document out of every space by naming it.
pub(super) fn tombstone_of(
    tx: &Transaction<'_>,
    space: i64,
    document: Uuid,
) -> Result<Option<i64>, LogError> {
    Ok(tx
        .prepare_cached(
            "SELECT seq FROM erasure WHERE document = ?2 AND space = ?1 AND epoch IS NULL",
        )?
        .query_row((space, document.as_bytes()), |row| row.get(0))
        .optional()?)
}

/// The epoch below which the changes of a document of a space are erased; 0 when none are.
pub(super) fn epoch_floor(
    tx: &Transaction<'_>,
    space: i64,
    document: Uuid,
) -> Result<u64, LogError> {
    Ok(tx
        .prepare_cached(
            "SELECT coalesce(max(epoch), 0) FROM erasure WHERE document = ?2 AND space = ?1",
        )?
        .query_row((space, document.as_bytes()), |row| row.get(0).map(number))?)
}

pub(super) fn right(
    tx: &Transaction<'_>,
    device: &Device,
    space: Uuid,
) -> Result<Option<Right>, LogError> {
    let found = tx
        .prepare_cached(include_str!("sql/right_in_space.sql"))?
        .query_row((device.no, space.as_bytes()), |row| {
            let moments = (row.get(3)?, row.get(2)?, row.get(4)?);
            Ok((row.get(0)?, row.get::<_, String>(1)?, moments))
        })
        .optional()?;
    found
        .map(
            |(space, word, (recover_ms, returns_until_ms, recover_seq))| {
                Ok(Right {
                    space,
                    role: role(&word)?,
                    recover_ms,
                    returns_until_ms,
                    recover_seq,
                })
            },
        )
        .transpose()
}

pub(super) fn may_erase(
    tx: &Transaction<'_>,
    device: &Device,
    right: &Right,
    present: &Present,
    now_ms: i64,
) -> Result<bool, LogError> {
    Ok(match right.role {
        Role::Manager => true,
        Role::Writer => {
            now_ms < right.recover_ms
                || is_made_by(tx, present, device.member)?
                    && (!right.came_back(present.id, first_seq(tx, present.no)?)
                        || !right.is_waiting(now_ms) && has_one_beginning(tx, present.no)?)
        }
        Role::Reader => false,
    })
}

/// Whether a device of this member made the document: by the actor of its first change, and not by who brought it.
fn is_made_by(tx: &Transaction<'_>, present: &Present, member: i64) -> Result<bool, LogError> {
    let Some(maker) = maker(tx, present)? else {
        return Ok(false);
    };
    let of = tx
        .prepare_cached("SELECT member FROM device WHERE id = ?1")?
        .query_row([maker], |row| row.get::<_, i64>(0))
        .optional()?;
    Ok(of == Some(member))
}

/// The device that made the document: kept from an earlier epoch, or by its first change.
pub(super) fn maker(tx: &Transaction<'_>, present: &Present) -> Result<Option<[u8; 8]>, LogError> {
    match present.maker {
        Some(maker) => Ok(Some(maker)),
        None => maker_of(tx, present.no),
    }
}

/// The number of the first change of a document in its epoch, or of the beginning of that epoch.
fn first_seq(tx: &Transaction<'_>, document: i64) -> Result<Option<i64>, LogError> {
    Ok(tx
        .prepare_cached(include_str!("sql/first_seq.sql"))?
        .query_row([document], |row| row.get(0))?)
}

/// Whether all changes that begin a document are of one device: else somebody made up a beginning of it before it was
/// brought back.
fn has_one_beginning(tx: &Transaction<'_>, document: i64) -> Result<bool, LogError> {
    let mut changes = tx.prepare_cached("SELECT bytes FROM change WHERE document = ?1")?;
    let mut rows = changes.query([document])?;
    let mut devices = HashSet::new();
    while let Some(row) = rows.next()? {
        let bytes: Vec<u8> = row.get(0)?;
        if admission::builds_on_nothing(&bytes) {
            devices.insert(admission::device_of_change(&bytes));
        }
    }
    Ok(devices.len() < 2)
}

fn maker_of(tx: &Transaction<'_>, document: i64) -> Result<Option<[u8; 8]>, LogError> {
    let first: Option<Vec<u8>> = tx
        .prepare_cached("SELECT bytes FROM change WHERE document = ?1 ORDER BY seq LIMIT 1")?
        .query_row([document], |row| row.get(0))
        .optional()?;
    Ok(first.as_deref().and_then(admission::device_of_change))
}

pub(super) fn present(tx: &Transaction<'_>, document: Uuid) -> Result<Option<Present>, LogError> {
    Ok(tx
        .prepare_cached("SELECT no, space, heads, maker FROM document WHERE id = ?1")?
        .query_row([document.as_bytes()], |row| {
            Ok(Present {
                id: document,
                no: row.get(0)?,
                space: row.get(1)?,
                heads: row.get(2)?,
                maker: row.get(3)?,
            })
        })
        .optional()?)
}

/// Carries out what the ledger knows and the database does not: an older backup was put back. False when there is nothing
/// to do.
pub(super) fn again(tx: &Transaction<'_>, entry: &Erasure) -> Result<bool, LogError> {
    // A space that is not in the backup holds nothing.
    let Some(space) = spaces::find(tx, entry.space)? else {
        return Ok(false);
    };
    match entry.epoch {
        // The process that serves may have committed it meanwhile.
        None if tombstone_of(tx, space, entry.document)?.is_some() => return Ok(false),
        Some(epoch) if epoch_floor(tx, space, entry.document)? >= epoch => return Ok(false),
        None => {
            put_tombstone(tx, space, entry.document, None, entry.at_ms)?;
        }
        Some(epoch) => begin_empty_epoch(tx, space, entry, epoch)?,
    }
    Ok(true)
}

/// What came before the epoch goes; the devices bring the epoch itself.
fn begin_empty_epoch(
    tx: &Transaction<'_>,
    space: i64,
    entry: &Erasure,
    epoch: u64,
) -> Result<(), LogError> {
    remove(tx, space, entry.document)?;
    let seq = next_seq(tx, space, 1)?;
    tx.prepare_cached(
        "INSERT INTO erasure (document, space, seq, epoch, at_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((
        entry.document.as_bytes(),
        space,
        seq,
        signed(epoch),
        entry.at_ms,
    ))?;
    Ok(())
}
