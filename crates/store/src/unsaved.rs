//! What was typed in a form and not kept yet: it survives a lock, another screen and a kill. It is no record and never
//! leaves the device; that of a record's form goes with the record.

use domain::ids::RecordId;
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::meta;
use crate::open::Store;
use crate::transact::Action;

/// Before the name of a form among the values of the device.
const PREFIX: &str = "unsaved:";

impl Store {
    /// What was typed in this form, if it was not kept.
    ///
    /// # Errors
    /// What the database says.
    pub fn unsaved_text(&self, form: &str) -> Result<Option<String>> {
        self.meta(&format!("{PREFIX}{form}"))
    }

    /// Keeps what was typed in this form so far; `None` forgets it. Durable when it returns.
    ///
    /// # Errors
    /// What the database says.
    pub fn set_unsaved_text(&self, form: &str, text: Option<&str>) -> Result<()> {
        self.set_meta(&[(&format!("{PREFIX}{form}"), text)])
    }

    /// The names of the forms with what was typed in them.
    ///
    /// # Errors
    /// What the database says.
    pub fn unsaved_texts(&self) -> Result<Vec<(String, String)>> {
        self.read(|connection| {
            let rows = connection
                .prepare_cached(
                    "SELECT substr(key, length(?1) + 1), value FROM meta
                     WHERE substr(key, 1, length(?1)) = ?1 ORDER BY key",
                )?
                .query_map([PREFIX], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(rows)
        })
    }
}

impl Action<'_> {
    /// Forgets what was typed in this form, in the same transaction.
    ///
    /// # Errors
    /// What the database says.
    pub fn forget_unsaved_text(&self, form: &str) -> Result<()> {
        meta::set(self.connection, &format!("{PREFIX}{form}"), None)
    }
}

/// Forgets what was typed in the form of a record that goes.
pub(crate) fn forget_of(connection: &Connection, id: RecordId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM meta WHERE key = ?1 || ?2")?
        .execute(params![PREFIX, id.to_string()])?;
    Ok(())
}
