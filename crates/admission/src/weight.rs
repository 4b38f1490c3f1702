//! What judging a change will cost, said before it is judged.

use crate::chunk::{self, ChunkType};
use crate::columns;
use crate::limits::MAX_CHANGE_BYTES;

/// How many operations a raw change holds, counted without expanding them: judging costs in proportion to that, and a
/// hundred bytes can hold thousands. 0 when the gate refuses the bytes before it would expand them.
#[must_use]
pub fn operations_of(raw: &[u8]) -> u64 {
    chunk::read(raw, ChunkType::Change, MAX_CHANGE_BYTES)
        .and_then(|chunk| columns::walk_change(chunk.data))
        .map_or(0, |body| body.operations)
}
