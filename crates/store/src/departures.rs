//! Spaces that are lost while something in them was not sent. What was sent went at once ([`Store::lose_space`]); the rest
//! stays to be read and exported, until the person says that it may go.

use std::collections::BTreeSet;

use domain::document::Stamp;
use domain::ids::{RecordId, SpaceId};
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::arrivals::{LogPage, PageEnd};
use crate::documents::signed;
use crate::epochs::ArrivingEpoch;
use crate::erase::ArrivingErasure;
use crate::error::Result;
use crate::open::{self, Store};
use crate::spaces::Space;
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
            for space in spaces::all(connection)?.into_iter().filter(Space::is_gone) {
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

    /// The lost spaces of which something is still here, with how far their logs were read.
    ///
    /// # Errors
    /// What the database says.
    pub fn departed(&self) -> Result<Vec<Space>> {
        let mut spaces = self.spaces()?;
        // Without anything left the line of the space is gone as well.
        spaces.retain(Space::is_gone);
        Ok(spaces)
    }

    /// Takes in what was erased in a lost space, as far as something of it is still here, and keeps how far that was read.
    /// Of the rest of such a space nothing is taken in and nothing is noted. A record of which only words were taken out
    /// goes as well: what it says now is not for this device any more.
    ///
    /// # Errors
    /// What the database says; nothing has changed then.
    pub fn take_departed(
        &self,
        space: SpaceId,
        page: &LogPage<'_>,
        end: PageEnd,
        stamp: &Stamp,
    ) -> Result<Changes> {
        if !self.departed()?.iter().any(|lost| lost.id == space) {
            // Nothing of it is left, or it is back.
            return Ok(Changes::default());
        }
        let held = self.read(|connection| remains_of(connection, space))?;
        let erasures: Vec<ArrivingErasure> = page
            .erasures
            .iter()
            .filter(|erasure| held.contains(&erasure.document))
            .copied()
            .collect();
        let epochs: Vec<ArrivingEpoch> = page
            .epochs
            .iter()
            .filter(|epoch| held.contains(&epoch.document))
            .map(|epoch| ArrivingEpoch {
                bytes: Vec::new(),
                ..epoch.clone()
            })
            .collect();
        let page = LogPage {
            erasures: &erasures,
            epochs: &epochs,
            changes: &[],
        };
        let changes = self.arrive(space, &page, stamp, |taking| {
            taking
                .connection
                .prepare_cached(
                    "UPDATE space SET cursor = ?2, log_epoch = ?3 WHERE id = ?1 AND role = ?4 AND cursor = ?5",
                )?
                .execute(params![
                    space.0.as_bytes(),
                    signed(end.cursor),
                    end.log_epoch.map(Uuid::into_bytes),
                    spaces::GONE,
                    signed(end.from),
                ])?;
            Ok(())
        })?;
        forget_if_nothing_is_left(&self.writer(), space)?;
        Ok(changes)
    }

    /// The rest of a lost space goes, too: the person has seen what was not sent. A space that is not lost is left alone.
    ///
    /// # Errors
    /// What the database says; nothing has changed then.
    pub fn finish_departure(&self, id: SpaceId) -> Result<Changes> {
        let mut writer = self.writer();
        let transaction = open::begin(&mut writer)?;
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

/// A lost space of which nothing is here is not known any more.
pub(crate) fn forget_if_nothing_is_left(connection: &Connection, space: SpaceId) -> Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM space WHERE id = ?1 AND role = ?2
               AND NOT EXISTS (SELECT 1 FROM document WHERE space = ?1)
               AND NOT EXISTS (SELECT 1 FROM quarantine WHERE space = ?1)",
        )?
        .execute(params![space.0.as_bytes(), spaces::GONE])?;
    Ok(())
}

/// Records of a space of which anything is here, also when it is only kept aside.
fn remains_of(connection: &Connection, space: SpaceId) -> Result<BTreeSet<RecordId>> {
    let found = connection
        .prepare_cached(
            "SELECT id FROM document WHERE space = ?1 UNION SELECT document FROM quarantine WHERE space = ?1",
        )?
        .query_map([space.0.as_bytes()], |row| row.get(0))?
        .map(|id| Ok(Uuid::from_bytes(id?).into()))
        .collect::<rusqlite::Result<_>>()?;
    Ok(found)
}
