//! A change chunk taken apart, and put together again with the right lengths and checksum.

use sha2::{Digest, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// A column: its specification and bytes.
pub type Column = (u64, Vec<u8>);

/// The parts of a change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// Hashes of what it builds on.
    pub dependencies: Vec<[u8; 32]>,
    /// Who made it.
    pub actor: Vec<u8>,
    /// The number of the change among those of its actor.
    pub seq: u64,
    /// The number of its first operation.
    pub start_op: u64,
    /// When, in seconds.
    pub time: i64,
    /// What it says.
    pub message: Vec<u8>,
    /// Whom it mentions.
    pub others: Vec<Vec<u8>>,
    /// Its operations.
    pub columns: Vec<Column>,
    /// What is left over.
    pub rest: Vec<u8>,
}

impl Parts {
    /// Takes apart an honest change; `None` when it is none.
    #[must_use]
    pub fn of(chunk: &[u8]) -> Option<Self> {
        let mut bytes = chunk.get(9..)?; // magic, checksum, type
        read_leb(&mut bytes)?; // length
        let bytes = &mut bytes;
        let mut parts = Self::default();
        for _ in 0..read_leb(bytes)? {
            parts.dependencies.push(take(bytes, 32)?.try_into().ok()?);
        }
        parts.actor = prefixed(bytes)?;
        (parts.seq, parts.start_op) = (read_leb(bytes)?, read_leb(bytes)?);
        parts.time = read_signed_leb(bytes)?;
        parts.message = prefixed(bytes)?;
        for _ in 0..read_leb(bytes)? {
            parts.others.push(prefixed(bytes)?);
        }
        let mut table = Vec::new();
        for _ in 0..read_leb(bytes)? {
            table.push((read_leb(bytes)?, read_leb(bytes)?));
        }
        for (specification, length) in table {
            let column = take(bytes, usize::try_from(length).ok()?)?;
            parts.columns.push((specification, column.to_vec()));
        }
        parts.rest = bytes.to_vec();
        Some(parts)
    }

    /// The change chunk with the right length and checksum.
    #[must_use]
    pub fn chunk(&self) -> Vec<u8> {
        seal(&self.data(), 1)
    }

    fn data(&self) -> Vec<u8> {
        let mut out = leb(self.dependencies.len() as u64);
        out.extend(self.dependencies.iter().flatten());
        put_prefixed(&mut out, &self.actor);
        out.extend(leb(self.seq));
        out.extend(leb(self.start_op));
        out.extend(signed_leb(self.time));
        put_prefixed(&mut out, &self.message);
        out.extend(leb(self.others.len() as u64));
        for other in &self.others {
            put_prefixed(&mut out, other);
        }
        out.extend(leb(self.columns.len() as u64));
        for (specification, column) in &self.columns {
            out.extend(leb(*specification));
            out.extend(leb(column.len() as u64));
        }
        out.extend(self.columns.iter().flat_map(|(_, column)| column));
        out.extend_from_slice(&self.rest);
        out
    }

    /// The column, if it is there.
    pub fn column(&mut self, wanted: u64) -> Option<&mut Vec<u8>> {
        self.columns
            .iter_mut()
            .find(|(specification, _)| *specification == wanted)
            .map(|(_, column)| column)
    }

    /// Puts a column in its place, instead of the one that was there.
    pub fn set_column(&mut self, wanted: u64, column: Vec<u8>) {
        self.columns
            .retain(|(specification, _)| *specification != wanted);
        self.columns.push((wanted, column));
        self.columns
            .sort_by_key(|(specification, _)| *specification);
    }
}

/// A chunk of this type with the right length and checksum.
#[must_use]
pub fn seal(data: &[u8], kind: u8) -> Vec<u8> {
    let mut hashed = vec![kind];
    hashed.extend(leb(data.len() as u64));
    hashed.extend_from_slice(data);
    let digest = Sha256::digest(&hashed);
    let mut chunk = MAGIC.to_vec();
    chunk.extend(digest.iter().take(4));
    chunk.extend(hashed);
    chunk
}

/// Unsigned LEB128.
#[must_use]
pub fn leb(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let byte = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        if value == 0 {
            out.push(byte);
            return out;
        }
        out.push(byte | 0x80);
    }
}

/// Signed LEB128.
#[must_use]
pub fn signed_leb(mut value: i64) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let byte = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        if (value == 0 && byte & 0x40 == 0) || (value == -1 && byte & 0x40 != 0) {
            out.push(byte);
            return out;
        }
        out.push(byte | 0x80);
    }
}

/// Reads an unsigned LEB128 from the front.
pub fn read_leb(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn read_signed_leb(bytes: &mut &[u8]) -> Option<i64> {
    let before = *bytes;
    let unsigned = read_leb(bytes)?;
    let width = 7 * (before.len() - bytes.len());
    let unused = 64_usize.saturating_sub(width);
    Some((unsigned.cast_signed() << unused) >> unused)
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (head, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    Some(head)
}

fn prefixed(bytes: &mut &[u8]) -> Option<Vec<u8>> {
    let length = usize::try_from(read_leb(bytes)?).ok()?;
    take(bytes, length).map(<[u8]>::to_vec)
}

fn put_prefixed(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend(leb(bytes.len() as u64));
    out.extend_from_slice(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_taken_apart_and_put_together_is_the_same() {
        let parts = Parts {
            dependencies: vec![[7; 32]],
            actor: vec![1; 16],
            seq: 300,
            start_op: 9,
            time: -5,
            columns: vec![(0x15, vec![0x7f, 1, b'k']), (0x42, vec![0x7f, 1])],
            ..Parts::default()
        };
        assert_eq!(Parts::of(&parts.chunk()), Some(parts));
    }
}
