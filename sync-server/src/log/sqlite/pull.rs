//! What a device gets to see of the log.

use mistake::Mistake;
use protocol::{Digest, LifeId, RequestHeader, SpaceAction, SpaceCursor};
use rusqlite::Transaction;
use uuid::Uuid;

use super::departed::departed;
use super::rows::{self, number, signed, uuid};
use super::spaces::{self, Seen};
use super::{Log, LogError, members};
use crate::log::{Device, LoggedChange, LoggedEpoch, Pull, View};

/// About what an erasure takes in a reply, or an epoch besides its document: its frame, and who did it in the header.
pub(super) const ERASURE_BYTES: u64 = 160;

/// What a row of the log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Logged {
    Change,
    Erasure,
    Epoch,
    /// A change that the reader's device pushed.
    Own,
}

impl Logged {
    pub(super) const fn of(number: u8) -> Self {
        match number {
            0 => Self::Change,
            1 => Self::Erasure,
            3 => Self::Own,
            _ => Self::Epoch,
        }
    }
}

/// Who pulls.
struct Reader<'a> {
    device: &'a Device,
    life: Option<LifeId>,
}

impl Reader<'_> {
    /// Whether the reader holds a change that its device pushed. Not what it wrote in another life of its database: then it
    /// is a copy, or a backup that was put back.
    fn holds(&self, bytes: &[u8]) -> bool {
        let (Some(life), Some(actor)) = (self.life, admission::actor_of_change(bytes)) else {
            return true;
        };
        let (device, wrote) = actor.split_at(8);
        device != self.device.id.0 || wrote == life.0 || Mistake::NoEcho.is_made()
    }
}

/// How much of a page is left.
pub(super) struct Budget {
    bytes: u64,
    changes: usize,
    empty: bool,
}

impl Budget {
    /// Whether one more change of this size fits. The first one always does: a page must get on.
    pub(super) const fn take(&mut self, bytes: u64) -> bool {
        let fits = self.empty || (self.changes > 0 && self.bytes >= bytes);
        if fits {
            self.empty = false;
            self.bytes = self.bytes.saturating_sub(bytes);
            self.changes = self.changes.saturating_sub(1);
        }
        fits
    }
}

impl Log {
    /// What the device may see now, and what it pulls: all of one moment.
    ///
    /// # Errors
    /// When the database fails.
    pub fn view(
        &self,
        device: &Device,
        header: &RequestHeader,
        max_bytes: u64,
        max_changes: usize,
    ) -> Result<View, LogError> {
        self.read(|tx| {
            let seen = spaces::seen_by(tx, device.member)?;
            let mut budget = Budget {
                bytes: max_bytes,
                changes: max_changes,
                empty: true,
            };
            let reader = Reader {
                device,
                life: header.life,
            };
            let mut states = Vec::with_capacity(seen.len());
            let mut pulls = Vec::new();
            for space in &seen {
                let cursor = header.spaces.iter().find(|cursor| cursor.id == space.id);
                let action = action(space, cursor);
                states.push(space.state(action));
                if let (SpaceAction::Ok, Some(after)) =
                    (action, cursor.and_then(|cursor| cursor.cursor))
                {
                    pulls.push(pull(tx, space, signed(after), &reader, &mut budget)?);
                }
            }
            let unseen = header
                .spaces
                .iter()
                .filter(|cursor| seen.iter().all(|space| space.id != cursor.id));
            for cursor in unseen {
                match departed(tx, device.member, cursor, &mut budget)? {
                    Some((state, pull)) => {
                        states.push(state);
                        pulls.extend(pull);
                    }
                    // A space that this server does not have was made after the backup that was put back: what the
                    // devices hold of it is nowhere else, and nothing makes them remove it.
                    None if spaces::find(tx, cursor.id)?.is_none() => {}
                    None => states.push(spaces::gone(cursor.id)),
                }
            }
            Ok(View {
                spaces: states,
                roster: members::roster(tx, device.member, header.roster)?,
                pulls,
            })
        })
    }

    /// The head of every space this device may see, for its event stream; `None` when it was revoked.
    ///
    /// # Errors
    /// When the database fails.
    pub fn heads(&self, device: &Device) -> Result<Option<Vec<(Uuid, u64)>>, LogError> {
        self.read(|tx| {
            let revoked: bool = tx
                .prepare_cached("SELECT revoked_ms IS NOT NULL FROM device WHERE no = ?1")?
                .query_row([device.no], |row| row.get(0))?;
            let seen = spaces::seen_by(tx, device.member)?;
            Ok((!revoked).then(|| {
                seen.iter()
                    .map(|space| (space.id, number(space.head)))
                    .collect()
            }))
        })
    }
}

fn action(space: &Seen, cursor: Option<&SpaceCursor>) -> SpaceAction {
    let Some(cursor) = cursor else {
        return SpaceAction::Ok;
    };
    let other_log = cursor
        .log_epoch
        .is_some_and(|epoch| epoch != space.log_epoch);
    let ahead = cursor
        .cursor
        .is_some_and(|after| after > number(space.head));
    let nowhere = cursor.log_epoch.is_none() && cursor.cursor.is_some_and(|after| after > 0);
    if other_log || ahead || nowhere {
        SpaceAction::Reset
    } else {
        SpaceAction::Ok
    }
}

fn pull(
    tx: &Transaction<'_>,
    space: &Seen,
    after: i64,
    reader: &Reader<'_>,
    budget: &mut Budget,
) -> Result<Pull, LogError> {
    let mut pull = Pull {
        space: space.id,
        changes: Vec::new(),
        erasures: Vec::new(),
        epochs: Vec::new(),
        next_cursor: number(space.head),
        more: false,
        digest: Digest(space.digest.cast_unsigned()),
    };
    if after == space.head {
        return Ok(pull);
    }
    let mut statement = tx.prepare_cached(include_str!("sql/changes_after.sql"))?;
    let mut found = statement.query((space.no, after, reader.device.no, reader.life.is_some()))?;
    let mut last = after;
    while let Some(row) = found.next()? {
        let (seq, what): (i64, Logged) = (row.get(0)?, Logged::of(row.get(6)?));
        // An erasure has none.
        let bytes = row
            .get_ref(3)?
            .as_blob_or_null()
            .map_err(|_| LogError::Malformed("change"))?
            .unwrap_or_default();
        if what == Logged::Own && reader.holds(bytes) {
            last = seq;
            continue;
        }
        let told = match what {
            Logged::Change | Logged::Own => 0,
            Logged::Erasure | Logged::Epoch => ERASURE_BYTES,
        };
        if !budget.take(bytes.len() as u64 + told) {
            if Mistake::ShortPage.is_made() {
                break;
            }
            pull.more = true;
            pull.next_cursor = number(last);
            break;
        }
        last = seq;
        let epoch = number(row.get(2)?);
        match what {
            Logged::Change | Logged::Own => pull.changes.push(LoggedChange {
                seq: number(seq),
                document: uuid(row, 1)?,
                epoch,
                bytes: bytes.to_vec(),
            }),
            Logged::Erasure => pull.erasures.push(rows::erasure(row, 0, 1)?),
            Logged::Epoch => pull.epochs.push(LoggedEpoch {
                began: rows::erasure(row, 0, 1)?,
                epoch,
                bytes: bytes.to_vec(),
            }),
        }
    }
    Ok(pull)
}
