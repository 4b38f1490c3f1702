//! Identities: of records, people, devices and spaces.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$meta:meta])* $name:ident, $screens:literal) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string", rename = $screens))]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    };
}

uuid_id! {
    /// A record: one Automerge document. UUIDv7 (RFC 9562), made where the record is made.
    RecordId, "Id"
}
uuid_id! {
    /// A person who uses the app, as the spaces know them.
    MemberId, "MemberKey"
}
uuid_id! {
    /// A space: who may see.
    SpaceId, "SpaceKey"
}

/// The part of an Automerge actor that stays with a device: eight random bytes, written as 16 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeviceId(pub [u8; 8]);

impl DeviceId {
    /// The device behind an actor, if the actor is one of ours (16 bytes).
    #[must_use]
    pub fn of_actor(actor: &[u8]) -> Option<Self> {
        let (device, incarnation) = actor.split_first_chunk::<8>()?;
        (incarnation.len() == 8).then_some(Self(*device))
    }

    /// The actor of this device in one life of its database.
    #[must_use]
    pub fn actor(self, incarnation: [u8; 8]) -> automerge::ActorId {
        let mut bytes = [0_u8; 16];
        let (device, life) = bytes.split_at_mut(8);
        device.copy_from_slice(&self.0);
        life.copy_from_slice(&incarnation);
        automerge::ActorId::from(bytes)
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A device id that is not 16 hex digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a device id has 16 hex digits")]
pub struct DeviceIdError;

impl FromStr for DeviceId {
    type Err = DeviceIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() != 16 || !text.is_ascii() {
            return Err(DeviceIdError);
        }
        u64::from_str_radix(text, 16)
            .map(|number| Self(number.to_be_bytes()))
            .map_err(|_| DeviceIdError)
    }
}
