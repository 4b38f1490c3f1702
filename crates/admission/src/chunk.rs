//! Step 2: exactly one raw chunk of the right type, whole and unchanged.
//!
//! Layout (automerge storage format): `85 6f 4a 83 ‖ checksum 4 ‖ type 1 ‖ length uleb ‖ data`; the checksum is the
//! start of SHA-256 over type, length and data.

use sha2::{Digest, Sha256};

use crate::refusal::Refusal;
use crate::{Hash, limits};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// The chunk types that may come from the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChunkType {
    Document = 0,
    Change = 1,
}

/// A chunk whose frame and checksum are right.
#[derive(Debug)]
pub(crate) struct Chunk<'a> {
    pub(crate) hash: Hash,
    pub(crate) data: Reader<'a>,
}

/// The hash of a raw change, if the bytes are one whole change chunk with the right checksum.
#[must_use]
pub fn change_hash(raw: &[u8]) -> Option<Hash> {
    read(raw, ChunkType::Change, limits::MAX_CHANGE_BYTES)
        .ok()
        .map(|chunk| chunk.hash)
}

/// Checks size, magic, type, length and checksum.
pub(crate) fn read(raw: &[u8], wanted: ChunkType, max: usize) -> Result<Chunk<'_>, Refusal> {
    if raw.len() > max {
        return Err(match wanted {
            ChunkType::Change => Refusal::ChangeTooBig,
            ChunkType::Document => Refusal::DocumentTooBig,
        });
    }
    let data = open(raw, wanted)?;
    let mut reader = Reader::new(raw);
    reader.array::<4>()?; // magic
    let checksum: [u8; 4] = reader.array()?;
    let hash: Hash = Sha256::digest(reader.rest).into();
    if !hash.starts_with(&checksum) {
        return Err(Refusal::Checksum);
    }
    Ok(Chunk { hash, data })
}

/// Checks magic, type and length; the checksum is right because we wrote it.
pub(crate) fn open(raw: &[u8], wanted: ChunkType) -> Result<Reader<'_>, Refusal> {
    let mut reader = Reader::new(raw);
    if reader.array()? != MAGIC {
        return Err(Refusal::NotAChange("no chunk"));
    }
    reader.array::<4>()?; // checksum
    match reader.byte()? {
        kind if kind == wanted as u8 => {}
        2 => return Err(Refusal::NotAChange("a deflated chunk")),
        _ => return Err(Refusal::NotAChange("a chunk of another type")),
    }
    if reader.uleb()? != reader.rest.len() as u64 {
        return Err(Refusal::NotAChange("its length is not right"));
    }
    Ok(reader)
}

/// Bytes being read from front to back; running out or an odd number is a refusal, never a panic.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

const SHORT: Refusal = Refusal::Columns("the bytes stop early");

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Refusal> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Refusal> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or(SHORT)?;
        self.rest = rest;
        Ok(*head)
    }

    pub(crate) fn take(&mut self, length: u64) -> Result<&'a [u8], Refusal> {
        let length = usize::try_from(length).map_err(|_| SHORT)?;
        let (head, rest) = self.rest.split_at_checked(length).ok_or(SHORT)?;
        self.rest = rest;
        Ok(head)
    }

    /// Unsigned LEB128, shortest form only.
    pub(crate) fn uleb(&mut self) -> Result<u64, Refusal> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            if shift == 63 && byte > 1 {
                break;
            }
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return if byte == 0 && shift > 0 {
                    Err(Refusal::Columns("an overlong number"))
                } else {
                    Ok(value)
                };
            }
        }
        Err(Refusal::Columns("a number over 64 bits"))
    }

    /// Signed LEB128 (the form is judged by automerge itself; here only the value is needed).
    pub(crate) fn sleb(&mut self) -> Result<i64, Refusal> {
        let mut value = 0_i64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            if shift == 63 && byte != 0 && byte != 0x7f {
                break;
            }
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let sign_extend = byte & 0x40 != 0 && shift < 57;
                return Ok(if sign_extend {
                    value | (-1 << (shift + 7))
                } else {
                    value
                });
            }
        }
        Err(Refusal::Columns("a number over 64 bits"))
    }
}
