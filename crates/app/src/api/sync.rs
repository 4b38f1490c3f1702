//! Words about sending and receiving, in the truth of small print.

use super::api_type;
use super::records::RecordRef;
use super::redact::RedactText;

api_type! {
    /// What the sync chip says.
    pub struct SyncStatus {
        /// What is the case.
        pub state: SyncState,
        /// Last time everything was exchanged, RFC 3339.
        pub last_success: Option<String>,
        /// Offline or failing since, RFC 3339.
        pub since: Option<String>,
        /// Records with changes that are not sent yet.
        pub unsent: u32,
        /// Changes that the server refused.
        pub refused: u32,
        /// First sync: records in, and in all.
        pub progress: Option<Progress>,
        /// Why it fails, when it does: an error code.
        pub problem: Option<String>,
        /// The server, to show.
        pub server: Option<String>,
        /// The server's clock and this device's differ by more than five minutes: by this many seconds.
        pub clock_skew: Option<i32>,
        /// Days until the device locks itself for want of contact, once there are few.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub lease_days: Option<u32>,
        /// Devices that wait until this person has looked, as the server said last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub waiting: Option<u32>,
    }

    /// What is the case.
    #[serde(rename_all = "snake_case")]
    pub enum SyncState {
        /// Not joined to a team: nothing to send to.
        Alone,
        /// Everything is sent and received.
        UpToDate,
        /// Changes wait to be sent.
        Waiting,
        /// Exchanging now.
        Busy,
        /// First sync.
        First,
        /// No connection.
        Offline,
        /// The server answered with a problem.
        Problem,
        /// This device was put out by a manager.
        Revoked,
    }

    /// How far.
    pub struct Progress {
        /// Done.
        pub done: u32,
        /// In all.
        pub total: u32,
    }

    /// Something that was refused and is kept aside.
    pub struct RefusedChange {
        /// Number, for export.
        pub id: u32,
        /// The record, when it is known.
        pub record: Option<RecordRef>,
        /// Why, as a code of the protocol.
        pub code: String,
        /// When, RFC 3339.
        pub at: String,
        /// Made on this device; otherwise received.
        pub mine: bool,
        /// What was written, when words were taken out of the record meanwhile: the edit is kept aside in these words
        /// only. Empty otherwise.
        pub said: Vec<RedactText>,
    }

    /// What the sync page shows beyond the chip.
    pub struct SyncDetails {
        /// The chip.
        pub status: SyncStatus,
        /// Records not sent, at most 100.
        pub unsent: Vec<RecordRef>,
        /// Refused changes.
        pub refused: Vec<RefusedChange>,
        /// Name of this device.
        pub device: String,
    }

    /// Told by itself: these records changed, re-read what shows them.
    pub struct Changed {
        /// Kinds that changed.
        pub kinds: Vec<String>,
        /// Ids that changed; empty when more than 500 did.
        pub ids: Vec<String>,
        /// The change came from elsewhere.
        pub foreign: bool,
    }
}
