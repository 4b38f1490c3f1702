//! The scratchpad: private working notes in a table of their own. They are no records: the outbox, the search index and
//! the exports read documents, so none of them can meet one.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;

use crate::error::Result;
use crate::open::Store;
use crate::transact::Action;

/// A private working note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scratch {
    /// Id.
    pub id: Uuid,
    /// The words.
    pub text: String,
    /// Last written at, seconds since 1970.
    pub changed_at: i64,
    /// Gone at this moment, seconds since 1970.
    pub expires_at: i64,
}

impl Store {
    /// All of them, the one written at last first.
    ///
    /// # Errors
    /// What the database says.
    pub fn scratches(&self) -> Result<Vec<Scratch>> {
        self.read(|connection| {
            let rows = connection
                .prepare_cached(
                    "SELECT id, text, changed_at, expires_at FROM scratch ORDER BY changed_at DESC, id DESC",
                )?
                .query_map([], scratch_of)?
                .collect::<rusqlite::Result<_>>()?;
            Ok(rows)
        })
    }

    /// One of them.
    ///
    /// # Errors
    /// What the database says.
    pub fn scratch(&self, id: Uuid) -> Result<Option<Scratch>> {
        self.read(|connection| one(connection, id))
    }

    /// Writes one; the same id replaces its words.
    ///
    /// # Errors
    /// What the database says.
    pub fn put_scratch(&self, scratch: &Scratch) -> Result<()> {
        put(&self.writer(), scratch)
    }

    /// Throws one away. Says whether it was there.
    ///
    /// # Errors
    /// What the database says.
    pub fn remove_scratch(&self, id: Uuid) -> Result<bool> {
        remove(&self.writer(), id)
    }

    /// Throws away what has had its time. Says how many.
    ///
    /// # Errors
    /// What the database says.
    pub fn expire_scratches(&self, now: i64) -> Result<usize> {
        let expired = self
            .writer()
            .prepare_cached("DELETE FROM scratch WHERE expires_at <= ?1")?
            .execute([now])?;
        Ok(expired)
    }

    /// Another term, in seconds after the last word. None goes before `not_before`.
    ///
    /// # Errors
    /// What the database says.
    pub fn reterm_scratches(&self, term: i64, not_before: i64) -> Result<()> {
        self.writer().execute(
            "UPDATE scratch SET expires_at = max(changed_at + ?1, ?2)",
            [term, not_before],
        )?;
        Ok(())
    }
}

impl Action<'_> {
    /// Writes one in the same transaction.
    ///
    /// # Errors
    /// What the database says.
    pub fn put_scratch(&self, scratch: &Scratch) -> Result<()> {
        put(self.connection, scratch)
    }

    /// Throws one away in the same transaction: it became a real note.
    ///
    /// # Errors
    /// What the database says.
    pub fn remove_scratch(&self, id: Uuid) -> Result<bool> {
        remove(self.connection, id)
    }
}

fn one(connection: &Connection, id: Uuid) -> Result<Option<Scratch>> {
    Ok(connection
        .prepare_cached("SELECT id, text, changed_at, expires_at FROM scratch WHERE id = ?1")?
        .query_row([id.as_bytes()], scratch_of)
        .optional()?)
}

fn put(connection: &Connection, scratch: &Scratch) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO scratch (id, text, changed_at, expires_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE
             SET text = excluded.text, changed_at = excluded.changed_at, expires_at = excluded.expires_at",
        )?
        .execute(params![
            scratch.id.as_bytes(),
            scratch.text,
            scratch.changed_at,
            scratch.expires_at
        ])?;
    Ok(())
}

fn remove(connection: &Connection, id: Uuid) -> Result<bool> {
    let removed = connection
        .prepare_cached("DELETE FROM scratch WHERE id = ?1")?
        .execute([id.as_bytes()])?;
    Ok(removed > 0)
}

fn scratch_of(row: &Row<'_>) -> rusqlite::Result<Scratch> {
    Ok(Scratch {
        id: Uuid::from_bytes(row.get(0)?),
        text: row.get(1)?,
        changed_at: row.get(2)?,
        expires_at: row.get(3)?,
    })
}
