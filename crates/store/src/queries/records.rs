//! Single records, records of a kind, disagreements.

use domain::document::{Conflict, Version};
use domain::ids::{RecordId, SpaceId};
use domain::record::Fields;
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use super::{COLUMNS, record_of};
use crate::documents;
use crate::error::Result;
use crate::open::Store;
use crate::read_model::rows_of;
use crate::spaces::Space;
use crate::transact::Action;

/// A record as lists and pages read it.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordRow {
    /// Id.
    pub id: RecordId,
    /// Kind.
    pub kind: String,
    /// Where it lives.
    pub space: SpaceId,
    /// The line by which people recognise it.
    pub title: String,
    /// The fields.
    pub fields: Fields,
    /// Out of sight.
    pub archived: bool,
    /// Holds changes that no server has confirmed.
    pub unsent: bool,
    /// A change of it was refused.
    pub refused: bool,
    /// People disagree on a field.
    pub conflict: bool,
    /// The device that made it, 16 hex digits.
    pub made_by: Option<String>,
    /// When it was made, seconds since 1970.
    pub made_at: i64,
    /// When it belongs in a timeline, seconds since 1970.
    pub at: i64,
    /// The newest note about it, seconds since 1970.
    pub last_at: Option<i64>,
}

/// A record as others name it, without the rest of its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedRow {
    /// Id.
    pub id: RecordId,
    /// Kind.
    pub kind: String,
    /// Title.
    pub title: String,
    /// The street, when it has one.
    pub street: Option<String>,
    /// When it belongs in a timeline, seconds since 1970.
    pub at: i64,
}

/// A disagreement with its record.
#[derive(Debug, Clone, PartialEq)]
pub struct ConflictRow {
    /// The record.
    pub id: RecordId,
    /// Its kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// The field and its values.
    pub conflict: Conflict,
}

impl Store {
    /// A record, if it is there.
    ///
    /// # Errors
    /// What the database says.
    pub fn record(&self, id: RecordId) -> Result<Option<RecordRow>> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(&format!("SELECT {COLUMNS} FROM record WHERE id = ?1"))?
                .query_row([id.0.as_bytes()], record_of)
                .optional()?)
        })
    }

    /// The records of these ids that are there, in the order of the ids.
    ///
    /// # Errors
    /// What the database says.
    pub fn records(&self, ids: &[RecordId]) -> Result<Vec<RecordRow>> {
        self.read(|connection| records_in(connection, ids))
    }

    /// The names of these records, as far as they are there, in the order of the ids.
    ///
    /// # Errors
    /// What the database says.
    pub fn named(&self, ids: &[RecordId]) -> Result<Vec<NamedRow>> {
        self.read(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT kind, title, street, at
                 FROM record WHERE id = ?1",
            )?;
            let mut rows = Vec::with_capacity(ids.len());
            for id in ids {
                let row = query.query_row([id.0.as_bytes()], |row| {
                    Ok(NamedRow {
                        id: *id,
                        kind: row.get(0)?,
                        title: row.get(1)?,
                        street: row.get(2)?,
                        at: row.get(3)?,
                    })
                });
                rows.extend(row.optional()?);
            }
            Ok(rows)
        })
    }

    /// Records of a kind (or of all kinds) in the order in which they came, and how many there are.
    ///
    /// # Errors
    /// What the database says.
    pub fn records_of_kind(
        &self,
        kind: Option<&str>,
        archived: bool,
        offset: u32,
        limit: u32,
    ) -> Result<(u32, Vec<RecordRow>)> {
        let condition = "row BETWEEN ?1 AND ?2 AND (?3 OR archived = 0)";
        let range = rows_of(kind);
        let (first, last) = (range.start(), range.end());
        self.read(|connection| {
            let total = connection
                .prepare_cached(&format!("SELECT count(*) FROM record WHERE {condition}"))?
                .query_row(params![first, last, archived], |row| row.get(0))?;
            let rows = connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM record WHERE {condition}
                     ORDER BY row LIMIT ?4 OFFSET ?5"
                ))?
                .query_map(params![first, last, archived, limit, offset], record_of)?
                .collect::<rusqlite::Result<_>>()?;
            Ok((total, rows))
        })
    }

    /// Records that link to this one through a field, in the order of their titles.
    ///
    /// # Errors
    /// What the database says.
    pub fn linking(&self, target: RecordId, kind: &str, field: &str) -> Result<Vec<RecordRow>> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM link JOIN record ON record.row = link.source
                     WHERE link.target = ?1 AND record.kind = ?2 AND link.field = ?3
                       AND record.archived = 0
                     ORDER BY record.sort LIMIT 500"
                ))?
                .query_map(params![target.0.as_bytes(), kind, field], record_of)?
                .collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Every record that links to this one, through whatever field, also those out of sight.
    ///
    /// # Errors
    /// What the database says.
    pub fn pointing_at(&self, target: RecordId) -> Result<Vec<RecordRow>> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM record
                     WHERE row IN (SELECT source FROM link WHERE target = ?1) ORDER BY row"
                ))?
                .query_map([target.0.as_bytes()], record_of)?
                .collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Disagreements: of one record, or all.
    ///
    /// # Errors
    /// What the database says.
    pub fn conflicts(&self, id: Option<RecordId>) -> Result<Vec<ConflictRow>> {
        self.read(|connection| conflicts_in(connection, id))
    }

    /// The life of a record, oldest step first.
    ///
    /// # Errors
    /// What the database says, or that the record is not there.
    pub fn history(&self, id: RecordId) -> Result<Vec<Version>> {
        self.read(|connection| {
            let (document, _) = documents::load(connection, id)?;
            Ok(document.history()?)
        })
    }

    /// What the maker of a record wrote in its first change; `None` when that history is gone.
    ///
    /// # Errors
    /// What the database says, or that the record is not there.
    pub fn as_made(&self, id: RecordId) -> Result<Option<Version>> {
        self.read(|connection| {
            let (document, _) = documents::load(connection, id)?;
            Ok(document.as_made()?)
        })
    }

    /// Records with unsent changes: how many, and the first of them. What belongs to the device alone is not among them.
    ///
    /// # Errors
    /// What the database says.
    pub fn unsent(&self, limit: u32) -> Result<(u32, Vec<RecordRow>)> {
        let condition = "space NOT IN (SELECT id FROM space WHERE kind = 'device') AND id IN (
            SELECT document FROM change WHERE server_seq IS NULL AND refused IS NULL
            UNION ALL SELECT document FROM recent)";
        self.read(|connection| {
            if crate::spaces::all(connection)?
                .iter()
                .all(Space::is_of_device)
            {
                return Ok((0, Vec::new()));
            }
            let total = connection
                .prepare_cached(&format!("SELECT count(*) FROM record WHERE {condition}"))?
                .query_row([], |row| row.get(0))?;
            let rows = connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM record WHERE {condition} ORDER BY row LIMIT ?1"
                ))?
                .query_map([limit], record_of)?
                .collect::<rusqlite::Result<_>>()?;
            Ok((total, rows))
        })
    }
}

impl Action<'_> {
    /// Disagreements on a record as they stand in this action.
    ///
    /// # Errors
    /// What the database says.
    pub fn conflicts(&self, id: RecordId) -> Result<Vec<ConflictRow>> {
        conflicts_in(self.connection, Some(id))
    }
}

pub(crate) fn records_in(connection: &Connection, ids: &[RecordId]) -> Result<Vec<RecordRow>> {
    let mut query =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM record WHERE id = ?1"))?;
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.extend(query.query_row([id.0.as_bytes()], record_of).optional()?);
    }
    Ok(rows)
}

fn conflicts_in(connection: &Connection, id: Option<RecordId>) -> Result<Vec<ConflictRow>> {
    let rows = connection
        .prepare_cached(
            "SELECT record.id, record.kind, record.title, conflict.content
             FROM conflict JOIN record ON record.id = conflict.document
             WHERE (?1 IS NULL OR conflict.document = ?1) AND record.archived = 0
             ORDER BY record.row, conflict.path",
        )?
        .query_map([id.map(|id| id.0.into_bytes())], |row| {
            Ok((
                row.get::<_, [u8; 16]>(0)?,
                row.get(1)?,
                row.get(2)?,
                row.get::<_, String>(3)?,
            ))
        })?
        .collect::<rusqlite::Result<Vec<(_, String, String, _)>>>()?;
    rows.into_iter()
        .map(|(id, kind, title, content)| {
            let conflict: Conflict = serde_json::from_str(&content)?;
            Ok(ConflictRow {
                id: Uuid::from_bytes(id).into(),
                kind,
                title,
                conflict,
            })
        })
        .collect()
}
