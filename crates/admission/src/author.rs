//! Who wrote a change, without loading it.

use crate::chunk::{self, ChunkType};
use crate::limits::MAX_CHANGE_BYTES;

/// The device that wrote a raw change: the first half of its actor. None when the bytes are not one whole change.
///
/// The data of a change begins with its dependencies (a count, then 32 bytes each) and its actor (a length, then bytes).
#[must_use]
pub fn device_of_change(raw: &[u8]) -> Option<[u8; 8]> {
    let chunk = chunk::read(raw, ChunkType::Change, MAX_CHANGE_BYTES).ok()?;
    let mut data = chunk.data;
    let dependencies = data.uleb().ok()?;
    data.take(dependencies.checked_mul(32)?).ok()?;
    let length = data.uleb().ok()?;
    let actor = data.take(length).ok()?;
    (actor.len() == 16)
        .then(|| actor.first_chunk::<8>().copied())
        .flatten()
}
