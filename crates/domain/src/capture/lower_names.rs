//! Surnames without a capital: a phone gives one to the first word of a sentence only.

use super::lexicon::{is_common_word, is_given_name};
use super::name_rules::{does_what_a_person_does, is_organisation_word};
use super::numbers::is_calendar_word;
use super::offers;
use super::people::{is_particle, is_surname, particle_end};
use super::promises::has_action;
use super::reading::{Claim, Reading};
use super::signals;
use super::tokens::Line;

/// What stands before the surname, which says how much must close it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// "mevrouw": a name is all that can follow.
    Title,
    /// "Fatima": something else may be told of her.
    GivenName,
}

/// One past the surname without a capital at `at`: "el amrani", "de vries", "azzouzi".
pub(super) fn surname_end(reading: &Reading<'_>, at: usize, before: Before) -> Option<usize> {
    let line = &reading.line;
    let mut last = at;
    while last < at + 8
        && reading.is_free(last)
        && let Some(end) = particle_end(line, last).filter(|_| is_firm(line, last))
    {
        last = end;
    }
    let has_particle = last > at;
    if !may_be_surname(reading, last, has_particle) {
        return None;
    }
    let end = last + 1;
    let closed = match line.token(end) {
        // What is still being typed may become anything, but for a name that has begun.
        None => has_particle || before == Before::Title,
        Some(_) => is_closed(reading, end),
    };
    closed.then_some(end)
}

fn is_firm(line: &Line<'_>, at: usize) -> bool {
    is_particle(line.fold(at)) || line.fold(at) == "v"
}

fn may_be_surname(reading: &Reading<'_>, at: usize, has_particle: bool) -> bool {
    /// Surnames that behind "de" are first of all somebody's trade or place.
    const WORDS: &[&str] = &[
        "bakker",
        "slager",
        "meester",
        "timmerman",
        "schilder",
        "bank",
        "winkel",
        "wijk",
        "post",
        "pool",
        "turk",
    ];
    let line = &reading.line;
    let Some(token) = line.token(at).filter(|_| line.is_word(at)) else {
        return false;
    };
    let fold = token.fold.as_str();
    let trade = has_particle && WORDS.contains(&fold);
    let tokens = at..at + 1;
    reading.is_free(at)
        && !line.is_capitalised(at)
        && fold.chars().count() > 2
        && !is_calendar_word(fold)
        && !fold.contains('\'')
        && !is_organisation_word(fold)
        && if has_particle {
            !trade && (is_surname(fold) || !is_common_word(fold))
        } else {
            !is_common_word(fold)
                && !is_particle(fold)
                && !looks_like_a_verb(fold)
                && !looks_like_an_adjective(fold)
                && !signals::has_cue(line, &tokens)
                && !offers::has_cue(line, &tokens)
                && !has_action(line, &tokens)
        }
}

/// What follows is no part of a name.
fn is_closed(reading: &Reading<'_>, at: usize) -> bool {
    let line = &reading.line;
    let fold = line.fold(at);
    let claimed = matches!(
        reading.claim_at(at),
        Some(Claim::Way | Claim::Address | Claim::Date)
    );
    line.is_clause_end(at)
        || claimed
        || line.value(at).is_some()
        || is_common_word(fold) && !is_given_name(fold)
        || does_what_a_person_does(fold)
        || looks_like_a_verb(fold)
}

/// "huilde", "tolkt", "gebleven": the form of a verb, and of few surnames.
fn looks_like_a_verb(fold: &str) -> bool {
    let bare = |prefix: &str| fold.strip_prefix(prefix).is_some_and(|rest| rest.len() > 2);
    let participle = bare("ge") || bare("be") || bare("ver") || bare("ont") || bare("her");
    let consonant_t = fold.strip_suffix('t').is_some_and(|stem| {
        stem.ends_with(['b', 'c', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 's', 'w'])
    });
    fold.ends_with("de")
        || fold.ends_with("te")
        || consonant_t
        || fold.ends_with("eert") && fold.len() > 5
        || participle && fold.ends_with('d')
        || bare("ge") && fold.ends_with("en") && !fold.ends_with("sen")
}

fn looks_like_an_adjective(fold: &str) -> bool {
    ["ig", "lijk", "loos", "baar", "ische", "achtig"]
        .iter()
        .any(|end| fold.ends_with(end))
}
