//! Numbers and fixed-size fields inside binary payloads.

use uuid::Uuid;

use crate::frame::DecodeError;

/// Appends an unsigned LEB128 number.
pub(crate) fn put_uvarint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Reads an unsigned LEB128 number: its value and how many bytes it took; `Ok(None)` when there are not enough yet.
///
/// Only the shortest form is accepted, so that one number has one spelling.
pub(crate) fn get_uvarint(bytes: &[u8]) -> Result<Option<(u64, usize)>, DecodeError> {
    let mut value = 0_u64;
    for (index, &byte) in bytes.iter().enumerate() {
        let bits = u64::from(byte & 0x7f);
        if index == 9 && byte > 1 {
            return Err(DecodeError::Number);
        }
        value |= bits << (7 * index);
        if byte & 0x80 == 0 {
            return if byte == 0 && index > 0 {
                Err(DecodeError::Number)
            } else {
                Ok(Some((value, index + 1)))
            };
        }
    }
    Ok(None)
}

/// A payload being read from front to back.
#[derive(Debug)]
pub(crate) struct Fields<'a> {
    what: &'static str,
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    pub(crate) const fn new(what: &'static str, payload: &'a [u8]) -> Self {
        Self {
            what,
            rest: payload,
        }
    }

    pub(crate) fn uvarint(&mut self) -> Result<u64, DecodeError> {
        let (value, used) = get_uvarint(self.rest)?.ok_or(DecodeError::Payload(self.what))?;
        self.rest = self.rest.get(used..).unwrap_or_default();
        Ok(value)
    }

    pub(crate) fn byte(&mut self) -> Result<u8, DecodeError> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        let (head, rest) = self
            .rest
            .split_first_chunk::<N>()
            .ok_or(DecodeError::Payload(self.what))?;
        self.rest = rest;
        Ok(*head)
    }

    pub(crate) fn uuid(&mut self) -> Result<Uuid, DecodeError> {
        self.array().map(Uuid::from_bytes)
    }

    /// Everything that is left.
    pub(crate) const fn rest(self) -> &'a [u8] {
        self.rest
    }

    /// Nothing may be left.
    pub(crate) const fn end(self) -> Result<(), DecodeError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(DecodeError::Payload(self.what))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_spelling() {
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut bytes = Vec::new();
            put_uvarint(&mut bytes, value);
            assert_eq!(get_uvarint(&bytes), Ok(Some((value, bytes.len()))));
            assert_eq!(get_uvarint(&bytes[..bytes.len() - 1]), Ok(None));
        }
        assert_eq!(
            get_uvarint(&[0x80, 0x00]),
            Err(DecodeError::Number),
            "overlong"
        );
        assert_eq!(
            get_uvarint(&[0xff; 10]),
            Err(DecodeError::Number),
            "over 64 bits"
        );
    }
}
