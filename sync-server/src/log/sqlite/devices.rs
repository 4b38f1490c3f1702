//! Devices: who has which, and putting one out.

use protocol::{AuditAction, DeviceId, DeviceInfo, MemberName, SpaceKind};
use rusqlite::{OptionalExtension, Transaction};

use super::audit::{self, Note};
use super::rows::{device_id, uuid};
use super::{Log, LogError};
use crate::log::{Denied, Device, DeviceRow};

/// A device to be put out.
struct Target {
    no: i64,
    member: i64,
    revoked: bool,
}

impl Log {
    /// The devices this member may know of: their own, and those of everybody in the spaces they manage.
    ///
    /// # Errors
    /// When the database fails.
    pub fn devices_for(&self, asker: &Device) -> Result<Vec<DeviceInfo>, LogError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("sql/devices_for.sql"))?;
            let mut rows = statement.query([asker.member])?;
            let mut devices = Vec::new();
            while let Some(row) = rows.next()? {
                let member: i64 = row.get(1)?;
                let id = device_id(row, 0)?;
                let revoked_ms: Option<i64> = row.get(10)?;
                devices.push(DeviceInfo {
                    id,
                    member: MemberName {
                        id: uuid(row, 2)?,
                        name: row.get(3)?,
                    },
                    own: member == asker.member,
                    this: id == asker.id,
                    name: row.get(4)?,
                    platform: row.get(5)?,
                    app: row.get(6)?,
                    enrolled_ms: row.get(7)?,
                    seen_ms: row.get(8)?,
                    unsent_since_ms: row.get(9)?,
                    revoked_ms,
                    wiped_ms: row.get(11)?,
                    may_revoke: revoked_ms.is_none() && may_put_out(tx, asker.member, member)?,
                });
            }
            Ok(devices)
        })
    }

    /// Puts a device out, for a member who may: its next request is answered with a wipe order.
    ///
    /// # Errors
    /// [`Denied`]; when the database fails.
    pub fn revoke_for(
        &self,
        asker: &Device,
        device: DeviceId,
        now_ms: i64,
    ) -> Result<(), LogError> {
        let asker = *asker;
        self.write(move |tx| {
            let target = target(tx, device)?.ok_or(Denied::NotFound)?;
            if !may_put_out(tx, asker.member, target.member)? {
                return Err(Denied::NotFound.into());
            }
            put_out(tx, &target, Some(asker.no), now_ms)
        })
    }

    /// Gives one of the member's own devices another name.
    ///
    /// # Errors
    /// [`Denied::NotFound`] for anybody else's; when the database fails.
    pub fn rename_for(&self, asker: &Device, device: DeviceId, name: &str) -> Result<(), LogError> {
        let (member, name) = (asker.member, name.to_owned());
        self.write(move |tx| {
            let named = tx.execute(
                "UPDATE device SET name = ?3 WHERE id = ?1 AND member = ?2",
                (device.0, member, name),
            )?;
            if named == 0 {
                return Err(Denied::NotFound.into());
            }
            Ok(())
        })
    }

    /// Puts a device out, for the administrator. False when there is no such device.
    ///
    /// # Errors
    /// When the database fails.
    pub fn revoke_device(&self, device: DeviceId, now_ms: i64) -> Result<bool, LogError> {
        self.write(move |tx| match target(tx, device)? {
            Some(target) => put_out(tx, &target, None, now_ms).map(|()| true),
            None => Ok(false),
        })
    }

    /// Notes that a device destroyed its data. One that was not revoked left by itself: nothing is let in with its token
    /// from now on.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note_wiped(&self, device: &Device, now_ms: i64) -> Result<(), LogError> {
        let device = *device;
        self.write(move |tx| {
            let target = target(tx, device.id)?.ok_or(Denied::NotFound)?;
            put_out(tx, &target, Some(device.no), now_ms)?;
            let first = tx.execute(
                "UPDATE device SET wiped_ms = ?2 WHERE no = ?1 AND wiped_ms IS NULL",
                (device.no, now_ms),
            )?;
            if first > 0 {
                let note = Note {
                    subject: Some(device.member),
                    subject_device: Some(device.no),
                    ..Note::new(AuditAction::DeviceWiped, Some(device.no))
                };
                audit::note_in_spaces_of(tx, device.member, &note, now_ms)?;
            }
            Ok(())
        })
    }

    /// All devices, in the order they joined, for the administrator.
    ///
    /// # Errors
    /// When the database fails.
    pub fn devices(&self) -> Result<Vec<DeviceRow>, LogError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("sql/devices.sql"))?;
            let rows = statement.query_map([], |row| {
                Ok(DeviceRow {
                    id: device_id(row, 0)?,
                    member: row.get(1)?,
                    name: row.get(2)?,
                    platform: row.get(3)?,
                    app: row.get(4)?,
                    enrolled_ms: row.get(5)?,
                    seen_ms: row.get(6)?,
                    unsent_since_ms: row.get(7)?,
                    revoked_ms: row.get(8)?,
                    wiped_ms: row.get(9)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

/// One's own; or that of somebody in a team or organisation one manages, or all of whose shared spaces one manages.
/// The manager of a partnership cannot put out the devices of a team that takes part in it.
fn may_put_out(tx: &Transaction<'_>, asker: i64, member: i64) -> Result<bool, LogError> {
    if asker == member {
        return Ok(true);
    }
    let mut statement = tx.prepare_cached(include_str!("sql/shared_spaces.sql"))?;
    let mut rows = statement.query((asker, member))?;
    let (mut shared, mut managed) = (0, 0);
    while let Some(row) = rows.next()? {
        let kind = super::rows::kind(&row.get::<_, String>(0)?)?;
        let manages: bool = row.get(1)?;
        if manages && matches!(kind, SpaceKind::Team | SpaceKind::Organisation) {
            return Ok(true);
        }
        shared += 1;
        managed += i32::from(manages);
    }
    Ok(shared > 0 && shared == managed)
}

/// Puts a device out that the ledger knows as put out; false when it is not there.
pub(super) fn put_out_again(
    tx: &Transaction<'_>,
    device: DeviceId,
    at_ms: i64,
) -> Result<bool, LogError> {
    match target(tx, device)? {
        Some(target) => put_out(tx, &target, None, at_ms).map(|()| true),
        None => Ok(false),
    }
}

fn target(tx: &Transaction<'_>, device: DeviceId) -> Result<Option<Target>, LogError> {
    let mut statement =
        tx.prepare_cached("SELECT no, member, revoked_ms IS NOT NULL FROM device WHERE id = ?1")?;
    let target = statement.query_row([device.0], |row| {
        Ok(Target {
            no: row.get(0)?,
            member: row.get(1)?,
            revoked: row.get(2)?,
        })
    });
    Ok(target.optional()?)
}

fn put_out(
    tx: &Transaction<'_>,
    target: &Target,
    by: Option<i64>,
    now_ms: i64,
) -> Result<(), LogError> {
    if target.revoked {
        return Ok(());
    }
    tx.execute(
        "UPDATE device SET revoked_ms = ?2 WHERE no = ?1",
        (target.no, now_ms),
    )?;
    // Nobody comes in any more by an invitation that was made on it.
    tx.execute(
        "DELETE FROM enrolment WHERE invitation IN (SELECT no FROM invitation WHERE made_by = ?1)",
        [target.no],
    )?;
    let note = Note {
        subject: Some(target.member),
        subject_device: Some(target.no),
        ..Note::new(AuditAction::DeviceRevoked, by)
    };
    audit::note_in_spaces_of(tx, target.member, &note, now_ms)
}
