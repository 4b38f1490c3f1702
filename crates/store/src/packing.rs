//! Snapshots are kept packed. What packs them is kept per thread: making it anew takes longer than packing a document.

use std::cell::RefCell;
use std::io;

use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::get_frame_content_size;

/// Level 3: within 2 % of the best on documents this small, at a fraction of the time.
const LEVEL: i32 = 3;

/// The most a snapshot may unpack to: a document's cap with room for what the gate's older self let in.
const UNPACKED_LIMIT: usize = 4 * 1024 * 1024;

thread_local! {
    static PACKER: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

pub(crate) fn pack(bytes: &[u8]) -> io::Result<Vec<u8>> {
    PACKER.with_borrow_mut(|packer| {
        let packer = match packer {
            Some(packer) => packer,
            None => packer.insert(Compressor::new(LEVEL)?),
        };
        packer.compress(bytes)
    })
}

pub(crate) fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
    let size = get_frame_content_size(packed)
        .ok()
        .flatten()
        .and_then(|size| usize::try_from(size).ok());
    UNPACKER.with_borrow_mut(|unpacker| {
        let unpacker = match unpacker {
            Some(unpacker) => unpacker,
            None => unpacker.insert(Decompressor::new()?),
        };
        unpacker.decompress(packed, size.unwrap_or(UNPACKED_LIMIT).min(UNPACKED_LIMIT))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_comes_out_as_it_was_and_damage_is_told() {
        for length in [0, 1, 1_000, 100_000] {
            let bytes: Vec<u8> = (0..length)
                .map(|place: u32| place.to_le_bytes()[0])
                .collect();
            let packed = pack(&bytes).unwrap();
            assert_eq!(unpack(&packed).unwrap(), bytes);
            assert!(unpack(packed.get(..packed.len() - 1).unwrap()).is_err());
        }
        assert!(unpack(b"no snapshot").is_err());
    }
}
