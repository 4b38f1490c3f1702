//! The book at one moment: what is read through it belongs together, whatever is written meanwhile.

use domain::ids::RecordId;
use rusqlite::{Connection, params};

use crate::documents;
use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::outbox::{Refused, each_refused};
use crate::queries::{COLUMNS, RecordRow, record_of, records_in};
use crate::read_model::rows_of;

/// The book at one moment. Writers go on beside it; what they write is not in it.
#[derive(Debug)]
pub struct Snapshot<'a> {
    connection: &'a Connection,
}

impl Store {
    /// Reads in one transaction. The write-ahead log cannot shrink until it ends: nobody should wait for a person in it.
    ///
    /// # Errors
    /// What `read` says, or what the database says.
    pub fn snapshot<T, E: From<StoreError>>(
        &self,
        read: impl FnOnce(&Snapshot<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.read(|connection| Ok(read(&Snapshot { connection })))?
    }
}

impl Snapshot<'_> {
    /// Every record of a kind (or of all kinds), out of sight or not, one by one in the order in which they came.
    ///
    /// # Errors
    /// What `each` says, or what the database says.
    pub fn each_record<E: From<StoreError>>(
        &self,
        kind: Option<&str>,
        mut each: impl FnMut(RecordRow) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let range = rows_of(kind);
        let mut query = self
            .connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM record WHERE row BETWEEN ?1 AND ?2 ORDER BY row"
            ))
            .map_err(StoreError::from)?;
        let rows = query
            .query_map(params![range.start(), range.end()], record_of)
            .map_err(StoreError::from)?;
        for row in rows {
            each(row.map_err(StoreError::from)?)?;
        }
        Ok(())
    }

    /// The records of these ids that are there, in the order of the ids.
    ///
    /// # Errors
    /// What the database says.
    pub fn records(&self, ids: &[RecordId]) -> Result<Vec<RecordRow>> {
        records_in(self.connection, ids)
    }

    /// A document itself, as Automerge saves it.
    ///
    /// # Errors
    /// What the database says, or that the record is not there.
    pub fn document_bytes(&self, id: RecordId) -> Result<Vec<u8>> {
        let (document, _) = documents::load(self.connection, id)?;
        Ok(document.automerge().save_nocompress())
    }

    /// Every refused change, newest first.
    ///
    /// # Errors
    /// What `each` says, or what the database says.
    pub fn each_refused<E: From<StoreError>>(
        &self,
        each: impl FnMut(Refused) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        each_refused(self.connection, i64::MAX, each)
    }
}
