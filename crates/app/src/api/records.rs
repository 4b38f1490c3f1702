//! Words about records of any kind: put, get, history, undo, search and disagreements.

use super::api_type;
use super::capture::LeftOut;
use super::spaces::SpaceMark;

api_type! {
    /// Makes a record, or edits the fields given (JSON Merge Patch: `null` empties a field).
    pub struct RecordPut {
        /// The kind, such as `contact`.
        pub kind: String,
        /// The record to edit; none makes a new one. A new record may bring its own id (UUID).
        pub id: Option<String>,
        /// Field values by name.
        #[ts(type = "Record<string, unknown>")]
        pub fields: serde_json::Map<String, serde_json::Value>,
        /// What the person saw in these fields when they began. What was written since stays: text and sets take both
        /// edits, of a single value both stand side by side until a person chooses.
        #[serde(default)]
        #[ts(type = "Record<string, unknown>", optional)]
        pub seen: Option<serde_json::Map<String, serde_json::Value>>,
    }

    /// What a mutation did: durable on this device when this is returned.
    pub struct Saved {
        /// The record that was made or changed first.
        pub id: String,
        /// Takes the whole action back; none when nothing changed.
        pub undo: Option<String>,
        /// Every record the action made or changed.
        pub records: Vec<RecordRef>,
        /// Taking back only: what stays as it is, because somebody wrote in it since.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<FieldRef>>", optional)]
        pub left: Vec<FieldRef>,
        /// Capture only: what was accepted and stands in the note alone.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[ts(as = "Option<Vec<LeftOut>>", optional)]
        pub left_out: Vec<LeftOut>,
    }

    /// A field of a record.
    pub struct FieldRef {
        /// The record.
        pub record: RecordRef,
        /// Path of the field, such as `street` or `ways/k1/value`.
        pub path: String,
    }

    /// A record by name.
    pub struct RecordRef {
        /// Id.
        pub id: String,
        /// Kind.
        pub kind: String,
        /// The line by which people recognise it.
        pub title: String,
    }

    /// Names a record.
    pub struct RecordId {
        /// Id.
        pub id: String,
    }

    /// Takes an action back.
    pub struct Undo {
        /// From [`Saved::undo`].
        pub undo: String,
    }

    /// A record with all its fields.
    pub struct RecordView {
        /// Id.
        pub id: String,
        /// Kind.
        pub kind: String,
        /// The line by which people recognise it.
        pub title: String,
        /// Where it lives.
        pub space: String,
        /// Field values by name.
        #[ts(type = "Record<string, unknown>")]
        pub fields: serde_json::Map<String, serde_json::Value>,
        /// State of sending and disagreement.
        pub mark: Mark,
        /// Who made it.
        pub author: String,
        /// When, RFC 3339.
        pub made_at: String,
    }

    /// The small print of a record: every list row and page carries it.
    pub struct Mark {
        /// Holds changes that no server has confirmed.
        pub unsent: bool,
        /// People disagree on a field.
        pub conflict: bool,
        /// The server refused a change of it.
        pub refused: bool,
        /// Where it lives; told only when this device takes part in more than one space.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub space: Option<SpaceMark>,
        /// This person may only read it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(optional, as = "Option<bool>")]
        pub read_only: bool,
    }

    /// Asks for records of a kind, oldest first.
    pub struct RecordList {
        /// The kind; none lists all kinds.
        pub kind: Option<String>,
        /// Rows to skip.
        pub offset: u32,
        /// Rows to return, at most 1,000.
        pub limit: u32,
        /// Also those out of sight.
        pub archived: bool,
    }

    /// What is out of sight of a kind.
    pub struct ArchiveQuery {
        /// The kind, such as `contact`.
        pub kind: String,
        /// Rows to skip.
        pub offset: u32,
        /// Rows to return, at most 1,000.
        pub limit: u32,
    }

    /// A page of records.
    pub struct RecordPage {
        /// Rows in all.
        pub total: u32,
        /// This page.
        pub rows: Vec<RecordView>,
    }

    /// One step in the life of a record.
    pub struct RecordVersion {
        /// Who.
        pub author: String,
        /// When, RFC 3339.
        pub at: String,
        /// The fields that changed in this step, with their new values (`null`: emptied).
        #[ts(type = "Record<string, unknown>")]
        pub changed: serde_json::Map<String, serde_json::Value>,
    }

    /// Searches as you type.
    pub struct Search {
        /// What was typed; the last word may be unfinished.
        pub text: String,
        /// Only this kind.
        pub kind: Option<String>,
        /// At most this many per kind.
        pub limit: u32,
        /// Among what is out of sight, instead of what is in sight.
        #[serde(default)]
        #[ts(as = "Option<bool>", optional)]
        pub archived: bool,
    }

    /// Something found.
    pub struct SearchHit {
        /// Id.
        pub id: String,
        /// Kind.
        pub kind: String,
        /// The title, in parts that show what matched.
        pub title: Vec<TextPart>,
        /// The piece of text that matched, when the title did not tell.
        pub snippet: Vec<TextPart>,
        /// A few words more: street of a contact, date of a note, state word of a signal.
        pub detail: String,
        /// State of sending and disagreement.
        pub mark: Mark,
    }

    /// A piece of text.
    pub struct TextPart {
        /// The words.
        pub text: String,
        /// This is what matched.
        pub hit: bool,
    }

    /// A field on which people disagree.
    pub struct ConflictView {
        /// The record.
        pub record: RecordRef,
        /// Path of the field, such as `street` or `ways/k1/value`; the field's name is its first part or last.
        pub path: String,
        /// The values; the last one is shown meanwhile.
        pub values: Vec<ConflictValueView>,
        /// "Keep both" can be offered.
        pub can_hold_both: bool,
    }

    /// One of the values.
    pub struct ConflictValueView {
        /// The value as JSON.
        #[ts(type = "unknown")]
        pub value: serde_json::Value,
        /// Who wrote it.
        pub author: String,
        /// It was written on this device or by this person.
        pub mine: bool,
        /// When, RFC 3339.
        pub at: Option<String>,
    }

    /// A person's choice.
    pub struct ConflictResolve {
        /// The record.
        pub id: String,
        /// The field.
        pub path: String,
        /// Index into the values shown, or none to keep both.
        pub choice: Option<u32>,
        /// The values as they were shown, so that a choice never hides a value that arrived since.
        #[ts(type = "unknown[]")]
        pub seen: Vec<serde_json::Value>,
    }

    /// The organisation's own lists, and the people.
    pub struct Lists {
        /// Themes by name.
        pub themes: Vec<ThemeView>,
        /// Neighbourhoods by name.
        pub neighbourhoods: Vec<RecordRef>,
        /// People of the spaces of this device.
        pub people: Vec<Person>,
        /// Streets of the contacts, for filters, most used first (at most 200).
        pub streets: Vec<String>,
    }

    /// A theme.
    pub struct ThemeView {
        /// Id.
        pub id: String,
        /// Name.
        pub name: String,
        /// Words that point at it.
        pub words: Vec<String>,
    }
}

use super::device::Person;
