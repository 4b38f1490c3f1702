//! The audit log: what devices report and what the server adds itself. Only ever appended to; the database refuses
//! anything else.

use protocol::limits::MAX_AUDIT_ENTRIES;
use protocol::{
    AuditAction, AuditEntry, AuditLine, AuditPage, AuditReason, AuditReceipt, AuditRefused,
    MemberName, Role,
};
use rusqlite::{OptionalExtension, Row, Transaction};
use uuid::Uuid;

use super::rows::{device_id, number, role, signed, uuid};
use super::{Log, LogError, spaces};
use crate::log::{AuditQuery, Denied, Device};

/// A line the server adds itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Note {
    pub(super) action: AuditAction,
    /// The device it was done with; `None`: at the server itself.
    pub(super) by: Option<i64>,
    /// The member it was done to.
    pub(super) subject: Option<i64>,
    /// The device it was done to.
    pub(super) subject_device: Option<i64>,
    /// The role that was given.
    pub(super) role: Option<Role>,
}

impl Note {
    pub(super) const fn new(action: AuditAction, by: Option<i64>) -> Self {
        Self {
            action,
            by,
            subject: None,
            subject_device: None,
            role: None,
        }
    }
}

/// Adds a line in one space.
pub(super) fn note(
    tx: &Transaction<'_>,
    space: i64,
    note: &Note,
    now_ms: i64,
) -> Result<(), LogError> {
    let mut insert = tx.prepare_cached(include_str!("sql/insert_note.sql"))?;
    insert.execute((
        Uuid::now_v7().as_bytes(),
        space,
        note.action.as_str(),
        note.by,
        note.subject,
        note.subject_device,
        note.role.map(Role::as_str),
        now_ms,
    ))?;
    Ok(())
}

/// Adds a line in every space this member may see.
pub(super) fn note_in_spaces_of(
    tx: &Transaction<'_>,
    member: i64,
    about: &Note,
    now_ms: i64,
) -> Result<(), LogError> {
    for space in spaces::seen_by(tx, member)? {
        note(tx, space.no, about, now_ms)?;
    }
    Ok(())
}

impl Log {
    /// Takes in what a device reports. What it calls taken is on disk; the same again gets the same answer.
    ///
    /// # Errors
    /// When the database fails: then nothing was taken in.
    pub fn add_audit(
        &self,
        device: &Device,
        entries: Vec<AuditEntry>,
        now_ms: i64,
    ) -> Result<AuditReceipt, LogError> {
        let device = *device;
        self.write(move |tx| {
            let mut receipt = AuditReceipt::default();
            for entry in entries {
                match add(tx, &device, &entry, now_ms)? {
                    Ok(()) => receipt.taken.push(entry.id),
                    Err(reason) => receipt.refused.push(AuditRefused {
                        id: entry.id,
                        reason,
                    }),
                }
            }
            Ok(receipt)
        })
    }

    /// A page of the log: a manager reads that of the space, who may write reads that of one record.
    ///
    /// # Errors
    /// [`Denied::NoRight`]; when the database fails.
    pub fn audit_for(&self, asker: &Device, query: &AuditQuery) -> Result<AuditPage, LogError> {
        self.read(|tx| {
            let space = spaces::seen_by(tx, asker.member)?
                .into_iter()
                .find(|space| space.id == query.space)
                .ok_or(Denied::NoRight)?;
            let enough = match query.record {
                Some(_) => space.role.may_write(),
                None => space.role == Role::Manager,
            };
            if enough {
                page(tx, space.no, query)
            } else {
                Err(Denied::NoRight.into())
            }
        })
    }

    /// A page of the log, for the administrator.
    ///
    /// # Errors
    /// [`Denied::NotFound`]; when the database fails.
    pub fn audit(&self, query: &AuditQuery) -> Result<AuditPage, LogError> {
        self.read(|tx| {
            let space = spaces::find(tx, query.space)?.ok_or(Denied::NotFound)?;
            page(tx, space, query)
        })
    }
}

/// One entry; the inner error says why it is not taken in.
fn add(
    tx: &Transaction<'_>,
    device: &Device,
    entry: &AuditEntry,
    now_ms: i64,
) -> Result<Result<(), AuditReason>, LogError> {
    let known = AuditAction::from_word(&entry.action).filter(|action| action.is_of_devices());
    let Some(action) = known else {
        return Ok(Err(AuditReason::UnknownAction));
    };
    let Some(space) = space_ever_seen(tx, device.member, entry.space)? else {
        return Ok(Err(AuditReason::NoRight));
    };
    let record = entry.record.map(Uuid::into_bytes);
    let mut held = tx.prepare_cached(include_str!("sql/held_audit.sql"))?;
    let fields = (
        device.no,
        entry.id.as_bytes(),
        space,
        action.as_str(),
        record,
        entry.device_time_ms,
    );
    let same: Option<bool> = held.query_row(fields, |row| row.get(0)).optional()?;
    match same {
        Some(true) => return Ok(Ok(())),
        Some(false) => return Ok(Err(AuditReason::Clash)),
        None => {}
    }
    let mut insert = tx.prepare_cached(include_str!("sql/insert_audit.sql"))?;
    insert.execute((
        device.no,
        entry.id.as_bytes(),
        space,
        action.as_str(),
        record,
        entry.device_time_ms,
        now_ms,
    ))?;
    Ok(Ok(()))
}

/// The space, if the member is or was in it: what they did before they lost the right is still reported.
fn space_ever_seen(
    tx: &Transaction<'_>,
    member: i64,
    space: Uuid,
) -> Result<Option<i64>, LogError> {
    let mut statement = tx.prepare_cached(
        "SELECT space.no FROM space JOIN membership ON membership.space = space.no
         WHERE space.id = ?1 AND membership.member = ?2",
    )?;
    Ok(statement
        .query_row((space.as_bytes(), member), |row| row.get(0))
        .optional()?)
}

fn page(tx: &Transaction<'_>, space: i64, query: &AuditQuery) -> Result<AuditPage, LogError> {
    let most = query.limit.clamp(1, MAX_AUDIT_ENTRIES);
    let mut statement = tx.prepare_cached(include_str!("sql/audit_after.sql"))?;
    let record = query.record.map(Uuid::into_bytes);
    let mut rows =
        statement.query((space, signed(query.after), record, signed(most as u64 + 1)))?;
    let mut page = AuditPage {
        lines: Vec::new(),
        next_after: query.after,
        more: false,
    };
    while let Some(row) = rows.next()? {
        if page.lines.len() == most {
            page.more = true;
            break;
        }
        let line = line(row, query.space)?;
        page.next_after = line.no;
        page.lines.push(line);
    }
    Ok(page)
}

fn line(row: &Row<'_>, space: Uuid) -> Result<AuditLine, LogError> {
    let named = |id: usize, name: usize| -> rusqlite::Result<Option<MemberName>> {
        let name: Option<String> = row.get(name)?;
        name.map(|name| {
            Ok(MemberName {
                id: uuid(row, id)?,
                name,
            })
        })
        .transpose()
    };
    let device = |column| -> rusqlite::Result<Option<protocol::DeviceId>> {
        let present: Option<[u8; 8]> = row.get(column)?;
        present.map(|_| device_id(row, column)).transpose()
    };
    let record: Option<[u8; 16]> = row.get(6)?;
    let given: Option<String> = row.get(10)?;
    Ok(AuditLine {
        no: number(row.get(0)?),
        id: uuid(row, 1)?,
        space,
        action: row.get(2)?,
        member: named(3, 4)?,
        device: device(5)?,
        record: record.map(Uuid::from_bytes),
        subject: named(7, 8)?,
        subject_device: device(9)?,
        role: given.map(|word| role(&word)).transpose()?,
        device_time_ms: row.get(11)?,
        server_time_ms: row.get(12)?,
    })
}
