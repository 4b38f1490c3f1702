//! People: "Fatima el Amrani", "mw. de Vries", "moeder van Sami", "buurman Kees".
//!
//! Children named after their parent ("moeder van Sami", "haar zoontje Sami") are no contacts of their own: the note
//! keeps their name, the address book does not need it.

use std::ops::Range;

use super::directory::KnownContact;
use super::lexicon::{is_common_word, is_given_name, word_lists};
use super::name_rules::{is_known, is_person};
use super::people::{Name, bare_fold, is_particle, is_surname, name_at, spelled, surname_at};
use super::proposal::Proposal;
use super::reading::{Claim, Reading};
use super::tokens::fold;

const MADAM: &[&str] = &["mevrouw", "mevr", "mw", "mvr"];
const SIR: &[&str] = &["meneer", "mijnheer", "dhr", "hr", "heer"];
const ENGLISH_TITLES: &[&str] = &["mrs", "ms", "mr", "miss"];
const FAMILY: &[&str] = &["familie", "fam", "gezin", "family"];

word_lists! {
    "lexicon/name_words.txt":
    /// Who is known through somebody else: "moeder van Sami".
    KIN,
    CHILD,
    /// What someone is: the name follows, and is a person even if nothing else says so.
    ROLES,
    /// Before a name without a capital, or one that begins with a particle.
    MEETING,
    /// Given names that without a capital are something else.
    ALSO_NOUNS,
}

/// A person in the text.
#[derive(Debug)]
struct Person {
    tokens: Range<usize>,
    name: String,
    /// What the directory is asked for.
    asked: String,
    /// Named after a child, whose name is then no contact.
    through_child: bool,
}

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut people: Vec<Person> = Vec::new();
    let mut children: Vec<String> = Vec::new();
    let mut at = 0;
    while at < reading.line.tokens.len() {
        match person_at(reading, at) {
            Some((tokens, person)) => {
                at = tokens.end.max(at + 1);
                reading.claim(&tokens, Claim::Person);
                match person.filter(|person| !children.contains(&person.name)) {
                    Some(person) if !person.through_child => people.push(person),
                    other => {
                        children.extend(capitalised_words(reading, &tokens));
                        people.extend(other);
                    }
                }
            }
            None => at += 1,
        }
    }
    for person in without_doubles(people) {
        let candidates: Vec<KnownContact> = reading
            .directory
            .contacts_named(&person.asked)
            .into_iter()
            .take(5)
            .collect();
        let name = person.name;
        reading.propose(&person.tokens, |span| Proposal::Contact {
            span,
            name,
            candidates,
        });
    }
}

fn capitalised_words(reading: &Reading<'_>, tokens: &Range<usize>) -> Vec<String> {
    let line = &reading.line;
    let words = line.tokens.get(tokens.clone()).unwrap_or_default().iter();
    words
        .filter(|word| word.is_capitalised())
        .map(|word| word.text.to_owned())
        .collect()
}

/// Each person once: a later "Fatima" is the Fatima el Amrani of before, and the other way round.
fn without_doubles(people: Vec<Person>) -> Vec<Person> {
    let mut kept: Vec<Person> = Vec::new();
    for person in people {
        let new = fold(&person.name);
        let is_part = |short: &str, long: &str| {
            short == long
                || long
                    .strip_prefix(short)
                    .is_some_and(|rest| rest.starts_with(' '))
        };
        match kept.iter_mut().find(|old| {
            let old = fold(&old.name);
            is_part(&new, &old) || is_part(&old, &new)
        }) {
            Some(old) if fold(&old.name).len() < new.len() => *old = person,
            Some(_) => {}
            None => kept.push(person),
        }
    }
    kept
}

/// What is read at `at`: the tokens, and the person unless it is a child or a mere description.
fn person_at(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Option<Person>)> {
    if !reading.is_free(at) || !reading.line.is_word(at) {
        return None;
    }
    kin(reading, at)
        .or_else(|| child(reading, at))
        .or_else(|| titled(reading, at))
        .or_else(|| family(reading, at))
        .or_else(|| with_role(reading, at))
        .or_else(|| plain(reading, at))
        .or_else(|| without_capital(reading, at))
}

fn found(
    reading: &Reading<'_>,
    tokens: Range<usize>,
    name: &Name,
) -> (Range<usize>, Option<Person>) {
    let name = spelled(&reading.line, &name.tokens);
    (
        tokens.clone(),
        Some(Person {
            tokens,
            asked: name.clone(),
            name,
            through_child: false,
        }),
    )
}

/// "moeder van Sami": known through a child. When her own name is beside it, that name is enough.
fn kin(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Option<Person>)> {
    let line = &reading.line;
    if !KIN.has(line.fold(at)) || !matches!(line.fold(at + 1), "van" | "of") {
        return None;
    }
    let title = usize::from(is_title(line.fold(at + 2)));
    let of = surname_at(reading, skip_dot(reading, at + 2 + title, title > 0))?;
    let mut end = of.tokens.end;
    while matches!(line.fold(end), "en" | "and")
        && let Some(other) = name_at(reading, end + 1).filter(Name::is_single)
    {
        end = other.tokens.end;
    }
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
    let name = line.spaced(tokens.clone(), |_| true);
    let name = if at == 0 { lower_first(&name) } else { name };
    Some((
        tokens.clone(),
        Some(Person {
            tokens,
            asked: name.clone(),
            name,
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
fn child(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Option<Person>)> {
    if !CHILD.has(reading.line.fold(at)) {
        return None;
    }
    let mut end = name_at(reading, at + 1)?.tokens.end;
    while matches!(reading.line.fold(end), "en" | "and")
        && let Some(other) = name_at(reading, end + 1).filter(Name::is_single)
    {
        end = other.tokens.end;
    }
    Some((at..end, None))
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
fn titled(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Option<Person>)> {
    let line = &reading.line;
    let title = line.fold(at);
    if !is_title(title) {
        return None;
    }
    let next = skip_dot(reading, at + 1, true);
    let name = surname_at(reading, next)
        .or_else(|| known_without_capital(reading, next))
        .or_else(|| surname_without_capital(reading, next))?;
    let start = at - usize::from(title == "heer" && line.fold_before(at) == "de");
    let tokens = start..name.tokens.end;
    let first = line.fold(name.tokens.start);
    let has_given_name = name.has_initials
        || name.capitals > 1
            && line.is_capitalised(name.tokens.start)
            && !starts_with_particle(&name, first);
    if has_given_name {
        return Some(found(reading, tokens, &name));
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

fn family(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Option<Person>)> {
    if !FAMILY.contains(&reading.line.fold(at)) {
        return None;
    }
    let name = surname_at(reading, skip_dot(reading, at + 1, true))?;
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
fn with_role(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Option<Person>)> {
    let role = reading.line.fold(at);
    if !ROLES.has(role) {
        return None;
    }
    let name = surname_at(
        reading,
        skip_dot(reading, at + 1, matches!(role, "dr" | "ds")),
    )?;
    Some(found(reading, name.tokens.clone(), &name))
}

fn plain(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Option<Person>)> {
    if let Some(name) = known_common(reading, at) {
        return Some(found(reading, name.tokens.clone(), &name));
    }
    // "sprak Ter Horst": a surname alone, its particle with a capital.
    if MEETING.has(reading.line.fold_before(at))
        && reading.line.is_capitalised(at)
        && is_particle(reading.line.fold(at))
    {
        let name = surname_at(reading, at)?;
        return Some(found(reading, name.tokens.clone(), &name));
    }
    let mut name = name_at(reading, at)?;
    let line = &reading.line;
    let first = line.token(at).map(bare_fold).unwrap_or_default();
    // "Dronk Fatima ...": a verb that begins the sentence is not a given name.
    if line.begins_sentence(at)
        && !is_given_name(first)
        && !name.is_single()
        && !name.has_initials
        && line
            .token(at + 1)
            .is_some_and(|second| is_given_name(bare_fold(second)))
        && !is_known(reading, &name.tokens)
    {
        name = name_at(reading, at + 1)?;
    }
    if is_person(reading, &name) {
        return Some(found(reading, name.tokens.clone(), &name));
    }
    // Not a person: nor is a part of it, such as the second word of an organisation's name.
    None
}

/// A known contact whose name is an ordinary word: "Wil zei", but not "Wil meehelpen".
fn known_common(reading: &Reading<'_>, at: usize) -> Option<Name> {
    let line = &reading.line;
    let speaks = matches!(
        line.fold(at + 1),
        "zei"
            | "zegt"
            | "vindt"
            | "vond"
            | "vertelt"
            | "vertelde"
            | "woont"
            | "klaagt"
            | "vraagt"
            | "belde"
            | ","
    );
    let name = Name {
        tokens: at..at + 1,
        capitals: 1,
        has_initials: false,
        has_particle: false,
    };
    let doubtful = line.is_capitalised(at) && is_common_word(line.fold(at)) && speaks;
    (doubtful && is_known(reading, &name.tokens)).then_some(name)
}

/// "fatima, malakkastraat 6" or "sprak yusuf": no capital, but a name that is known.
fn without_capital(reading: &Reading<'_>, at: usize) -> Option<(Range<usize>, Option<Person>)> {
    let line = &reading.line;
    let expected = at == 0 || MEETING.has(line.fold_before(at));
    if !expected || line.is_capitalised(at) {
        return None;
    }
    let name = known_without_capital(reading, at).or_else(|| {
        let word = line.token(at).map(bare_fold)?;
        let sure = is_given_name(word) && !ALSO_NOUNS.has(word) && word.len() > 2;
        (sure && !is_common_word(word)).then(|| lower_name(reading, at))
    })?;
    Some(found(reading, name.tokens.clone(), &name))
}

/// The longest name without a capital at `at` that the directory knows.
fn known_without_capital(reading: &Reading<'_>, at: usize) -> Option<Name> {
    let line = &reading.line;
    let word = line.fold(at);
    if !line.is_word(at) || word.len() < 3 || is_common_word(word) || !reading.is_free(at) {
        return None;
    }
    let clause = line.clause_of(at)?;
    (at + 1..=clause.end.min(at + 4)).rev().find_map(|end| {
        let name = Name {
            tokens: at..end,
            capitals: 1,
            has_initials: false,
            has_particle: end > at + 1,
        };
        is_known(reading, &name.tokens).then_some(name)
    })
}

/// "mevrouw bakker", "mevrouw de vries,": behind a title, when it is all that is left of the clause or a known surname.
fn surname_without_capital(reading: &Reading<'_>, at: usize) -> Option<Name> {
    let line = &reading.line;
    let mut last = at;
    while last < at + 3 && is_particle(line.fold(last)) {
        last += 1;
    }
    let word = line
        .token(last)
        .filter(|_| line.is_word(last) && reading.is_free(last))?;
    let closed = line
        .clause_of(last)
        .is_some_and(|clause| clause.end == last + 1)
        && last + 1 < line.tokens.len();
    let surname =
        is_surname(&word.fold) || closed && word.fold.len() > 2 && !is_common_word(&word.fold);
    let has_particle = last > at;
    surname.then_some(Name {
        tokens: at..last + 1,
        capitals: 1,
        has_initials: false,
        has_particle,
    })
}

/// A given name without a capital; with the rest of its clause when that is nothing but a surname.
fn lower_name(reading: &Reading<'_>, at: usize) -> Name {
    let line = &reading.line;
    let single = Name {
        tokens: at..at + 1,
        capitals: 1,
        has_initials: false,
        has_particle: false,
    };
    let Some(clause) = line
        .clause_of(at)
        .filter(|clause| clause.end <= at + 5 && clause.end > at + 1)
    else {
        return single;
    };
    let closed = matches!(line.fold(clause.end), "," | ":" | "-" | ";");
    let surname = (at + 1..clause.end).all(|at| {
        let fold = line.fold(at);
        reading.is_free(at) && line.is_word(at) && (is_particle(fold) || !is_common_word(fold))
    });
    if closed && surname {
        Name {
            tokens: at..clause.end,
            ..single
        }
    } else {
        single
    }
}
