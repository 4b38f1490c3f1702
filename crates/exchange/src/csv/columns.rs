//! What the columns of a table hold: by its header, or by what stands in them.

use ::csv::StringRecord;

use super::dialect::first_rows;
use super::header::{Column, Part, column};
use crate::{address, name, phone};

/// The columns of a table.
pub(super) struct Columns {
    columns: Vec<Column>,
    is_header: bool,
}

impl Columns {
    /// The columns by the first row, and whether that is a header. Without one they are guessed from the rows.
    pub(super) fn of(first: &StringRecord, text: &str, delimiter: u8) -> (Self, bool) {
        let filled = first.iter().filter(|cell| !cell.trim().is_empty()).count();
        let known = Self::known(first);
        let has_values = first.iter().any(is_value);
        let is_header = !has_values && (known >= 2 || (known == 1 && filled <= 3));
        let columns = if is_header {
            first.iter().map(column).collect()
        } else {
            guess(text, delimiter)
        };
        (Self { columns, is_header }, is_header)
    }

    /// How many cells of a row are header words.
    pub(super) fn known(row: &StringRecord) -> usize {
        row.iter()
            .filter(|word| column(word) != Column::Unknown)
            .count()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether the table says itself what its columns hold.
    pub(super) fn is_header(&self) -> bool {
        self.is_header
    }

    /// Whether there is a column for this part.
    pub(super) fn has(&self, part: Part) -> bool {
        self.columns.contains(&Column::Part(part))
    }

    /// The cells of a row with what they hold, without the empty ones.
    pub(super) fn cells<'a>(
        &'a self,
        row: &'a StringRecord,
    ) -> impl Iterator<Item = (Column, &'a str)> {
        let cells = row.iter().map(str::trim);
        self.columns
            .iter()
            .copied()
            .zip(cells)
            .filter(|(_, cell)| !cell.is_empty())
    }
}

/// What each column mostly holds; the first that holds nothing else holds names.
fn guess(text: &str, delimiter: u8) -> Vec<Column> {
    let rows = first_rows(text, delimiter);
    let width = rows.iter().map(StringRecord::len).max().unwrap_or_default();
    let mut has_name = false;
    let mut columns = Vec::with_capacity(width);
    for at in 0..width {
        let cells: Vec<&str> = rows
            .iter()
            .filter_map(|row| row.get(at).map(str::trim))
            .filter(|cell| !cell.is_empty())
            .collect();
        let mostly = |holds: fn(&str) -> bool| {
            !cells.is_empty() && cells.iter().filter(|cell| holds(cell)).count() * 2 > cells.len()
        };
        columns.push(if mostly(|cell| cell.contains('@')) {
            Column::Email("")
        } else if mostly(address::is_postcode) {
            Column::Part(Part::Postcode)
        } else if mostly(phone::looks_like_phone) {
            Column::Phone("")
        } else if mostly(is_address) {
            Column::Part(Part::Address)
        } else if mostly(|cell| cell.starts_with(|c: char| c.is_ascii_digit())) {
            Column::Unknown
        } else if !has_name && mostly(name::is_name) {
            has_name = true;
            Column::Part(Part::Name)
        } else {
            Column::Note
        });
    }
    columns
}

/// A value that never stands in a header.
fn is_value(cell: &str) -> bool {
    cell.contains('@') || phone::looks_like_phone(cell) || address::is_postcode(cell)
}

fn is_address(cell: &str) -> bool {
    let address = address::Address::read(cell);
    !(address.street.is_empty() || address.house_number.is_empty())
}
