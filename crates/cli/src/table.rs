//! Columns for people.

/// Rows in columns, two spaces apart, without trailing spaces; the first column is indented.
pub(crate) fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (width, cell) in widths.into_iter().zip(row) {
            line.push_str(&format!("  {cell:width$}"));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// "1 record", "2 records".
pub(crate) fn count(number: impl Into<u64>, one: &str, many: &str) -> String {
    let number = number.into();
    format!("{number} {}", if number == 1 { one } else { many })
}

/// At most this many characters.
pub(crate) fn short(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars()
        .take(limit.saturating_sub(1))
        .chain(['…'])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{columns, count, short};

    #[test]
    fn columns_line_up_by_characters() {
        let rows = [
            ["é".to_owned(), "1".to_owned()],
            ["abc".to_owned(), String::new()],
        ];
        assert_eq!(columns(&rows), "  é    1\n  abc\n");
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(count(1_u32, "record", "records"), "1 record");
        assert_eq!(count(0_u32, "record", "records"), "0 records");
    }

    #[test]
    fn long_lines_end_with_an_ellipsis() {
        assert_eq!(short("oversteek", 5), "over…");
        assert_eq!(short("over", 5), "over");
    }
}
