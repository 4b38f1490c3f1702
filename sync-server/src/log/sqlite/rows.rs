//! Values as they lie in the database, and back.

use protocol::{DeviceId, Role, SpaceKind};
use rusqlite::Row;
use uuid::Uuid;

use super::LogError;
use crate::log::LoggedErasure;

pub(super) fn uuid(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    row.get(column).map(Uuid::from_bytes)
}

pub(super) fn device_id(row: &Row<'_>, column: usize) -> rusqlite::Result<DeviceId> {
    row.get(column).map(DeviceId)
}

/// An erasure: number, document, and the last two columns member and moment.
pub(super) fn erasure(
    row: &Row<'_>,
    seq: usize,
    document: usize,
) -> rusqlite::Result<LoggedErasure> {
    Ok(LoggedErasure {
        seq: number(row.get(seq)?),
        document: uuid(row, document)?,
        member: row.get::<_, Option<[u8; 16]>>(4)?.map(Uuid::from_bytes),
        at_ms: row.get(5)?,
    })
}

pub(super) fn role(word: &str) -> Result<Role, LogError> {
    Role::from_word(word).ok_or(LogError::Malformed("role"))
}

pub(super) fn kind(word: &str) -> Result<SpaceKind, LogError> {
    SpaceKind::from_word(word).ok_or(LogError::Malformed("kind of space"))
}

/// Numbers of the log are never negative in the database, and never that large on the wire.
pub(super) fn number(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}

pub(super) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

pub(super) fn join_hashes(hashes: &[[u8; 32]]) -> Vec<u8> {
    hashes.concat()
}

pub(super) fn split_hashes(bytes: &[u8]) -> Result<Vec<[u8; 32]>, LogError> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    if rest.is_empty() {
        Ok(hashes.to_vec())
    } else {
        Err(LogError::Malformed("head"))
    }
}
