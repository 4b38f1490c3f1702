//! Words about the scratchpad: private working notes that never leave the device.

use super::api_type;

api_type! {
    /// The scratchpad.
    pub struct ScratchPad {
        /// After so many days without a word added, a note goes by itself.
        pub days: u32,
        /// The notes, the one written at last first.
        pub notes: Vec<ScratchNote>,
    }

    /// A private working note.
    pub struct ScratchNote {
        /// Id.
        pub id: String,
        /// The words.
        pub text: String,
        /// Last written at, RFC 3339.
        pub changed_at: String,
        /// The day on which it goes by itself.
        pub expires_on: String,
        /// Days until then.
        pub days_left: u32,
    }

    /// Writes a note.
    pub struct ScratchPut {
        /// The note to write in; none begins one.
        pub id: Option<String>,
        /// The words.
        pub text: String,
        /// These words stood in the capture field: empty the draft in the same moment.
        #[serde(default)]
        pub from_draft: bool,
    }

    /// Names a private note.
    pub struct ScratchId {
        /// Id.
        pub id: String,
    }

    /// When notes go by themselves.
    pub struct ScratchTerm {
        /// From 1 to 90 days after the last word.
        pub days: u32,
    }

    /// Names a form: the id of the record it is about, or another word.
    pub struct UnsavedForm {
        /// The name.
        pub form: String,
    }

    /// What was typed in a form and not kept.
    pub struct UnsavedText {
        /// The name of the form.
        pub form: String,
        /// What was typed, as the form writes it; empty when there is nothing.
        pub text: String,
    }
}
