//! Telephone numbers as files hold them, brought to E.164 where the number says which country it belongs to.
//!
//! Source: the Dutch numbering plan (*Nummerplan telefoon- en ISDN-diensten*): ten digits with the leading 0, of which
//! 06 is mobile.

/// The most digits of an E.164 number.
const E164_DIGITS: usize = 15;
/// Fewer digits than this are a short number, which has no international form.
const SHORTEST: usize = 8;

/// `06 1234 5678`, `0031-6…`, `+31 (0)6…` become `+316…`; what cannot be read so stays as it was typed.
pub(crate) fn normalised(text: &str) -> String {
    let typed = text.trim();
    let (number, extension) = without_uri(typed);
    let international = international(number).unwrap_or_else(|| number.trim().to_owned());
    match extension {
        Some(extension) => format!("{international} ext. {extension}"),
        None => international,
    }
}

/// Whether it has enough digits, and nothing but what belongs in a telephone number.
pub(crate) fn looks_like_phone(text: &str) -> bool {
    let text = text.trim();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (SHORTEST..=E164_DIGITS).contains(&digits)
        && text
            .chars()
            .all(|letter| letter.is_ascii_digit() || " +-().\u{a0}/".contains(letter))
}

/// The number and extension of a `tel:` URI (RFC 3966), or the text itself.
fn without_uri(text: &str) -> (&str, Option<&str>) {
    let Some((scheme, rest)) = text.split_once(':') else {
        return (text, None);
    };
    if !scheme.eq_ignore_ascii_case("tel") {
        return (text, None);
    }
    let (number, parameters) = rest.split_once(';').unwrap_or((rest, ""));
    let extension = parameters
        .split(';')
        .find_map(|parameter| parameter.strip_prefix("ext="));
    (number, extension)
}

fn international(number: &str) -> Option<String> {
    let is_extended = number.chars().any(char::is_alphabetic);
    if is_extended {
        return None;
    }
    let has_country = number.trim_start().starts_with(['+', '0']);
    let number = if has_country {
        number.replacen("(0)", "", 1)
    } else {
        number.to_owned()
    };
    let mut digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let plus = number.trim_start().starts_with('+');
    if !plus {
        digits = with_country(digits)?;
    }
    if let Some(rest) = digits.strip_prefix("310") {
        digits = format!("31{rest}");
    }
    (SHORTEST..=E164_DIGITS)
        .contains(&digits.len())
        .then(|| format!("+{digits}"))
}

/// Digits without a plus: with 00, a Dutch number, or a Dutch mobile number that lost its zero in a spreadsheet.
fn with_country(digits: String) -> Option<String> {
    if let Some(rest) = digits.strip_prefix("00") {
        return (!rest.starts_with('0')).then(|| rest.to_owned());
    }
    match digits.len() {
        10 => digits.strip_prefix('0').map(|rest| format!("31{rest}")),
        9 if digits.starts_with('6') => Some(format!("31{digits}")),
        11 if digits.starts_with("316") => Some(digits),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{looks_like_phone, normalised};

    #[test]
    fn dutch_numbers_come_out_in_one_form() {
        for (typed, wanted) in [
            ("0600123456", "+31600123456"),
            ("06-00 12 34 56", "+31600123456"),
            ("06.00.12.34.56", "+31600123456"),
            ("+31 6 00123456", "+31600123456"),
            ("+31 (0)6-00123456", "+31600123456"),
            ("+31 06 00123456", "+31600123456"),
            ("0031600123456", "+31600123456"),
            ("31600123456", "+31600123456"),
            ("600123456", "+31600123456"),
            ("(030) 000 00 00", "+31300000000"),
            ("tel:+31-6-00123456;ext=12", "+31600123456 ext. 12"),
            ("+49 30 000000", "+4930000000"),
            ("+1 (555) 010-0199", "+15550100199"),
        ] {
            assert_eq!(normalised(typed), wanted, "{typed}");
        }
    }

    #[test]
    fn what_is_no_whole_number_stays_as_typed() {
        for typed in [
            "112",
            "14 030",
            "0800-1234",
            "0900 0101",
            "123 45 67",
            "06 00 12 34 56 (avond)",
            "vraag Ans",
            "",
            "000000000",
        ] {
            assert_eq!(normalised(typed), typed);
        }
    }

    #[test]
    fn a_telephone_number_is_told_from_other_text() {
        for yes in ["0600123456", "+31 6 00 12 34 56", "(030) 000-0000"] {
            assert!(looks_like_phone(yes), "{yes}");
        }
        for no in ["12 bis", "3531 HM", "Jan", "2024", "1234567890123456"] {
            assert!(!looks_like_phone(no), "{no}");
        }
    }
}
