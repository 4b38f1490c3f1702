//! Eight-byte values that travel as sixteen hexadecimal digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A device: eight random bytes it made itself; the first half of each actor it writes with.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, example = "0102030405060708"))]
pub struct DeviceId(pub [u8; 8]);

/// A life of a device's database: the second half of each actor it writes with. A copy of a database, or a backup that
/// was put back, begins another.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct LifeId(pub [u8; 8]);

/// The digest of a space: see [`crate::digest`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Digest(pub u64);

/// The text is not sixteen hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected sixteen hexadecimal digits")]
pub struct InvalidHex;

impl Digest {
    /// The digest after adding one head's part.
    #[must_use]
    pub const fn plus(self, part: u64) -> Self {
        Self(self.0.wrapping_add(part))
    }

    /// The digest after taking one head's part away.
    #[must_use]
    pub const fn minus(self, part: u64) -> Self {
        Self(self.0.wrapping_sub(part))
    }
}

fn parse_hex(text: &str) -> Result<u64, InvalidHex> {
    if text.len() != 16 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(InvalidHex);
    }
    u64::from_str_radix(text, 16).map_err(|_| InvalidHex)
}

macro_rules! sixteen_hex {
    ($name:ident, $to:expr, $from:expr) => {
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let number: u64 = $to(self);
                write!(f, "{number:016x}")
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = InvalidHex;
            fn from_str(text: &str) -> Result<Self, InvalidHex> {
                parse_hex(text).map($from)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

sixteen_hex!(
    DeviceId,
    |id: &DeviceId| u64::from_be_bytes(id.0),
    |number: u64| DeviceId(number.to_be_bytes())
);
sixteen_hex!(
    LifeId,
    |id: &LifeId| u64::from_be_bytes(id.0),
    |number: u64| LifeId(number.to_be_bytes())
);
sixteen_hex!(Digest, |digest: &Digest| digest.0, Digest);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_sixteen_hex_digits_and_nothing_else() {
        let id = DeviceId([0, 1, 2, 3, 4, 5, 6, 0xff]);
        assert_eq!(id.to_string(), "00010203040506ff");
        assert_eq!("00010203040506FF".parse(), Ok(id));
        for wrong in [
            "",
            "00",
            "+0010203040506ff",
            "00010203040506ff0",
            "0001020304050 ff",
        ] {
            assert_eq!(wrong.parse::<DeviceId>(), Err(InvalidHex), "{wrong}");
        }
    }
}
