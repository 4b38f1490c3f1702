//! Who wrote a change, without loading it; and who made a document that began anew.

use automerge::{Automerge, ROOT, ReadDoc, ScalarValue, Value};

use crate::chunk::{self, ChunkType};
use crate::limits::MAX_CHANGE_BYTES;

/// The device that wrote a raw change: the first half of its actor. None when the bytes are not one whole change.
#[must_use]
pub fn device_of_change(raw: &[u8]) -> Option<[u8; 8]> {
    actor_of_change(raw)?.first_chunk::<8>().copied()
}

/// The actor that wrote a raw change: a device, and a life of its database. None when the bytes are not one whole change.
///
/// The data of a change begins with its dependencies (a count, then 32 bytes each) and its actor (a length, then bytes).
#[must_use]
pub fn actor_of_change(raw: &[u8]) -> Option<[u8; 16]> {
    let chunk = chunk::read(raw, ChunkType::Change, MAX_CHANGE_BYTES).ok()?;
    let mut data = chunk.data;
    let dependencies = data.uleb().ok()?;
    data.take(dependencies.checked_mul(32)?).ok()?;
    let length = data.uleb().ok()?;
    data.take(length).ok()?.try_into().ok()
}

/// Whether a raw change builds on no other: it begins a document, or says that it does. False when the bytes are not one
/// whole change.
#[must_use]
pub fn builds_on_nothing(raw: &[u8]) -> bool {
    let chunk = chunk::read(raw, ChunkType::Change, MAX_CHANGE_BYTES);
    chunk.is_ok_and(|mut chunk| {
        chunk
            .data
            .uleb()
            .is_ok_and(|dependencies| dependencies == 0)
    })
}

/// The device that made a document, as a later epoch of it says under `past` / `maker`: 16 hexadecimal digits. None when
/// it does not say, or says more than one thing.
#[must_use]
pub fn maker_of_epoch(document: &Automerge) -> Option<[u8; 8]> {
    let mut pasts = document.get_all(ROOT, "past").ok()?.into_iter();
    let (Some((Value::Object(_), past)), None) = (pasts.next(), pasts.next()) else {
        return None;
    };
    let mut makers = document.get_all(past, "maker").ok()?.into_iter();
    let (Some((Value::Scalar(maker), _)), None) = (makers.next(), makers.next()) else {
        return None;
    };
    let ScalarValue::Str(digits) = maker.as_ref() else {
        return None;
    };
    let digits = (digits.len() == 16).then_some(digits.as_str())?;
    u64::from_str_radix(digits, 16).ok().map(u64::to_be_bytes)
}
