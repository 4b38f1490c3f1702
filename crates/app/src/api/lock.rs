//! Words about the lock: when it closes by itself, another passphrase, and a device that was wiped.

use super::api_type;

api_type! {
    /// When the app locks itself.
    pub struct LockSettings {
        /// After so many minutes without a touch or a key.
        pub minutes: u32,
    }

    /// Another passphrase for the same book.
    pub struct PassphraseChange {
        /// The passphrase until now.
        pub old: String,
        /// The passphrase from now on; beside a key store a PIN is enough (`pin_is_enough`).
        pub new: String,
    }

    /// What is left to say of a book that was destroyed on this device.
    pub struct WipedNote {
        /// By whose word.
        pub by: WipedBy,
        /// When, RFC 3339.
        pub at: String,
        /// Records with changes that were never sent, and are gone.
        pub unsent: u32,
        /// The server knows that it is done.
        pub confirmed: bool,
    }

    /// By whose word a book was destroyed.
    #[serde(rename_all = "snake_case")]
    pub enum WipedBy {
        /// A manager revoked the device.
        Manager,
        /// The person left the team on this device.
        Myself,
    }
}
