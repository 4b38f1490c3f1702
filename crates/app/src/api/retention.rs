//! Words about how long records are kept.

use domain::RetainedKind;

use super::api_type;
use super::erase::EraseCopy;
use super::records::RecordRef;
use super::spaces::SpaceMark;

api_type! {
    /// Asks how long records are kept.
    pub struct RetentionAsk {
        /// In which space; none is the one for new records.
        pub space: Option<String>,
        /// So many records of a kind at most; 500 when nobody says.
        #[serde(default)]
        pub most: Option<u32>,
    }

    /// How long each kind of record is kept in a space, and what is due there.
    pub struct RetentionView {
        /// The space.
        pub space: SpaceMark,
        /// All spaces, when there is more than one.
        pub spaces: Vec<SpaceMark>,
        /// One per kind, in the order in which they are shown.
        pub terms: Vec<RetentionTermView>,
        /// What was kept long enough, the longest first; of a kind at most as many as were asked for.
        pub due: Vec<DueView>,
        /// What is kept longer than its term, and why.
        pub kept: Vec<KeptView>,
        /// The person on this device may set terms and carry out.
        pub manager: bool,
    }

    /// How long a kind of record is kept.
    pub struct RetentionTermView {
        /// The kind.
        pub kind: RetainedKind,
        /// Months; none keeps it without an end.
        pub months: Option<i32>,
        /// Why so long.
        pub why: String,
        /// What many organisations choose, to begin with.
        pub suggested: i32,
        /// Records of this kind that are due, as far as they are shown.
        pub due: u32,
        /// There are more than are shown.
        pub more: bool,
    }

    /// A record that was kept long enough.
    pub struct DueView {
        /// The record.
        pub record: RecordRef,
        /// From when the term counts: `last_spoken`, `recorded`, `said` or `closed`.
        pub reason: String,
        /// The day from which it counts, `YYYY-MM-DD`.
        pub since: String,
        /// The day on which the term ended, `YYYY-MM-DD`.
        pub ended: String,
        /// The term, in months.
        pub months: i32,
        /// Records that are only about it, and go with it.
        pub along: u32,
        /// What was shared of it and of those records.
        pub copies: Vec<EraseCopy>,
        /// This person may erase it.
        pub may: bool,
    }

    /// Something that is kept longer than its term.
    pub struct KeptView {
        /// The decision.
        pub id: String,
        /// The record.
        pub record: RecordRef,
        /// The last day of it, `YYYY-MM-DD`.
        pub until: String,
        /// Why.
        pub why: String,
        /// Who decided so.
        pub by: String,
    }

    /// A manager's yes: what is due goes for good.
    pub struct RetentionCarryOut {
        /// Records of [`RetentionView::due`].
        pub ids: Vec<String>,
    }

    /// A manager's no: it is still needed.
    pub struct RetentionKeep {
        /// Records of [`RetentionView::due`].
        pub ids: Vec<String>,
        /// So many months from today, 1 to 600; then they are proposed again.
        pub months: i32,
        /// Why.
        pub why: String,
    }

    /// Sets how long a kind of record is kept.
    pub struct RetentionSet {
        /// In which space; none is the one for new records.
        pub space: Option<String>,
        /// The kind.
        pub kind: RetainedKind,
        /// Months, 1 to 600; none keeps it without an end.
        pub months: Option<i32>,
        /// Why so long; may be empty.
        pub why: String,
    }
}
