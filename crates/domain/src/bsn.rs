//! Finds a citizen service number (*burgerservicenummer*, BSN), which must not be kept.
//!
//! A BSN has nine digits `a…i` for which `9a + 8b + 7c + 6d + 5e + 4f + 3g + 2h − i` is divisible by eleven; nine zeros
//! mean "none". Source: *Stelselgegevensregister* (BKWI), element *Burgerservicenr*, and *Logisch Ontwerp BSN* (RvIG).
//! An RSIN, the number of a Dutch legal person, obeys the same test and cannot be told apart.

use std::ops::Range;

const DIGITS: usize = 9;

/// Words that say what the number after them is.
const LABELS: [&str; 7] = [
    "bsn",
    "bsnnr",
    "bsnnummer",
    "burgerservicenummer",
    "sofi",
    "sofinr",
    "sofinummer",
];

/// The byte range of the first BSN in `text`, with the separators inside it.
///
/// The digits may stand together or apart by a dot, a dash or a space. Nine digits inside a longer row of digits do not
/// count, nor does a telephone number or a date followed by another number, whatever the eleven test says.
#[must_use]
pub fn find(text: &str) -> Option<Range<usize>> {
    let groups = digit_groups(text);
    let mut rest = groups.as_slice();
    while !rest.is_empty() {
        let row = 1 + rest.iter().skip(1).take_while(|group| group.joined).count();
        let (head, tail) = rest.split_at(row.min(rest.len()));
        if let Some(found) = in_row(text, head) {
            return Some(found);
        }
        rest = tail;
    }
    None
}

/// Digits that stand directly together.
#[derive(Debug)]
struct Group {
    bytes: Range<usize>,
    digits: Vec<u32>,
    /// Only a separator stands between the group before and this one.
    joined: bool,
}

/// A BSN in a row of groups: the whole row, one group of it, or what follows the word BSN.
fn in_row(text: &str, row: &[Group]) -> Option<Range<usize>> {
    let first = row.first()?;
    if is_labelled(text, first) {
        for end in 1..=row.len().min(DIGITS) {
            if let Some(found) = row.get(..end).and_then(whole) {
                return Some(found);
            }
        }
    }
    let is_number_of_another_kind =
        is_phone(text, row) || has_date(row) || row.len() == 1 && is_vat(text, first);
    if !is_number_of_another_kind && let Some(found) = whole(row).or_else(|| usual_groups(row)) {
        return Some(found);
    }
    row.iter()
        .enumerate()
        .filter(|(at, _)| !(is_dialled(text, row) && *at < 3))
        .find_map(|(_, group)| {
            if is_vat(text, group) {
                None
            } else {
                whole(std::slice::from_ref(group))
            }
        })
}

/// A BSN among other numbers, written in the groups in which people are used to write it.
fn usual_groups(row: &[Group]) -> Option<Range<usize>> {
    let sizes = |three: &[Group]| {
        three
            .iter()
            .map(|group| group.digits.len())
            .collect::<Vec<_>>()
    };
    let mut threes = row
        .windows(3)
        .filter(|three| matches!(*sizes(three), [3, 3, 3] | [4, 2, 3]));
    threes.find_map(whole)
}

/// The range of `groups` if all their digits together are a BSN.
fn whole(groups: &[Group]) -> Option<Range<usize>> {
    let digits: Vec<u32> = groups
        .iter()
        .flat_map(|group| group.digits.iter().copied())
        .collect();
    let bytes = groups.first()?.bytes.start..groups.last()?.bytes.end;
    passes(&digits).then_some(bytes)
}

/// The eleven test of the BSN.
fn passes(digits: &[u32]) -> bool {
    let Some((last, others)) = digits.split_last() else {
        return false;
    };
    if digits.len() != DIGITS || digits.iter().all(|digit| *digit == 0) {
        return false;
    }
    let sum: u32 = others
        .iter()
        .zip((2..=9).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    sum % 11 == *last
}

fn digit_groups(text: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, digit) in text
        .char_indices()
        .filter_map(|(at, c)| Some((at, c.to_digit(10)?)))
    {
        match groups.last_mut() {
            Some(group) if group.bytes.end == at => {
                group.bytes.end = at + 1;
                group.digits.push(digit);
            }
            last => {
                let joined = last.is_some_and(|group| is_gap(text.get(group.bytes.end..at)));
                groups.push(Group {
                    bytes: at..at + 1,
                    digits: vec![digit],
                    joined,
                });
            }
        }
    }
    groups
}

/// A dot, a dash, one or two spaces, a dash between spaces, or a parenthesis as in +31 (0)6.
fn is_gap(between: Option<&str>) -> bool {
    let Some(between) = between else { return false };
    let marks = between.trim();
    let spaces = between.chars().count() - marks.chars().count();
    match marks {
        "" => (1..=2).contains(&spaces),
        "(" | ")" => true,
        "." => spaces == 0,
        "-" | "–" | "\u{2011}" => spaces == 0 || spaces == 2,
        _ => false,
    }
}

/// The word before the group says that it is a BSN.
fn is_labelled(text: &str, group: &Group) -> bool {
    let before = text.get(..group.bytes.start).unwrap_or_default();
    let before = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let word = before
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    LABELS.contains(&word.to_lowercase().as_str())
}

/// The row begins with an international prefix, such as +31 or 0031.
fn is_dialled(text: &str, row: &[Group]) -> bool {
    row.first().is_some_and(|first| {
        text.get(..first.bytes.start)
            .is_some_and(|before| before.ends_with('+'))
            || first.digits.starts_with(&[0, 0]) && first.digits.len() <= 5
    })
}

/// The row has the shape of a telephone number, or of a mobile one that is not finished yet.
fn is_phone(text: &str, row: &[Group]) -> bool {
    let unfinished = row.len() > 1 && row.first().is_some_and(|first| first.digits == [0, 6]);
    let digits = row.iter().flat_map(|group| &group.digits);
    let national = digits.clone().next() == Some(&0) && digits.count() == 10;
    unfinished || national || is_dialled(text, row)
}

/// Three groups follow each other as day, month, year or as year, month, day.
fn has_date(row: &[Group]) -> bool {
    let value = |group: &Group| group.digits.iter().fold(0, |sum, digit| sum * 10 + digit);
    row.windows(3).any(|three| {
        let [first, second, third] = three else {
            return false;
        };
        let day_and_month = |day: &Group, month: &Group| {
            day.digits.len() <= 2
                && month.digits.len() <= 2
                && (1..=31).contains(&value(day))
                && (1..=12).contains(&value(month))
        };
        let year = |group: &Group| group.digits.len() == 4 && (1900..2100).contains(&value(group));
        day_and_month(first, second) && year(third) || day_and_month(third, second) && year(first)
    })
}

/// A VAT number: nine digits between "NL" and "B01".
fn is_vat(text: &str, group: &Group) -> bool {
    let before = text.get(..group.bytes.start).unwrap_or_default();
    let after = text.get(group.bytes.end..).unwrap_or_default();
    before.ends_with(char::is_alphabetic) && after.starts_with(['B', 'b'])
}

#[cfg(test)]
mod tests {
    use super::find;

    /// The part of `text` that is refused.
    fn refused(text: &str) -> Option<&str> {
        find(text).and_then(|range| text.get(range))
    }

    #[test]
    fn nine_digits_that_pass_the_eleven_test_are_found_however_they_are_typed() {
        for (text, part) in [
            ("123456782", "123456782"),
            ("bsn 111222333 staat in de mail", "111222333"),
            ("BSN:123.456.782.", "123.456.782"),
            ("nr 1234.56.782, bel dinsdag", "1234.56.782"),
            ("123 456 782", "123 456 782"),
            ("123-456-782", "123-456-782"),
            ("123 - 456 - 782", "123 - 456 - 782"),
            ("1 2 3 4 5 6 7 8 2", "1 2 3 4 5 6 7 8 2"),
            ("12345 6782", "12345 6782"),
            ("Malakkastraat 6 123456782", "123456782"),
            ("bsn 123 456 782 5 kinderen", "123 456 782"),
            ("bsn123456782", "123456782"),
            ("123 456 782 06-12345678", "123 456 782"),
            ("Fatima (123456782)", "123456782"),
            ("één 010464554", "010464554"),
            ("123\u{a0}456\u{a0}782", "123\u{a0}456\u{a0}782"),
        ] {
            assert_eq!(refused(text), Some(part), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "",
            "123456789",
            "000000000",
            "000.000.000",
            "1234567820",
            "0123456782",
            "06 12345678",
            "06-12 34 56 78",
            "0612345678",
            "06-12345678",
            "+31 612345609",
            "+31 6 12345609",
            "+31 (0)6 12345609",
            "+31 (0)612345609",
            "+31123456782",
            "0031 123456782",
            "030 123 45 67",
            "0346-123456",
            "3531 HM",
            "NL91 ABNA 0417 1643 00",
            "NL91ABNA0417164300",
            "NL123456782B01",
            "12-03-1980 5 kinderen",
            "2026-12-03 9 uur",
            "3 december 2026 14:30",
            "12345. 6782 anderen",
            "kamer 12, 3456782",
            "zaak 12/345/6782",
        ] {
            assert_eq!(refused(text), None, "{text}");
        }
    }

    #[test]
    fn of_ten_possible_last_digits_at_most_one_is_refused() {
        for start in [1000_0000_u32, 1234_5678, 9999_9900] {
            for eight in start..start + 99 {
                let found = (0..10)
                    .filter(|last| find(&format!("{eight}{last}")).is_some())
                    .count();
                assert!(found <= 1, "{eight}");
            }
        }
    }
}
