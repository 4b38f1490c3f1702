//! Bearer tokens: who shows one, and how it is replaced without ever locking a device out.
//!
//! A token is replaced by offering a new one and taking it for the device's own when it is first shown. Several may be
//! on offer: an answer that was lost, or comes late, must not undo one that arrived.

use rusqlite::{OptionalExtension, Transaction};

use super::rows::device_id;
use super::{Log, LogError};
use crate::log::Device;
use crate::secret::{Secret, SecretHash, TokenHashes};

/// A token older than this is replaced in the next sync reply.
const TOKEN_LIFE_MS: i64 = 7 * 24 * 3600 * 1000;

/// How exactly "last seen" is kept: writing it at every request would cost a disk flush each time.
const SEEN_STEP_MS: i64 = 10 * 60 * 1000;

/// Most tokens on offer to one device; who asks more often without using one gets the newest.
const OFFERS: u32 = 8;

/// Puts one more token on offer to a device.
pub(super) fn offer(
    tx: &Transaction<'_>,
    device: i64,
    hashes: &TokenHashes,
    now_ms: i64,
) -> Result<(), LogError> {
    tx.execute(
        "INSERT INTO offered_token (hash, ending_hash, device, offered_ms) VALUES (?1, ?2, ?3, ?4)",
        (hashes.token, hashes.ending, device, now_ms),
    )?;
    tx.execute(include_str!("sql/keep_newest_offers.sql"), (device, OFFERS))?;
    Ok(())
}

impl Log {
    /// The device that has this token, revoked or not.
    ///
    /// # Errors
    /// When the database fails.
    pub fn device_of_token(&self, token: &SecretHash) -> Result<Option<Device>, LogError> {
        self.read(|tx| device_of(tx, include_str!("sql/device_of_token.sql"), token))
    }

    /// The device that shows its token or what it kept of it when its book was destroyed. Such a device may be ended and
    /// nothing else.
    ///
    /// # Errors
    /// When the database fails.
    pub fn device_that_ended(&self, shown: &SecretHash) -> Result<Option<Device>, LogError> {
        self.read(
            |tx| match device_of(tx, include_str!("sql/device_of_token.sql"), shown)? {
                None => device_of(tx, include_str!("sql/device_of_ending.sql"), shown),
                found => Ok(found),
            },
        )
    }

    /// Notes that the device was here, and makes the token it showed its only one if that one was on offer.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note_seen(&self, device: &Device, now_ms: i64) -> Result<(), LogError> {
        let (no, token) = (device.no, device.token);
        if device.shows_offer {
            return self.write(move |tx| take_offer(tx, no, &token, now_ms));
        }
        if device
            .seen_ms
            .is_some_and(|seen| (now_ms - seen).abs() < SEEN_STEP_MS)
        {
            return Ok(());
        }
        let first = device.seen_ms.is_none();
        self.writer.write_later(move |tx| {
            tx.execute("UPDATE device SET seen_ms = ?2 WHERE no = ?1", (no, now_ms))?;
            if first {
                // The first token of a device arrived: what was offered to a repeated question is not needed.
                withdraw_offers(tx, no)?;
            }
            Ok(())
        })
    }

    /// Notes what the device says about itself, when that is something new.
    ///
    /// # Errors
    /// When the database fails.
    pub fn note_said(
        &self,
        device: &Device,
        app: &str,
        unsent_since_ms: Option<i64>,
    ) -> Result<(), LogError> {
        let no = device.no;
        let known = self.read(|tx| {
            let mut statement = tx.prepare_cached(
                "SELECT app IS ?2 AND unsent_since_ms IS ?3 FROM device WHERE no = ?1",
            )?;
            Ok(statement.query_row((no, app, unsent_since_ms), |row| row.get(0))?)
        })?;
        if known {
            return Ok(());
        }
        let app = app.to_owned();
        self.writer.write_later(move |tx| {
            tx.execute(
                "UPDATE device SET app = ?2, unsent_since_ms = ?3 WHERE no = ?1",
                (no, app, unsent_since_ms),
            )?;
            Ok(())
        })
    }

    /// Offers a new token to a device whose token is a week old. The old one works until a new one is first shown.
    ///
    /// # Errors
    /// When the database fails or there are no random bytes.
    pub fn rotate_token(&self, device: &Device, now_ms: i64) -> Result<Option<Secret>, LogError> {
        if device.shows_offer || now_ms - device.token_ms < TOKEN_LIFE_MS {
            return Ok(None);
        }
        let (no, token) = (device.no, self.dice.secret()?);
        let hashes = token.token_hashes();
        self.write(move |tx| offer(tx, no, &hashes, now_ms))?;
        Ok(Some(token))
    }
}

fn device_of(
    tx: &Transaction<'_>,
    query: &str,
    shown: &SecretHash,
) -> Result<Option<Device>, LogError> {
    let mut statement = tx.prepare_cached(query)?;
    let device = statement.query_row([shown], |row| {
        Ok(Device {
            no: row.get(0)?,
            id: device_id(row, 1)?,
            member: row.get(2)?,
            token_ms: row.get(3)?,
            seen_ms: row.get(4)?,
            revoked: row.get(5)?,
            shows_offer: row.get(6)?,
            token: *shown,
        })
    });
    Ok(device.optional()?)
}

/// The token that was shown replaces the device's own, unless another request was quicker.
fn take_offer(
    tx: &Transaction<'_>,
    device: i64,
    token: &SecretHash,
    now_ms: i64,
) -> Result<(), LogError> {
    let taken: Option<Option<SecretHash>> = tx
        .query_row(
            "DELETE FROM offered_token WHERE hash = ?1 AND device = ?2 RETURNING ending_hash",
            (token, device),
            |row| row.get(0),
        )
        .optional()?;
    if let Some(ending) = taken {
        tx.execute(
            "UPDATE device SET token_hash = ?2, ending_hash = ?3, token_ms = ?4, seen_ms = ?4 WHERE no = ?1",
            (device, token, ending, now_ms),
        )?;
        withdraw_offers(tx, device)?;
    }
    Ok(())
}

fn withdraw_offers(tx: &Transaction<'_>, device: i64) -> Result<(), LogError> {
    tx.execute("DELETE FROM offered_token WHERE device = ?1", [device])?;
    Ok(())
}
