//! What those still hear who were in a space and are not any more: which documents were erased there. Their devices may hold
//! what they could not send, and what is erased is erased there, too.

use protocol::{Digest, SpaceCursor, SpaceState};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

use super::pull::{Budget, ERASURE_BYTES, Logged};
use super::rows::{self, number, signed, uuid};
use super::{LogError, spaces};
use crate::log::{LoggedEpoch, Pull};

/// A space that the member was in, and what was erased in it after the cursor; without a cursor nothing. `None` when they
/// were never in it.
pub(super) fn departed(
    tx: &Transaction<'_>,
    member: i64,
    cursor: &SpaceCursor,
    budget: &mut Budget,
) -> Result<Option<(SpaceState, Option<Pull>)>, LogError> {
    let mut statement = tx.prepare_cached(
        "SELECT space.no, space.log_epoch, space.next_seq - 1
         FROM membership JOIN space ON space.no = membership.space
         WHERE membership.member = ?1 AND space.id = ?2",
    )?;
    let found: Option<(i64, Uuid, i64)> = statement
        .query_row((member, cursor.id.as_bytes()), |row| {
            Ok((row.get(0)?, uuid(row, 1)?, row.get(2)?))
        })
        .optional()?;
    let Some((space, log_epoch, head)) = found else {
        return Ok(None);
    };
    let state = SpaceState {
        log_epoch: Some(log_epoch),
        ..spaces::gone(cursor.id)
    };
    let Some(after) = cursor.cursor.map(signed) else {
        return Ok(Some((state, None)));
    };
    // A number of another log says nothing: from the beginning, then.
    let counts = cursor.log_epoch == Some(log_epoch) && after <= head;
    let pull = erased_after(tx, space, cursor.id, if counts { after } else { 0 }, budget)?;
    Ok(Some((state, Some(pull))))
}

fn erased_after(
    tx: &Transaction<'_>,
    space: i64,
    id: Uuid,
    after: i64,
    budget: &mut Budget,
) -> Result<Pull, LogError> {
    let mut pull = Pull {
        space: id,
        changes: Vec::new(),
        erasures: Vec::new(),
        epochs: Vec::new(),
        next_cursor: number(after),
        more: false,
        // How the space is now is not for them.
        digest: Digest::default(),
    };
    let mut statement = tx.prepare_cached(include_str!("sql/departed_after.sql"))?;
    let mut found = statement.query((space, after))?;
    while let Some(row) = found.next()? {
        if !budget.take(ERASURE_BYTES) {
            pull.more = true;
            break;
        }
        let erasure = rows::erasure(row, 0, 1)?;
        pull.next_cursor = erasure.seq;
        if Logged::of(row.get(6)?) == Logged::Epoch {
            pull.epochs.push(LoggedEpoch {
                began: erasure,
                epoch: number(row.get(2)?),
                bytes: Vec::new(),
            });
        } else {
            pull.erasures.push(erasure);
        }
    }
    Ok(pull)
}
