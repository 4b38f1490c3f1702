//! One number per space by which two ends notice that they do not hold the same.
//!
//! The digest is the wrapping sum, over every document of the space and every head of that document, of the first
//! eight bytes of the head's hash. It can be kept incrementally ([`Digest::plus`], [`Digest::minus`]) and needs no
//! order. It guards against loss and mistakes, not against a liar: who can make changes can make them collide.

use crate::ids::Digest;

/// What one head adds to the digest of its space: the first eight bytes of its hash, big endian.
#[must_use]
pub const fn head_part(hash: &[u8; 32]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = *hash;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// The digest of these heads.
pub fn of_heads<'a>(heads: impl IntoIterator<Item = &'a [u8; 32]>) -> Digest {
    heads.into_iter().fold(Digest::default(), |digest, head| {
        digest.plus(head_part(head))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_does_not_depend_on_order_and_can_be_undone() {
        let (a, b) = ([0xff; 32], [0x11; 32]);
        assert_eq!(of_heads([&a, &b]), of_heads([&b, &a]));
        assert_eq!(of_heads([&a, &b]).minus(head_part(&a)), of_heads([&b]));
        assert_eq!(head_part(&[1; 32]), 0x0101_0101_0101_0101);
    }
}
