//! How a name is built: given names, initials, particles and surnames, and the words before it.

use std::ops::Range;

use super::lexicon::{is_common_word, is_given_name, word_lists};
use super::lower_names::{Before, surname_end};
use super::numbers::is_calendar_word;
use super::reading::Reading;
use super::tokens::{Line, Token, TokenKind, fold};

word_lists! {
    "lexicon/name_parts.txt":
    /// Particles that stand before a surname.
    PARTICLES,
    /// Ordinary words that are well-known surnames too.
    SURNAMES,
}

/// Particles that are first of all ordinary words: only before "den", "der" or "'t" are they part of a name.
const DOUBTFUL: &[&str] = &["op", "in", "aan", "uit"];

/// The most words of one name, particles included.
const LONGEST: usize = 8;

/// A particle that is not first of all an ordinary word.
pub(super) fn is_particle(fold: &str) -> bool {
    PARTICLES.has(fold) && !DOUBTFUL.contains(&fold) && fold != "het"
}

/// An ordinary word that is a well-known surname too.
pub(super) fn is_surname(fold: &str) -> bool {
    SURNAMES.has(fold)
}

/// A name in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) tokens: Range<usize>,
    /// Words with a capital, initials not counted.
    pub(super) capitals: usize,
    pub(super) has_initials: bool,
    pub(super) has_particle: bool,
}

impl Name {
    /// A name of one or more words of which only the last is counted.
    pub(super) const fn of_words(tokens: Range<usize>) -> Self {
        let has_particle = tokens.end > tokens.start + 1;
        Self {
            tokens,
            capitals: 1,
            has_initials: false,
            has_particle,
        }
    }

    /// One word only: it may be a person, a street, an organisation.
    pub(super) const fn is_single(&self) -> bool {
        self.capitals == 1 && !self.has_initials && !self.has_particle
    }
}

/// The name that begins at `at` with a given name, initials or a surname.
pub(super) fn name_at(reading: &Reading<'_>, at: usize) -> Option<Name> {
    name_from(reading, at, is_name_word)
}

/// A name at `at`, whose first word `may_begin`.
fn name_from(
    reading: &Reading<'_>,
    at: usize,
    may_begin: fn(&Reading<'_>, usize) -> bool,
) -> Option<Name> {
    let mut name = Name {
        tokens: at..at,
        capitals: 0,
        has_initials: false,
        has_particle: false,
    };
    let mut next = at;
    while let Some(end) = initial_end(reading, next) {
        name.has_initials = true;
        next = end;
    }
    if !name.has_initials && !may_begin(reading, at) {
        return None;
    }
    while next < at + LONGEST {
        let surname = particles_end(reading, next);
        let continues = if next == at {
            may_begin(reading, next)
        } else {
            may_continue(reading, surname)
        };
        if !continues {
            break;
        }
        name.has_particle |= surname > next;
        name.capitals += 1;
        next = surname + 1;
        name.tokens.end = next;
        if is_possessive(&reading.line, surname) {
            break;
        }
    }
    if name.is_single()
        && reading
            .line
            .token(at)
            .is_some_and(|first| is_given_name(&first.fold))
        && let Some(end) = surname_end(reading, name.tokens.end, Before::GivenName)
    {
        name.tokens.end = end;
        name.capitals += 1;
    }
    (name.capitals > 0).then_some(name)
}

fn is_possessive(line: &Line<'_>, at: usize) -> bool {
    line.token(at)
        .is_some_and(|token| possessive(token.text).is_some())
}

/// The name that begins at `at` behind a title: also a surname alone, with or without particles.
pub(super) fn surname_at(reading: &Reading<'_>, at: usize) -> Option<Name> {
    let start = particles_end(reading, at);
    if start == at {
        return name_from(reading, at, may_continue);
    }
    let name = name_from(reading, start, may_continue)?;
    Some(Name {
        tokens: at..name.tokens.end,
        has_particle: true,
        ..name
    })
}

/// One past an initial with its dot at `at`: "J.", or "J" before a surname.
fn initial_end(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let line = &reading.line;
    let letter = line
        .token(at)
        .filter(|token| token.text.chars().count() == 1)?;
    if !line.is_capitalised(at) || !reading.is_free(at) || letter.kind != TokenKind::Word {
        return None;
    }
    if line.fold(at + 1) == "." && line.is_glued(at + 1) {
        return Some(at + 2);
    }
    let surname = particles_end(reading, at + 1);
    (is_name_word(reading, surname) && !line.begins_sentence(at)).then_some(at + 1)
}

/// One past a single particle at `at`: "van", "'t", "vd", "v.d.", "v/d", "v.".
pub(super) fn particle_end(line: &Line<'_>, at: usize) -> Option<usize> {
    if PARTICLES.has(line.fold(at)) {
        return Some(at + 1);
    }
    let is = |after: usize, fold: &str| line.fold(at + after) == fold && line.is_glued(at + after);
    if line.fold(at) != "v" {
        return None;
    }
    let length = match (is(1, "."), is(1, "/")) {
        (true, _) if is(2, "d") => 3 + usize::from(is(3, ".")),
        (true, _) => 2,
        (_, true) if is(2, "d") => 3 + usize::from(is(3, ".")),
        (false, _) => return None,
    };
    Some(at + length)
}

/// One past the particles at `at`; `at` itself when there are none, or when no name follows them.
fn particles_end(reading: &Reading<'_>, at: usize) -> usize {
    let line = &reading.line;
    let mut next = at;
    for _ in 0..3 {
        let Some(end) = particle_end(line, next).filter(|_| reading.is_free(next)) else {
            break;
        };
        let firm = !DOUBTFUL.contains(&line.fold(next))
            || matches!(line.fold(next + 1), "den" | "der" | "'t" | "het");
        let het = line.fold(next) == "het" && next == at;
        if !firm || het {
            break;
        }
        next = end;
    }
    if next > at && may_continue(reading, next) {
        next
    } else {
        at
    }
}

/// A word that may be the first of a name.
pub(super) fn is_name_word(reading: &Reading<'_>, at: usize) -> bool {
    let Some(token) = reading.line.token(at) else {
        return false;
    };
    let fold = bare_fold(token);
    let abbreviation =
        token.is_all_capitals() && !is_given_name(fold) && !is_shouted(&reading.line);
    reading.is_free(at)
        && is_plain_capitalised(&reading.line, at)
        && !abbreviation
        && fold.chars().count() > 1
        && (!is_common_word(fold) || is_given_name(fold))
        && !is_calendar_word(fold)
}

/// A word that may be the second or a later one of a name.
fn may_continue(reading: &Reading<'_>, at: usize) -> bool {
    let Some(token) = reading.line.token(at) else {
        return false;
    };
    let fold = bare_fold(token);
    reading.is_free(at)
        && is_plain_capitalised(&reading.line, at)
        && fold.chars().count() > 1
        && (!is_common_word(fold) || SURNAMES.has(fold) || is_given_name(fold))
        && !is_calendar_word(fold)
        && !reading.line.fold(at + 1).starts_with('@')
}

/// A capital at the beginning and none inside, but for "McDonald", "Jansen-Bos" and the like.
fn is_plain_capitalised(line: &Line<'_>, at: usize) -> bool {
    let Some(token) = line.token(at) else {
        return false;
    };
    let glued_to_number = token.glued
        && at
            .checked_sub(1)
            .is_some_and(|before| line.value(before).is_some());
    line.is_capitalised(at)
        && !glued_to_number
        && (token.is_all_capitals() || !has_inner_capital(token.text))
}

fn has_inner_capital(text: &str) -> bool {
    text.split(['-', '\'', '’']).any(|part| {
        let inner = part.char_indices().skip(1).find(|(_, c)| c.is_uppercase());
        inner.is_some_and(|(at, _)| {
            let before = part.get(..at).map(fold).unwrap_or_default();
            !matches!(
                before.as_str(),
                "mc" | "mac" | "de" | "van" | "el" | "al" | "di" | "la" | "le"
            )
        })
    })
}

/// The whole text is in capitals, so that a capital says nothing.
pub(super) fn is_shouted(line: &Line<'_>) -> bool {
    line.tokens.len() > 1 && !line.text.chars().any(char::is_lowercase)
}

/// The folded word without a possessive: "Fatima's" is Fatima.
pub(super) fn bare_fold<'t>(token: &'t Token<'_>) -> &'t str {
    possessive(&token.fold).unwrap_or(&token.fold)
}

fn possessive(text: &str) -> Option<&str> {
    text.strip_suffix("'s").or_else(|| text.strip_suffix("’s"))
}

/// The words of a name as it is kept: capitals where they were forgotten, no possessive.
pub(super) fn spelled(line: &Line<'_>, tokens: &Range<usize>) -> String {
    let typed = line.spaced(tokens.clone(), |_| true);
    let typed = possessive(&typed).unwrap_or(&typed);
    let shouted = !typed.chars().any(char::is_lowercase);
    let words: Vec<String> = typed
        .split(' ')
        .map(|word| {
            if shouted || !word.chars().any(char::is_uppercase) {
                cased(&word.to_lowercase())
            } else {
                word.to_owned()
            }
        })
        .collect();
    words.join(" ")
}

/// A word in lower case as a name has it: a capital at its start and behind a dash, none for particles.
fn cased(word: &str) -> String {
    let parts: Vec<String> = word
        .split('-')
        .map(|part| {
            let particle = PARTICLES.has(part) || part.starts_with("v.") || part.starts_with("v/");
            if particle {
                part.to_owned()
            } else {
                capitalised(part)
            }
        })
        .collect();
    parts.join("-")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
