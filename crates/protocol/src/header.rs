//! The header frames: who asks, from where in each space's log, and what the server answers about itself.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::erase::ErasedBy;
use crate::frame::{DecodeError, FrameKind, FrameWriter};
use crate::ids::{DeviceId, LifeId};
use crate::media::VERSION;

/// First frame of a sync request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestHeader {
    /// Protocol version, [`VERSION`].
    pub version: u32,
    /// The app's version, for the server's minimum and for support.
    pub app: String,
    /// The newest document schema this app can write.
    pub schema: u32,
    /// The device's clock, milliseconds since 1970, to show the skew; never used to judge anything.
    pub device_time_ms: i64,
    /// The spaces the device knows, and how far it got in each.
    #[serde(default)]
    pub spaces: Vec<SpaceCursor>,
    /// Most payload bytes the device wants back; the server takes the lesser of this and its own page size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_bytes: Option<u64>,
    /// The roster version the device holds, 0 for none.
    #[serde(default)]
    pub roster: u64,
    /// The moment of the oldest change that stays behind after this request, milliseconds since 1970; `None` when this
    /// request carries everything that was unsent. For the list of devices.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsent_since_ms: Option<i64>,
    /// The life of the device's database, the second half of the actor it writes with now. What the device pushed in
    /// another life is not its own: a copy or a restored backup does not hold it. `None` from older apps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub life: Option<LifeId>,
    /// True: bytes of something erased are still in the device's file, so its cursors say nothing about erasures yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unclean: bool,
}

impl RequestHeader {
    /// A header that knows no spaces yet.
    #[must_use]
    pub fn new(app: &str, schema: u32, device_time_ms: i64) -> Self {
        Self {
            version: VERSION,
            app: app.to_owned(),
            schema,
            device_time_ms,
            spaces: Vec::new(),
            max_bytes: None,
            roster: 0,
            unsent_since_ms: None,
            life: None,
            unclean: false,
        }
    }
}

/// How far a device got in one space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpaceCursor {
    /// The space.
    pub id: Uuid,
    /// Last log number taken in; `None`: do not pull this space, its snapshots are fetched first.
    pub cursor: Option<u64>,
    /// The log the cursor counts in; `None` when the device has none yet.
    pub log_epoch: Option<Uuid>,
}

/// First frame of every reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyHeader {
    /// Protocol version of this reply.
    pub version: u32,
    /// The server's clock, milliseconds since 1970.
    pub server_time_ms: i64,
    /// The oldest app version the server still wants to talk to.
    pub minimum_app: String,
    /// True: destroy the key and the database of this device.
    #[serde(default)]
    pub wipe: bool,
    /// Days without contact after which the device locks itself; 0: never. Without it the device takes 30.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease_days: Option<u32>,
    /// A new token, to be used from the next request on; the old one works until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Who is behind which device; only when the version differs from the one in the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roster: Option<Roster>,
    /// Every space this device may see, known to it or not, and every space it asked about.
    #[serde(default)]
    pub spaces: Vec<SpaceState>,
    /// Who erased the documents whose tombstones are in this reply, and began the epochs of its snapshots.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erased: Vec<ErasedBy>,
    /// Devices that wait for a second look by the person who asks; only in the reply to a sync.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub waiting: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// One space as the server sees it for this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpaceState {
    /// The space.
    pub id: Uuid,
    /// Its name; empty when it is gone.
    pub name: String,
    /// What sort of space; `None` when it is gone.
    pub kind: Option<SpaceKind>,
    /// What this member may do there; `None` when it is gone.
    pub role: Option<Role>,
    /// What the device should do.
    pub action: SpaceAction,
    /// The log this server counts in now; of a space that is gone only for who was in it.
    pub log_epoch: Option<Uuid>,
}

/// What the device should do with a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SpaceAction {
    /// Nothing special.
    Ok,
    /// The cursor means nothing in this log (other log epoch, or beyond its head): fetch snapshots with `since: 0`
    /// and offer every change the device holds again.
    Reset,
    /// The member may not see it any more: show what was not sent, then delete it locally.
    Gone,
}

/// What sort of space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SpaceKind {
    /// One person's own.
    Personal,
    /// A neighbourhood team.
    Team,
    /// The whole organisation.
    Organisation,
    /// A shared approach with external partners.
    Partnership,
}

/// What a member may do in a space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// May read.
    Reader,
    /// May read and write.
    Writer,
    /// May also manage members and devices.
    Manager,
}

impl Role {
    /// Whether changes by this role are taken in.
    #[must_use]
    pub fn may_write(self) -> bool {
        self >= Self::Writer
    }
}

macro_rules! words {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            /// Every value, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word on the wire and in the server's database.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The value of a word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word)
            }
        }
    };
}

pub(crate) use words;

words!(SpaceKind { Personal = "personal", Team = "team", Organisation = "organisation", Partnership = "partnership" });
words!(Role { Reader = "reader", Writer = "writer", Manager = "manager" });

/// Who is behind which device, for everybody this device shares a space with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Changes whenever anything below does.
    pub version: u64,
    /// The people.
    pub people: Vec<Person>,
}

/// One member and their devices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The member.
    pub member: Uuid,
    /// Their name.
    pub name: String,
    /// Their devices, also revoked ones: history still says who wrote.
    pub devices: Vec<DeviceId>,
}

/// `data:` of a server-sent event named `space`: something arrived in this space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpaceEvent {
    /// The space.
    pub space: Uuid,
    /// The head of its log now.
    pub seq: u64,
}

macro_rules! json_frame {
    ($name:ident, $kind:expr, $what:literal) => {
        impl $name {
            /// Appends this as a frame.
            pub fn write(&self, writer: &mut FrameWriter) {
                // Plain structs with string keys: serialising them into memory has no way to fail.
                let json = serde_json::to_vec(self).unwrap_or_default();
                debug_assert!(
                    json.len() <= $crate::limits::MAX_HEADER_BYTES,
                    "nobody reads a longer one"
                );
                writer.frame($kind, &json);
            }

            /// Reads the payload of such a frame.
            ///
            /// # Errors
            /// When the JSON does not fit.
            pub fn decode(payload: &[u8]) -> Result<Self, DecodeError> {
                serde_json::from_slice(payload).map_err(|error| DecodeError::Json {
                    what: $what,
                    reason: error.to_string(),
                })
            }
        }
    };
}
pub(crate) use json_frame;

json_frame!(RequestHeader, FrameKind::Header, "HEADER");
json_frame!(ReplyHeader, FrameKind::Header, "HEADER");
