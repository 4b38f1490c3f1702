//! The audit: who did what to which record, when. Rows are added and sent; nothing changes one.

use domain::ids::{MemberId, RecordId, SpaceId};
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use crate::documents::space_of;
use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::transact::Action;

/// The most rows kept on a device; the oldest go first. `migrations/0005_audit.sql` knows the number, too.
const KEPT: i64 = 20_000;

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// UUIDv7, made where it was done.
    pub id: Uuid,
    /// The space it was done in.
    pub space: SpaceId,
    /// What, as a word of the protocol.
    pub action: String,
    /// The record it was done to, if it was one record.
    pub record: Option<RecordId>,
    /// Who.
    pub member: Option<MemberId>,
    /// When, milliseconds since 1970.
    pub at: i64,
    /// When the server heard of it; none while it only stands here.
    pub heard: Option<i64>,
    /// The member it was done to.
    pub subject: Option<MemberId>,
    /// The role that was given.
    pub role: Option<String>,
}

impl Action<'_> {
    /// Adds that this action does something to a record: the line is there when the action is, and not otherwise.
    ///
    /// To be called before the record goes, for the line says in which space it was.
    ///
    /// # Errors
    /// That the record is not there, or what the database says.
    pub fn audit(&mut self, did: &str, record: RecordId, by: MemberId) -> Result<()> {
        let space = space_of(self.connection, record)?.ok_or(StoreError::NoRecord(record))?;
        let at = self.at().timestamp_millis();
        let row = AuditRow {
            id: line_id(at, &format!("{} {did} {by}", self.stamp.actor), record),
            space,
            action: did.to_owned(),
            record: Some(record),
            member: Some(by),
            at,
            heard: None,
            subject: None,
            role: None,
        };
        insert(self.connection, &row, false)?;
        trim(self.connection)
    }
}

/// A UUIDv7 without dice: what is done twice to one record in one moment is one line.
fn line_id(at: i64, what: &str, record: RecordId) -> Uuid {
    let mixed = Uuid::new_v5(&record.0, what.as_bytes()).into_bytes();
    let mut random = [0_u8; 10];
    for (to, from) in random.iter_mut().zip(mixed) {
        *to = from;
    }
    uuid::Builder::from_unix_timestamp_millis(at.unsigned_abs(), &random).into_uuid()
}

impl Store {
    /// Adds what was done here. Returns false, and adds nothing, when the same person did the same to the same record
    /// less than `once_in` milliseconds before.
    ///
    /// # Errors
    /// What the database says.
    pub fn audit(&self, row: &AuditRow, once_in: i64) -> Result<bool> {
        if once_in > 0 && self.audited_since(row, row.at - once_in)? {
            return Ok(false);
        }
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let late = self.unwritten.write(&transaction)?;
        insert(&transaction, row, false)?;
        trim(&transaction)?;
        transaction.commit()?;
        self.unwritten.wrote(late);
        Ok(true)
    }

    /// Adds what the server tells of other devices; what is here already stays as it is.
    ///
    /// # Errors
    /// What the database says.
    pub fn take_audit(&self, rows: &[AuditRow]) -> Result<()> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for row in rows {
            insert(&transaction, row, true)?;
        }
        trim(&transaction)?;
        transaction.commit()?;
        Ok(())
    }

    /// What the server does not have yet, or may have forgotten, oldest first. What was done on this device alone is no server's business.
    ///
    /// # Errors
    /// What the database says.
    pub fn unsent_audit(&self, limit: u32) -> Result<Vec<AuditRow>> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(include_str!("sql/unsent_audit.sql"))?
                .query_map([limit], audit_of)?
                .collect::<rusqlite::Result<_>>()?)
        })
    }

    /// The server has these, or will never take them.
    ///
    /// # Errors
    /// What the database says.
    pub fn audit_sent(&self, ids: &[Uuid]) -> Result<()> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        for id in ids {
            transaction
                .prepare_cached("UPDATE audit SET sent = 1 WHERE id = ?1")?
                .execute([id.as_bytes()])?;
            transaction
                .prepare_cached("DELETE FROM audit_again WHERE id = ?1")?
                .execute([id.as_bytes()])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Offers once more what this person did on this device in a space: its log began anew, so the server may have
    /// forgotten it. What it has not forgotten it has once.
    ///
    /// # Errors
    /// What the database says.
    pub fn offer_audit_again(&self, space: SpaceId, me: &str) -> Result<()> {
        // What others did has an id that was made of theirs (version 5), and is theirs to offer.
        self.writer().execute(
            "INSERT OR IGNORE INTO audit_again
             SELECT id FROM audit
             WHERE space = ?1 AND member = ?2 AND sent = 1 AND substr(hex(id), 13, 1) = '7'",
            params![space.0.as_bytes(), me],
        )?;
        Ok(())
    }

    /// What was done to a record, or to all, newest first; and how much there is.
    ///
    /// Whose clock is behind cannot hide a line below older ones: it stands at most two days before the server heard of
    /// it.
    ///
    /// # Errors
    /// What the database says.
    pub fn audit_list(
        &self,
        record: Option<RecordId>,
        offset: u32,
        limit: u32,
    ) -> Result<(u32, Vec<AuditRow>)> {
        let record = record.map(|record| record.0.into_bytes());
        self.read(|connection| {
            let total = connection
                .prepare_cached("SELECT count(*) FROM audit WHERE ?1 IS NULL OR record = ?1")?
                .query_row([record], |row| row.get(0))?;
            let rows = connection
                .prepare_cached(include_str!("sql/audit_list.sql"))?
                .query_map(params![record, limit, offset], audit_of)?
                .collect::<rusqlite::Result<_>>()?;
            Ok((total, rows))
        })
    }

    /// What others did in a space goes from this device, for it is not theirs to read any more.
    ///
    /// # Errors
    /// What the database says.
    pub fn forget_audit_of_others(&self, space: SpaceId, me: Option<&str>) -> Result<()> {
        self.writer().execute(
            "DELETE FROM audit WHERE space = ?1 AND sent = 1 AND member IS NOT ?2",
            params![space.0.as_bytes(), me],
        )?;
        Ok(())
    }

    fn audited_since(&self, row: &AuditRow, since: i64) -> Result<bool> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT EXISTS (SELECT 1 FROM audit WHERE record IS ?1 AND at > ?2 AND at <= ?3
                                    AND action = ?4 AND member IS ?5)",
                )?
                .query_row(
                    params![
                        row.record.map(|record| record.0.into_bytes()),
                        since,
                        row.at,
                        row.action,
                        row.member.map(|member| member.to_string()),
                    ],
                    |row| row.get(0),
                )?)
        })
    }
}

pub(crate) fn insert(connection: &Connection, row: &AuditRow, sent: bool) -> Result<()> {
    connection
        .prepare_cached(include_str!("sql/insert_audit.sql"))?
        .execute(params![
            row.id.as_bytes(),
            row.space.0.as_bytes(),
            row.action,
            row.record.map(|record| record.0.into_bytes()),
            row.member.map(|member| member.to_string()),
            row.at,
            sent,
            row.heard,
            row.subject.map(|member| member.to_string()),
            row.role,
        ])?;
    Ok(())
}

pub(crate) fn trim(connection: &Connection) -> Result<()> {
    let kept: i64 = connection
        .prepare_cached("SELECT count(*) FROM audit")?
        .query_row([], |row| row.get(0))?;
    if kept > KEPT {
        // What the server keeps goes before what only this device knows.
        connection
            .prepare_cached(
                "DELETE FROM audit WHERE id IN
                     (SELECT id FROM audit ORDER BY sent DESC, at, id LIMIT ?1)",
            )?
            .execute([kept - KEPT])?;
        connection
            .prepare_cached("DELETE FROM audit_again WHERE id NOT IN (SELECT id FROM audit)")?
            .execute([])?;
    }
    Ok(())
}

fn audit_of(row: &Row<'_>) -> rusqlite::Result<AuditRow> {
    let member = |text: Option<String>| text.and_then(|member| member.parse().ok());
    Ok(AuditRow {
        id: Uuid::from_bytes(row.get(0)?),
        space: Uuid::from_bytes(row.get(1)?).into(),
        action: row.get(2)?,
        record: row
            .get::<_, Option<[u8; 16]>>(3)?
            .map(|id| Uuid::from_bytes(id).into()),
        member: member(row.get(4)?),
        at: row.get(5)?,
        heard: row.get(6)?,
        subject: member(row.get(7)?),
        role: row.get(8)?,
    })
}
