//! Whether a capitalised word is a person: what stands before it, after it and inside it.

use std::ops::Range;

use super::lexicon::{is_common_word, is_given_name, word_lists};
use super::people::{Name, bare_fold, spelled};
use super::reading::{Claim, Reading};
use super::tokens::fold;

word_lists! {
    "lexicon/around_names.txt":
    /// What is called *the* something is not a person.
    ARTICLES,
    /// Behind these stands a place.
    LOCATIVES,
    /// Behind these stands the name of an organisation.
    ORGANISATIONS,
    /// Behind these stands the name of a building or an area, or somebody who was met there.
    BUILDINGS,
    /// Before a name: someone was met, called or named.
    MEETING,
    /// After a name: only a person does this.
    PERSON_DOES,
    /// Endings of organisations, buildings and streets.
    NO_PERSON_ENDINGS,
    /// Endings of ordinary nouns: one such word alone is rarely a person.
    NOUN_ENDINGS,
}

/// Names that begin with a given name and are no person.
const NOT_PEOPLE: &[&str] = &[
    "albert heijn",
    "leger des heils",
    "rode kruis",
    "anne frank",
];

/// The name is that of a person, as far as the words around it tell.
pub(super) fn is_person(reading: &Reading<'_>, name: &Name) -> bool {
    let line = &reading.line;
    let Some(first) = line.token(name.tokens.start).map(bare_fold) else {
        return false;
    };
    let before = line.fold_before(name.tokens.start);
    let opens = line.begins_sentence(name.tokens.start);
    if NOT_PEOPLE.contains(&fold(&spelled(line, &name.tokens)).as_str()) {
        return false;
    }
    if is_given_name(first) && is_common_word(first) && name.is_single() {
        return is_alone(reading, &name.tokens) || MEETING.has(before);
    }
    if is_known(reading, &name.tokens) {
        return true;
    }
    let unlikely = ARTICLES.has(before) || BUILDINGS.has(before);
    if ORGANISATIONS.has(before) || unlikely && !is_given_name(first) {
        return false;
    }
    if is_given_name(first) || name.has_initials && !opens {
        return true;
    }
    if NO_PERSON_ENDINGS.any(|ending| first.ends_with(ending)) || LOCATIVES.has(before) {
        return false;
    }
    let noun = NOUN_ENDINGS.any(|ending| first.ends_with(ending)) && !MEETING.has(before);
    !name.is_single() || !noun && has_evidence(reading, name, before)
}

/// What only a person does: "zegt", "woont".
pub(super) fn does_what_a_person_does(fold: &str) -> bool {
    PERSON_DOES.has(fold)
}

/// The word of an organisation or a building: "Karin van de basisschool".
pub(super) fn is_organisation_word(fold: &str) -> bool {
    ORGANISATIONS.has(fold)
        || BUILDINGS.has(fold)
        || NO_PERSON_ENDINGS.any(|ending| fold.ends_with(ending))
}

/// The directory knows somebody by this name.
pub(super) fn is_known(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    !reading
        .contacts_named(&spelled(&reading.line, tokens))
        .is_empty()
}

/// A single unknown word with a capital is a person only if something says so.
fn has_evidence(reading: &Reading<'_>, name: &Name, before: &str) -> bool {
    let line = &reading.line;
    let after = line.fold(name.tokens.end);
    let way_follows = matches!(
        reading.claim_at(name.tokens.end),
        Some(Claim::Way | Claim::Address)
    );
    let person_before = matches!(before, "en" | "and" | ",")
        && name
            .tokens
            .start
            .checked_sub(2)
            .is_some_and(|at| reading.claim_at(at) == Some(Claim::Person));
    MEETING.has(before)
        || PERSON_DOES.has(after)
        || way_follows
        || person_before && before != ","
        || is_alone(reading, &name.tokens)
}

/// The name is all there is between two commas; the end of what has been typed so far does not count as one.
fn is_alone(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    let alone = reading
        .line
        .clause_of(tokens.start)
        .is_some_and(|clause| clause == *tokens);
    let mark = reading.line.fold(tokens.end);
    // "Inloop:" heads a note as often as "Tjalling:" does.
    alone
        && (matches!(mark, "," | ";" | "(" | ")" | "-" | "–" | "\n")
            || tokens.start > 0 && mark == ":")
}
