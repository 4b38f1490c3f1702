//! Street names and house numbers.

use std::ops::Range;

use super::lexicon::{is_common_word, is_given_name, word_lists};
use super::name_rules::is_known;
use super::numbers::{is_calendar_word, month};
use super::people::bare_fold;
use super::reading::Reading;
use super::tokens::{Line, TokenKind};

/// Endings that make a capitalised word a street, with or without a house number.
const SURE: &[&str] = &[
    "straat",
    "laan",
    "plein",
    "kade",
    "gracht",
    "singel",
    "plantsoen",
    "dreef",
    "steeg",
    "weg",
    "straatweg",
];

word_lists! {
    "lexicon/street_words.txt":
    /// Endings that need a house number: these are surnames, parks and ordinary words as well.
    WITH_NUMBER,
    /// Ordinary words with such an ending.
    NO_STREETS,
    /// Words in front of a street that belong to its name although they are ordinary or a title.
    IN_FRONT,
    /// Given names after which many streets are called: "Jan van Scorelstraat". Any other given name is a person.
    IN_STREETS,
    /// Particles inside a street name, and those of a person who is named before it.
    PARTICLES,
}

/// A street with its house number.
#[derive(Debug)]
pub(super) struct Street {
    pub(super) tokens: Range<usize>,
    pub(super) name: String,
    pub(super) number: Option<Range<usize>>,
}

/// The street whose name begins at `at`.
pub(super) fn street_at(reading: &Reading<'_>, at: usize) -> Option<Street> {
    let line = &reading.line;
    if let Some(end) = avenue_end(line, at) {
        let number = house_number(reading, end);
        return Some(Street {
            tokens: at..end,
            name: line.spaced(at..end, |_| true),
            number,
        });
    }
    // The word with the ending comes last; the name begins before it.
    (at..line.tokens.len().min(at + 6))
        .take_while(|last| *last == at || may_lead(reading, *last - 1))
        .filter(|last| first_of(reading, *last) == at)
        .find_map(|last| street_ending(reading, at, last))
}

/// "Neude 11": no street by its ending, so the caller wants a postcode behind it.
pub(super) fn unlike_a_street_at(reading: &Reading<'_>, at: usize) -> Option<Street> {
    let line = &reading.line;
    let word = line
        .token(at)
        .filter(|_| line.is_capitalised(at) && reading.is_free(at))?;
    let number = house_number(reading, at + 1)?;
    let plain = !is_common_word(&word.fold) && !is_given_name(&word.fold);
    plain.then(|| Street {
        tokens: at..at + 1,
        name: word.text.to_owned(),
        number: Some(number),
    })
}

fn street_ending(reading: &Reading<'_>, first: usize, last: usize) -> Option<Street> {
    let line = &reading.line;
    let word = line
        .token(last)
        .filter(|token| token.kind == TokenKind::Word)?;
    let short = word.fold.ends_with("str") && line.fold(last + 1) == "." && line.is_glued(last + 1);
    let end = last + 1 + usize::from(short);
    let number = house_number(reading, end);
    // "Oude Gracht" is a street, "Pieter van der Laan" is not.
    let in_front = first < last && IN_FRONT.has(line.fold(last - 1));
    let longer = |ending: &str| {
        let room = if in_front {
            0
        } else if line.is_capitalised(last) {
            1
        } else {
            2
        };
        word.fold.ends_with(ending) && word.fold.len() >= ending.len() + room
    };
    let sure = SURE.iter().any(|ending| longer(ending)) && line.is_capitalised(last);
    let numbered =
        number.is_some() && (SURE.iter().any(|ending| longer(ending)) || WITH_NUMBER.any(longer));
    if !(sure || numbered) || NO_STREETS.has(word.fold.as_str()) || !reading.is_free(last) {
        return None;
    }
    let typed = line.spaced(first..last + 1, |_| true);
    let name = typed
        .strip_suffix("str")
        .filter(|_| short)
        .map(|start| format!("{start}straat"));
    Some(Street {
        tokens: first..end,
        name: name.unwrap_or(typed),
        number,
    })
}

/// "Laan van Nieuw Guinea": where it ends.
fn avenue_end(line: &Line<'_>, at: usize) -> Option<usize> {
    let opens = matches!(
        line.fold(at),
        "laan" | "plein" | "weg" | "straat" | "burgemeester" | "kade"
    ) && line.is_capitalised(at)
        && line.fold(at + 1) == "van";
    let mut end = at + 2;
    while PARTICLES.has(line.fold(end)) && opens {
        end += 1;
    }
    if !opens || !line.is_capitalised(end) {
        return None;
    }
    while line.is_capitalised(end) && end < at + 6 {
        end += 1;
    }
    Some(end)
}

/// A word that may stand in front of the last word of a street name.
fn may_lead(reading: &Reading<'_>, at: usize) -> bool {
    let line = &reading.line;
    let fold = line.fold(at);
    let capital = line.is_capitalised(at)
        && !is_calendar_word(fold)
        && (!is_common_word(fold) || IN_FRONT.has(fold) || IN_STREETS.has(fold));
    let ordinal = line.value(at).is_some() && is_ordinal(line, at + 1) || is_ordinal(line, at);
    let dot = fold == "." && !line.is_clause_end(at);
    reading.is_free(at) && (capital || PARTICLES.has(fold) || ordinal || dot)
}

fn is_ordinal(line: &Line<'_>, at: usize) -> bool {
    line.is_glued(at) && matches!(line.fold(at), "e" | "de" | "ste")
}

/// The first word of the street name that ends at `last`.
fn first_of(reading: &Reading<'_>, last: usize) -> usize {
    let line = &reading.line;
    let mut first = last;
    while first > 0 && last - first < 5 && line.is_capitalised(last) && may_lead(reading, first - 1)
    {
        first -= 1;
    }
    // A name does not begin with "de" or a dot.
    while first < last
        && (PARTICLES.has(line.fold(first)) && !line.is_capitalised(first)
            || line.fold(first) == ".")
    {
        first += 1;
    }
    if first < last && is_person_before(reading, first, last) {
        last_words(line, first, last)
    } else {
        first
    }
}

/// The words in front of the street are somebody's name: "Fatima el Amrani Malakkastraat".
fn is_person_before(reading: &Reading<'_>, first: usize, last: usize) -> bool {
    let line = &reading.line;
    let Some(word) = line.token(first).map(bare_fold) else {
        return false;
    };
    let titled = matches!(
        line.fold_before(first),
        "mevrouw" | "meneer" | "mw" | "dhr" | "mevr" | "familie"
    ) || line.fold_before(first) == "."
        && first > 1
        && matches!(line.fold(first - 2), "mw" | "dhr" | "mevr" | "fam");
    let given = is_given_name(word) && !IN_STREETS.has(word);
    titled || given || is_known(reading, &(first..last))
}

/// The street without the person in front of it: its last word and "Nieuwe", "1e" and the like.
fn last_words(line: &Line<'_>, first: usize, last: usize) -> usize {
    let mut start = last;
    while start > first
        && (IN_FRONT.has(line.fold(start - 1))
            || is_ordinal(line, start - 1)
            || is_ordinal(line, start))
    {
        start -= 1;
    }
    start
}

/// A house number with its addition: "6", "6a", "12 bis", "12-2", "nr. 6".
pub(super) fn house_number(reading: &Reading<'_>, at: usize) -> Option<Range<usize>> {
    let line = &reading.line;
    let label = matches!(line.fold(at), "nr" | "nummer" | "huisnummer" | "no");
    let dot = label && line.fold(at + 1) == "." && line.is_glued(at + 1);
    let start = at + usize::from(label) + usize::from(dot);
    let number = line.token(start).filter(|token| token.text.len() <= 5)?;
    if !reading.is_free(start)
        || number.value().is_none_or(|value| value == 0)
        || number.text.starts_with('0')
    {
        return None;
    }
    let end = addition_end(line, start + 1);
    let next = line.fold(end);
    let counts = !line.is_glued(end) && is_counted(next)
        || month(next).is_some()
        || matches!(next, "%" | "€" | "/") && line.is_glued(end)
        || next == ":" && line.is_glued(end) && line.is_glued(end + 1)
        || next == "." && line.is_glued(end) && line.is_glued(end + 1);
    let part = start > 0 && number.glued && !matches!(line.fold_before(start), "." | ",");
    (!counts && !part).then_some(start..end)
}

/// "6 kinderen": not a house number.
fn is_counted(fold: &str) -> bool {
    matches!(
        fold,
        "keer"
            | "x"
            | "uur"
            | "u"
            | "weken"
            | "dagen"
            | "maanden"
            | "jaar"
            | "mensen"
            | "kinderen"
            | "meter"
            | "euro"
            | "bewoners"
            | "huizen"
            | "woningen"
            | "jongeren"
            | "gezinnen"
            | "ratten"
            | "auto's"
            | "bomen"
            | "personen"
            | "km"
            | "minuten"
            | "times"
            | "people"
            | "children"
    )
}

fn addition_end(line: &Line<'_>, at: usize) -> usize {
    let addition = |at: usize| {
        line.token(at).is_some_and(|token| {
            let letter = token.text.chars().count() == 1 && token.kind == TokenKind::Word;
            letter
                || matches!(
                    token.fold.as_str(),
                    "bis" | "hs" | "huis" | "ii" | "iii" | "iv" | "zw" | "rd" | "boven" | "bg"
                )
        })
    };
    let mut end = at;
    let added = if line.is_glued(at) {
        addition(at)
    } else {
        is_spaced_addition(line, at)
    };
    end += usize::from(added);
    let joined =
        matches!(line.fold(end), "-" | "/") && line.is_glued(end) && line.is_glued(end + 1);
    if joined && (line.value(end + 1).is_some_and(|value| value < 1000) || addition(end + 1)) {
        end += 2;
        // "12-2-2026" is a date.
        if line.fold(end) == "-" && line.is_glued(end) {
            return at;
        }
    } else if end > at
        && !line.is_glued(end)
        && line.fold(end - 1) == "bis"
        && is_spaced_addition(line, end)
    {
        end += 1;
    }
    end
}

/// An addition that stands apart: "12 bis", "12 A", "12 II".
fn is_spaced_addition(line: &Line<'_>, at: usize) -> bool {
    let Some(token) = line.token(at) else {
        return false;
    };
    let letter = token.text.len() == 1 && token.is_capitalised() && line.fold(at + 1) != ".";
    letter && token.text != "I"
        || matches!(
            token.text,
            "bis" | "hs" | "I" | "II" | "III" | "IV" | "Bis" | "BIS" | "boven" | "bg"
        )
}
