//! Spaces and people as this device knows them.

use domain::ids::{MemberId, RecordId, SpaceId};
use mistake::Mistake;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use crate::arrivals::PageEnd;
use crate::documents::signed;
use crate::error::{Result, StoreError};
use crate::open::{self, Store};
use crate::transact::{Action, Changes};
use crate::{arrivals, clean, departures, epochs, erase, recent};

/// A space this device takes part in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    /// Id.
    pub id: SpaceId,
    /// Name.
    pub name: String,
    /// `personal`, `team`, `organisation`, `partnership`; `device` while alone.
    pub kind: String,
    /// `reader`, `writer`, `manager`; `gone` when this device may not see it any more.
    pub role: String,
    /// New records go here.
    pub is_default: bool,
    /// Position in the server's log up to which everything is here.
    pub cursor: u64,
    /// Not everything that was there at the start is here yet.
    pub first_sync: bool,
    /// Documents that came in during the first sync.
    pub first_done: u32,
    /// The life of the server's log in which the cursor counts.
    pub log_epoch: Option<Uuid>,
    /// Sum over the heads of all documents (`docs/protocol.md`).
    pub digest: u64,
}

/// The role in a space that this device may not see any more.
pub(crate) const GONE: &str = "gone";

/// The kind of the space that is only on this device.
const DEVICE: &str = "device";

impl Space {
    /// The space of a device on its own; nobody else knows of it.
    #[must_use]
    pub fn of_device(id: SpaceId) -> Self {
        Self {
            id,
            name: String::new(),
            kind: DEVICE.to_owned(),
            role: "manager".to_owned(),
            is_default: true,
            cursor: 0,
            first_sync: false,
            first_done: 0,
            log_epoch: None,
            digest: 0,
        }
    }

    /// It is only on this device.
    #[must_use]
    pub fn is_of_device(&self) -> bool {
        self.kind == DEVICE
    }

    /// This device exchanges it with a server.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        !self.is_of_device() && !self.is_gone()
    }

    /// This device may not see it any more; what is left of it was never sent.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.role == GONE
    }

    /// This person may write in it.
    #[must_use]
    pub fn may_write(&self) -> bool {
        matches!(self.role.as_str(), "writer" | "manager")
    }
}

/// A person with their devices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Member id.
    pub member: MemberId,
    /// Name.
    pub name: String,
    /// Devices, 16 hex digits each.
    pub devices: Vec<String>,
}

impl Store {
    /// All spaces, the default one first.
    ///
    /// # Errors
    /// What the database says.
    pub fn spaces(&self) -> Result<Vec<Space>> {
        self.read(all)
    }

    /// The space for new records.
    ///
    /// # Errors
    /// What the database says, or that there is none.
    pub fn default_space(&self) -> Result<Space> {
        self.read(default)
    }

    /// One space.
    ///
    /// # Errors
    /// [`StoreError::NoSpace`].
    pub fn space(&self, id: SpaceId) -> Result<Space> {
        self.read(|connection| one(connection, id))
    }

    /// Records that are on this device alone.
    ///
    /// # Errors
    /// What the database says.
    pub fn kept_alone(&self) -> Result<u32> {
        self.read(|connection| {
            Ok(connection
                .prepare_cached(
                    "SELECT count(*) FROM record
                     WHERE space IN (SELECT id FROM space WHERE kind = 'device')",
                )?
                .query_row([], |row| row.get(0))?)
        })
    }

    /// Fetches every document of every space once more; what is here stays.
    ///
    /// # Errors
    /// What the database says.
    pub fn fetch_everything_again(&self) -> Result<()> {
        fetch_again(&self.writer())
    }

    /// Adds a space, or follows what the server says of its name, kind and role.
    ///
    /// # Errors
    /// What the database says.
    pub fn put_space(&self, space: &Space) -> Result<()> {
        put(&self.writer(), space)
    }

    /// The server says that this device may not see a space any more. What is in it and was not sent stays, visible and
    /// exportable; the rest goes. How far its log was read stays, too: from there on erasures are still heard
    /// ([`Store::take_departed`]). When the space has another log than the one that was read (`log_epoch`), the server was
    /// put back to a backup and may have lost what was sent: then everything that this person wrote in stays.
    ///
    /// # Errors
    /// What the database says.
    pub fn lose_space(&self, id: SpaceId, log_epoch: Option<Uuid>) -> Result<Changes> {
        let mut writer = self.writer();
        let mut transaction = open::begin(&mut writer)?;
        let ours = one(&transaction, id)?.log_epoch;
        if ours.is_some() && log_epoch.is_some() && ours != log_epoch {
            arrivals::offer_mine_again(&mut transaction, id)?;
        }
        transaction.execute(
            "UPDATE space SET role = ?2, is_default = 0, first_sync = 0, first_done = 0 WHERE id = ?1",
            params![id.0.as_bytes(), GONE],
        )?;
        let sent: Vec<RecordId> = transaction
            .prepare(
                "SELECT id FROM document WHERE space = ?1
                     AND NOT EXISTS
                         (SELECT 1 FROM change WHERE change.document = document.id AND server_seq IS NULL)",
            )?
            .query_map([id.0.as_bytes()], |row| row.get(0))?
            .map(|id| Ok(Uuid::from_bytes(id?).into()))
            .collect::<rusqlite::Result<_>>()?;
        let mut changes = Changes::default();
        if !Mistake::KeptSpace.is_made() {
            // What this person wrote stays to be seen; what others wrote is theirs to bring again.
            let said = epochs::said_aside(&transaction, id)?;
            let_go(&transaction, id, &sent, &mut changes)?;
            epochs::put_back_aside(&transaction, id, &said)?;
            departures::forget_if_nothing_is_left(&transaction, id)?;
        }
        transaction.commit()?;
        clean::finish_or_later(&writer);
        Ok(changes)
    }

    /// The people of the spaces of this device, by name.
    ///
    /// # Errors
    /// What the database says.
    pub fn people(&self) -> Result<Vec<PersonRow>> {
        self.read(|connection| {
            let mut people: Vec<PersonRow> = connection
                .prepare_cached("SELECT member, name FROM person ORDER BY name")?
                .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?
                .filter_map(|row| {
                    row.map(|(member, name)| {
                        let member = member.parse().ok()?;
                        Some(PersonRow {
                            member,
                            name,
                            devices: Vec::new(),
                        })
                    })
                    .transpose()
                })
                .collect::<rusqlite::Result<_>>()?;
            for person in &mut people {
                person.devices = connection
                    .prepare_cached("SELECT device FROM person_device WHERE member = ?1")?
                    .query_map([person.member.to_string()], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
            }
            Ok(people)
        })
    }

    /// Adds people, or follows what the server says of them.
    ///
    /// # Errors
    /// What the database says.
    pub fn put_people(&self, people: &[PersonRow]) -> Result<()> {
        let mut writer = self.writer();
        let transaction = writer.transaction()?;
        put_people(&transaction, people)?;
        transaction.commit()?;
        Ok(())
    }
}

impl Action<'_> {
    /// All spaces, the default one first, as they stand in this action.
    ///
    /// # Errors
    /// What the database says.
    pub fn spaces(&self) -> Result<Vec<Space>> {
        all(self.connection)
    }

    /// Adds a space, or follows what the server says of its name, kind and role.
    ///
    /// # Errors
    /// What the database says.
    pub fn put_space(&self, space: &Space) -> Result<()> {
        put(self.connection, space)
    }

    /// New records go to this space.
    ///
    /// # Errors
    /// What the database says.
    pub fn make_default(&self, id: SpaceId) -> Result<()> {
        recent::settle(self.connection)?;
        self.connection
            .execute("UPDATE space SET is_default = (id = ?1)", [id.0.as_bytes()])?;
        self.connection.execute(
            "DELETE FROM space WHERE kind = 'device' AND id <> ?1
               AND NOT EXISTS (SELECT 1 FROM document WHERE document.space = space.id)",
            [id.0.as_bytes()],
        )?;
        Ok(())
    }

    /// Moves everything of one space to another: a device that was alone joins a team. Only for a space that no
    /// server knows, so that no copy elsewhere disagrees.
    ///
    /// # Errors
    /// What the database says.
    pub fn rehome(&self, from: SpaceId, to: SpaceId) -> Result<()> {
        let connection = self.connection;
        recent::settle(connection)?;
        let ids = [to.0.as_bytes(), from.0.as_bytes()];
        connection.execute("UPDATE document SET space = ?1 WHERE space = ?2", ids)?;
        connection.execute("UPDATE record SET space = ?1 WHERE space = ?2", ids)?;
        let digest = |id: SpaceId| -> rusqlite::Result<i64> {
            connection.query_row(
                "SELECT digest FROM space WHERE id = ?1",
                [id.0.as_bytes()],
                |row| row.get(0),
            )
        };
        let sum = digest(to)?.wrapping_add(digest(from)?);
        connection.execute(
            "UPDATE space SET digest = ?2 WHERE id = ?1",
            params![to.0.as_bytes(), sum],
        )?;
        connection.execute("DELETE FROM space WHERE id = ?1", [from.0.as_bytes()])?;
        Ok(())
    }

    /// Adds people, or follows what the server says of them.
    ///
    /// # Errors
    /// What the database says.
    pub fn put_people(&self, people: &[PersonRow]) -> Result<()> {
        put_people(self.connection, people)
    }

    /// Forgets a person: the one of a device that was alone, once the team knows them under another id.
    ///
    /// # Errors
    /// What the database says.
    pub fn forget_person(&self, member: MemberId) -> Result<()> {
        self.connection
            .execute("DELETE FROM person WHERE member = ?1", [member.to_string()])?;
        Ok(())
    }
}

/// Documents of a space that is lost go, with every trace of them, and with what was kept aside of that space.
pub(crate) fn let_go(
    connection: &Connection,
    space: SpaceId,
    documents: &[RecordId],
    changes: &mut Changes,
) -> Result<()> {
    clean::begin(connection)?;
    for document in documents {
        let gone = erase::remove(connection, space, *document)?.gone;
        changes.erased(gone.and_then(|gone| gone.kind), *document);
    }
    connection.execute(
        "DELETE FROM quarantine WHERE space = ?1",
        [space.0.as_bytes()],
    )?;
    clean::end(connection)
}

fn put(connection: &Connection, space: &Space) -> Result<()> {
    connection
        .prepare_cached(include_str!("sql/put_space.sql"))?
        .execute(params![
            space.id.0.as_bytes(),
            space.name,
            space.kind,
            space.role,
            space.is_default,
            space.first_sync,
            space.log_epoch.map(Uuid::into_bytes),
        ])?;
    Ok(())
}

fn put_people(connection: &Connection, people: &[PersonRow]) -> Result<()> {
    for person in people {
        let member = person.member.to_string();
        connection.execute(
            "INSERT INTO person (member, name) VALUES (?1, ?2)
             ON CONFLICT (member) DO UPDATE SET name = excluded.name",
            [&member, &person.name],
        )?;
        for device in &person.devices {
            connection.execute(
                "INSERT INTO person_device (device, member) VALUES (?1, ?2)
                 ON CONFLICT (device) DO UPDATE SET member = excluded.member",
                [device, &member],
            )?;
        }
    }
    Ok(())
}

pub(crate) fn all(connection: &Connection) -> Result<Vec<Space>> {
    let mut spaces = connection
        .prepare_cached(include_str!("sql/spaces.sql"))?
        .query_map([], space_of)?
        .collect::<rusqlite::Result<Vec<Space>>>()?;
    let gains = recent::gains(connection)?;
    for space in &mut spaces {
        let gain = gains.get(&space.id).copied().unwrap_or_default();
        space.digest = space.digest.wrapping_add(gain);
    }
    Ok(spaces)
}

pub(crate) fn default(connection: &Connection) -> Result<Space> {
    all(connection)?
        .into_iter()
        .next()
        .ok_or(StoreError::NoSpace(SpaceId(Uuid::nil())))
}

pub(crate) fn one(connection: &Connection, id: SpaceId) -> Result<Space> {
    all(connection)?
        .into_iter()
        .find(|space| space.id == id)
        .ok_or(StoreError::NoSpace(id))
}

/// What a page was asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// The log of changes.
    Log,
    /// The whole documents of a first sync.
    Documents,
}

/// Moves the cursor to the end of a page, when it still stands where the page was asked from. Returns whether it did.
pub(crate) fn move_cursor(
    connection: &Connection,
    space: SpaceId,
    end: PageEnd,
    asked: Asked,
) -> Result<bool> {
    let moved = connection
        .prepare_cached(
            "UPDATE space SET cursor = ?2, log_epoch = ?3
             WHERE id = ?1 AND cursor = ?4 AND first_sync = ?5",
        )?
        .execute(params![
            space.0.as_bytes(),
            signed(end.cursor),
            end.log_epoch.map(Uuid::into_bytes),
            signed(end.from),
            asked == Asked::Documents,
        ])?;
    Ok(moved > 0)
}

/// Fetches every document of every space once more, from the beginning; what is here stays.
pub(crate) fn fetch_again(connection: &Connection) -> Result<()> {
    connection.execute(
        "UPDATE space SET cursor = 0, first_sync = 1, first_done = 0, log_epoch = NULL
         WHERE kind <> 'device' AND role <> ?1",
        [GONE],
    )?;
    Ok(())
}

fn space_of(row: &Row<'_>) -> rusqlite::Result<Space> {
    Ok(Space {
        id: SpaceId(Uuid::from_bytes(row.get("id")?)),
        name: row.get("name")?,
        kind: row.get("kind")?,
        role: row.get("role")?,
        is_default: row.get("is_default")?,
        cursor: row.get::<_, i64>("cursor")?.cast_unsigned(),
        first_sync: row.get("first_sync")?,
        first_done: row.get("first_done")?,
        log_epoch: row
            .get::<_, Option<[u8; 16]>>("log_epoch")?
            .map(Uuid::from_bytes),
        digest: row.get::<_, i64>("digest")?.cast_unsigned(),
    })
}
