//! People named by what they are: "mevrouw de Vries", "moeder van Sami", "familie Yilmaz", "buurman Kees".

use std::ops::Range;

use super::lexicon::{is_common_word, is_given_name, word_lists};
use super::lower_names::{Before, surname_end};
use super::name_rules::{is_known, is_person};
use super::names::{Found, Person, lower_name, sure_given_name};
use super::people::{Name, is_surname, name_at, spelled, surname_at};
use super::reading::{Claim, Reading};

const MADAM: &[&str] = &["mevrouw", "mevr", "mw", "mvr"];
const SIR: &[&str] = &["meneer", "mijnheer", "dhr", "hr", "heer"];
const ENGLISH_TITLES: &[&str] = &["mrs", "ms", "mr", "miss"];
const FAMILY: &[&str] = &["familie", "fam", "gezin", "family"];

word_lists! {
    "lexicon/title_words.txt":
    /// Who is known through somebody else: "moeder van Sami".
    KIN,
    /// A child: its name is kept in the note, not in the address book.
    CHILD,
    /// Of these, those who are called by their surname.
    CALLED,
    /// What someone is: the name follows, and is a person even if nothing else says so.
    ROLES,
}

/// Words between "over" and a name: "over *mijn buurman* Kees".
pub(super) fn names_a_person(fold: &str) -> bool {
    let around = matches!(
        fold,
        "." | "de" | "het" | "een" | "haar" | "zijn" | "onze" | "hun" | "mijn" | "die"
    );
    let role = KIN.has(fold) || CHILD.has(fold) || ROLES.has(fold);
    around || role || is_title(fold) || FAMILY.contains(&fold)
}

/// The person who is named at `at` behind a title, a role or somebody else.
pub(super) fn titled_at(reading: &Reading<'_>, at: usize) -> Option<Found> {
    kin(reading, at)
        .or_else(|| child(reading, at))
        .or_else(|| titled(reading, at))
        .or_else(|| family(reading, at))
        .or_else(|| with_role(reading, at))
}

/// "moeder van Sami": known through a child. When her own name is beside it, that name is enough.
fn kin(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let line = &reading.line;
    if !KIN.has(line.fold(at)) || !matches!(line.fold(at + 1), "van" | "of") {
        return None;
    }
    let title = usize::from(is_title(line.fold(at + 2)));
    let next = skip_dot(reading, at + 2 + title, title > 0);
    let of = surname_at(reading, next).or_else(|| {
        let given = sure_given_name(reading, next);
        given.then(|| Name::of_words(next..next + 1))
    })?;
    let end = others_end(reading, of.tokens.end);
    let tokens = at..end;
    let named_before =
        (at.saturating_sub(3)..at).any(|at| reading.claim_at(at) == Some(Claim::Person));
    let beside = end + usize::from(matches!(line.fold(end), "," | "(" | "heet" | ":"));
    let named_after = beside > end
        && name_at(reading, beside)
            .is_some_and(|name| is_person(reading, &name) || line.fold(end) == "heet");
    if named_before || named_after {
        return Some((tokens, None));
    }
    let around = |tokens: Range<usize>| line.spaced(tokens, |_| true);
    let others = around(of.tokens.end..end);
    let name = [
        around(at..of.tokens.start),
        spelled(line, &of.tokens),
        others,
    ];
    let name = name.join(" ").trim_end().to_owned();
    let name = if at == 0 { lower_first(&name) } else { name };
    let asked = name.clone();
    Some((
        tokens.clone(),
        Some(Person {
            tokens,
            name,
            asked,
            through_child: true,
        }),
    ))
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// "haar zoontje Sami": kept in the note, not proposed as a contact.
fn child(reading: &Reading<'_>, at: usize) -> Option<Found> {
    if !CHILD.has(reading.line.fold(at)) {
        return None;
    }
    let end = others_end(reading, name_at(reading, at + 1)?.tokens.end);
    Some((at..end, None))
}

/// One past "en Bilal" and the like.
fn others_end(reading: &Reading<'_>, mut end: usize) -> usize {
    while matches!(reading.line.fold(end), "en" | "and")
        && let Some(other) = name_at(reading, end + 1).filter(Name::is_single)
    {
        end = other.tokens.end;
    }
    end
}

fn is_title(fold: &str) -> bool {
    [MADAM, SIR, ENGLISH_TITLES]
        .iter()
        .any(|titles| titles.contains(&fold))
}

fn skip_dot(reading: &Reading<'_>, at: usize, after_title: bool) -> usize {
    at + usize::from(after_title && reading.line.fold(at) == ".")
}

/// "mevrouw de Vries", "dhr. J. Bos": the title stays only where no given name or initial is known.
fn titled(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let line = &reading.line;
    let title = line.fold(at);
    if !is_title(title) {
        return None;
    }
    let next = skip_dot(reading, at + 1, true);
    let name = surname_at(reading, next)
        .or_else(|| known_without_capital(reading, next))
        .or_else(|| name_without_capital(reading, next))?;
    let start = at - usize::from(title == "heer" && line.fold_before(at) == "de");
    let tokens = start..name.tokens.end;
    let first = line.fold(name.tokens.start);
    let has_given_name = name.has_initials
        || (name.capitals > 1 || name.tokens.len() > 1 && is_given_name(first))
            && (line.is_capitalised(name.tokens.start) || is_given_name(first))
            && !starts_with_particle(&name, first);
    if has_given_name {
        return Some(Person::found(reading, tokens, &name));
    }
    let asked = spelled(line, &name.tokens);
    let spoken = if MADAM.contains(&title) {
        "mevrouw"
    } else if SIR.contains(&title) {
        "meneer"
    } else {
        line.token(at).map_or("", |token| token.text)
    };
    let name = format!("{spoken} {asked}");
    Some((
        tokens.clone(),
        Some(Person {
            tokens,
            name,
            asked,
            through_child: false,
        }),
    ))
}

/// "De Vries" after a title: a surname with a capital particle.
fn starts_with_particle(name: &Name, first: &str) -> bool {
    name.has_particle
        && matches!(
            first,
            "de" | "van" | "den" | "der" | "ter" | "ten" | "el" | "al" | "'t"
        )
}

fn family(reading: &Reading<'_>, at: usize) -> Option<Found> {
    if !FAMILY.contains(&reading.line.fold(at)) {
        return None;
    }
    let next = skip_dot(reading, at + 1, true);
    let name = surname_at(reading, next).or_else(|| {
        let end = surname_end(reading, next, Before::Title)?;
        Some(Name::of_words(next..end))
    })?;
    let tokens = at..name.tokens.end;
    let asked = spelled(&reading.line, &name.tokens);
    let name = format!("familie {asked}");
    Some((
        tokens.clone(),
        Some(Person {
            tokens,
            name,
            asked,
            through_child: false,
        }),
    ))
}

/// "buurman Kees", "wijkagent De Wit".
fn with_role(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let role = reading.line.fold(at);
    if !ROLES.has(role) {
        return None;
    }
    let next = skip_dot(reading, at + 1, matches!(role, "dr" | "ds"));
    let name = surname_at(reading, next)
        .or_else(|| sure_given_name(reading, next).then(|| lower_name(reading, next)))
        .or_else(|| {
            let end = surname_end(reading, next, Before::GivenName).filter(|_| CALLED.has(role))?;
            Some(Name::of_words(next..end))
        })?;
    Some(Person::found(reading, name.tokens.clone(), &name))
}

/// The longest name without a capital at `at` that the directory knows.
pub(super) fn known_without_capital(reading: &Reading<'_>, at: usize) -> Option<Name> {
    let line = &reading.line;
    let word = line.fold(at);
    if !line.is_word(at) || word.len() < 3 || is_common_word(word) || !reading.is_free(at) {
        return None;
    }
    // One question settles most words: who is not known by one word is not known by more.
    if !is_known(reading, &(at..at + 1)) {
        return None;
    }
    let clause = line.clause_of(at)?;
    (at + 1..=clause.end.min(at + 4)).rev().find_map(|end| {
        let name = Name::of_words(at..end);
        is_known(reading, &name.tokens).then_some(name)
    })
}

/// "mevrouw bakker", "mevrouw de vries belde", "mevrouw fatima azzouzi": behind a title.
fn name_without_capital(reading: &Reading<'_>, at: usize) -> Option<Name> {
    if sure_given_name(reading, at) {
        return Some(lower_name(reading, at));
    }
    let line = &reading.line;
    let known_surname = line.is_word(at) && reading.is_free(at) && is_surname(line.fold(at));
    surname_end(reading, at, Before::Title)
        .or_else(|| known_surname.then_some(at + 1))
        .map(|end| Name::of_words(at..end))
}
