//! Run-length columns: read row by row, and written the one way automerge writes them.
//!
//! Layout: `n > 1`: one value, n times; `n < 0`: −n different values; `0`: a count of nulls. Booleans: counts of false
//! and true in turn. Deltas are run-length columns of differences.

use crate::chunk::Reader;
use crate::refusal::Refusal;

/// Reads one value of a column.
pub(crate) type ReadValue<'a, T> = fn(&mut Reader<'a>) -> Result<T, Refusal>;

/// A column read row by row. After its last row it goes on with nulls, as a column that is not there does.
#[derive(Debug, Clone)]
pub(crate) struct Runs<'a, T> {
    rest: Reader<'a>,
    read: ReadValue<'a, T>,
    run: Run<T>,
    left: u64,
}

#[derive(Debug, Clone)]
enum Run<T> {
    Repeated(T),
    Literal,
    Null,
}

impl<'a, T: Clone> Runs<'a, T> {
    pub(crate) const fn new(bytes: &'a [u8], read: ReadValue<'a, T>) -> Self {
        Self {
            rest: Reader::new(bytes),
            read,
            run: Run::Null,
            left: 0,
        }
    }

    /// Whether every row was read.
    pub(crate) const fn is_done(&self) -> bool {
        self.left == 0 && self.rest.is_empty()
    }

    /// The next row.
    pub(crate) fn next(&mut self) -> Result<Option<T>, Refusal> {
        while self.left == 0 {
            if self.rest.is_empty() {
                return Ok(None);
            }
            let length = self.rest.sleb()?;
            (self.run, self.left) = match length {
                0 => (Run::Null, self.rest.uleb()?),
                1.. => (
                    Run::Repeated((self.read)(&mut self.rest)?),
                    length.unsigned_abs(),
                ),
                ..0 => (Run::Literal, length.unsigned_abs()),
            };
        }
        self.left -= 1;
        match &self.run {
            Run::Repeated(value) => Ok(Some(value.clone())),
            Run::Literal => (self.read)(&mut self.rest).map(Some),
            Run::Null => Ok(None),
        }
    }
}

impl<'a> Runs<'a, u64> {
    pub(crate) const fn numbers(bytes: &'a [u8]) -> Self {
        Self::new(bytes, Reader::uleb)
    }
}

impl<'a> Runs<'a, &'a str> {
    pub(crate) const fn strings(bytes: &'a [u8]) -> Self {
        Self::new(bytes, string)
    }
}

fn string<'a>(reader: &mut Reader<'a>) -> Result<&'a str, Refusal> {
    let length = reader.uleb()?;
    std::str::from_utf8(reader.take(length)?)
        .map_err(|_| Refusal::Columns("text that is not UTF-8"))
}

/// A column of differences: each row is what the row before it was, and a little more or less.
#[derive(Debug, Clone)]
pub(crate) struct Deltas<'a> {
    runs: Runs<'a, i64>,
    last: i64,
}

impl<'a> Deltas<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self {
            runs: Runs::new(bytes, Reader::sleb),
            last: 0,
        }
    }

    pub(crate) const fn is_done(&self) -> bool {
        self.runs.is_done()
    }

    pub(crate) fn next(&mut self) -> Result<Option<i64>, Refusal> {
        let Some(difference) = self.runs.next()? else {
            return Ok(None);
        };
        self.last = self
            .last
            .checked_add(difference)
            .ok_or(Refusal::Columns("a number over 64 bits"))?;
        Ok(Some(self.last))
    }
}

/// A column of yes and no. After its last row it goes on with no.
#[derive(Debug, Clone)]
pub(crate) struct Flags<'a> {
    rest: Reader<'a>,
    value: bool,
    left: u64,
}

impl<'a> Flags<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: Reader::new(bytes),
            value: true,
            left: 0,
        }
    }

    pub(crate) fn next(&mut self) -> Result<bool, Refusal> {
        while self.left == 0 {
            if self.rest.is_empty() {
                return Ok(false);
            }
            self.left = self.rest.uleb()?;
            self.value = !self.value;
        }
        self.left -= 1;
        Ok(self.value)
    }
}

/// Appends a run-length column: runs of two and more as runs, everything between them literally, nothing at all when
/// every row is null.
pub(crate) fn write_runs<T: Copy + PartialEq>(
    out: &mut Vec<u8>,
    rows: impl Iterator<Item = Option<T>> + Clone,
    mut write: impl FnMut(&mut Vec<u8>, T),
) {
    if rows.clone().all(|row| row.is_none()) {
        return;
    }
    let mut rows = rows.peekable();
    let mut literal: Vec<T> = Vec::new();
    while let Some(row) = rows.next() {
        let mut length = 1_i64;
        while rows.next_if(|next| *next == row).is_some() {
            length += 1;
        }
        match row {
            Some(value) if length == 1 => literal.push(value),
            Some(value) => {
                flush(out, &mut literal, &mut write);
                write_sleb(out, length);
                write(out, value);
            }
            None => {
                flush(out, &mut literal, &mut write);
                write_sleb(out, 0);
                write_uleb(out, length.unsigned_abs());
            }
        }
    }
    flush(out, &mut literal, &mut write);
}

fn flush<T: Copy>(
    out: &mut Vec<u8>,
    literal: &mut Vec<T>,
    write: &mut impl FnMut(&mut Vec<u8>, T),
) {
    if let Ok(length @ 1..) = i64::try_from(literal.len()) {
        write_sleb(out, -length);
        for value in literal.drain(..) {
            write(out, value);
        }
    }
}

/// Appends a column of differences.
pub(crate) fn write_deltas(out: &mut Vec<u8>, rows: impl Iterator<Item = Option<i64>> + Clone) {
    let mut last = 0_i64;
    let differences: Vec<Option<i64>> = rows
        .map(|row| {
            row.map(|value| {
                let difference = value.wrapping_sub(last);
                last = value;
                difference
            })
        })
        .collect();
    write_runs(out, differences.iter().copied(), write_sleb);
}

/// Appends a column of yes and no.
pub(crate) fn write_flags(out: &mut Vec<u8>, rows: impl Iterator<Item = bool>) {
    let (mut value, mut length) = (false, 0_u64);
    for row in rows {
        if row != value {
            write_uleb(out, length);
            (value, length) = (row, 0);
        }
        length += 1;
    }
    if length > 0 {
        write_uleb(out, length);
    }
}

/// Unsigned LEB128 in its shortest form.
pub(crate) fn write_uleb(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let byte = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        if value == 0 {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

/// Signed LEB128 in its shortest form.
pub(crate) fn write_sleb(out: &mut Vec<u8>, mut value: i64) {
    loop {
        let byte = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        let positive = byte & 0x40 == 0;
        if (value == 0 && positive) || (value == -1 && !positive) {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let rows = [
            None,
            Some(7),
            Some(7),
            Some(1),
            None,
            None,
            Some(300),
            Some(2),
            Some(2),
        ];
        let mut bytes = Vec::new();
        write_runs(&mut bytes, rows.iter().copied(), write_uleb);
        let mut read = Runs::numbers(&bytes);
        for row in rows {
            assert_eq!(read.next(), Ok(row));
        }
        assert!(read.is_done());

        let flags = [true, true, false, true, false, false];
        let mut bytes = Vec::new();
        write_flags(&mut bytes, flags.into_iter());
        assert_eq!(bytes, [0, 2, 1, 1, 2]);
        let mut read = Flags::new(&bytes);
        for flag in flags {
            assert_eq!(read.next(), Ok(flag));
        }

        let deltas = [Some(5), Some(6), Some(7), None, Some(-70)];
        let mut bytes = Vec::new();
        write_deltas(&mut bytes, deltas.iter().copied());
        let mut read = Deltas::new(&bytes);
        for delta in deltas {
            assert_eq!(read.next(), Ok(delta));
        }
        assert!(read.is_done());
    }

    #[test]
    fn numbers_are_written_in_their_shortest_form() {
        for value in [0, 1, -1, 63, 64, -64, -65, 8191, 8192, i64::MIN, i64::MAX] {
            let mut bytes = Vec::new();
            write_sleb(&mut bytes, value);
            assert_eq!(Reader::new(&bytes).sleb(), Ok(value));
        }
        for value in [0, 127, 128, u64::MAX] {
            let mut bytes = Vec::new();
            write_uleb(&mut bytes, value);
            assert_eq!(Reader::new(&bytes).uleb(), Ok(value));
        }
    }

    #[test]
    fn nothing_but_nulls_is_an_empty_column() {
        let mut bytes = Vec::new();
        write_runs(&mut bytes, [None::<u64>; 4].into_iter(), write_uleb);
        assert!(bytes.is_empty());
    }
}
