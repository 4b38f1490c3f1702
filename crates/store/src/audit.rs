//! The audit: who did what to which record, when. Rows are added and sent; nothing changes one.

use domain::ids::{MemberId, RecordId, SpaceId};
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use crate::error::Result;
use crate::open::Store;

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
        insert(&transaction, row, false)?;
        trim(&transaction)?;
        transaction.commit()?;
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

    /// What the server does not have yet, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn unsent_audit(&self, limit: u32) -> Result<Vec<AuditRow>> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT id, space, action, record, member, at FROM audit
                     WHERE sent = 0 ORDER BY id LIMIT ?1",
                )?
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
        }
        transaction.commit()?;
        Ok(())
    }

    /// What was done to a record, or to all, newest first; and how much there is.
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
                .prepare_cached(
                    "SELECT id, space, action, record, member, at FROM audit
                     WHERE ?1 IS NULL OR record = ?1 ORDER BY at DESC, id DESC LIMIT ?2 OFFSET ?3",
                )?
                .query_map(params![record, limit, offset], audit_of)?
                .collect::<rusqlite::Result<_>>()?;
            Ok((total, rows))
        })
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

fn insert(connection: &Connection, row: &AuditRow, sent: bool) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO audit (id, space, action, record, member, at, sent)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET sent = max(sent, excluded.sent)",
        )?
        .execute(params![
            row.id.as_bytes(),
            row.space.0.as_bytes(),
            row.action,
            row.record.map(|record| record.0.into_bytes()),
            row.member.map(|member| member.to_string()),
            row.at,
            sent,
        ])?;
    Ok(())
}

fn trim(connection: &Connection) -> Result<()> {
    let kept: i64 = connection
        .prepare_cached("SELECT count(*) FROM audit")?
        .query_row([], |row| row.get(0))?;
    if kept > KEPT {
        // What the server keeps goes before what only this device knows.
        connection
            .prepare_cached(
                "DELETE FROM audit WHERE id IN
                     (SELECT id FROM audit ORDER BY sent DESC, id LIMIT ?1)",
            )?
            .execute([kept - KEPT])?;
    }
    Ok(())
}

fn audit_of(row: &Row<'_>) -> rusqlite::Result<AuditRow> {
    Ok(AuditRow {
        id: Uuid::from_bytes(row.get(0)?),
        space: Uuid::from_bytes(row.get(1)?).into(),
        action: row.get(2)?,
        record: row
            .get::<_, Option<[u8; 16]>>(3)?
            .map(|id| Uuid::from_bytes(id).into()),
        member: row
            .get::<_, Option<String>>(4)?
            .and_then(|member| member.parse().ok()),
        at: row.get(5)?,
    })
}
