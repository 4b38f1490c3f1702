//! Names of people: put together from parts, and taken apart for programs that want parts.

/// Words in front of a Dutch or Arabic family name that belong to it.
const PARTICLES: [&str; 27] = [
    "af", "al", "ben", "bij", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
    "el", "het", "in", "la", "le", "op", "ten", "ter", "te", "tot", "uit", "van", "von",
];
/// Words before a name that are no part of it.
const TITLES: [&str; 10] = [
    "mevrouw", "meneer", "mevr.", "mevr", "mw.", "mw", "dhr.", "dhr", "mrs.", "mr.",
];

/// The parts of a name in the order in which they are said.
pub(crate) fn said(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .flat_map(|part| part.split_whitespace())
        .collect();
    parts.join(" ")
}

/// "Berg, Jan van den" and "Berg, van den" as they are said; other names as they are.
pub(crate) fn in_order(name: &str) -> String {
    match name.split_once(',') {
        Some((family, rest)) if !rest.contains(',') && !rest.trim().is_empty() => {
            said(&[rest, family])
        }
        _ => said(&[name]),
    }
}

/// A name in the components of vCard's `N`: family with its particles, given, prefix.
pub(crate) fn components(name: &str) -> (String, String, String) {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let mut prefix = String::new();
    if let Some(first) = words.first()
        && words.len() > 1
        && TITLES.contains(&first.to_lowercase().as_str())
    {
        prefix = words.remove(0).to_owned();
    }
    let is_particle = |word: &&&str| PARTICLES.contains(&word.to_lowercase().as_str());
    let family_at = words
        .iter()
        .position(|word| is_particle(&word))
        .unwrap_or(if prefix.is_empty() {
            1
        } else {
            words.len().saturating_sub(1)
        })
        .min(words.len());
    let (given, family) = words.split_at(family_at);
    (family.join(" "), given.join(" "), prefix)
}

/// Whether anybody could be told apart by it: a letter, a digit or a picture, not only punctuation.
pub(crate) fn is_name(text: &str) -> bool {
    text.chars().any(|letter| {
        letter.is_alphanumeric()
            || !(letter.is_ascii() || letter.is_whitespace() || letter.is_control())
    })
}

#[cfg(test)]
mod tests {
    use super::{components, in_order, is_name};

    #[test]
    fn a_name_that_starts_with_the_family_is_turned_round() {
        for (written, said) in [
            ("Berg, Jan van den", "Jan van den Berg"),
            ("Berg, van den", "van den Berg"),
            ("Jan  van den Berg ", "Jan van den Berg"),
            ("Jansen,", "Jansen,"),
            ("Ans, Bep, Cor", "Ans, Bep, Cor"),
        ] {
            assert_eq!(in_order(written), said);
        }
    }

    #[test]
    fn a_family_name_keeps_its_particles() {
        for (name, family, given, prefix) in [
            ("Fatima el Amrani", "el Amrani", "Fatima", ""),
            ("Jan Willem van de Berg", "van de Berg", "Jan Willem", ""),
            ("Fatima", "", "Fatima", ""),
            ("Mevrouw De Vries", "De Vries", "", "Mevrouw"),
            ("Mevrouw Vries", "Vries", "", "Mevrouw"),
            ("Piet Jansen", "Jansen", "Piet", ""),
            ("Mevrouw", "", "Mevrouw", ""),
            ("", "", "", ""),
        ] {
            let found = components(name);
            assert_eq!(
                found,
                (family.to_owned(), given.to_owned(), prefix.to_owned()),
                "{name}"
            );
        }
    }

    #[test]
    fn punctuation_alone_is_no_name() {
        for no in ["", " ", "-", "()", ".,;"] {
            assert!(!is_name(no), "{no}");
        }
        for yes in ["A", "é", "م", "🌻", "K9"] {
            assert!(is_name(yes), "{yes}");
        }
    }
}
