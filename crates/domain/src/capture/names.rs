//! People: "Fatima el Amrani", "mw. de Vries", "moeder van Sami", "buurman Kees".
//!
//! Children named after their parent ("moeder van Sami", "haar zoontje Sami") are no contacts of their own: the note
//! keeps their name, the address book does not need it.

use std::ops::Range;

use super::lexicon::{is_common_word, is_given_name, word_lists};
use super::lower_names::{Before, surname_end};
use super::name_rules::{does_what_a_person_does, is_known, is_person};
use super::people::{Name, bare_fold, is_particle, name_at, spelled, surname_at};
use super::proposal::{Proposal, Span};
use super::reading::{Claim, Mention, Reading};
use super::titles::{known_without_capital, titled_at};
use super::tokens::fold;

word_lists! {
    "lexicon/name_words.txt":
    /// Before a name without a capital, or one that begins with a particle.
    MEETING,
    /// Given names that without a capital are something else.
    ALSO_NOUNS,
}

/// A person in the text.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) tokens: Range<usize>,
    pub(super) name: String,
    /// What the directory is asked for.
    pub(super) asked: String,
    /// Named after a child, whose name is then no contact.
    pub(super) through_child: bool,
}

/// What was read: the tokens, and the person unless it is a child or a mere description.
pub(super) type Found = (Range<usize>, Option<Person>);

impl Person {
    /// A person by name, in `tokens` that may hold more than the name.
    pub(super) fn found(reading: &Reading<'_>, tokens: Range<usize>, name: &Name) -> Found {
        let name = spelled(&reading.line, &name.tokens);
        let asked = name.clone();
        (
            tokens.clone(),
            Some(Self {
                tokens,
                name,
                asked,
                through_child: false,
            }),
        )
    }
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
    let mentions: Vec<Range<usize>> = people.iter().map(|one| one.tokens.clone()).collect();
    let (people, who) = without_doubles(people);
    let spans: Vec<Span> = people.iter().map(|one| reading.span(&one.tokens)).collect();
    let named = mentions.into_iter().zip(who);
    reading.mentions = named
        .filter_map(|(tokens, who)| {
            let contact = *spans.get(who)?;
            Some(Mention { tokens, contact })
        })
        .collect();
    for person in people {
        let candidates = reading.contacts_named(&person.asked);
        let name = person.name;
        reading.propose(&person.tokens, |span| Proposal::Contact {
            span,
            name,
            candidates,
            sure: true,
            spoken_of: false,
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

/// Each person once, and which of them each was: a later "Fatima" is the Fatima el Amrani of before, and the other way
/// round.
fn without_doubles(people: Vec<Person>) -> (Vec<Person>, Vec<usize>) {
    let mut kept: Vec<Person> = Vec::new();
    let mut who = Vec::new();
    for person in people {
        let new = fold(&person.name);
        let is_part = |short: &str, long: &str| {
            short == long
                || long
                    .strip_prefix(short)
                    .is_some_and(|rest| rest.starts_with(' '))
        };
        let same = kept.iter().position(|old| {
            let old = fold(&old.name);
            is_part(&new, &old) || is_part(&old, &new)
        });
        who.push(same.unwrap_or(kept.len()));
        match same.and_then(|same| kept.get_mut(same)) {
            Some(old) if fold(&old.name).len() < new.len() => *old = person,
            Some(_) => {}
            None => kept.push(person),
        }
    }
    (kept, who)
}

fn person_at(reading: &Reading<'_>, at: usize) -> Option<Found> {
    if !reading.is_free(at) || !reading.line.is_word(at) {
        return None;
    }
    titled_at(reading, at)
        .or_else(|| plain(reading, at))
        .or_else(|| without_capital(reading, at))
}

fn plain(reading: &Reading<'_>, at: usize) -> Option<Found> {
    if let Some(name) = known_common(reading, at) {
        return Some(Person::found(reading, name.tokens.clone(), &name));
    }
    // "sprak Ter Horst": a surname alone, its particle with a capital.
    if MEETING.has(reading.line.fold_before(at))
        && reading.line.is_capitalised(at)
        && is_particle(reading.line.fold(at))
    {
        let name = surname_at(reading, at)?;
        return Some(Person::found(reading, name.tokens.clone(), &name));
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
        return Some(Person::found(reading, name.tokens.clone(), &name));
    }
    // Not a person: nor is a part of it, such as the second word of an organisation's name.
    None
}

/// What a person does, or a comma: no verb that could follow the verb "wil".
const SPEAKS: &[&str] = &[
    "zei", "zegt", "vindt", "vond", "vertelt", "vertelde", "woont", "klaagt", "vraagt", "belde",
    ",",
];

/// A known contact whose name is an ordinary word: "Wil zei", but not "Wil meehelpen".
fn known_common(reading: &Reading<'_>, at: usize) -> Option<Name> {
    let line = &reading.line;
    let speaks = SPEAKS.contains(&line.fold(at + 1));
    let name = Name::of_words(at..at + 1);
    let doubtful = line.is_capitalised(at) && is_common_word(line.fold(at)) && speaks;
    (doubtful && is_known(reading, &name.tokens)).then_some(name)
}

/// "fatima, malakkastraat 6" or "sprak yusuf": no capital, but a name that is known.
fn without_capital(reading: &Reading<'_>, at: usize) -> Option<Found> {
    let line = &reading.line;
    if line.is_capitalised(at) {
        return None;
    }
    // "bel dinsdag fatima"
    let mut from = at;
    while from > 0 && reading.claim_at(from - 1) == Some(Claim::Date) {
        from -= 1;
    }
    let before = line.fold_before(from);
    let expected = at == 0 || MEETING.has(before);
    if !expected {
        return stands_out(reading, at).then(|| {
            let name = lower_name(reading, at);
            Person::found(reading, name.tokens.clone(), &name)
        });
    }
    let known = known_without_capital(reading, at).filter(|name| is_known_by(reading, name));
    let name = known.or_else(|| sure_given_name(reading, at).then(|| lower_name(reading, at)))?;
    Some(Person::found(reading, name.tokens.clone(), &name))
}

/// A given name without a capital in the middle of a line: at the start of a clause, joined to somebody, or doing what
/// only a person does.
fn stands_out(reading: &Reading<'_>, at: usize) -> bool {
    let line = &reading.line;
    let begins = line.clause_of(at).is_some_and(|clause| clause.start == at);
    let joined = matches!(line.fold_before(at), "en" | "and")
        && at
            .checked_sub(2)
            .is_some_and(|before| reading.claim_at(before) == Some(Claim::Person));
    let of = matches!(
        line.fold_before(at),
        "bij" | "van" | "voor" | "door" | "namens" | "over" | "aan" | "naar" | "tegen"
    );
    let does = |end: usize| does_what_a_person_does(line.fold(end));
    sure_given_name(reading, at)
        && (begins || joined || of || does(at + 1) || does(lower_name(reading, at).tokens.end))
}

/// A single word without a capital has to be a given name: "post" is not Jan Post.
fn is_known_by(reading: &Reading<'_>, name: &Name) -> bool {
    let asked = spelled(&reading.line, &name.tokens);
    let word = fold(&asked);
    let answer = reading.contacts_named(&asked);
    name.tokens.len() > 1
        || answer
            .iter()
            .any(|contact| fold(&contact.name).split(' ').next() == Some(&*word))
}

/// A given name without a capital that is no ordinary word.
pub(super) fn sure_given_name(reading: &Reading<'_>, at: usize) -> bool {
    let line = &reading.line;
    line.token(at).is_some_and(|token| {
        let word = bare_fold(token);
        is_given_name(word) && !ALSO_NOUNS.has(word) && word.len() > 2 && !is_common_word(word)
    }) && reading.is_free(at)
}

/// A given name without a capital; with the rest of its clause when that is nothing but a surname.
pub(super) fn lower_name(reading: &Reading<'_>, at: usize) -> Name {
    let line = &reading.line;
    let single = Name::of_words(at..at + 1);
    let Some(clause) = line.clause_of(at).filter(|clause| clause.end > at + 1) else {
        return single;
    };
    let closed = clause.end <= at + 5 && matches!(line.fold(clause.end), "," | ":" | "-" | ";");
    let surname = (at + 1..clause.end).all(|at| {
        let fold = line.fold(at);
        reading.is_free(at) && line.is_word(at) && (is_particle(fold) || !is_common_word(fold))
    });
    if closed && surname {
        Name::of_words(at..clause.end)
    } else if let Some(end) = surname_end(reading, at + 1, Before::GivenName) {
        Name::of_words(at..end)
    } else {
        single
    }
}
