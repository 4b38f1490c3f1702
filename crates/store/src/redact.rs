//! Taking words out of a record for good: here an ordinary edit takes them out of sight at once, and a plan waits. When
//! the server was asked, the document begins anew without its history, and so do the copies of everybody else.

use automerge::{Automerge, Change};
use domain::document::{Document, DocumentError, Stamp, TakeOut, edit_between, without};
use domain::ids::{MemberId, RecordId, SpaceId};
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use crate::arrivals::Taking;
use crate::documents::{self, signed};
use crate::epochs::{self, Began, Begun};
use crate::error::{Result, StoreError};
use crate::open::{self, Store};
use crate::outbox::Verdict;
use crate::read_model::{self, Unsent};
use crate::transact::{Action, Changes};
use crate::{clean, spaces, undo};

/// A new epoch that the server is asked to begin, or that it may have forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingEpoch {
    /// The space.
    pub space: SpaceId,
    /// The record.
    pub document: RecordId,
    /// The epoch.
    pub epoch: u64,
    /// All changes of the document in it, raw.
    pub changes: Vec<Vec<u8>>,
}

/// New epochs until a request is full. One that is more than a request by itself goes alone.
struct Portion {
    changes: usize,
    bytes: usize,
    epochs: Vec<OutgoingEpoch>,
}

impl Portion {
    const fn of(changes: usize, bytes: usize) -> Self {
        Self {
            changes,
            bytes,
            epochs: Vec::new(),
        }
    }

    /// Adds an epoch; false when it has to wait for the next request.
    fn add(&mut self, epoch: OutgoingEpoch) -> bool {
        let bytes = epoch.changes.iter().map(Vec::len).sum();
        let fits = epoch.changes.len() <= self.changes && bytes <= self.bytes;
        if !fits && !self.epochs.is_empty() {
            return false;
        }
        self.changes = self.changes.saturating_sub(epoch.changes.len());
        self.bytes = self.bytes.saturating_sub(bytes);
        self.epochs.push(epoch);
        true
    }
}

/// A row of the waiting line.
struct Waiting {
    no: i64,
    document: RecordId,
    space: SpaceId,
    plan: String,
}

impl Store {
    /// New epochs to ask for, at most this many changes and bytes of them, and one at least: of records of which everything
    /// was sent and answered. A plan that is overtaken (somebody else took the same words out) is done.
    ///
    /// # Errors
    /// What the database says.
    pub fn planned_epochs(
        &self,
        stamp: &Stamp,
        max_changes: usize,
        max_bytes: usize,
    ) -> Result<Vec<OutgoingEpoch>> {
        let waiting = self.read(waiting)?;
        let (mut portion, mut overtaken) = (Portion::of(max_changes, max_bytes), Vec::new());
        for row in waiting {
            match self.read(|connection| made(connection, &row, stamp)) {
                Ok(Made::NotYet) => {}
                Ok(Made::Overtaken) => overtaken.push(row.no),
                Ok(Made::Epoch(epoch)) => {
                    if !portion.add(epoch) {
                        break;
                    }
                }
                // One damaged record must not keep the others from going.
                Err(problem) if problem.is_unreadable() => {
                    tracing::error!(document = %row.document, %problem, "a new epoch cannot be made");
                }
                Err(problem) => return Err(problem),
            }
        }
        if !overtaken.is_empty() {
            self.forget_plans(&overtaken)?;
        }
        Ok(portion.epochs)
    }

    /// Epochs that this device holds and the server, which was put back from a backup, may not know; at most this many
    /// changes and bytes of them, and one at least.
    ///
    /// # Errors
    /// What the database says.
    pub fn epochs_to_offer(
        &self,
        max_changes: usize,
        max_bytes: usize,
    ) -> Result<Vec<OutgoingEpoch>> {
        self.read(|connection| {
            let rows: Vec<([u8; 16], [u8; 16], i64)> = connection
                .prepare_cached(
                    "SELECT document.id, document.space, document.epoch
                     FROM erasure JOIN document ON document.id = erasure.document AND document.epoch = erasure.epoch
                     WHERE erasure.seq IS NULL AND erasure.refused IS NULL AND erasure.plan IS NULL
                       AND erasure.epoch > 0
                     ORDER BY erasure.no",
                )?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let mut portion = Portion::of(max_changes, max_bytes);
            for (id, space, epoch) in rows {
                let id = RecordId(Uuid::from_bytes(id));
                // One damaged record must not keep the others from going.
                let document = match documents::load_any(connection, id) {
                    Ok(document) => document,
                    Err(problem) if problem.is_unreadable() => {
                        tracing::error!(document = %id, %problem, "a new epoch is not offered");
                        continue;
                    }
                    Err(problem) => return Err(problem),
                };
                let fits = portion.add(OutgoingEpoch {
                    space: SpaceId(Uuid::from_bytes(space)),
                    document: id,
                    epoch: epoch.cast_unsigned(),
                    changes: raw(&document.get_changes(&[])),
                });
                if !fits {
                    break;
                }
            }
            Ok(portion.epochs)
        })
    }

    /// Whether something of this stands in a record, or did at any time.
    ///
    /// # Errors
    /// That it is not there, or what the database says.
    pub fn ever_held(&self, id: RecordId, takes: &[TakeOut]) -> Result<bool> {
        self.read(|connection| {
            let (document, _) = documents::load(connection, id)?;
            Ok(document.ever_held(takes)?)
        })
    }

    /// Whether something of this device is still to be taken out everywhere.
    ///
    /// # Errors
    /// What the database says.
    pub fn has_waiting_epochs(&self) -> Result<bool> {
        self.read(|connection| {
            Ok(connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM erasure
                                WHERE seq IS NULL AND refused IS NULL AND epoch IS NOT NULL)",
                [],
                |row| row.get(0),
            )?)
        })
    }

    /// Keeps what the server said of new epochs. One that it began takes the place of the document here; what was edited
    /// meanwhile is made again.
    ///
    /// # Errors
    /// What the database says; nothing has changed then.
    pub fn take_epoch_verdicts(
        &self,
        asked: &[(OutgoingEpoch, Verdict)],
        by: MemberId,
        stamp: &Stamp,
    ) -> Result<Changes> {
        let mut writer = self.writer();
        let transaction = open::begin(&mut writer)?;
        let mut changes = Changes::default();
        let mut cleans = false;
        for (epoch, verdict) in asked {
            match verdict {
                Verdict::Numbered(seq) => {
                    let began = Began {
                        seq: *seq,
                        member: Some(by),
                        at: stamp.at.timestamp(),
                    };
                    cleans |= begun(&transaction, epoch, began, stamp, &mut changes)?;
                }
                // It is asked again: what was planned is made of what comes until then, what was offered stays.
                Verdict::Refused(code) if code == "behind" => {}
                // What took its place comes with the next answers; a plan is made again of that.
                Verdict::Refused(code) if code == "epoch_superseded" => {
                    transaction.execute(
                        "DELETE FROM erasure WHERE document = ?1 AND epoch = ?2 AND seq IS NULL AND plan IS NULL",
                        params![epoch.document.0.as_bytes(), signed(epoch.epoch)],
                    )?;
                }
                Verdict::Refused(code) => {
                    clean::begin(&transaction)?;
                    cleans = true;
                    transaction.execute(
                        "UPDATE erasure SET refused = ?2, plan = NULL
                         WHERE document = ?1 AND seq IS NULL AND epoch IS NOT NULL",
                        params![epoch.document.0.as_bytes(), code],
                    )?;
                }
            }
        }
        if cleans {
            clean::end(&transaction)?;
        }
        transaction.commit()?;
        if cleans {
            clean::finish_or_later(&writer);
        }
        Ok(changes)
    }

    /// Plans that have nothing to do any more: the words in them go, too.
    fn forget_plans(&self, rows: &[i64]) -> Result<()> {
        let mut writer = self.writer();
        let transaction = open::begin(&mut writer)?;
        clean::begin(&transaction)?;
        for no in rows {
            transaction.execute("DELETE FROM erasure WHERE no = ?1", [no])?;
        }
        clean::end(&transaction)?;
        transaction.commit()?;
        clean::finish_or_later(&writer);
        Ok(())
    }
}

impl Action<'_> {
    /// Takes words out of a record for good: out of sight now, and out of every file once the server was asked. On a
    /// device that works alone both now. There is no way back.
    ///
    /// # Errors
    /// That the record is not there or holds nothing of it, now or before; that a newer app wrote it; or what the
    /// database says.
    pub fn redact(&mut self, id: RecordId, takes: &[TakeOut], by: MemberId) -> Result<()> {
        let (document, space) = documents::load(self.connection, id)?;
        crate::rights::must_write(self.connection, space)?;
        if !document.ever_held(takes)? {
            return Err(StoreError::NothingThere(id));
        }
        // Whether it can be done is known before the first word goes.
        let (anew, changes) = document.anew(takes, &self.stamp)?;
        if spaces::one(self.connection, space)?.is_of_device() {
            self.begin_alone(&document, anew, &changes, space)?;
            return note_alone(self.connection, &document, space, by, self.at().timestamp());
        }
        let before = document.fields()?;
        let after = without(document.kind(), &before, takes);
        self.let_go(id, &edit_between(document.kind(), &before, &after))?;
        undo::forget_steps(self.connection, id)?;
        self.steps.retain(|step| step.id != id);
        self.plan(&document, space, takes, by)
    }

    /// Nobody else has the document: it begins anew here and now, in the epoch in which it is.
    fn begin_alone(
        &mut self,
        document: &Document,
        anew: Document,
        changes: &[Change],
        space: SpaceId,
    ) -> Result<()> {
        let id = document.id();
        clean::begin(self.connection)?;
        epochs::forget_aside(self.connection, id)?;
        undo::forget_steps(self.connection, id)?;
        let begun = Begun {
            document: anew.automerge().clone(),
            unsent: changes.to_vec(),
        };
        epochs::replace(self.connection, id, document.epoch(), &begun)?;
        let anew = anew.in_epoch(document.epoch());
        documents::set_heads(self.connection, id, space, &anew.heads())?;
        let projection = domain::projection::project(&anew)?;
        read_model::write(self.connection, &projection, space, Unsent::Yes)?;
        self.erased(Some(document.kind()), id);
        Ok(())
    }

    fn plan(
        &self,
        document: &Document,
        space: SpaceId,
        takes: &[TakeOut],
        by: MemberId,
    ) -> Result<()> {
        let id = document.id().0;
        let before: Option<(i64, String)> = self
            .connection
            .query_row(
                "SELECT no, plan FROM erasure WHERE document = ?1 AND plan IS NOT NULL",
                [id.as_bytes()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        if let Some((no, plan)) = before {
            let mut all: Vec<TakeOut> = serde_json::from_str(&plan)?;
            all.extend_from_slice(takes);
            self.connection.execute(
                "UPDATE erasure SET plan = ?2 WHERE no = ?1",
                params![no, serde_json::to_string(&all)?],
            )?;
            return Ok(());
        }
        self.connection.execute(
            "INSERT INTO erasure (document, space, epoch, kind, member, at, plan)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                id.as_bytes(),
                space.0.as_bytes(),
                signed(document.epoch() + 1),
                document.kind().name,
                by.to_string(),
                self.at().timestamp(),
                serde_json::to_string(takes)?,
            ],
        )?;
        Ok(())
    }
}

/// What a plan comes to now.
enum Made {
    /// Something of the record is not sent yet.
    NotYet,
    /// There is nothing left to take out, not in the history either.
    Overtaken,
    Epoch(OutgoingEpoch),
}

fn made(connection: &Connection, row: &Waiting, stamp: &Stamp) -> Result<Made> {
    let unsent: bool = connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM change
                            WHERE document = ?1 AND server_seq IS NULL AND refused IS NULL)
                 OR EXISTS (SELECT 1 FROM recent WHERE document = ?1)",
        )?
        .query_row([row.document.0.as_bytes()], |row| row.get(0))?;
    if unsent {
        return Ok(Made::NotYet);
    }
    let document = match documents::load(connection, row.document) {
        Ok((document, _)) => document,
        Err(StoreError::NoRecord(_)) => return Ok(Made::Overtaken),
        Err(problem) => return Err(problem),
    };
    let takes: Vec<TakeOut> = serde_json::from_str(&row.plan)?;
    if !document.ever_held(&takes)? {
        return Ok(Made::Overtaken);
    }
    match document.anew(&takes, stamp) {
        Ok((anew, changes)) => Ok(Made::Epoch(OutgoingEpoch {
            space: row.space,
            document: row.document,
            epoch: anew.epoch(),
            changes: raw(&changes),
        })),
        // A newer app wrote in it since: that one can.
        Err(DocumentError::Rejected(_)) => Ok(Made::NotYet),
        Err(problem) => Err(problem.into()),
    }
}

fn waiting(connection: &Connection) -> Result<Vec<Waiting>> {
    Ok(connection
        .prepare_cached(
            "SELECT no, document, space, plan FROM erasure
             WHERE plan IS NOT NULL AND seq IS NULL AND refused IS NULL ORDER BY no",
        )?
        .query_map([], |row| {
            Ok(Waiting {
                no: row.get(0)?,
                document: RecordId(Uuid::from_bytes(row.get(1)?)),
                space: SpaceId(Uuid::from_bytes(row.get(2)?)),
                plan: row.get(3)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?)
}

/// The server began it. Returns whether bytes have to leave the file.
fn begun(
    connection: &Connection,
    epoch: &OutgoingEpoch,
    began: Began,
    stamp: &Stamp,
    changes: &mut Changes,
) -> Result<bool> {
    if epochs::epoch_of(connection, epoch.document)? == Some(epoch.epoch) {
        // It was offered again.
        epochs::note(
            connection,
            epoch.space,
            (epoch.document, epoch.epoch),
            None,
            Some(began),
        )?;
        return Ok(false);
    }
    let mut document = Automerge::new();
    let made = epoch
        .changes
        .iter()
        .map(|bytes| Change::try_from(bytes.as_slice()).map_err(DocumentError::from))
        .collect::<std::result::Result<Vec<_>, _>>()?;
    document.apply_changes(made).map_err(DocumentError::from)?;
    let arriving = epochs::ArrivingEpoch {
        document: epoch.document,
        epoch: epoch.epoch,
        bytes: document.save_nocompress(),
        began: Some(began),
    };
    let mut taking = Taking::new(connection, epoch.space);
    let cleans = epochs::take(&mut taking, &arriving, stamp)?;
    taking.finish(changes)?;
    Ok(cleans)
}

fn note_alone(
    connection: &Connection,
    document: &Document,
    space: SpaceId,
    by: MemberId,
    at: i64,
) -> Result<()> {
    connection.execute(
        "INSERT INTO erasure (document, space, epoch, kind, member, at, seq)
         VALUES (?1, ?2, 0, ?3, ?4, ?5, 0)",
        params![
            document.id().0.as_bytes(),
            space.0.as_bytes(),
            document.kind().name,
            by.to_string(),
            at,
        ],
    )?;
    Ok(())
}

fn raw(changes: &[Change]) -> Vec<Vec<u8>> {
    changes
        .iter()
        .map(|change| change.raw_bytes().to_vec())
        .collect()
}
