//! Words about files in and out.

use super::api_type;

api_type! {
    /// A file to look at before anything is kept.
    pub struct ImportRead {
        /// Name of the file.
        pub file_name: String,
        /// Its bytes, base64.
        pub content: String,
    }

    /// What a file holds. Nothing is kept yet.
    pub struct ImportPreview {
        /// To carry it out.
        pub import: String,
        /// `vcard`, `csv` or `jsonl`.
        pub format: String,
        /// Rows that can be read, at most 1,000 shown.
        pub rows: Vec<ImportRow>,
        /// Readable rows in all.
        pub readable: u32,
        /// Of these, not known yet.
        pub new: u32,
        /// Of these, probably known already.
        pub duplicates: u32,
        /// Rows that cannot be read.
        pub unreadable: Vec<UnreadableRow>,
    }

    /// A row that can be read.
    pub struct ImportRow {
        /// Number of the row, from 0.
        pub row: u32,
        /// Line in the file, from 1.
        pub line: u32,
        /// Name.
        pub title: String,
        /// Address, phone and the like.
        pub detail: String,
        /// The record it is: by its id, or probably, by what it says.
        pub duplicate: Option<super::RecordRef>,
        /// Values that were left out and why, in codes such as `bsn:note`.
        pub left_out: Vec<String>,
    }

    /// A row that cannot be read.
    pub struct UnreadableRow {
        /// Line in the file, from 1.
        pub line: u32,
        /// Why, as a code.
        pub code: String,
        /// The beginning of the row.
        pub text: String,
    }

    /// Carries an import out, in one action that can be undone.
    pub struct ImportApply {
        /// From [`ImportPreview::import`].
        pub import: String,
        /// Rows to leave out.
        pub skip: Vec<u32>,
        /// Rows to add to the record they probably are, instead of making a new one.
        pub merge: Vec<u32>,
        /// Rows to make new although they are probably known.
        #[serde(default)]
        #[ts(as = "Option<Vec<u32>>", optional)]
        pub new: Vec<u32>,
        /// What becomes of the rows that are probably known and stand in no list above, also beyond those shown; none
        /// makes them new.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub known: Option<RowFate>,
        /// The space that new records go to; none is the space for new records.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub space: Option<String>,
    }

    /// What becomes of a row.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum RowFate {
        /// Added to the record it probably is.
        Merge,
        /// A record of its own.
        New,
        /// Left out.
        Skip,
    }

    /// Asks for a file.
    pub struct Export {
        /// `vcard`, `ics`, `jsonl` or `refused`.
        pub format: String,
        /// Only this record.
        pub id: Option<String>,
        /// Follow-ups of everybody, not only mine.
        #[serde(default)]
        #[ts(as = "Option<bool>", optional)]
        pub everyone: bool,
    }

    /// A file that was written.
    pub struct Exported {
        /// Where it stands.
        pub path: String,
        /// Records in it.
        pub records: u32,
        /// Records that are not in it because they are out of sight.
        pub archived: u32,
    }
}
