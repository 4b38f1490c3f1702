//! Words about taking words out of a record: what can go, what stays, and doing it.

use super::api_type;
use super::records::RecordRef;

api_type! {
    /// Which words can be taken out of a record.
    pub struct RedactPlan {
        /// The record.
        pub record: RecordRef,
        /// Name of the space it lives in; empty while alone on this device.
        pub space: String,
        /// This person may; otherwise a manager of the space may.
        pub may: bool,
        /// People besides this one who have the space on their devices.
        pub colleagues: u32,
        /// What it says, field by field.
        pub texts: Vec<RedactText>,
        /// Copies of it in other spaces, and what it is a copy of.
        pub copies: Vec<RedactCopy>,
    }

    /// What a field says.
    pub struct RedactText {
        /// Where it stands, such as `text` or `ways/k1/value`.
        pub path: String,
        /// The name of the field.
        pub field: String,
        /// The words.
        pub value: String,
    }

    /// A copy of a record, on purpose, in another space.
    pub struct RedactCopy {
        /// The copy.
        pub record: RecordRef,
        /// Name of the space it lives in.
        pub space: String,
        /// This person may take words out of it, too.
        pub may: bool,
        /// It is what the record was copied from.
        pub original: bool,
        /// What it says.
        pub texts: Vec<RedactText>,
    }

    /// What is to be taken out.
    pub struct RedactWords {
        /// Where it stands.
        pub path: String,
        /// The words, wherever they stand in that field; none: all that stands there.
        pub words: Option<String>,
        /// What stands there instead; may be empty.
        pub instead: String,
    }

    /// Asks what stays.
    pub struct RedactAsk {
        /// The record.
        pub id: String,
        /// What is to be taken out.
        pub takes: Vec<RedactWords>,
    }

    /// What stays.
    pub struct RedactPreview {
        /// What the record will say.
        pub texts: Vec<RedactText>,
        /// The words stand in it; otherwise only in what it said before, or nowhere.
        pub now: bool,
        /// The words stand in it or in what it said before.
        pub ever: bool,
    }

    /// Takes words out for good.
    pub struct Redact {
        /// The record.
        pub id: String,
        /// What is to be taken out.
        pub takes: Vec<RedactWords>,
        /// Copies out of which the same is taken, see [`RedactPlan::copies`].
        pub copies: Vec<String>,
    }

    /// What was taken out; out of sight on this device when this is returned.
    pub struct Redacted {
        /// Records out of which words were taken.
        pub redacted: u32,
        /// It goes from every file once the server was asked; otherwise it has gone.
        pub waiting: bool,
    }

    /// Edits that were kept aside.
    pub struct AsideIds {
        /// Their numbers in the list of refused changes.
        pub ids: Vec<u32>,
    }
}
