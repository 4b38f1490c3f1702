//! Addresses as files hold them: street, number, postcode and town told apart.

/// Words that stand behind a house number. Other additions are short or hold a digit.
const ADDITIONS: [&str; 9] = [
    "bis", "hs", "huis", "boven", "beneden", "zwart", "rood", "achter", "voor",
];
/// The longest addition that is not one of the words.
const SHORT_ADDITION: usize = 4;
/// Countries are not kept: the neighbourhood is in one.
const HOME_COUNTRY: [&str; 5] = [
    "nederland",
    "the netherlands",
    "netherlands",
    "nl",
    "holland",
];

/// An address in its parts.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) street: String,
    pub(crate) house_number: String,
    pub(crate) postcode: String,
    pub(crate) town: String,
}

impl Address {
    /// Reads "Malakkastraat 6 bis, 3531 HM Ergens", also over several lines.
    pub(crate) fn read(text: &str) -> Self {
        let mut address = Self::default();
        for part in text.split(['\n', '\r', ',']) {
            address.add(part.trim());
        }
        address
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn add(&mut self, part: &str) {
        if part.is_empty() || HOME_COUNTRY.contains(&part.to_lowercase().as_str()) {
            return;
        }
        if self.postcode.is_empty()
            && let Some((before, postcode, after)) = find_postcode(part)
        {
            self.postcode = postcode;
            self.add(before);
            if self.town.is_empty() {
                after.clone_into(&mut self.town);
            }
        } else if self.street.is_empty() {
            (self.street, self.house_number) = split_street(part);
        } else if self.house_number.is_empty() && part.starts_with(|c: char| c.is_ascii_digit()) {
            part.clone_into(&mut self.house_number);
        } else if self.town.is_empty() {
            part.clone_into(&mut self.town);
        }
    }
}

/// "Malakkastraat 6 bis" in street and number. The number is the last word that starts with a digit, with its
/// additions; "Plein 1940" and "1e Dwarsstraat" have none.
pub(crate) fn split_street(text: &str) -> (String, String) {
    let words: Vec<&str> = text.split_whitespace().collect();
    let whole = || (words.join(" "), String::new());
    let Some(last) = words.iter().rposition(|word| !is_addition(word)) else {
        return whole();
    };
    let is_number = |at: usize| words.get(at).is_some_and(|word| is_house_number(word));
    let mut start = last;
    if start > 1 && is_number(start) && is_number(start - 1) && !is_year(words.get(start - 1)) {
        start -= 1;
    }
    if start == 0 || !is_number(start) || (is_year(words.get(start)) && is_square(&words, start)) {
        return whole();
    }
    let (street, number) = words.split_at(start);
    let street = street.join(" ");
    (
        street.trim_end_matches([' ', ',']).to_owned(),
        number.join(" "),
    )
}

/// A house number and its addition as one: "12" and "bis" make "12 bis", "12" and "-3" make "12-3".
pub(crate) fn with_addition(number: &str, addition: &str) -> String {
    let separator = if addition.is_empty() || number.is_empty() || addition.starts_with('-') {
        ""
    } else {
        " "
    };
    format!("{number}{separator}{addition}")
}

/// A Dutch postcode with one space and capitals; others as they are.
pub(crate) fn postcode(text: &str) -> String {
    match find_postcode(text) {
        Some(("", postcode, "")) => postcode,
        _ => text.trim().to_owned(),
    }
}

/// Whether the whole text is a Dutch postcode.
pub(crate) fn is_postcode(text: &str) -> bool {
    matches!(find_postcode(text), Some(("", _, "")))
}

/// The text before a Dutch postcode (four digits and two letters), the postcode, and the text after it.
fn find_postcode(text: &str) -> Option<(&str, String, &str)> {
    let starts = text.char_indices().filter_map(|(at, letter)| {
        let is_start = letter.is_ascii_digit() && letter != '0';
        let before = text.get(..at)?;
        let stands_free = !before.ends_with(|c: char| c.is_alphanumeric());
        (is_start && stands_free).then_some((before, text.get(at..)?))
    });
    for (before, rest) in starts {
        if let Some((postcode, after)) = postcode_at_start(rest) {
            let cut = |text| str::trim_matches(text, [' ', ',', '\u{a0}']);
            return Some((cut(before), postcode, cut(after)));
        }
    }
    None
}

fn postcode_at_start(text: &str) -> Option<(String, &str)> {
    let digits = text
        .get(..4)
        .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = text.get(4..)?.trim_start_matches([' ', '\u{a0}']);
    let letters = rest
        .get(..2)
        .filter(|letters| letters.bytes().all(|b| b.is_ascii_alphabetic()))?;
    let after = rest.get(2..)?;
    if after.starts_with(char::is_alphanumeric) {
        return None;
    }
    Some((format!("{digits} {}", letters.to_ascii_uppercase()), after))
}

fn is_house_number(word: &str) -> bool {
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    let rest: String = word.chars().skip(digits).collect();
    let is_ordinal = ["e", "de", "ste", "st", "nd", "rd", "th"].contains(&rest.as_str());
    (1..=5).contains(&digits) && rest.chars().count() <= 6 && !(is_ordinal && rest != "e")
}

fn is_addition(word: &str) -> bool {
    let plain = word.trim_matches(['-', '.', '/', '(', ')']).to_lowercase();
    if plain.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    ADDITIONS.contains(&plain.as_str())
        || (word.chars().count() <= SHORT_ADDITION && word.chars().all(|c| !c.is_lowercase()))
        || plain.chars().count() == 1
}

fn is_year(word: Option<&&str>) -> bool {
    word.and_then(|word| word.parse::<u16>().ok())
        .is_some_and(|number| (1500..=2099).contains(&number))
}

/// "Plein 1940", "Laan 1948": a year directly behind one word that is a kind of street.
fn is_square(words: &[&str], year_at: usize) -> bool {
    year_at == 1
        && words
            .first()
            .is_some_and(|word| ["plein", "laan", "park"].contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::{Address, is_postcode, postcode, split_street, with_addition};

    #[test]
    fn a_street_line_is_split_at_its_number() {
        for (line, street, number) in [
            ("Malakkastraat 6", "Malakkastraat", "6"),
            ("Malakkastraat 6 bis", "Malakkastraat", "6 bis"),
            ("Malakkastraat 6bis A", "Malakkastraat", "6bis A"),
            ("Malakkastraat 12-3", "Malakkastraat", "12-3"),
            ("Malakkastraat 12 3", "Malakkastraat", "12 3"),
            ("Malakkastraat 12 III", "Malakkastraat", "12 III"),
            ("Malakkastraat 6 hs", "Malakkastraat", "6 hs"),
            ("Malakkastraat, 6", "Malakkastraat", "6"),
            ("1e Dwarsstraat 4", "1e Dwarsstraat", "4"),
            ("1e Dwarsstraat", "1e Dwarsstraat", ""),
            ("Plein 1940 5", "Plein 1940", "5"),
            ("Plein 1940", "Plein 1940", ""),
            ("Laan van 1813 3 A", "Laan van 1813", "3 A"),
            ("Kade", "Kade", ""),
            ("12", "12", ""),
            ("", "", ""),
            ("Postbus 1234", "Postbus", "1234"),
            ("van der Wijckstraat 7", "van der Wijckstraat", "7"),
        ] {
            let (found_street, found_number) = split_street(line);
            assert_eq!(
                (found_street.as_str(), found_number.as_str()),
                (street, number),
                "{line}"
            );
        }
    }

    #[test]
    fn a_whole_address_in_one_cell_is_told_apart() {
        for text in [
            "Malakkastraat 6 bis, 1000 AA Veldhaven",
            "Malakkastraat 6 bis\n1000AA  Veldhaven\nNederland",
            "Malakkastraat 6 bis 1000 aa Veldhaven",
            "Malakkastraat 6 bis\r\n1000 AA\r\nVeldhaven\r\nThe Netherlands",
        ] {
            let address = Address::read(text);
            assert_eq!(address.street, "Malakkastraat", "{text}");
            assert_eq!(address.house_number, "6 bis", "{text}");
            assert_eq!(address.postcode, "1000 AA", "{text}");
            assert_eq!(address.town, "Veldhaven", "{text}");
        }
        assert!(Address::read(" , \n").is_empty());
    }

    #[test]
    fn a_dutch_postcode_gets_its_space() {
        assert_eq!(postcode("1000aa"), "1000 AA");
        assert_eq!(postcode(" 1000  AA "), "1000 AA");
        assert_eq!(postcode("SW1A 1AA"), "SW1A 1AA");
        assert!(is_postcode("1000AA"));
        assert!(!is_postcode("0100 AA"));
        assert!(!is_postcode("1000 AAB"));
    }

    #[test]
    fn a_number_and_its_addition_become_one() {
        assert_eq!(with_addition("12", "bis"), "12 bis");
        assert_eq!(with_addition("12", "-3"), "12-3");
        assert_eq!(with_addition("12", ""), "12");
        assert_eq!(with_addition("", "bis"), "bis");
    }
}
