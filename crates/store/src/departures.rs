//! Spaces that are lost while something in them was not sent. What was sent went at once ([`Store::lose_space`]); the rest
//! stays to be read and exported, until the person says that it may go.

use domain::ids::{RecordId, SpaceId};
use rusqlite::Connection;
use uuid::Uuid;

use crate::error::Result;
use crate::open::Store;
use crate::transact::Changes;
use crate::{clean, spaces};

/// A space that is lost, with what was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The space.
    pub space: SpaceId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// Records with changes that the server never took in.
    pub records: Vec<RecordId>,
}

impl Store {
    /// The lost spaces in which something was not sent.
    ///
    /// # Errors
    /// What the database says.
    pub fn departures(&self) -> Result<Vec<Departure>> {
        self.read(|connection| {
            let mut lost = Vec::new();
            for space in spaces::all(connection)?
                .into_iter()
                .filter(spaces::Space::is_gone)
            {
                let records = documents_of(connection, space.id)?;
                if !records.is_empty() {
                    lost.push(Departure {
                        space: space.id,
                        name: space.name,
                        kind: space.kind,
                        records,
                    });
                }
            }
            Ok(lost)
        })
    }

    /// The rest of a lost space goes, too: the person has seen what was not sent. A space that is not lost is left alone.
    ///
    /// # Errors
    /// What the database says; nothing has changed then.
    pub fn finish_departure(&self, id: SpaceId) -> Result<Changes> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        let mut changes = Changes::default();
        if spaces::one(&transaction, id)?.is_gone() {
            let records = documents_of(&transaction, id)?;
            spaces::let_go(&transaction, id, &records, &mut changes)?;
            transaction.execute("DELETE FROM space WHERE id = ?1", [id.0.as_bytes()])?;
        }
        transaction.commit()?;
        clean::finish_or_later(&writer);
        Ok(changes)
    }
}

fn documents_of(connection: &Connection, space: SpaceId) -> Result<Vec<RecordId>> {
    let found = connection
        .prepare_cached("SELECT id FROM document WHERE space = ?1 ORDER BY id")?
        .query_map([space.0.as_bytes()], |row| row.get(0))?
        .map(|id| Ok(Uuid::from_bytes(id?).into()))
        .collect::<rusqlite::Result<_>>()?;
    Ok(found)
}
