//! Words about sharing on purpose: a copy of chosen fields in another space.

use super::api_type;
use super::records::RecordRef;
use super::spaces::SpaceMark;

api_type! {
    /// What of a record can be shared, and where to.
    pub struct ShareOptions {
        /// Spaces that take a copy.
        pub spaces: Vec<SpaceMark>,
        /// The fields that hold something and can be copied, in the order of the record.
        pub fields: Vec<ShareField>,
        /// What was shared of it already.
        pub shares: Vec<ShareView>,
        /// This record is itself a copy.
        pub copy_of: Option<CopyOf>,
    }

    /// A field that can be copied.
    pub struct ShareField {
        /// Its name.
        pub name: String,
        /// What it holds.
        #[ts(type = "unknown")]
        pub value: serde_json::Value,
        /// A copy cannot do without it.
        pub needed: bool,
    }

    /// Asks for a copy, or for what it would be.
    pub struct ShareAsk {
        /// The record.
        pub id: String,
        /// The space of the copy.
        pub to: String,
        /// The names of the fields to copy.
        pub fields: Vec<String>,
        /// The last day on which the copy is there, `YYYY-MM-DD`.
        pub until: Option<String>,
    }

    /// Exactly what will be seen in the other space.
    pub struct SharePreview {
        /// Kind of record.
        pub kind: String,
        /// The line by which people recognise it there.
        pub title: String,
        /// Every field of the copy, also those that a new record gets by itself.
        #[ts(type = "Record<string, unknown>")]
        pub fields: serde_json::Map<String, serde_json::Value>,
        /// Who is seen as its maker.
        pub author: String,
        /// The space.
        pub to: SpaceMark,
        /// The last day on which the copy is there.
        pub until: Option<String>,
    }

    /// Something that was shared.
    pub struct ShareView {
        /// Id, to take it back.
        pub id: String,
        /// Where the copy is.
        pub to: SpaceMark,
        /// The copy, while it is there.
        pub copy: Option<RecordRef>,
        /// The names of the fields that were copied.
        pub fields: Vec<String>,
        /// Who shared it.
        pub by: String,
        /// When, RFC 3339.
        pub at: String,
        /// The last day on which the copy is there.
        pub until: Option<String>,
        /// When it was taken back, RFC 3339.
        pub revoked_at: Option<String>,
    }

    /// Where a copy comes from.
    pub struct CopyOf {
        /// The original, for whoever has it.
        pub original: Option<RecordRef>,
        /// Who shared it.
        pub by: String,
        /// The last day on which it is there.
        pub until: Option<String>,
    }

    /// Names a share.
    pub struct ShareId {
        /// Id.
        pub id: String,
    }
}
