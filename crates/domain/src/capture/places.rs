//! The kind of place where something was said or seen.
//!
//! One line is one conversation, so at most one place is proposed. "Oversteek bij school gevaarlijk" tells where the
//! problem is, not where the broker stood: a place in the middle of a signal is left alone.

use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::{Phrases, word_lists};
use super::promises::has_happened;
use super::proposal::Proposal;
use super::reading::{Claim, Reading};
use super::signals;
use crate::PlaceKind;

/// What a phrase points at, and whether it needs a preposition.
#[derive(Debug, Clone, Copy)]
struct Cue {
    kind: PlaceKind,
    stands_alone: bool,
}

static PLACES: LazyLock<Phrases<Cue>> =
    LazyLock::new(|| Phrases::of(include_str!("lexicon/places.txt"), cue_of));

fn cue_of(section: &str) -> Option<Cue> {
    let (word, stands_alone) = section
        .strip_suffix('!')
        .map_or((section, false), |word| (word, true));
    Some(Cue {
        kind: PlaceKind::from_word(word)?,
        stands_alone,
    })
}

const PREPOSITIONS: &[&str] = &[
    "bij",
    "in",
    "op",
    "naast",
    "vanuit",
    "@",
    "at",
    "achter",
    "tegenover",
    "buiten",
    "near",
];

word_lists! {
    "lexicon/place_words.txt":
    BETWEEN,
}

pub(super) fn read(reading: &mut Reading<'_>) {
    let clauses = reading.line.clauses.clone();
    let found = clauses.iter().find_map(|clause| place_in(reading, clause));
    if let Some((tokens, place)) = found {
        reading.propose(&tokens, |span| Proposal::Place { span, place });
    }
}

fn place_in(reading: &Reading<'_>, clause: &Range<usize>) -> Option<(Range<usize>, PlaceKind)> {
    PLACES
        .within(&reading.line, clause)
        .into_iter()
        .find_map(|(tokens, cue)| {
            let whole = if cue.stands_alone {
                Some(tokens)
            } else {
                with_preposition(reading, &tokens, clause)
            };
            let whole = whole.filter(|whole| is_where_it_was_heard(reading, clause, whole))?;
            Some((whole, cue.kind))
        })
}

/// The place with "bij de" before it; without it only when it is all the clause says.
fn with_preposition(
    reading: &Reading<'_>,
    tokens: &Range<usize>,
    clause: &Range<usize>,
) -> Option<Range<usize>> {
    let line = &reading.line;
    let mut start = tokens.start;
    while start > clause.start && BETWEEN.has(line.fold(start - 1)) {
        start -= 1;
    }
    if start > clause.start && PREPOSITIONS.contains(&line.fold(start - 1)) {
        return Some(start - 1..tokens.end);
    }
    let named = (tokens.end..clause.end)
        .all(|at| line.is_capitalised(at) || reading.claim_at(at) == Some(Claim::Date));
    // "Hassan (kapper)" tells what he is.
    let aside = line.fold_before(clause.start) == "(";
    (start == clause.start && named && !aside).then_some(start..tokens.end)
}

/// The place is that of the conversation: not of a promise, a coming event, an offer, an address or the middle of a signal.
fn is_where_it_was_heard(
    reading: &Reading<'_>,
    clause: &Range<usize>,
    place: &Range<usize>,
) -> bool {
    let today = reading.now.date();
    let later = reading
        .dates
        .iter()
        .any(|date| clause.contains(&date.tokens.start) && date.day.is_some_and(|day| day > today));
    let elsewhere = place
        .clone()
        .any(|at| reading.is_taken(at) || reading.claim_at(at) == Some(Claim::Address));
    let to_come = later && !has_happened(&reading.line, clause);
    if elsewhere || to_come {
        return false;
    }
    if !signals::is_issue(&reading.line, clause) {
        return true;
    }
    let mut before = clause.start..place.start;
    let met = before
        .clone()
        .any(|at| signals::is_meeting(reading.line.fold(at)));
    let only_people = before.all(|at| {
        matches!(reading.claim_at(at), Some(Claim::Date | Claim::Person))
            || !reading.line.is_word(at)
            || matches!(reading.line.fold(at), "tijdens" | "during")
    });
    met || only_people
}

#[cfg(test)]
mod tests {
    use super::cue_of;

    #[test]
    fn every_section_of_the_list_is_a_kind_of_place() {
        let list = include_str!("lexicon/places.txt");
        let mut sections = list
            .lines()
            .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'));
        assert!(sections.all(|section| cue_of(section).is_some()));
    }
}
