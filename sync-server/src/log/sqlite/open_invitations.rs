//! Invitations that nobody used yet: listing and withdrawing them.

use protocol::{AuditAction, InvitationInfo, MemberName};
use rusqlite::{Row, Transaction};
use uuid::Uuid;

use super::audit::{self, Note};
use super::invitations::{Given, given};
use super::rows::uuid;
use super::{Log, LogError};
use crate::log::{Denied, Device};

/// An invitation, and the rows behind it.
struct Open {
    no: i64,
    member: Option<i64>,
    given: Vec<Given>,
    info: InvitationInfo,
}

impl Log {
    /// The invitations that can still be used and that this member may withdraw; `None`: all, for the administrator.
    ///
    /// # Errors
    /// When the database fails.
    pub fn invitations_for(
        &self,
        asker: Option<&Device>,
        now_ms: i64,
    ) -> Result<Vec<InvitationInfo>, LogError> {
        self.read(|tx| {
            let found = open(tx, asker, now_ms)?.into_iter();
            Ok(found.map(|open| open.info).collect())
        })
    }

    /// Withdraws an invitation: it opens nothing any more, and a device that waits by it waits no longer.
    ///
    /// # Errors
    /// [`Denied::NotFound`], also when it was used meanwhile; when the database fails.
    pub fn withdraw_for(
        &self,
        asker: Option<&Device>,
        id: Uuid,
        now_ms: i64,
    ) -> Result<(), LogError> {
        let asker = asker.copied();
        self.write(move |tx| {
            let all = open(tx, asker.as_ref(), now_ms)?.into_iter();
            let mut found = all.filter(|open| open.info.id == id);
            let open = found.next().ok_or(Denied::NotFound)?;
            for forget in [
                "DELETE FROM enrolment WHERE invitation = ?1",
                "DELETE FROM invitation_grant WHERE invitation = ?1",
                "DELETE FROM invitation WHERE no = ?1",
            ] {
                tx.execute(forget, [open.no])?;
            }
            note(tx, &open, asker.as_ref(), now_ms)
        })
    }
}

fn open(tx: &Transaction<'_>, asker: Option<&Device>, now_ms: i64) -> Result<Vec<Open>, LogError> {
    let mut statement = tx.prepare_cached(include_str!("sql/open_invitations.sql"))?;
    let mut rows = statement.query((asker.map(|asker| asker.member), now_ms))?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let no = row.get(0)?;
        let given = given(tx, no)?;
        all.push(Open {
            no,
            member: row.get(9)?,
            info: InvitationInfo {
                id: uuid(row, 1)?,
                grants: given.iter().map(Given::grant).collect(),
                member: name(row, 2)?,
                made_by: name(row, 4)?,
                created_ms: row.get(6)?,
                expires_ms: row.get(7)?,
                waiting: row.get(8)?,
            },
            given,
        });
    }
    Ok(all)
}

/// Id and name of a member in two columns, when there is one.
fn name(row: &Row<'_>, column: usize) -> Result<Option<MemberName>, LogError> {
    match row.get::<_, Option<String>>(column + 1)? {
        Some(name) => Ok(Some(MemberName {
            id: uuid(row, column)?,
            name,
        })),
        None => Ok(None),
    }
}

fn note(
    tx: &Transaction<'_>,
    open: &Open,
    asker: Option<&Device>,
    now_ms: i64,
) -> Result<(), LogError> {
    let about = Note {
        subject: open.member,
        ..Note::new(
            AuditAction::InvitationWithdrawn,
            asker.map(|asker| asker.no),
        )
    };
    for given in &open.given {
        let about = Note {
            role: Some(given.role),
            ..about
        };
        audit::note(tx, given.space, &about, now_ms)?;
    }
    match open.member {
        Some(member) if open.given.is_empty() => {
            audit::note_in_spaces_of(tx, member, &about, now_ms)
        }
        _ => Ok(()),
    }
}
