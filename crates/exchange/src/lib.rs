//! Files in and out: contacts from vCard and CSV, records from JSON Lines, contacts to vCard, follow-ups to iCalendar,
//! and everything about one person as PDF and JSON.
//!
//! A file is read as far as it can be: a row that cannot be read is listed with its line and the reason, a value that
//! the domain refuses is left out and named, and the rest is kept. Nothing here stores anything; the caller shows what
//! was read and decides.
//!
//! # Sources
//! - vCard: RFC 2426 (3.0), RFC 6350 (4.0), RFC 6715 (expertise, interest), RFC 9554 (address components), and the
//!   `X-AB…` properties of Apple's address book. Files of version 2.1 are read too, since old phones write them.
//! - CSV: RFC 4180, and what Excel, Outlook and Google Contacts make of it.
//! - iCalendar: RFC 5545, RFC 7986 (`UID`).
//! - JSON Lines: one RFC 8259 object per line.
//!
//! # What is left out
//! Codes in [`Row::left_out`] are `reason:what`. The reason is `bsn` (holds a citizen service number), `too_long`,
//! `second` (there is room for one) or `truncated` (the file ends in the middle of it). What is the field of the record
//! (`name`, `street`, ...), or, for what the file calls differently, `phone`, `email`, `web`, `other`, `address`,
//! `role`, `language`, `talent`, `note` or `card`.
//!
//! Birthdays, photographs, keys and sounds of a card are never taken over: a broker's work does not need them.

mod address;
mod collect;
mod csv;
mod draft;
mod icalendar;
mod jsonl;
mod name;
mod paper;
mod person_file;
mod phone;
mod text;
mod vcard;
mod words;

pub use icalendar::{FollowUpEvent, write_icalendar};
pub use paper::PaperError;
pub use person_file::{
    FileConflict, FileConflictValue, FileEvent, FileRecord, FileShare, FileStep, PersonFile,
    person_file_json, person_file_pdf,
};
pub use vcard::write_vcard;

use domain::record::Fields;

/// The most bytes of a file. A larger one is not read at all.
pub const MAX_FILE: usize = 256 << 20;
/// The most rows, readable or not, that are taken from one file.
pub const MAX_ROWS: usize = 1_000_000;
/// The most bytes of one row: a line of JSON, a line of a table, a card without its pictures.
pub const MAX_ROW: usize = 1 << 20;
/// The most characters of a one-line value; the domain refuses longer ones.
pub const MAX_LINE: usize = 500;
/// The most characters of a running text; the domain refuses longer ones.
pub const MAX_TEXT: usize = 20_000;

/// A format that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// vCard 3.0 and 4.0 (and 2.1).
    Vcard,
    /// A table of contacts, separated by comma, semicolon or tab.
    Csv,
    /// JSON Lines of records of any kind: `{"kind":…,"id"?:…,fields…}`.
    Jsonl,
}

impl Format {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vcard => "vcard",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// Rows that can be read, in the order of the file.
    pub rows: Vec<Row>,
    /// Rows that cannot, in the order of the file.
    pub unreadable: Vec<Unreadable>,
}

/// A row that can be read: the fields of one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The line in the file where it starts, from 1.
    pub line: u32,
    /// The kind of record.
    pub kind: String,
    /// The id, when the file gives one that is a UUID.
    pub id: Option<String>,
    /// The fields as the domain takes them.
    pub fields: Fields,
    /// Values that were left out, as `reason:what`.
    pub left_out: Vec<String>,
}

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The line in the file where it starts, from 1.
    pub line: u32,
    /// Why, as one of these codes:
    /// - `no_name`: nobody to tell apart;
    /// - `not_a_card`: text outside a card, or a card that is none;
    /// - `not_a_person`: a card of a program or a device;
    /// - `bad_encoding`: no text, or not in an encoding that could be recognised;
    /// - `too_many_columns`: more cells than the header has;
    /// - `open_quote`: a quotation mark that is never closed;
    /// - `bsn`: it holds a citizen service number in what people recognise it by;
    /// - `bad_json`, `bad_id`, `unknown_kind`: not a record;
    /// - `truncated`: the file ends in the middle of it;
    /// - `too_long`, `too_many_rows`, `file_too_big`: over [`MAX_ROW`], [`MAX_ROWS`], [`MAX_FILE`].
    pub code: &'static str,
    /// Its first 80 characters, without citizen service numbers.
    pub text: String,
}

/// Which format a file has, from what is in it and then from its name.
#[must_use]
pub fn detect(file_name: &str, content: &[u8]) -> Option<Format> {
    let head = text::head(content);
    if head.contains('\0') || head.starts_with("PK\u{3}\u{4}") || head.starts_with("%PDF") {
        return None;
    }
    let start = head.trim_start();
    let begin: String = start.chars().take(12).collect();
    if begin.to_ascii_uppercase().starts_with("BEGIN:VCARD") {
        return Some(Format::Vcard);
    }
    if start.starts_with('{') {
        return Some(Format::Jsonl);
    }
    let extension = file_name.rsplit_once('.').map(|(_, extension)| extension);
    match extension
        .map(str::to_ascii_lowercase)
        .as_deref()
        .unwrap_or_default()
    {
        "vcf" | "vcard" => Some(Format::Vcard),
        "jsonl" | "ndjson" | "json" => Some(Format::Jsonl),
        "csv" | "tsv" | "tab" | "txt" => Some(Format::Csv),
        _ if start.lines().next()?.contains([',', ';', '\t']) => Some(Format::Csv),
        _ => None,
    }
}

/// Reads a file as far as it can be read. Never panics and never fails as a whole.
#[must_use]
pub fn read(format: Format, content: &[u8]) -> Read {
    let mut found = collect::Collector::default();
    if content.len() > MAX_FILE {
        found.unreadable(1, "file_too_big", "");
        return found.done();
    }
    match format {
        Format::Vcard => vcard::read(content, &mut found),
        Format::Csv => csv::read(content, &mut found),
        Format::Jsonl => jsonl::read(content, &mut found),
    }
    found.done()
}

#[cfg(test)]
mod tests {
    use super::{Format, detect};

    #[test]
    fn a_file_is_known_by_its_content_before_its_name() {
        for (name, content, format) in [
            ("x.csv", &b"BEGIN:VCARD\r\nFN:A"[..], Some(Format::Vcard)),
            ("x", b"\xef\xbb\xbfbegin:vcard\n", Some(Format::Vcard)),
            (
                "x",
                b"\xff\xfeB\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0",
                Some(Format::Vcard),
            ),
            ("notes.txt", b"\n {\"kind\":\"note\"}", Some(Format::Jsonl)),
            ("contacts.CSV", b"naam", Some(Format::Csv)),
            ("export", b"naam;straat\n", Some(Format::Csv)),
            ("photo.jpg", b"\xff\xd8\xff\xe0", None),
            ("contacts.xlsx", b"PK\x03\x04\x14\x00", None),
            ("contacts.csv", b"PK\x03\x04\x14\x00", None),
            ("empty.vcf", b"", Some(Format::Vcard)),
            ("empty", b"", None),
        ] {
            assert_eq!(detect(name, content), format, "{name}");
        }
    }
}
