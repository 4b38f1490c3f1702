//! The devices that come by an invitation.

use protocol::{
    AuditAction, DeviceId, EnrollReply, EnrollRequest, EnrollWaiting, Enrolled, MemberName,
    SpaceAction,
};
use rusqlite::{OptionalExtension, Transaction};
use uuid::Uuid;

use super::audit::{self, Note};
use super::invitations::{self, Given};
use super::rows::uuid;
use super::{Log, LogError, members, roles, spaces, tokens};
use crate::log::Refused;
use crate::secret::{self, Dice, Secret, SecretHash};

/// How often a waiting device is told to ask.
const POLL_SECONDS: u32 = 5;

/// An invitation as it lies in the database.
struct Invitation {
    no: i64,
    member: Option<i64>,
    expires_ms: i64,
    used_by: Option<i64>,
    refused: bool,
    made_by: Option<i64>,
    /// Whoever made it may still make such a one.
    stands: bool,
}

/// A device that waits for a second look.
struct Waiting {
    device: DeviceId,
    phrase: String,
    expires_ms: i64,
    confirmed: bool,
}

/// A device that is already there.
struct Present {
    no: i64,
    member: i64,
    untouched: bool,
}

/// How a request to join stands.
enum Standing {
    /// It may come in, or has to wait for a second look.
    New(Invitation, Option<Waiting>),
    /// It is in, and never used its token: the reply was lost.
    Again(Present),
}

impl Log {
    /// Lets a device join, or has it wait for a second look. The same device may ask again with the same secret as
    /// long as it never used its token: then the reply was lost.
    ///
    /// # Errors
    /// When the database fails. A refusal is the inner error.
    pub fn enroll(
        &self,
        request: &EnrollRequest,
        now_ms: i64,
    ) -> Result<Result<Enrolled, Refused>, LogError> {
        let request = request.clone();
        let hash = secret::hash(&request.secret);
        // A guess costs one look-up, by the hash of what was guessed, and never the one connection that writes.
        if self.read(|tx| invitation(tx, &hash))?.is_none() {
            return Ok(Err(Refused::Unknown));
        }
        let dice = self.dice.clone();
        self.write(move |tx| {
            let (invitation, waiting) = match standing(tx, &hash, request.device, now_ms)? {
                Ok(Standing::New(invitation, waiting)) => (invitation, waiting),
                Ok(Standing::Again(present)) => {
                    let token = dice.secret()?;
                    tokens::offer(tx, present.no, &token.token_hashes(), now_ms)?;
                    return reply(tx, request.device, present.member, &token).map(Ok);
                }
                Err(refused) => return Ok(Err(refused)),
            };
            let Some(name) = name(tx, &invitation, &request)? else {
                return Ok(Err(Refused::NameRequired));
            };
            let looked_at = waiting
                .is_some_and(|waiting| waiting.confirmed && waiting.phrase == request.phrase());
            if !looked_at && invitations::needs_second_look(tx, invitation.no, invitation.member)? {
                let expires_ms = invitations::wait(tx, invitation.no, &request, &name, now_ms)?;
                return Ok(Ok(Enrolled::Waiting(EnrollWaiting {
                    device: request.device,
                    expires_ms,
                    poll_seconds: POLL_SECONDS,
                })));
            }
            join(tx, &dice, &invitation, &request, &name, now_ms).map(Ok)
        })
    }
}

fn standing(
    tx: &Transaction<'_>,
    hash: &SecretHash,
    device: DeviceId,
    now_ms: i64,
) -> Result<Result<Standing, Refused>, LogError> {
    tx.execute("DELETE FROM enrolment WHERE expires_ms <= ?1", [now_ms])?;
    let Some(invitation) = invitation(tx, hash)? else {
        return Ok(Err(Refused::Unknown));
    };
    let present = present(tx, device)?;
    if let Some(used_by) = invitation.used_by {
        return Ok(match present {
            Some(present)
                if present.no == used_by
                    && present.untouched
                    && now_ms < invitation.expires_ms + invitations::INVITATION_LIFE_MS =>
            {
                Ok(Standing::Again(present))
            }
            _ => Err(Refused::Used),
        });
    }
    if invitation.refused {
        return Ok(Err(Refused::TurnedAway));
    }
    let waiting = waiting(tx, invitation.no)?;
    if waiting
        .as_ref()
        .is_some_and(|waiting| waiting.device != device)
    {
        return Ok(Err(Refused::Used));
    }
    let expires_ms = waiting
        .as_ref()
        .map_or(invitation.expires_ms, |waiting| waiting.expires_ms);
    if now_ms >= expires_ms || !invitation.stands {
        return Ok(Err(Refused::Expired));
    }
    if present.is_some() {
        return Ok(Err(Refused::DeviceTaken));
    }
    Ok(Ok(Standing::New(invitation, waiting)))
}

fn invitation(tx: &Transaction<'_>, hash: &SecretHash) -> Result<Option<Invitation>, LogError> {
    let mut statement = tx.prepare_cached(include_str!("sql/invitation.sql"))?;
    let invitation = statement.query_row([hash], |row| {
        Ok(Invitation {
            no: row.get(0)?,
            member: row.get(1)?,
            expires_ms: row.get(2)?,
            used_by: row.get(3)?,
            refused: row.get(4)?,
            made_by: row.get(5)?,
            stands: row.get(6)?,
        })
    });
    Ok(invitation.optional()?)
}

fn waiting(tx: &Transaction<'_>, invitation: i64) -> Result<Option<Waiting>, LogError> {
    let mut statement = tx.prepare_cached(
        "SELECT device, phrase, expires_ms, confirmed FROM enrolment WHERE invitation = ?1",
    )?;
    let waiting = statement.query_row([invitation], |row| {
        Ok(Waiting {
            device: DeviceId(row.get(0)?),
            phrase: row.get(1)?,
            expires_ms: row.get(2)?,
            confirmed: row.get(3)?,
        })
    });
    Ok(waiting.optional()?)
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

/// The name of the known member, or the one that somebody new gave.
fn name(
    tx: &Transaction<'_>,
    invitation: &Invitation,
    request: &EnrollRequest,
) -> Result<Option<String>, LogError> {
    match invitation.member {
        Some(member) => Ok(Some(tx.query_row(
            "SELECT name FROM member WHERE no = ?1",
            [member],
            |row| row.get(0),
        )?)),
        None => Ok(request.name.as_ref().map(|name| name.trim().to_owned())),
    }
}

fn join(
    tx: &Transaction<'_>,
    dice: &Dice,
    invitation: &Invitation,
    request: &EnrollRequest,
    name: &str,
    now_ms: i64,
) -> Result<Enrolled, LogError> {
    let member = match invitation.member {
        Some(member) => member,
        None => members::insert(tx, dice.id(now_ms)?, name, now_ms)?,
    };
    for Given { space, role, .. } in invitations::given(tx, invitation.no)? {
        // Another device never takes away from what a person may do.
        if roles::held(tx, space, member)?.is_none_or(|held| held < role) {
            roles::change(tx, space, member, Some(role), invitation.made_by, now_ms)?;
        }
    }
    let token = dice.secret()?;
    let hashes = token.token_hashes();
    tx.execute(
        include_str!("sql/insert_device.sql"),
        (
            request.device.0,
            member,
            &request.device_name,
            &request.platform,
            &request.app,
            hashes.token,
            hashes.ending,
            now_ms,
        ),
    )?;
    let device = tx.last_insert_rowid();
    invitations::stop_waiting(tx, request.device, None)?;
    tx.execute(
        "UPDATE invitation SET used_by = ?2 WHERE no = ?1",
        (invitation.no, device),
    )?;
    let note = Note {
        subject: Some(member),
        subject_device: Some(device),
        ..Note::new(AuditAction::DeviceEnrolled, Some(device))
    };
    audit::note_in_spaces_of(tx, member, &note, now_ms)?;
    reply(tx, request.device, member, &token)
}

fn reply(
    tx: &Transaction<'_>,
    device: DeviceId,
    member: i64,
    token: &Secret,
) -> Result<Enrolled, LogError> {
    let (id, name): (Uuid, String) = tx.query_row(
        "SELECT id, name FROM member WHERE no = ?1",
        [member],
        |row| Ok((uuid(row, 0)?, row.get(1)?)),
    )?;
    let spaces = spaces::seen_by(tx, member)?;
    Ok(Enrolled::In(EnrollReply {
        device,
        token: token.reveal().to_owned(),
        member: MemberName { id, name },
        spaces: spaces
            .iter()
            .map(|space| space.state(SpaceAction::Ok))
            .collect(),
    }))
}
