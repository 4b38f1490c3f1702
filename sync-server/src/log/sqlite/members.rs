//! Members, their roles, and the roster that tells devices who is who.

use protocol::{Person, Role, Roster};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

use super::rows::{device_id, number, role, signed, uuid};
use super::{Log, LogError, roles, spaces};
use crate::log::MemberRow;

/// Makes a member; returns the row.
pub(super) fn insert(
    tx: &Transaction<'_>,
    id: Uuid,
    name: &str,
    now_ms: i64,
) -> Result<i64, LogError> {
    tx.execute(
        "INSERT INTO member (id, name, created_ms) VALUES (?1, ?2, ?3)",
        (id.as_bytes(), name, now_ms),
    )?;
    Ok(tx.last_insert_rowid())
}

/// Gives a member this role in a space, instead of the one they had.
pub(super) fn grant(
    tx: &Transaction<'_>,
    space: i64,
    member: i64,
    role: Role,
) -> Result<(), LogError> {
    tx.execute(
        "INSERT INTO membership (space, member, role) VALUES (?1, ?2, ?3)
         ON CONFLICT (space, member) DO UPDATE SET role = excluded.role",
        (space, member, role.as_str()),
    )?;
    Ok(())
}

/// The row of a member.
pub(super) fn find(tx: &Transaction<'_>, id: Uuid) -> Result<Option<i64>, LogError> {
    let mut statement = tx.prepare_cached("SELECT no FROM member WHERE id = ?1")?;
    Ok(statement
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?)
}

/// Everybody who shares or shared a space with this member, when the roster is not the version the device holds.
pub(super) fn roster(
    tx: &Transaction<'_>,
    member: i64,
    held: u64,
) -> Result<Option<Roster>, LogError> {
    let mut statement = tx.prepare_cached("SELECT version FROM roster")?;
    let version: i64 = statement.query_row([], |row| row.get(0))?;
    if version == signed(held) {
        return Ok(None);
    }
    let mut statement = tx.prepare_cached(include_str!("sql/roster.sql"))?;
    let mut rows = statement.query([member])?;
    let mut people: Vec<Person> = Vec::new();
    while let Some(row) = rows.next()? {
        let member = uuid(row, 0)?;
        if people.last().is_none_or(|person| person.member != member) {
            people.push(Person {
                member,
                name: row.get(1)?,
                devices: Vec::new(),
            });
        }
        let has_device = !matches!(row.get_ref(2)?, rusqlite::types::ValueRef::Null);
        if let (true, Some(person)) = (has_device, people.last_mut()) {
            person.devices.push(device_id(row, 2)?);
        }
    }
    Ok(Some(Roster {
        version: number(version),
        people,
    }))
}

impl Log {
    /// Makes a member, with a role in a space if given.
    ///
    /// # Errors
    /// When the space does not exist or the database fails.
    pub fn add_member(
        &self,
        name: &str,
        role: Option<(Uuid, Role)>,
        now_ms: i64,
    ) -> Result<Uuid, LogError> {
        let (id, name) = (self.dice.id(now_ms)?, name.to_owned());
        self.write(move |tx| {
            let no = insert(tx, id, &name, now_ms)?;
            if let Some((space, role)) = role {
                let space = spaces::find(tx, space)?.ok_or(LogError::Malformed("space"))?;
                roles::change(tx, space, no, Some(role), None, now_ms)?;
            }
            Ok(id)
        })
    }

    /// Gives a member a role in a space; `None` takes the space away. For the administrator, who may also take the
    /// last manager's.
    ///
    /// # Errors
    /// When member or space do not exist or the database fails.
    pub fn set_role(
        &self,
        member: Uuid,
        space: Uuid,
        role: Option<Role>,
        now_ms: i64,
    ) -> Result<(), LogError> {
        self.write(move |tx| {
            let member = find(tx, member)?.ok_or(LogError::Malformed("member"))?;
            let space = spaces::find(tx, space)?.ok_or(LogError::Malformed("space"))?;
            roles::change(tx, space, member, role, None, now_ms)
        })
    }

    /// All members, by name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn members(&self) -> Result<Vec<MemberRow>, LogError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("sql/members.sql"))?;
            let mut rows = statement.query([])?;
            let mut members: Vec<MemberRow> = Vec::new();
            while let Some(row) = rows.next()? {
                let id = uuid(row, 0)?;
                if members.last().is_none_or(|member| member.id != id) {
                    let devices = number(row.get(2)?);
                    members.push(MemberRow {
                        id,
                        name: row.get(1)?,
                        spaces: Vec::new(),
                        devices,
                    });
                }
                let space: Option<(String, String)> =
                    row.get::<_, Option<_>>(3)?.zip(row.get::<_, Option<_>>(4)?);
                if let (Some((space, word)), Some(member)) = (space, members.last_mut()) {
                    member.spaces.push((space, role(&word)?));
                }
            }
            Ok(members)
        })
    }
}
