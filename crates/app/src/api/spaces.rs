//! Words about spaces: where a record lives, where new ones go, and spaces that are lost.

use super::api_type;
use super::records::RecordRef;

api_type! {
    /// Where a record lives.
    pub struct SpaceMark {
        /// Id of the space.
        pub id: String,
        /// Its name; may be empty for a personal one.
        pub name: String,
        /// `personal`, `team`, `organisation`, `partnership`.
        pub kind: String,
    }

    /// Names a space.
    pub struct SpaceId {
        /// Id.
        pub id: String,
    }

    /// A space that this device may not see any more, with what was never sent to it. It can be read and exported; the
    /// rest of the space is gone from this device already.
    pub struct Departure {
        /// The space.
        pub space: SpaceMark,
        /// What was not sent.
        pub records: Vec<RecordRef>,
    }

    /// Leaves the team on this device: its book is destroyed here, what was sent stays with the team.
    pub struct DeviceLeave {
        /// Also when something was not sent, or the server cannot be told.
        pub sure: bool,
    }
}
