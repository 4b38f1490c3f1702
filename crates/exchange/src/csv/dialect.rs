//! Which delimiter a table has.

use ::csv::StringRecord;

use super::columns::Columns;
use super::reader;

/// How much of a file is looked at.
const LOOK: usize = 64 << 10;
/// How many rows are looked at.
const ROWS: usize = 50;

const DELIMITERS: [u8; 4] = [b';', b',', b'\t', b'|'];

/// The text of the table, the lines before it, and its delimiter. Excel may name the delimiter in a first line `sep=;`.
pub(super) fn of(text: &str) -> (&str, u32, u8) {
    if let Some((first, rest)) = text.split_once('\n')
        && let Some(name) = first.trim_end().strip_prefix("sep=")
    {
        // A tab was trimmed away.
        let delimiter = name.bytes().next().unwrap_or(b'\t');
        if DELIMITERS.contains(&delimiter) {
            return (rest, 1, delimiter);
        }
    }
    let delimiter = DELIMITERS
        .into_iter()
        .max_by_key(|&delimiter| (score(text, delimiter), DELIMITERS.len() - place(delimiter)))
        .unwrap_or(b',');
    (text, 0, delimiter)
}

fn place(delimiter: u8) -> usize {
    DELIMITERS
        .iter()
        .position(|&known| known == delimiter)
        .unwrap_or_default()
}

/// The first rows of a table, to see what it is like.
pub(super) fn first_rows(text: &str, delimiter: u8) -> Vec<StringRecord> {
    let end = text.floor_char_boundary(LOOK);
    let mut reader = reader(text.get(..end).unwrap_or_default(), delimiter);
    reader.records().take(ROWS).filter_map(Result::ok).collect()
}

/// Known words in the first row, then rows of the same width, then that width.
fn score(text: &str, delimiter: u8) -> (usize, usize, usize) {
    let rows = first_rows(text, delimiter);
    let Some(first) = rows.first() else {
        return (0, 0, 0);
    };
    let width = first.len();
    let same = rows
        .iter()
        .filter(|row| row.len() == width && width > 1)
        .count();
    (Columns::known(first), same, width)
}
