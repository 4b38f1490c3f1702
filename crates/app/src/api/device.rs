//! Words about the device: its life from first start to unlocked, and its preferences.

use super::api_type;
use super::lock::WipedNote;
use super::team::Joining;

api_type! {
    /// Where the device is in its life.
    #[serde(rename_all = "snake_case")]
    pub enum Phase {
        /// No database yet: first start.
        New,
        /// There is a database, and it is closed.
        Locked,
        /// In use.
        Open,
        /// The book was destroyed by order of a manager.
        Wiped,
    }

    /// What a shell asks first.
    pub struct DeviceStatus {
        /// Where the device is in its life.
        pub phase: Phase,
        /// How the screens look and speak.
        pub preferences: Preferences,
        /// Version of the app.
        pub app_version: String,
        /// An invitation with which the app was opened (a link), not yet used.
        pub invitation: Option<String>,
        /// The person using this device, once open.
        pub me: Option<Person>,
        /// The spaces of this device, once open. Empty: alone on this device.
        pub spaces: Vec<SpaceView>,
        /// Records that are on this device alone while it is in a team: the person says where they go.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub kept_here: Option<u32>,
        /// Seconds until the next try, after too many wrong ones.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub wait_seconds: Option<u32>,
        /// What to say of a book that was destroyed here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub wiped: Option<WipedNote>,
        /// The key store of the system guards the book as well, so that a PIN is enough. Otherwise a passphrase has at
        /// least twelve characters and is more than a number.
        pub pin_is_enough: bool,
        /// The passphrase is shorter than that, from before: ask for a longer one, until it was chosen or the person
        /// keeps it.
        pub ask_longer: bool,
        /// This device waits until a manager of the team has looked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub joining: Option<Joining>,
    }

    /// How the screens look and speak; kept outside the database, so that the lock screen can follow it.
    pub struct Preferences {
        /// `nl` or `en`.
        pub language: String,
        /// `auto`, `light`, `dark` or `contrast`.
        pub theme: String,
        /// Size of text in per cent, 100 to 200.
        pub text_size: u32,
    }

    /// A person who uses the app.
    pub struct Person {
        /// Member id.
        pub member: String,
        /// Name.
        pub name: String,
        /// This is the person on this device.
        pub me: bool,
    }

    /// A space this device takes part in.
    pub struct SpaceView {
        /// Id.
        pub id: String,
        /// Name.
        pub name: String,
        /// `personal`, `team`, `organisation`, `partnership`; `device` while alone.
        pub kind: String,
        /// `reader`, `writer`, `manager`.
        pub role: String,
        /// New records go here.
        pub default: bool,
    }

    /// What was read of a damaged book.
    pub struct Repaired {
        /// Records that are whole.
        pub whole: u32,
        /// Of those, the ones that were only on this device; they are sent at the next exchange.
        pub only_here: Vec<RepairedRecord>,
        /// Records that come back from the server, as far as it has them.
        pub again: Vec<RepairedRecord>,
        /// Records with edits that were only on this device, and that cannot be read.
        pub lost: Vec<RepairedRecord>,
    }

    /// A record, by what it was called.
    pub struct RepairedRecord {
        /// Id.
        pub id: String,
        /// What it was called in lists, where that can be read.
        pub title: Option<String>,
    }

    /// Makes the database of a new device.
    pub struct DeviceInit {
        /// Passphrase; beside a key store a PIN of six digits is enough (`pin_is_enough`).
        pub passphrase: String,
        /// The person's name, as colleagues know them. May be empty.
        pub name: String,
        /// `nl` or `en`; also the language of the starter list of themes.
        pub language: String,
    }

    /// Opens the database.
    pub struct DeviceUnlock {
        /// Passphrase or PIN.
        pub passphrase: String,
    }

    /// Joins a team.
    pub struct DeviceJoin {
        /// The text of the invitation.
        pub invitation: String,
        /// The person's name, when the invitation does not say it.
        pub name: String,
    }

    /// An invitation to read: pasted text, or an image file with a QR code.
    pub struct InvitationRead {
        /// Text that was pasted or opened.
        pub text: Option<String>,
        /// A PNG or JPEG file, base64.
        pub image: Option<String>,
    }

    /// An invitation that could be read.
    pub struct InvitationView {
        /// The text to join with.
        pub invitation: String,
        /// Name of the server's machine, to show.
        pub server: String,
    }

    /// Nothing more to say.
    pub struct Nothing {}
}
