//! Devices and their tokens.

use protocol::DeviceId;
use rusqlite::OptionalExtension;

use super::rows::device_id;
use super::{Log, LogError};
use crate::log::{Device, DeviceRow};
use crate::secret::{Secret, SecretHash};

/// A token older than this is replaced in the next sync reply.
const TOKEN_LIFE_MS: i64 = 7 * 24 * 3600 * 1000;

/// How exactly "last seen" is kept: writing it at every request would cost a disk flush each time.
const SEEN_STEP_MS: i64 = 10 * 60 * 1000;

impl Log {
    /// The device that has this token, revoked or not.
    ///
    /// # Errors
    /// When the database fails.
    pub fn device_of_token(&self, token: &SecretHash) -> Result<Option<Device>, LogError> {
        self.read(|tx| {
            let mut statement = tx.prepare_cached(include_str!("sql/device_of_token.sql"))?;
            let device = statement.query_row([token], |row| {
                Ok(Device {
                    no: row.get(0)?,
                    id: device_id(row, 1)?,
                    member: row.get(2)?,
                    token_ms: row.get(3)?,
                    seen_ms: row.get(4)?,
                    revoked: row.get(5)?,
                    shows_next_token: row.get(6)?,
                })
            });
            Ok(device.optional()?)
        })
    }

    /// Notes that the device was here, and makes its next token the only one if it showed that one.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note_seen(&self, device: &Device, now_ms: i64) -> Result<(), LogError> {
        let no = device.no;
        if device.shows_next_token {
            return self.write(move |tx| {
                tx.execute(include_str!("sql/promote_token.sql"), (no, now_ms))?;
                Ok(())
            });
        }
        if device
            .seen_ms
            .is_some_and(|seen| (now_ms - seen).abs() < SEEN_STEP_MS)
        {
            return Ok(());
        }
        self.writer.write_later(move |tx| {
            tx.execute("UPDATE device SET seen_ms = ?2 WHERE no = ?1", (no, now_ms))?;
            Ok(())
        })
    }

    /// A new token for a device whose token is a week old. The old one works until the new one is first shown, so a
    /// lost reply locks nobody out.
    ///
    /// # Errors
    /// When the database fails or there are no random bytes.
    pub fn rotate_token(&self, device: &Device, now_ms: i64) -> Result<Option<Secret>, LogError> {
        if device.shows_next_token || now_ms - device.token_ms < TOKEN_LIFE_MS {
            return Ok(None);
        }
        let (no, token) = (device.no, Secret::random()?);
        let hash = token.hash();
        self.write(move |tx| {
            tx.execute(
                "UPDATE device SET next_token_hash = ?2 WHERE no = ?1",
                (no, hash),
            )?;
            Ok(())
        })?;
        Ok(Some(token))
    }

    /// Revokes a device: its next request is answered with a wipe order. False when there is no such device.
    ///
    /// # Errors
    /// When the database fails.
    pub fn revoke_device(&self, device: DeviceId, now_ms: i64) -> Result<bool, LogError> {
        self.write(move |tx| {
            let changed = tx.execute(
                "UPDATE device SET revoked_ms = coalesce(revoked_ms, ?2) WHERE id = ?1",
                (device.0, now_ms),
            )?;
            Ok(changed > 0)
        })
    }

    /// Notes that a revoked device destroyed its data.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note_wiped(&self, device: &Device, now_ms: i64) -> Result<(), LogError> {
        let no = device.no;
        self.write(move |tx| {
            tx.execute(
                "UPDATE device SET wiped_ms = coalesce(wiped_ms, ?2) WHERE no = ?1",
                (no, now_ms),
            )?;
            Ok(())
        })
    }

    /// All devices, in the order they joined.
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
                    revoked_ms: row.get(7)?,
                    wiped_ms: row.get(8)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}
