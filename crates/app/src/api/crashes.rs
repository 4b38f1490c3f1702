//! Words about crashes: what is kept of them on this device.

use super::api_type;

api_type! {
    /// The crashes of this device.
    pub struct CrashList {
        /// Newest first, at most 20, of the last 90 days.
        pub rows: Vec<CrashView>,
        /// The same as text, to take along on purpose; nothing else is in it.
        pub text: String,
    }

    /// What is kept of a crash, and nothing more: no words of anybody.
    pub struct CrashView {
        /// The day.
        pub day: String,
        /// Which program.
        pub program: String,
        /// Its version.
        pub version: String,
        /// Operating system and processor.
        pub platform: String,
        /// The place in the code.
        pub place: String,
        /// A code of `docs/errors.md`.
        pub code: String,
    }
}
