//! Contacts from a table: what Excel, Outlook, Google Contacts and people's own lists look like.
//!
//! The `csv` crate reads the cells (RFC 4180). Around it stands what is not in the RFC: which delimiter and encoding a
//! file has, what its columns mean in Dutch or English, or without a header, and how to go on behind a quotation mark
//! that is never closed.

mod columns;
mod dialect;
mod header;
mod row;

use ::csv::{ReaderBuilder, StringRecord};

use self::columns::Columns;
use crate::collect::Collector;
use crate::{MAX_ROW, text};

/// How often reading starts again behind a quotation mark that is never closed.
const MAX_RESTARTS: u32 = 100;

/// Reads the rows of a table.
pub(crate) fn read(content: &[u8], found: &mut Collector) {
    let text = text::decode(content);
    if text.contains('\0') {
        return found.unreadable(1, "bad_encoding", &text);
    }
    let (text, skipped, delimiter) = dialect::of(&text);
    let mut table = Table {
        text,
        line: skipped,
        delimiter,
        columns: None,
    };
    for _ in 0..MAX_RESTARTS {
        if table.read(found).is_done() {
            return;
        }
    }
    found.unreadable(table.line + 1, "open_quote", table.text);
}

/// A reader for text with this delimiter.
fn reader(text: &str, delimiter: u8) -> ::csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The part of a table that is still to be read.
struct Table<'a> {
    text: &'a str,
    /// Lines of the file before it.
    line: u32,
    delimiter: u8,
    columns: Option<Columns>,
}

enum Outcome {
    Done,
    /// A quotation mark stays open; the table now starts behind the line it stands on.
    Restart,
}

impl Outcome {
    const fn is_done(&self) -> bool {
        matches!(self, Self::Done)
    }
}

impl Table<'_> {
    fn read(&mut self, found: &mut Collector) -> Outcome {
        let mut reader = reader(self.text, self.delimiter);
        let mut record = StringRecord::new();
        loop {
            if found.is_full() {
                return Outcome::Done;
            }
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return Outcome::Done,
                Err(_) => {
                    let line = self.line_at(reader.position().line());
                    found.unreadable(line, "bad_encoding", "");
                    continue;
                }
            }
            let start = record.position().map_or(0, ::csv::Position::byte);
            let end = reader.position().byte();
            let slice = slice(self.text, start, end);
            // The reader counts blank lines before a row as the beginning of it.
            let raw = slice.trim_start_matches(['\r', '\n']);
            let blank = newlines(slice) - newlines(raw);
            let line = self.line_at(record.position().map_or(1, ::csv::Position::line) + blank);
            if is_open(raw, end >= self.text.len() as u64) {
                found.unreadable(line, "open_quote", raw);
                self.go_on_behind_line(start);
                return Outcome::Restart;
            }
            if raw.len() > MAX_ROW {
                found.unreadable(line, "too_long", raw);
            } else if record.iter().any(|cell| !cell.trim().is_empty()) {
                self.row(&record, line, raw, found);
            }
        }
    }

    fn row(&mut self, record: &StringRecord, line: u32, raw: &str, found: &mut Collector) {
        let columns = match &self.columns {
            Some(columns) => columns,
            None => {
                let (columns, is_header) = Columns::of(record, self.text, self.delimiter);
                let columns = self.columns.insert(columns);
                if is_header {
                    return;
                }
                columns
            }
        };
        let surplus = record.iter().skip(columns.len());
        if columns.is_header() && surplus.into_iter().any(|cell| !cell.trim().is_empty()) {
            return found.unreadable(line, "too_many_columns", raw);
        }
        match row::read(columns, record).finish("contact") {
            Some((fields, left_out)) => found.row(line, "contact", None, fields, left_out),
            None => found.unreadable(line, "no_name", raw),
        }
    }

    fn line_at(&self, line: u64) -> u32 {
        u32::try_from(line)
            .unwrap_or(u32::MAX)
            .saturating_add(self.line)
    }

    fn go_on_behind_line(&mut self, start: u64) {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let rest = self.text.get(start..).unwrap_or_default();
        // Blank lines before a record belong to it.
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let behind = rest
            .get(blank..)
            .and_then(|rest| rest.find('\n'))
            .map_or(rest.len(), |at| blank + at + 1);
        let (gone, rest) = self
            .text
            .split_at_checked(start + behind)
            .unwrap_or((self.text, ""));
        self.line = self.line_at(newlines(gone));
        self.text = rest;
    }
}

fn slice(text: &str, start: u64, end: u64) -> &str {
    let index = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
    text.get(index(start)..index(end)).unwrap_or_default()
}

fn newlines(text: &str) -> u64 {
    text.bytes().filter(|&byte| byte == b'\n').count() as u64
}

/// Whether a row runs on because a quotation mark in it is never closed.
fn is_open(raw: &str, is_last: bool) -> bool {
    let body = raw.trim_end_matches(['\r', '\n']);
    let is_suspect = is_last || raw.len() > MAX_ROW;
    is_suspect && body.contains('\n') && raw.bytes().filter(|&byte| byte == b'"').count() % 2 == 1
}
