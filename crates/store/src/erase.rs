//! Erasing records: nothing of them stays in the file but a line that says which, by whom and when. That line is kept
//! for good: whatever brings the record back, from the server, a colleague or a backup, meets it.

use domain::ids::{MemberId, RecordId, SpaceId};
use domain::record::{KindSpec, kind};
use mistake::Mistake;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;

use crate::clean;
use crate::documents::{self, signed};
use crate::error::{Result, StoreError};
use crate::open::{self, Store};
use crate::outbox::Verdict;
use crate::transact::{Action, Changes};
use crate::{read_model, recent, spaces, undo, unsaved};

/// An erasure that somebody carried out elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArrivingErasure {
    /// The record.
    pub document: RecordId,
    /// Its position in the log.
    pub seq: u64,
    /// Who erased it, when that is known.
    pub member: Option<MemberId>,
    /// When, seconds since 1970.
    pub at: i64,
}

/// An erasure of which the server does not know yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitingErasure {
    /// The space.
    pub space: SpaceId,
    /// The record.
    pub document: RecordId,
}

/// An erasure, as this device knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureRow {
    /// The record.
    pub document: RecordId,
    /// Where it lived.
    pub space: SpaceId,
    /// Only a part of it was erased.
    pub part: bool,
    /// The epoch that began with it.
    pub epoch: Option<u64>,
    /// Its kind, when this device held it.
    pub kind: Option<String>,
    /// Who, as a member id.
    pub member: Option<String>,
    /// When, seconds since 1970.
    pub at: i64,
    /// Its position in the log; none until the server has carried it out, 0 where there is no server.
    pub seq: Option<u64>,
    /// Why the server refused it, as a code of the protocol.
    pub refused: Option<String>,
    /// Unsent edits of this device that went with it, and of which the person was not told yet.
    pub lost: u32,
}

impl Store {
    /// Erasures of which the server does not know yet, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn waiting_erasures(&self, limit: u32) -> Result<Vec<WaitingErasure>> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT space, document FROM erasure
                     WHERE seq IS NULL AND refused IS NULL AND epoch IS NULL ORDER BY no LIMIT ?1",
                )?
                .query_map([limit], |row| {
                    Ok(WaitingErasure {
                        space: SpaceId(Uuid::from_bytes(row.get(0)?)),
                        document: RecordId(Uuid::from_bytes(row.get(1)?)),
                    })
                })?
                .collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Keeps what the server said of erasures. A space in which one was refused starts over: the record is still
    /// there, and comes back.
    ///
    /// # Errors
    /// What the database says.
    pub fn take_erasure_verdicts(&self, verdicts: &[(SpaceId, RecordId, Verdict)]) -> Result<()> {
        let mut writer = self.writer();
        let transaction = open::begin(&mut writer)?;
        let mut start_over = Vec::new();
        for (space, id, verdict) in verdicts {
            let (id, space) = (id.0.as_bytes(), space.0.as_bytes());
            match verdict {
                Verdict::Numbered(seq) => transaction
                    .prepare_cached(
                        "UPDATE erasure SET seq = ?3 WHERE document = ?1 AND space = ?2 AND epoch IS NULL",
                    )?
                    .execute(params![id, space, signed(*seq)])?,
                Verdict::Refused(code) => {
                    let refused = transaction
                        .prepare_cached(
                            "UPDATE erasure SET refused = ?3
                             WHERE document = ?1 AND space = ?2 AND epoch IS NULL",
                        )?
                        .execute(params![id, space, code])?;
                    if refused > 0 {
                        start_over.push(SpaceId(Uuid::from_bytes(*space)));
                    }
                    refused
                }
            };
        }
        transaction.commit()?;
        drop(writer);
        start_over.sort_unstable();
        start_over.dedup();
        for space in start_over {
            self.start_over(space)?;
        }
        Ok(())
    }

    /// What was erased, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn erasures(&self, limit: u32) -> Result<Vec<ErasureRow>> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT document, space, epoch, kind, member, at, seq, refused, lost
                     FROM erasure ORDER BY no DESC LIMIT ?1",
                )?
                .query_map([limit], row_of)?
                .collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Whether this record is not here and was erased for good, in whatever space.
    ///
    /// # Errors
    /// What the database says.
    pub fn is_erased(&self, id: RecordId) -> Result<bool> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM erasure
                                    WHERE document = ?1 AND epoch IS NULL AND refused IS NULL)
                        AND NOT EXISTS (SELECT 1 FROM document WHERE id = ?1)
                        AND NOT EXISTS (SELECT 1 FROM recent WHERE document = ?1)",
                )?
                .query_row([id.0.as_bytes()], |row| row.get(0))?)
        })
    }

    /// The person has seen which edits were lost.
    ///
    /// # Errors
    /// What the database says.
    pub fn forget_lost(&self) -> Result<()> {
        self.writer()
            .execute("UPDATE erasure SET lost = 0 WHERE lost > 0", [])?;
        Ok(())
    }

    /// Finishes an erasure of which the bytes are not out of the file yet: another program was reading, or this one
    /// was killed. True when nothing is left.
    ///
    /// # Errors
    /// What the database says.
    pub fn finish_cleaning(&self) -> Result<bool> {
        clean::finish(&self.writer())
    }
}

impl Action<'_> {
    /// Erases a record for good, here and, once the server hears of it, everywhere. There is no way back.
    ///
    /// # Errors
    /// That it is not there, or what the database says.
    pub fn erase(&mut self, id: RecordId, by: MemberId) -> Result<()> {
        let at = self.at().timestamp();
        let space = documents::space_of(self.connection, id)?.ok_or(StoreError::NoRecord(id))?;
        let gone = remove(self.connection, space, id)?.gone;
        let gone = gone.ok_or(StoreError::NoRecord(id))?;
        let alone = spaces::one(self.connection, gone.space)?.kind == "device";
        self.connection
            .prepare_cached(include_str!("sql/put_erasure.sql"))?
            .execute(params![
                id.0.as_bytes(),
                gone.space.0.as_bytes(),
                gone.kind.map(|kind| kind.name),
                by.to_string(),
                at,
                alone.then_some(0),
                0,
            ])?;
        self.erased(gone.kind, id);
        Ok(())
    }
}

/// What became of a record.
pub(crate) struct Removed {
    /// The document, when there was one.
    pub(crate) gone: Option<Gone>,
    /// Words of it stood somewhere: they must leave the file, too.
    pub(crate) traces: bool,
}

impl Removed {
    const NOTHING: Self = Self {
        gone: None,
        traces: false,
    };
}

/// A document that was removed.
pub(crate) struct Gone {
    space: SpaceId,
    pub(crate) kind: Option<&'static KindSpec>,
    /// Changes made here that no server had.
    unsent: u32,
}

/// Takes in erasures from the log of a space. A record that is here in another space stays: what one team erases is nothing
/// to the others. Returns whether anything was here.
pub(crate) fn take(
    connection: &Connection,
    space: SpaceId,
    arriving: &[ArrivingErasure],
    me: Option<&str>,
    changes: &mut Changes,
) -> Result<bool> {
    let mut any = false;
    for erasure in arriving {
        if Mistake::DeafToErasure.is_made() {
            continue;
        }
        let Removed { gone, traces } = remove(connection, space, erasure.document)?;
        any |= traces;
        let (kind, lost) = gone
            .as_ref()
            .map_or((None, 0), |gone| (gone.kind, gone.unsent));
        let member = erasure.member.map(|member| member.to_string());
        // What one erased oneself on another device is no news.
        let own = member.is_some() && member.as_deref() == me;
        let lost = if own { 0 } else { lost };
        connection
            .prepare_cached(include_str!("sql/put_erasure.sql"))?
            .execute(params![
                erasure.document.0.as_bytes(),
                space.0.as_bytes(),
                kind.map(|kind| kind.name),
                member,
                erasure.at,
                signed(erasure.seq),
                lost,
            ])?;
        if gone.is_some() {
            changes.erased(kind, erasure.document);
        }
    }
    Ok(any)
}

/// Whether a record of a space was erased for good. One whose erasure the server refused was not.
pub(crate) fn is_erased(connection: &Connection, space: SpaceId, id: RecordId) -> Result<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM erasure
                            WHERE document = ?1 AND space = ?2 AND epoch IS NULL AND refused IS NULL)",
        )?
        .query_row([id.0.as_bytes(), space.0.as_bytes()], |row| row.get(0))?)
}

/// Whether nothing may come in of a record from the log of a space: it was erased there, or it lives in another one here.
pub(crate) fn is_kept_out(connection: &Connection, space: SpaceId, id: RecordId) -> Result<bool> {
    Ok(is_erased(connection, space, id)?
        || documents::space_of(connection, id)?.is_some_and(|here| here != space))
}

/// Removes every trace of a record of a space from the tables, also plans to take a part of it out. Whoever calls it ends
/// with [`clean::end`] when there were traces.
pub(crate) fn remove(connection: &Connection, space: SpaceId, id: RecordId) -> Result<Removed> {
    let mut removed = take_away(connection, space, id)?;
    // A plan to take a part out is overtaken by taking out all.
    let planned = connection
        .prepare_cached(
            "DELETE FROM erasure WHERE document = ?1 AND space = ?2 AND plan IS NOT NULL",
        )?
        .execute([id.0.as_bytes(), space.0.as_bytes()])?;
    if planned > 0 {
        clean::begin(connection)?;
        removed.traces = true;
    }
    Ok(removed)
}

/// The one way in which a document goes, whether it is erased, belonged to a space that is lost, or makes way for another.
/// Whoever calls it ends with [`clean::end`] when there were traces.
pub(crate) fn take_away(connection: &Connection, space: SpaceId, id: RecordId) -> Result<Removed> {
    recent::settle(connection)?;
    let here = documents::space_of(connection, id)?;
    if here.is_some_and(|here| here != space) {
        return Ok(Removed::NOTHING);
    }
    let aside = connection
        .prepare_cached("DELETE FROM quarantine WHERE document = ?1 AND space = ?2")?
        .execute([id.0.as_bytes(), space.0.as_bytes()])?;
    let steps = undo::forget_steps(connection, id)?;
    let traces = here.is_some() || aside + steps > 0;
    if traces {
        clean::begin(connection)?;
    }
    if here.is_none() {
        return Ok(Removed { gone: None, traces });
    }
    let unsent = connection
        .prepare_cached("SELECT count(*) FROM change WHERE document = ?1 AND server_seq IS NULL")?
        .query_row([id.0.as_bytes()], |row| row.get(0))?;
    let kind = kind_of(connection, id)?;
    clean::begin(connection)?;
    documents::set_heads(connection, id, space, &[])?;
    read_model::remove(connection, id)?;
    unsaved::forget_of(connection, id)?;
    connection
        .prepare_cached("DELETE FROM change WHERE document = ?1")?
        .execute([id.0.as_bytes()])?;
    connection
        .prepare_cached("DELETE FROM document WHERE id = ?1")?
        .execute([id.0.as_bytes()])?;
    Ok(Removed {
        gone: Some(Gone {
            space,
            kind,
            unsent,
        }),
        traces: true,
    })
}

/// The kind of a record that is shown here.
pub(crate) fn kind_of(connection: &Connection, id: RecordId) -> Result<Option<&'static KindSpec>> {
    Ok(connection
        .prepare_cached("SELECT kind FROM record WHERE id = ?1")?
        .query_row([id.0.as_bytes()], |row| row.get::<_, String>(0))
        .optional()?
        .and_then(|name| kind(&name)))
}

fn row_of(row: &Row<'_>) -> rusqlite::Result<ErasureRow> {
    Ok(ErasureRow {
        document: RecordId(Uuid::from_bytes(row.get(0)?)),
        space: SpaceId(Uuid::from_bytes(row.get(1)?)),
        part: row.get::<_, Option<i64>>(2)?.is_some(),
        epoch: row.get::<_, Option<i64>>(2)?.map(i64::cast_unsigned),
        kind: row.get(3)?,
        member: row.get(4)?,
        at: row.get(5)?,
        seq: row.get::<_, Option<i64>>(6)?.map(i64::cast_unsigned),
        refused: row.get(7)?,
        lost: row.get(8)?,
    })
}
