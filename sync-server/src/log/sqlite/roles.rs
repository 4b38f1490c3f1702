//! What managers do with the members of their space.

use protocol::{AuditAction, MemberInfo, Role, SpaceAction, SpaceKind, SpaceState};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

use super::audit::{self, Note};
use super::rows::{role, uuid};
use super::spaces::{self, Seen};
use super::{Log, LogError, members};
use crate::log::{Denied, Device};

/// The space, if this member sees it.
pub(super) fn seen(tx: &Transaction<'_>, member: i64, space: Uuid) -> Result<Seen, LogError> {
    let seen = spaces::seen_by(tx, member)?;
    let found = seen.into_iter().find(|seen| seen.id == space);
    found.ok_or_else(|| Denied::NoRight.into())
}

/// The row of the space, if this member manages it. A personal space has nobody to manage.
pub(super) fn managed(tx: &Transaction<'_>, member: i64, space: Uuid) -> Result<i64, LogError> {
    let seen = seen(tx, member, space)?;
    if seen.role == Role::Manager && seen.kind != SpaceKind::Personal {
        Ok(seen.no)
    } else {
        Err(Denied::NoRight.into())
    }
}

/// Gives or takes a role and writes it down; the last manager of a space stays one.
pub(super) fn change(
    tx: &Transaction<'_>,
    space: i64,
    member: i64,
    role: Option<Role>,
    by: Option<i64>,
    now_ms: i64,
) -> Result<(), LogError> {
    let before = held(tx, space, member)?;
    if before == role {
        return Ok(());
    }
    match role {
        Some(role) => members::grant(tx, space, member, role)?,
        None => {
            tx.execute(
                "UPDATE membership SET role = NULL WHERE space = ?1 AND member = ?2",
                (space, member),
            )?;
        }
    }
    let action = match role {
        Some(_) => AuditAction::RoleChanged,
        None => AuditAction::MemberRemoved,
    };
    let note = Note {
        subject: Some(member),
        role,
        ..Note::new(action, by)
    };
    audit::note(tx, space, &note, now_ms)
}

/// The role a member has in a space now.
pub(super) fn held(
    tx: &Transaction<'_>,
    space: i64,
    member: i64,
) -> Result<Option<Role>, LogError> {
    let mut statement =
        tx.prepare_cached("SELECT role FROM membership WHERE space = ?1 AND member = ?2")?;
    let word: Option<Option<String>> = statement
        .query_row((space, member), |row| row.get(0))
        .optional()?;
    word.flatten().map(|word| role(&word)).transpose()
}

impl Log {
    /// Everybody in a space, for whoever is in it.
    ///
    /// # Errors
    /// [`Denied::NoRight`]; when the database fails.
    pub fn members_for(&self, asker: &Device, space: Uuid) -> Result<Vec<MemberInfo>, LogError> {
        self.read(|tx| {
            let space = seen(tx, asker.member, space)?;
            let mut statement = tx.prepare_cached(include_str!("sql/members_of_space.sql"))?;
            let mut rows = statement.query([space.no])?;
            let mut members = Vec::new();
            while let Some(row) = rows.next()? {
                members.push(MemberInfo {
                    id: uuid(row, 0)?,
                    name: row.get(1)?,
                    role: role(&row.get::<_, String>(2)?)?,
                });
            }
            Ok(members)
        })
    }

    /// Gives a member a role in a space the asker manages: one who is in it now, or was and is with nobody else since, or
    /// who is in another team or organisation that the asker manages. Everybody else comes by an invitation.
    ///
    /// # Errors
    /// [`Denied`]; when the database fails.
    pub fn set_role_for(
        &self,
        asker: &Device,
        space: Uuid,
        member: Uuid,
        role: Role,
        now_ms: i64,
    ) -> Result<(), LogError> {
        let asker = *asker;
        self.write(move |tx| {
            let space = managed(tx, asker.member, space)?;
            let member = members::find(tx, member)?.ok_or(Denied::NotFound)?;
            if !may_be_given_role(tx, asker.member, member, space)? {
                return Err(Denied::NotFound.into());
            }
            keep_a_manager(tx, space, member, Some(role))?;
            change(tx, space, member, Some(role), Some(asker.no), now_ms)
        })
    }

    /// Takes a space from a member: a manager from anybody, anybody from themselves.
    ///
    /// # Errors
    /// [`Denied`]; when the database fails.
    pub fn remove_for(
        &self,
        asker: &Device,
        space: Uuid,
        member: Uuid,
        now_ms: i64,
    ) -> Result<(), LogError> {
        let asker = *asker;
        self.write(move |tx| {
            let own = members::find(tx, member)? == Some(asker.member);
            let space = if own {
                let seen = seen(tx, asker.member, space)?;
                if seen.kind == SpaceKind::Personal {
                    return Err(Denied::NoRight.into());
                }
                seen.no
            } else {
                managed(tx, asker.member, space)?
            };
            let member = members::find(tx, member)?.ok_or(Denied::NotFound)?;
            if held(tx, space, member)?.is_none() {
                return Err(Denied::NotFound.into());
            }
            keep_a_manager(tx, space, member, None)?;
            change(tx, space, member, None, Some(asker.no), now_ms)
        })
    }

    /// The member's own personal space; made when they ask for it for the first time. They are alone in it and decide all
    /// of it; nobody else can be added.
    ///
    /// # Errors
    /// When the database fails or there are no random bytes.
    pub fn personal_space_for(
        &self,
        asker: &Device,
        now_ms: i64,
    ) -> Result<(SpaceState, bool), LogError> {
        let (asker, dice) = (*asker, self.dice.clone());
        self.write(move |tx| {
            if let Some(space) = personal(tx, asker.member)? {
                return Ok((space.state(SpaceAction::Ok), false));
            }
            let name: String = tx.query_row(
                "SELECT name FROM member WHERE no = ?1",
                [asker.member],
                |row| row.get(0),
            )?;
            let id = dice.id(now_ms)?;
            spaces::insert(
                tx,
                id,
                &name,
                SpaceKind::Personal,
                dice.bytes::<16>()?,
                now_ms,
            )?;
            let space = spaces::find(tx, id)?.ok_or(LogError::Malformed("space"))?;
            members::grant(tx, space, asker.member, Role::Manager)?;
            let made = personal(tx, asker.member)?.ok_or(LogError::Malformed("space"))?;
            Ok((made.state(SpaceAction::Ok), true))
        })
    }
}

/// The personal space in which this member is alone. One that an administrator of an older server gave to several people
/// is nobody's own.
fn personal(tx: &Transaction<'_>, member: i64) -> Result<Option<Seen>, LogError> {
    let mut others = tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM membership WHERE space = ?1 AND member <> ?2 AND role IS NOT NULL)",
    )?;
    for space in spaces::seen_by(tx, member)? {
        let shared: bool = others.query_row((space.no, member), |row| row.get(0))?;
        if space.kind == SpaceKind::Personal && !shared {
            return Ok(Some(space));
        }
    }
    Ok(None)
}

fn may_be_given_role(
    tx: &Transaction<'_>,
    asker: i64,
    member: i64,
    space: i64,
) -> Result<bool, LogError> {
    let mut statement = tx.prepare_cached(include_str!("sql/may_be_given_role.sql"))?;
    Ok(statement.query_row((asker, member, space), |row| row.get(0))?)
}

/// Refuses what would leave the space without a manager.
fn keep_a_manager(
    tx: &Transaction<'_>,
    space: i64,
    member: i64,
    role: Option<Role>,
) -> Result<(), LogError> {
    if role == Some(Role::Manager) || held(tx, space, member)? != Some(Role::Manager) {
        return Ok(());
    }
    let others: i64 = tx.query_row(
        "SELECT COUNT(*) FROM membership WHERE space = ?1 AND role = 'manager' AND member <> ?2",
        (space, member),
        |row| row.get(0),
    )?;
    if others == 0 {
        Err(Denied::LastManager.into())
    } else {
        Ok(())
    }
}
