//! Collects what is read, within limits.

use domain::record::Fields;

use crate::text;
use crate::{MAX_ROWS, Read, Row, Unreadable};

/// The rows so far.
#[derive(Default)]
pub(crate) struct Collector {
    read: Read,
}

impl Collector {
    /// Adds a row that can be read.
    pub(crate) fn row(
        &mut self,
        line: u32,
        kind: &str,
        id: Option<String>,
        fields: Fields,
        left_out: Vec<String>,
    ) {
        if self.is_full() {
            return;
        }
        self.read.rows.push(Row {
            line,
            kind: kind.to_owned(),
            id,
            fields,
            left_out,
        });
        self.close_when_full(line);
    }

    /// Adds a row that cannot be read, with the beginning of what stands there.
    pub(crate) fn unreadable(&mut self, line: u32, code: &'static str, text: &str) {
        if self.is_full() {
            return;
        }
        self.push_unreadable(line, code, text);
        self.close_when_full(line);
    }

    /// Nothing more is taken; the reader may stop.
    pub(crate) fn is_full(&self) -> bool {
        self.read.rows.len() + self.read.unreadable.len() >= MAX_ROWS
    }

    /// Everything that was read.
    pub(crate) fn done(self) -> Read {
        self.read
    }

    fn close_when_full(&mut self, line: u32) {
        if self.is_full() {
            self.push_unreadable(line, "too_many_rows", "");
        }
    }

    fn push_unreadable(&mut self, line: u32, code: &'static str, text: &str) {
        self.read.unreadable.push(Unreadable {
            line,
            code,
            text: text::excerpt(text),
        });
    }
}
