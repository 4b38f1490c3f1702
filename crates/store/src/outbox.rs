//! What is still to be sent, and what the server said of it. There is no second queue: a change without a position in
//! the server's log is the outbox.

use domain::ids::{RecordId, SpaceId};
use mistake::Mistake;
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::documents;
use crate::error::{Result, StoreError};
use crate::gate::ACTOR_FORK;
use crate::open::{self, Store};
use crate::{read_model, spaces};

/// A change to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingChange {
    /// Where it goes.
    pub space: SpaceId,
    /// The record.
    pub document: RecordId,
    /// The record's epoch.
    pub epoch: u64,
    /// Its hash.
    pub hash: [u8; 32],
    /// The raw change.
    pub bytes: Vec<u8>,
}

/// What the server said of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It has this position in the log of the space.
    Numbered(u64),
    /// Refused, with a code of the protocol.
    Refused(String),
}

impl Verdict {
    /// This device's actor wrote something else under this number: a restored backup, a copied phone.
    #[must_use]
    pub fn is_fork(&self) -> bool {
        matches!(self, Self::Refused(code) if code == ACTOR_FORK)
    }
}

/// A change that was refused, on either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Number among those of its side.
    pub id: i64,
    /// The record.
    pub document: RecordId,
    /// Why, as a code of the protocol.
    pub code: String,
    /// When, seconds since 1970.
    pub at: i64,
    /// Made here; otherwise received.
    pub mine: bool,
    /// The raw change.
    pub bytes: Vec<u8>,
    /// What it wrote, when its document began anew without it: the change itself means nothing any more.
    pub said: Option<String>,
}

impl Store {
    /// The next changes to send, oldest first, at most this many and about this many bytes. `after` is where an
    /// earlier call ended. Returns where this call ended.
    ///
    /// # Errors
    /// What the database says.
    pub fn outbox(
        &self,
        after: i64,
        max_changes: u32,
        max_bytes: usize,
    ) -> Result<(i64, Vec<OutgoingChange>)> {
        self.settle()?;
        self.read(|connection| {
            let mut query = connection.prepare_cached(include_str!("sql/outbox.sql"))?;
            let mut rows = query.query(params![after, max_changes])?;
            let (mut end, mut bytes, mut changes) = (after, 0, Vec::new());
            while let Some(row) = rows.next()? {
                let change = OutgoingChange {
                    space: Uuid::from_bytes(row.get(1)?).into(),
                    document: Uuid::from_bytes(row.get(2)?).into(),
                    epoch: row.get::<_, i64>(3)?.cast_unsigned(),
                    hash: row.get(4)?,
                    bytes: row.get(5)?,
                };
                bytes += change.bytes.len();
                if bytes > max_bytes && !changes.is_empty() {
                    break;
                }
                end = row.get(0)?;
                changes.push(change);
            }
            Ok((end, changes))
        })
    }

    /// Keeps what the server said of sent changes. Returns the records whose small print may read differently now.
    ///
    /// Where this device's actor forked, everything is fetched again: edits are then made again on what the server has,
    /// and what this device itself wrote there is not echoed otherwise.
    ///
    /// # Errors
    /// What the database says.
    pub fn take_verdicts(
        &self,
        verdicts: &[(RecordId, [u8; 32], Verdict)],
        now: i64,
    ) -> Result<Vec<RecordId>> {
        let mut writer = self.writer();
        let transaction = open::begin(&mut writer)?;
        let mut records: Vec<RecordId> = Vec::new();
        for (document, hash, verdict) in verdicts {
            let id = document.0.as_bytes();
            match verdict {
                Verdict::Numbered(seq) => documents::is_there(&transaction, *document, hash, *seq)?,
                Verdict::Refused(_) if Mistake::DroppedRefused.is_made() => {
                    transaction
                        .prepare_cached("DELETE FROM change WHERE document = ?1 AND hash = ?2")?
                        .execute(params![id, hash])?;
                }
                Verdict::Refused(code) => {
                    transaction
                        .prepare_cached(
                            "UPDATE change SET refused = ?3, refused_at = ?4
                             WHERE document = ?1 AND hash = ?2",
                        )?
                        .execute(params![id, hash, code, now])?;
                }
            }
            if records.last() != Some(document) {
                records.push(*document);
            }
        }
        records.sort_unstable();
        records.dedup();
        for id in &records {
            read_model::look_unsent(&transaction, *id)?;
        }
        if verdicts.iter().any(|(_, _, verdict)| verdict.is_fork())
            && !Mistake::ReusedLife.is_made()
        {
            spaces::fetch_again(&transaction)?;
        }
        transaction.commit()?;
        Ok(records)
    }

    /// Puts refused changes back in the outbox: the reason may be gone.
    ///
    /// # Errors
    /// What the database says.
    pub fn offer_refused_again(&self) -> Result<usize> {
        let mut writer = self.writer();
        let transaction = open::begin(&mut writer)?;
        let again = transaction.execute(
            "UPDATE change SET refused = NULL, refused_at = NULL WHERE refused IS NOT NULL",
            [],
        )?;
        transaction.execute(
            "UPDATE record SET refused = 0, unsent = 1 WHERE refused = 1",
            [],
        )?;
        transaction.commit()?;
        Ok(again)
    }

    /// How many changes were refused, on either side.
    ///
    /// # Errors
    /// What the database says.
    pub fn refused_count(&self) -> Result<u32> {
        self.read(|connection| {
            Ok(connection.query_row(
                "SELECT (SELECT count(*) FROM change WHERE refused IS NOT NULL)
                      + (SELECT count(*) FROM quarantine)",
                [],
                |row| row.get(0),
            )?)
        })
    }

    /// When the oldest change was made that no server has and that does not go with what is sent up to this position:
    /// refused, or too much for one request. Seconds since 1970.
    ///
    /// # Errors
    /// What the database says.
    pub fn left_behind_since(&self, sent_until: i64) -> Result<Option<i64>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(include_str!("sql/left_behind.sql"))?;
            let mut rows = query.query([sent_until])?;
            let mut oldest: Option<i64> = None;
            while let Some(row) = rows.next()? {
                // One that cannot be read is for `verify` to tell; here it only has no moment.
                if let Ok(change) = automerge::Change::from_bytes(row.get(0)?) {
                    let made = change.timestamp();
                    oldest = Some(oldest.map_or(made, |oldest| oldest.min(made)));
                }
            }
            Ok(oldest)
        })
    }

    /// All records with something that is nowhere else: kept on this device alone, not sent, refused, or kept aside with
    /// what this person wrote.
    ///
    /// # Errors
    /// What the database says.
    pub fn only_here(&self) -> Result<Vec<RecordId>> {
        self.read(|connection| {
            let found = connection
                .prepare_cached(include_str!("sql/only_here.sql"))?
                .query_map([], |row| row.get(0))?
                .map(|id| Ok(Uuid::from_bytes(id?).into()))
                .collect::<rusqlite::Result<_>>()?;
            Ok(found)
        })
    }

    /// Whether a change of this device was refused.
    ///
    /// # Errors
    /// What the database says.
    pub fn has_refused_own(&self) -> Result<bool> {
        self.read(|connection| {
            Ok(connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM change WHERE refused IS NOT NULL)",
                [],
                |row| row.get(0),
            )?)
        })
    }

    /// The refused changes, newest first, at most 500: for a screen.
    ///
    /// # Errors
    /// What the database says.
    pub fn refused(&self) -> Result<Vec<Refused>> {
        self.refused_at_most(500)
    }

    fn refused_at_most(&self, most: i64) -> Result<Vec<Refused>> {
        self.read(|connection| {
            let mut rows = Vec::new();
            each_refused(connection, most, |row| {
                rows.push(row);
                Ok::<_, StoreError>(())
            })?;
            Ok(rows)
        })
    }
}

/// Refused changes one by one, newest first, at most so many.
pub(crate) fn each_refused<E: From<StoreError>>(
    connection: &Connection,
    most: i64,
    mut each: impl FnMut(Refused) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let mut query = connection
        .prepare_cached(include_str!("sql/refused.sql"))
        .map_err(StoreError::from)?;
    let rows = query
        .query_map([most], |row| {
            Ok(Refused {
                id: row.get(0)?,
                document: Uuid::from_bytes(row.get(1)?).into(),
                code: row.get(2)?,
                at: row.get(3)?,
                mine: row.get(4)?,
                bytes: row.get(5)?,
                said: row.get(6)?,
            })
        })
        .map_err(StoreError::from)?;
    for row in rows {
        each(row.map_err(StoreError::from)?)?;
    }
    Ok(())
}
