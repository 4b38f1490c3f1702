//! Invitations, and the devices that come by them.

use protocol::{DeviceId, EnrollReply, EnrollRequest, MemberName, Role, SpaceAction};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

use super::rows::{role, uuid};
use super::{Log, LogError, members, spaces};
use crate::log::{NewInvitation, Refused};
use crate::secret::{self, Secret, SecretHash};

/// An invitation as it lies in the database.
struct Invitation {
    space: i64,
    role: Role,
    member: Option<i64>,
    expires_ms: i64,
    used_by: Option<i64>,
}

/// A device that is already there.
struct Present {
    no: i64,
    member: i64,
    untouched: bool,
}

impl Log {
    /// Makes an invitation; only the hash of its secret is kept.
    ///
    /// # Errors
    /// When space or member do not exist or the database fails.
    pub fn invite(&self, invitation: NewInvitation, now_ms: i64) -> Result<Secret, LogError> {
        let secret = Secret::random()?;
        let hash = secret.hash();
        self.write(move |tx| {
            let space = spaces::find(tx, invitation.space)?.ok_or(LogError::Malformed("space"))?;
            let member = invitation
                .member
                .map(|id| members::find(tx, id)?.ok_or(LogError::Malformed("member")));
            tx.execute(
                include_str!("sql/insert_invitation.sql"),
                (
                    hash,
                    space,
                    invitation.role.as_str(),
                    member.transpose()?,
                    now_ms,
                    invitation.expires_ms,
                ),
            )?;
            Ok(())
        })?;
        Ok(secret)
    }

    /// Lets a device join. The same device may ask again with the same secret as long as it never used its token:
    /// then the reply was lost.
    ///
    /// # Errors
    /// When the database fails. A refusal is the inner error.
    pub fn enroll(
        &self,
        request: &EnrollRequest,
        now_ms: i64,
    ) -> Result<Result<EnrollReply, Refused>, LogError> {
        let request = request.clone();
        let hash = secret::hash(&request.secret);
        self.write(move |tx| {
            let invitation = match usable(tx, &hash, request.device, now_ms)? {
                Ok(invitation) => invitation,
                Err(refused) => return Ok(Err(refused)),
            };
            let token = Secret::random()?;
            let known = present(tx, request.device)?;
            let member = match (&known, invitation.member, &request.name) {
                (Some(present), _, _) => present.member,
                (None, Some(member), _) => member,
                (None, None, Some(name)) => members::insert(tx, name.trim(), now_ms)?.0,
                (None, None, None) => return Ok(Err(Refused::NameRequired)),
            };
            members::grant(tx, invitation.space, member, invitation.role)?;
            let device = match known {
                Some(present) => renew(tx, present.no, &token, now_ms)?,
                None => join(tx, &request, member, &token, now_ms)?,
            };
            tx.execute(
                "UPDATE invitation SET used_by = ?2 WHERE secret_hash = ?1",
                (hash, device),
            )?;
            reply(tx, request.device, member, &token).map(Ok)
        })
    }
}

fn usable(
    tx: &Transaction<'_>,
    hash: &SecretHash,
    device: DeviceId,
    now_ms: i64,
) -> Result<Result<Invitation, Refused>, LogError> {
    let Some(invitation) = invitation(tx, hash)? else {
        return Ok(Err(Refused::Unknown));
    };
    let present = present(tx, device)?;
    if let Some(used_by) = invitation.used_by {
        let lost_reply = present.is_some_and(|present| present.no == used_by && present.untouched);
        return Ok(if lost_reply && now_ms < invitation.expires_ms {
            Ok(invitation)
        } else {
            Err(Refused::Used)
        });
    }
    if now_ms >= invitation.expires_ms {
        return Ok(Err(Refused::Expired));
    }
    Ok(if present.is_some() {
        Err(Refused::DeviceTaken)
    } else {
        Ok(invitation)
    })
}

fn invitation(tx: &Transaction<'_>, hash: &SecretHash) -> Result<Option<Invitation>, LogError> {
    let mut statement = tx.prepare_cached(
        "SELECT space, role, member, expires_ms, used_by FROM invitation WHERE secret_hash = ?1",
    )?;
    let mut rows = statement.query([hash])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    Ok(Some(Invitation {
        space: row.get(0)?,
        role: role(&row.get::<_, String>(1)?)?,
        member: row.get(2)?,
        expires_ms: row.get(3)?,
        used_by: row.get(4)?,
    }))
}

fn present(tx: &Transaction<'_>, device: DeviceId) -> Result<Option<Present>, LogError> {
    let mut statement = tx.prepare_cached(
        "SELECT no, member, seen_ms IS NULL AND revoked_ms IS NULL FROM device WHERE id = ?1",
    )?;
    let present = statement.query_row([device.0], |row| {
        Ok(Present {
            no: row.get(0)?,
            member: row.get(1)?,
            untouched: row.get(2)?,
        })
    });
    Ok(present.optional()?)
}

fn renew(tx: &Transaction<'_>, device: i64, token: &Secret, now_ms: i64) -> Result<i64, LogError> {
    tx.execute(
        "UPDATE device SET token_hash = ?2, token_ms = ?3 WHERE no = ?1",
        (device, token.hash(), now_ms),
    )?;
    Ok(device)
}

fn join(
    tx: &Transaction<'_>,
    request: &EnrollRequest,
    member: i64,
    token: &Secret,
    now_ms: i64,
) -> Result<i64, LogError> {
    tx.execute(
        include_str!("sql/insert_device.sql"),
        (
            request.device.0,
            member,
            &request.device_name,
            &request.platform,
            &request.app,
            token.hash(),
            now_ms,
        ),
    )?;
    Ok(tx.last_insert_rowid())
}

fn reply(
    tx: &Transaction<'_>,
    device: DeviceId,
    member: i64,
    token: &Secret,
) -> Result<EnrollReply, LogError> {
    let (id, name): (Uuid, String) = tx.query_row(
        "SELECT id, name FROM member WHERE no = ?1",
        [member],
        |row| Ok((uuid(row, 0)?, row.get(1)?)),
    )?;
    let spaces = spaces::seen_by(tx, member)?;
    Ok(EnrollReply {
        device,
        token: token.reveal().to_owned(),
        member: MemberName { id, name },
        spaces: spaces
            .iter()
            .map(|space| space.state(SpaceAction::Ok))
            .collect(),
    })
}
