//! Where promises stand: stretches of text with an action word and a date, put together where a comma parts them.

use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::{Phrases, word_lists};
use super::offers;
use super::reading::{Claim, Reading};
use super::signals;
use super::tokens::Line;

/// How an action word stands to the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// "bel": what is done comes after it.
    Imperative,
    /// "bellen": what is done may come before it.
    Infinitive,
    /// "afspraak".
    Noun,
}

word_lists! {
    "lexicon/past_words.txt":
    /// Behind an appointment: it has been.
    DONE,
    /// Before one: it has been.
    HAD,
    /// Between those two.
    BETWEEN,
    /// What was done in a clause.
    HAPPENED,
}

static ACTIONS: LazyLock<Phrases<Action>> =
    LazyLock::new(|| Phrases::of(include_str!("lexicon/actions.txt"), action_of));

fn action_of(section: &str) -> Option<Action> {
    match section {
        "imperative" => Some(Action::Imperative),
        "infinitive" => Some(Action::Infinitive),
        "noun" => Some(Action::Noun),
        _ => None,
    }
}

/// The days named with what has happened, by their tokens: "maandag overleg gehad" is no coming Monday.
pub(super) fn past_stretches(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let past = stretches(reading).into_iter().filter(|one| one.is_past);
    past.map(|stretch| stretch.tokens).collect()
}

/// What the tokens tell of has happened.
pub(super) fn has_happened(line: &Line<'_>, tokens: &Range<usize>) -> bool {
    tokens.clone().any(|at| HAPPENED.has(line.fold(at)))
}

/// Something is done, or will be, in these tokens.
pub(super) fn has_action(line: &Line<'_>, tokens: &Range<usize>) -> bool {
    !ACTIONS.within(line, tokens).is_empty()
}

/// Words that join two promises, or a promise to what was said before it.
const JOINS: &[&str] = &[
    "en",
    "and",
    "maar",
    "but",
    "dus",
    "so",
    "want",
    "daarna",
    "then",
    "vervolgens",
    "+",
    "&",
];

/// A stretch of text that holds at most one promise.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    pub(super) tokens: Range<usize>,
    /// Follows "en" and the like, not a comma.
    joined: bool,
    pub(super) actions: Vec<(Range<usize>, Action)>,
    pub(super) has_date: bool,
    /// Nothing but a date or a time.
    only_date: bool,
    /// An appointment that has been, and none to come: its day is past.
    is_past: bool,
}

/// The promises in a text, from left to right.
pub(super) fn promises(reading: &Reading<'_>) -> Vec<Stretch> {
    let stretches = stretches(reading);
    let mut promises = Vec::new();
    let mut rest = stretches.as_slice();
    while let Some((first, next)) = rest.split_first() {
        let (promise, used) = gathered(reading, first, next);
        if !promise.actions.is_empty() && promise.has_date {
            promises.push(promise);
        }
        rest = rest.get(used..).unwrap_or_default();
    }
    promises
}

/// A promise with what the next stretches add to it, and how many stretches that are.
fn gathered(reading: &Reading<'_>, first: &Stretch, next: &[Stretch]) -> (Stretch, usize) {
    let Some((second, rest)) = next.split_first() else {
        return (first.clone(), 1);
    };
    if let Some(both) = together(first, second) {
        return (both, 2);
    }
    let timed = |stretch: &Stretch| {
        let mut times = reading.times.iter();
        times.any(|time| stretch.tokens.contains(&time.tokens.start))
    };
    let dated = |stretch: &Stretch| {
        let mut dates = reading.dates.iter();
        dates.any(|date| stretch.tokens.contains(&date.tokens.start))
    };
    // "afspraak dinsdag, 9:00"
    let is_promise = !first.actions.is_empty() && first.has_date;
    if is_promise && second.only_date && !timed(first) && !dated(second) {
        return (first.with(second), 2);
    }
    // "terugbellen: Ahmed, donderdag"
    let between = second.actions.is_empty()
        && !second.has_date
        && second.tokens.len() <= 4
        && !is_other_matter(reading, &second.tokens);
    match rest.first().filter(|third| between && third.only_date) {
        Some(third) if !first.actions.is_empty() && !first.has_date => {
            (first.with(second).with(third), 3)
        }
        Some(_) | None => (first.clone(), 1),
    }
}

impl Stretch {
    fn with(&self, next: &Self) -> Self {
        Self {
            tokens: self.tokens.start..next.tokens.end,
            joined: self.joined,
            actions: [self.actions.as_slice(), next.actions.as_slice()].concat(),
            has_date: self.has_date || next.has_date,
            only_date: false,
            is_past: false,
        }
    }
}

/// "bel en mail dinsdag", "langskomen, dinsdag", "dinsdag: bellen": two stretches that are one promise.
fn together(first: &Stretch, second: &Stretch) -> Option<Stretch> {
    let date_follows = !first.actions.is_empty()
        && !first.has_date
        && second.has_date
        && (second.only_date || second.joined);
    let date_leads = first.only_date && !second.actions.is_empty() && !second.has_date;
    (date_follows || date_leads).then(|| first.with(second))
}

fn stretches(reading: &Reading<'_>) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    for clause in &reading.line.clauses {
        let mut start = clause.start;
        let mut joined = false;
        for at in clause.clone() {
            let joins = JOINS.contains(&reading.line.fold(at)) && reading.is_free(at);
            if joins || begins_next(reading, start, at, clause.end) {
                stretches.push(stretch(reading, start..at, joined));
                start = if joins { at + 1 } else { at };
                joined = joins;
            } else if ends_past(reading, start, at, clause.end) {
                stretches.push(stretch(reading, start..at + 1, joined));
                (start, joined) = (at + 1, false);
            }
        }
        stretches.push(stretch(reading, start..clause.end, joined));
    }
    stretches.retain(|stretch| !stretch.tokens.is_empty());
    stretches
}

/// A second promise begins at `at` without a comma: "bel dinsdag mail woensdag".
fn begins_next(reading: &Reading<'_>, start: usize, at: usize, end: usize) -> bool {
    let imperative = ACTIONS
        .at(&reading.line, at, end)
        .is_some_and(|(_, action)| action == Action::Imperative);
    imperative && {
        let before = stretch(reading, start..at, false);
        let after = has_date(reading, &(at..end));
        before.has_date && !before.actions.is_empty() && after
    }
}

/// What has been ends at `at`, and something to come begins behind it: "overleg gehad dinsdag bellen".
fn ends_past(reading: &Reading<'_>, start: usize, at: usize, end: usize) -> bool {
    let line = &reading.line;
    DONE.has(line.fold(at)) && stretch(reading, start..at + 1, false).is_past && {
        let rest = stretch(reading, at + 1..end, false);
        !rest.actions.is_empty()
    }
}

fn stretch(reading: &Reading<'_>, tokens: Range<usize>, joined: bool) -> Stretch {
    let meant = meant_actions(reading, &tokens);
    let named = meant.len();
    let actions: Vec<_> = meant
        .into_iter()
        .filter(|(found, kind)| !is_done(&reading.line, &tokens, found, *kind))
        .collect();
    Stretch {
        joined,
        is_past: named > 0 && actions.is_empty(),
        actions,
        has_date: has_date(reading, &tokens),
        only_date: reading.all_are(&tokens, Claim::Date),
        tokens,
    }
}

/// "overleg gehad", "langs geweest", "had ik overleg": it has been.
fn is_done(line: &Line<'_>, tokens: &Range<usize>, found: &Range<usize>, kind: Action) -> bool {
    /// Words that may stand between an appointment and what became of it.
    const REACH: usize = 8;
    if kind == Action::Imperative {
        return false;
    }
    let after = found.end..tokens.end.min(found.end + REACH);
    let is_over = after
        .take_while(|at| ACTIONS.at(line, *at, tokens.end).is_none())
        .any(|at| DONE.has(line.fold(at)));
    let mut before = found.start;
    while before > tokens.start && BETWEEN.has(line.fold(before - 1)) {
        before -= 1;
    }
    let had = before > tokens.start && HAD.has(line.fold(before - 1));
    is_over || had && kind == Action::Noun
}

/// The action words in `tokens` that are meant as such.
fn meant_actions(reading: &Reading<'_>, tokens: &Range<usize>) -> Vec<(Range<usize>, Action)> {
    const ARTICLES: &[&str] = &[
        "de", "het", "een", "die", "deze", "the", "a", "per", "via", "haar", "zijn",
    ];
    let line = &reading.line;
    let mut actions = ACTIONS.within(line, tokens);
    actions.retain(|(found, action)| {
        let before = line.fold_before(found.start);
        let as_noun = *action == Action::Imperative && ARTICLES.contains(&before);
        let along = line.fold(found.start) == "langs" && ARTICLES.contains(&line.fold(found.end));
        let refused = matches!(
            before,
            "niet" | "nooit" | "geen" | "not" | "don't" | "never"
        );
        reading.is_free(found.start) && !as_noun && !along && !refused
    });
    actions
}

fn has_date(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    let inside = |date: &Range<usize>| tokens.contains(&date.start);
    let dates = || reading.dates.iter().filter(|date| inside(&date.tokens));
    let timed = reading.times.iter().any(|time| inside(&time.tokens));
    dates().any(|date| date.day.is_some()) || timed && dates().next().is_none()
}

/// Something else is said here: a signal, an offer, an address, a telephone number.
pub(super) fn is_other_matter(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    signals::has_cue(&reading.line, tokens)
        || offers::has_cue(&reading.line, tokens)
        || tokens
            .clone()
            .any(|at| matches!(reading.claim_at(at), Some(Claim::Way | Claim::Address)))
}

#[cfg(test)]
mod tests {
    use super::action_of;

    #[test]
    fn every_section_of_the_list_is_known() {
        let list = include_str!("lexicon/actions.txt");
        let sections = list
            .lines()
            .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'));
        assert!(
            sections
                .into_iter()
                .all(|section| action_of(section).is_some())
        );
    }
}
