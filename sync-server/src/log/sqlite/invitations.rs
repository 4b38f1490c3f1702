//! Making invitations, and the second look at devices that come by the weighty ones.

use protocol::{
    AuditAction, DeviceId, EnrollRequest, Grant, InvitationMade, InvitationRequest, Role, Waiting,
};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

use super::audit::{self, Note};
use super::rows::{role, uuid};
use super::{Log, LogError, members, roles, spaces};
use crate::log::{Denied, Device, NewInvitation};
use crate::secret::{Secret, SecretHash};

/// How long an invitation can be used, and after that how long a device may wait for a second look.
pub const INVITATION_LIFE_MS: i64 = 24 * 3600 * 1000;

/// What an invitation gives in one space.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given {
    pub(super) space: i64,
    pub(super) id: Uuid,
    pub(super) role: Role,
}

/// A row to be written.
struct NewRow<'a> {
    grants: &'a [(i64, Role)],
    member: Option<i64>,
    made_by: Option<i64>,
    expires_ms: i64,
}

impl Log {
    /// Makes an invitation, for the administrator; only the hash of its secret is kept.
    ///
    /// # Errors
    /// When space or member do not exist or the database fails.
    pub fn invite(&self, invitation: NewInvitation, now_ms: i64) -> Result<Secret, LogError> {
        let secret = self.dice.secret()?;
        let hash = secret.hash();
        self.write(move |tx| {
            let member = invitation
                .member
                .map(|id| members::find(tx, id)?.ok_or(LogError::Malformed("member")))
                .transpose()?;
            let mut grants = Vec::new();
            for grant in &invitation.grants {
                let space = spaces::find(tx, grant.space)?.ok_or(LogError::Malformed("space"))?;
                grants.push((space, grant.role));
            }
            let row = NewRow {
                grants: &grants,
                member,
                made_by: None,
                expires_ms: invitation.expires_ms,
            };
            insert(tx, &hash, &row, now_ms)?;
            Ok(())
        })?;
        Ok(secret)
    }

    /// Makes an invitation, for a member: into spaces they manage, or for another device of their own.
    ///
    /// # Errors
    /// [`Denied::NoRight`]; when the database fails.
    pub fn invite_for(
        &self,
        asker: &Device,
        request: &InvitationRequest,
        now_ms: i64,
    ) -> Result<InvitationMade, LogError> {
        let (asker, request) = (*asker, request.clone());
        let secret = self.dice.secret()?;
        let hash = secret.hash();
        let expires_ms = now_ms + INVITATION_LIFE_MS;
        let (id, second_look) = self.write(move |tx| {
            let mut grants = Vec::new();
            for grant in &request.grants {
                grants.push((roles::managed(tx, asker.member, grant.space)?, grant.role));
            }
            let row = NewRow {
                grants: &grants,
                member: request.own_device.then_some(asker.member),
                made_by: Some(asker.no),
                expires_ms,
            };
            let (invitation, id) = insert(tx, &hash, &row, now_ms)?;
            Ok((id, needs_second_look(tx, invitation, row.member)?))
        })?;
        Ok(InvitationMade {
            id: Some(id),
            secret: secret.reveal().to_owned(),
            expires_ms,
            second_look,
        })
    }

    /// The devices that wait for a second look by this member; `None`: all, for the administrator.
    ///
    /// # Errors
    /// When the database fails.
    pub fn waiting_for(
        &self,
        asker: Option<&Device>,
        now_ms: i64,
    ) -> Result<Vec<Waiting>, LogError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("sql/waiting_for.sql"))?;
            let mut rows = statement.query((asker.map(|asker| asker.member), now_ms))?;
            let mut waiting = Vec::new();
            while let Some(row) = rows.next()? {
                let given = given(tx, row.get(1)?)?;
                waiting.push(Waiting {
                    id: uuid(row, 0)?,
                    phrase: row.get(2)?,
                    name: row.get(3)?,
                    known: row.get(4)?,
                    device_name: row.get(5)?,
                    platform: row.get(6)?,
                    app: row.get(7)?,
                    asked_ms: row.get(8)?,
                    expires_ms: row.get(9)?,
                    confirmed: row.get(10)?,
                    grants: given.iter().map(Given::grant).collect(),
                });
            }
            Ok(waiting)
        })
    }

    /// How many devices wait for a second look by this member. Nearly always none, and then this costs next to nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub fn waiting_count(&self, asker: &Device, now_ms: i64) -> Result<u32, LogError> {
        let any: bool = self.read(|tx| {
            let mut any = tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM enrolment)")?;
            Ok(any.query_row([], |row| row.get(0))?)
        })?;
        if !any {
            return Ok(0);
        }
        let waiting = self.waiting_for(Some(asker), now_ms)?;
        let unseen = waiting.iter().filter(|waiting| !waiting.confirmed);
        Ok(u32::try_from(unseen.count()).unwrap_or(u32::MAX))
    }

    /// Lets a waiting device in: at its next question it gets its token.
    ///
    /// # Errors
    /// [`Denied`], also when the phrase that was compared is not the one of now; when the database fails.
    pub fn confirm_for(
        &self,
        asker: Option<&Device>,
        id: Uuid,
        phrase: &str,
        now_ms: i64,
    ) -> Result<(), LogError> {
        let (asker, phrase) = (asker.copied(), phrase.to_owned());
        self.write(move |tx| {
            let seen = look(tx, asker.as_ref(), id, now_ms)?;
            if seen.phrase != phrase {
                return Err(Denied::PhraseDiffers.into());
            }
            if seen.confirmed {
                return Ok(());
            }
            tx.execute(
                "UPDATE enrolment SET confirmed = 1 WHERE no = ?1",
                [seen.no],
            )?;
            seen.note(tx, AuditAction::EnrolmentConfirmed, asker.as_ref(), now_ms)
        })
    }

    /// Turns a waiting device away; its invitation opens nothing any more.
    ///
    /// # Errors
    /// [`Denied`]; when the database fails.
    pub fn refuse_for(
        &self,
        asker: Option<&Device>,
        id: Uuid,
        now_ms: i64,
    ) -> Result<(), LogError> {
        let asker = asker.copied();
        self.write(move |tx| {
            let seen = look(tx, asker.as_ref(), id, now_ms)?;
            tx.execute("DELETE FROM enrolment WHERE no = ?1", [seen.no])?;
            tx.execute(
                "UPDATE invitation SET refused_ms = ?2 WHERE no = ?1",
                (seen.invitation, now_ms),
            )?;
            seen.note(tx, AuditAction::EnrolmentRefused, asker.as_ref(), now_ms)
        })
    }
}

impl Given {
    pub(super) const fn grant(&self) -> Grant {
        Grant {
            space: self.id,
            role: self.role,
        }
    }
}

/// What the invitation gives.
pub(super) fn given(tx: &Transaction<'_>, invitation: i64) -> Result<Vec<Given>, LogError> {
    let mut statement = tx.prepare_cached(
        "SELECT space.no, space.id, invitation_grant.role FROM invitation_grant
         JOIN space ON space.no = invitation_grant.space
         WHERE invitation_grant.invitation = ?1 ORDER BY space.no",
    )?;
    let mut rows = statement.query([invitation])?;
    let mut given = Vec::new();
    while let Some(row) = rows.next()? {
        given.push(Given {
            space: row.get(0)?,
            id: uuid(row, 1)?,
            role: role(&row.get::<_, String>(2)?)?,
        });
    }
    Ok(given)
}

/// Whether somebody has to look before a device comes in by this invitation: it would make a manager's device, or open
/// a partnership, and there is somebody who can look.
pub(super) fn needs_second_look(
    tx: &Transaction<'_>,
    invitation: i64,
    member: Option<i64>,
) -> Result<bool, LogError> {
    let mut statement = tx.prepare_cached(include_str!("sql/needs_second_look.sql"))?;
    Ok(statement.query_row((invitation, member), |row| row.get(0))?)
}

/// Notes that a device waits, or that what it says about itself changed; then an earlier yes counts no more.
///
/// A device waits for one invitation: showing another one gives the first back.
pub(super) fn wait(
    tx: &Transaction<'_>,
    invitation: i64,
    request: &EnrollRequest,
    name: &str,
    now_ms: i64,
) -> Result<i64, LogError> {
    stop_waiting(tx, request.device, Some(invitation))?;
    let expires_ms = now_ms + INVITATION_LIFE_MS;
    let mut statement = tx.prepare_cached(include_str!("sql/put_enrolment.sql"))?;
    let id = Uuid::now_v7();
    let fields = (
        id.as_bytes(),
        invitation,
        request.device.0,
        name,
        &request.device_name,
        &request.platform,
        &request.app,
        request.phrase(),
        now_ms,
        expires_ms,
    );
    Ok(statement.query_row(fields, |row| row.get(0))?)
}

/// The device waits no more, for any invitation but this one.
pub(super) fn stop_waiting(
    tx: &Transaction<'_>,
    device: DeviceId,
    but: Option<i64>,
) -> Result<(), LogError> {
    tx.execute(
        "DELETE FROM enrolment WHERE device = ?1 AND invitation IS NOT ?2",
        (device.0, but),
    )?;
    Ok(())
}

/// A device that waits and was asked for by somebody who may look.
struct Look {
    no: i64,
    invitation: i64,
    member: Option<i64>,
    phrase: String,
    confirmed: bool,
}

fn look(
    tx: &Transaction<'_>,
    asker: Option<&Device>,
    id: Uuid,
    now_ms: i64,
) -> Result<Look, LogError> {
    let member = asker.map(|asker| asker.member);
    let mut statement = tx.prepare_cached(include_str!("sql/look_at.sql"))?;
    let look = statement.query_row((member, now_ms, id.as_bytes()), |row| {
        Ok(Look {
            no: row.get(0)?,
            invitation: row.get(1)?,
            member: row.get(2)?,
            phrase: row.get(3)?,
            confirmed: row.get(4)?,
        })
    });
    look.optional()?.ok_or_else(|| Denied::NotFound.into())
}

impl Look {
    fn note(
        &self,
        tx: &Transaction<'_>,
        action: AuditAction,
        asker: Option<&Device>,
        now_ms: i64,
    ) -> Result<(), LogError> {
        let about = Note {
            subject: self.member,
            ..Note::new(action, asker.map(|asker| asker.no))
        };
        let given = given(tx, self.invitation)?;
        for given in &given {
            let about = Note {
                role: Some(given.role),
                ..about
            };
            audit::note(tx, given.space, &about, now_ms)?;
        }
        match self.member {
            Some(member) if given.is_empty() => {
                audit::note_in_spaces_of(tx, member, &about, now_ms)
            }
            _ => Ok(()),
        }
    }
}

fn insert(
    tx: &Transaction<'_>,
    hash: &SecretHash,
    new: &NewRow<'_>,
    now_ms: i64,
) -> Result<(i64, Uuid), LogError> {
    let id = Uuid::now_v7();
    tx.execute(
        "INSERT INTO invitation (id, secret_hash, member, made_by, created_ms, expires_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (
            id.as_bytes(),
            hash,
            new.member,
            new.made_by,
            now_ms,
            new.expires_ms,
        ),
    )?;
    let invitation = tx.last_insert_rowid();
    let about = Note {
        subject: new.member,
        ..Note::new(AuditAction::InvitationMade, new.made_by)
    };
    for (space, role) in new.grants {
        tx.execute(
            "INSERT INTO invitation_grant (invitation, space, role) VALUES (?1, ?2, ?3)",
            (invitation, space, role.as_str()),
        )?;
        let about = Note {
            role: Some(*role),
            ..about
        };
        audit::note(tx, *space, &about, now_ms)?;
    }
    if let (Some(member), true) = (new.member, new.grants.is_empty()) {
        audit::note_in_spaces_of(tx, member, &about, now_ms)?;
    }
    Ok((invitation, id))
}
