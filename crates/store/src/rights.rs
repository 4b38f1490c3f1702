//! What this device may do in a space, as far as it knows: the server judges again when a change arrives.

use domain::ids::{RecordId, SpaceId};
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::error::{Result, StoreError};
use crate::open::Store;
use crate::transact::Action;

impl Store {
    /// Chooses the space for new records.
    ///
    /// # Errors
    /// [`StoreError::NoSpace`], or [`StoreError::ReadOnly`] where this device may not write.
    pub fn set_default_space(&self, id: SpaceId) -> Result<()> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        must_write(&transaction, id)?;
        transaction.execute(
            "UPDATE space SET is_default = (id = ?1)",
            params![id.0.as_bytes()],
        )?;
        transaction.commit()?;
        Ok(())
    }
}

impl Action<'_> {
    /// Where a record lives, if it is there.
    ///
    /// # Errors
    /// What the database says.
    pub fn space_of(&self, id: RecordId) -> Result<Option<SpaceId>> {
        crate::documents::space_of(self.connection, id)
    }
}

/// Refuses an edit in a space in which this device may only read, before anything is written: nobody should work on what
/// the server will not take.
pub(crate) fn must_write(connection: &Connection, id: SpaceId) -> Result<()> {
    let role: Option<String> = connection
        .prepare_cached("SELECT role FROM space WHERE id = ?1")?
        .query_row([id.0.as_bytes()], |row| row.get(0))
        .optional()?;
    match role {
        None => Err(StoreError::NoSpace(id)),
        Some(role) if matches!(role.as_str(), "writer" | "manager") => Ok(()),
        Some(_) => Err(StoreError::ReadOnly(id)),
    }
}
