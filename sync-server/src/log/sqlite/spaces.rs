//! Spaces, and what one device may see of them.

use protocol::{AuditAction, Role, SpaceAction, SpaceKind, SpaceState};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

use super::audit::{self, Note};
use super::rows::{kind, number, role, uuid};
use super::{Log, LogError};
use crate::log::SpaceRow;

/// How long devices that were away may take to come back after a restore: as long as their lease.
pub(super) const RECOVERY_MS: i64 = 30 * 24 * 3600 * 1000;

/// A space in which a member has a role.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) no: i64,
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) kind: SpaceKind,
    pub(super) role: Role,
    pub(super) log_epoch: Uuid,
    pub(super) head: i64,
    pub(super) digest: i64,
}

impl Seen {
    pub(super) fn state(&self, action: SpaceAction) -> SpaceState {
        SpaceState {
            id: self.id,
            name: self.name.clone(),
            kind: Some(self.kind),
            role: Some(self.role),
            action,
            log_epoch: Some(self.log_epoch),
        }
    }
}

/// The spaces a member may see, in the order they were made.
pub(super) fn seen_by(tx: &Transaction<'_>, member: i64) -> Result<Vec<Seen>, LogError> {
    let mut statement = tx.prepare_cached(include_str!("sql/spaces_of_member.sql"))?;
    let mut rows = statement.query([member])?;
    let mut spaces = Vec::new();
    while let Some(row) = rows.next()? {
        spaces.push(Seen {
            no: row.get(0)?,
            id: uuid(row, 1)?,
            name: row.get(2)?,
            kind: kind(
                row.get_ref(3)?
                    .as_str()
                    .map_err(|_| LogError::Malformed("kind of space"))?,
            )?,
            log_epoch: uuid(row, 4)?,
            head: row.get::<_, i64>(5)? - 1,
            digest: row.get(6)?,
            role: role(
                row.get_ref(7)?
                    .as_str()
                    .map_err(|_| LogError::Malformed("role"))?,
            )?,
        });
    }
    Ok(spaces)
}

/// How a space that is not (or no longer) visible is answered.
pub(super) const fn gone(id: Uuid) -> SpaceState {
    SpaceState {
        id,
        name: String::new(),
        kind: None,
        role: None,
        action: SpaceAction::Gone,
        log_epoch: None,
    }
}

/// The row of a space.
pub(super) fn find(tx: &Transaction<'_>, id: Uuid) -> Result<Option<i64>, LogError> {
    let mut statement = tx.prepare_cached("SELECT no FROM space WHERE id = ?1")?;
    Ok(statement
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?)
}

/// Writes a new space.
pub(super) fn insert(
    tx: &Transaction<'_>,
    id: Uuid,
    name: &str,
    kind: SpaceKind,
    log_epoch: [u8; 16],
    now_ms: i64,
) -> Result<(), LogError> {
    tx.execute(
        "INSERT INTO space (id, name, kind, log_epoch, created_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
        (id.as_bytes(), name, kind.as_str(), log_epoch, now_ms),
    )?;
    Ok(())
}

impl Log {
    /// Makes a space.
    ///
    /// # Errors
    /// When the database fails.
    pub fn add_space(&self, name: &str, kind: SpaceKind, now_ms: i64) -> Result<Uuid, LogError> {
        let (id, log_epoch) = (self.dice.id(now_ms)?, self.dice.bytes::<16>()?);
        let name = name.to_owned();
        self.write(move |tx| {
            insert(tx, id, &name, kind, log_epoch, now_ms)?;
            Ok(id)
        })
    }

    /// All spaces, in the order they were made.
    ///
    /// # Errors
    /// When the database fails.
    pub fn spaces(&self) -> Result<Vec<SpaceRow>, LogError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("sql/spaces.sql"))?;
            let mut rows = statement.query([])?;
            let mut spaces = Vec::new();
            while let Some(row) = rows.next()? {
                spaces.push(SpaceRow {
                    id: uuid(row, 0)?,
                    name: row.get(1)?,
                    kind: kind(&row.get::<_, String>(2)?)?,
                    head: number(row.get::<_, i64>(3)? - 1),
                    members: number(row.get(4)?),
                    documents: number(row.get(5)?),
                });
            }
            Ok(spaces)
        })
    }

    /// Gives every space a new log epoch: to be done after an older backup was put back, so that devices offer what
    /// they hold once more. For thirty days they may also offer what others wrote, since the device that wrote it may
    /// be gone, and erasures that others made: the ledger may be gone. Returns how many spaces.
    ///
    /// # Errors
    /// When the database fails.
    pub fn start_new_logs(&self, now_ms: i64) -> Result<usize, LogError> {
        self.start_logs_anew(now_ms, false)
    }

    /// The same. Where the ledger knows what was erased, nobody has to tell, and nobody may for others.
    pub(super) fn start_logs_anew(
        &self,
        now_ms: i64,
        knows_erasures: bool,
    ) -> Result<usize, LogError> {
        let dice = self.dice.clone();
        let until = now_ms + RECOVERY_MS;
        let erasures_until = if knows_erasures { 0 } else { until };
        self.write(move |tx| {
            let spaces: Vec<i64> = tx
                .prepare("SELECT no FROM space")?
                .query_map([], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            for no in &spaces {
                tx.execute(
                    "UPDATE space
                     SET log_epoch = ?2, recover_ms = ?3, recover_erasures_ms = ?4, recover_seq = next_seq
                     WHERE no = ?1",
                    (no, dice.bytes::<16>()?, until, erasures_until),
                )?;
                let note = Note::new(AuditAction::BackupRestored, None);
                audit::note(tx, *no, &note, now_ms)?;
            }
            // Devices may know a later roster than the backup does: step over it.
            tx.execute("UPDATE roster SET version = version + 1000000", [])?;
            Ok(spaces.len())
        })
    }
}
