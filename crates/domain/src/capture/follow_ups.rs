//! Promises: an action word together with a date or a time that is still to come.

use std::ops::Range;
use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveTime};

use super::calendar::in_days;
use super::lexicon::{Phrases, word_lists};
use super::offers;
use super::proposal::Proposal;
use super::reading::{Claim, Reading};
use super::signals;

/// How an action word stands to the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    /// "bel": what is done comes after it.
    Imperative,
    /// "bellen": what is done may come before it.
    Infinitive,
    /// "afspraak".
    Noun,
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

word_lists! {
    "lexicon/follow_up_words.txt":
    /// Words left out at the beginning of what is promised.
    OPENING,
    /// Words left out at its end.
    CLOSING,
}

/// A stretch of text that holds at most one promise.
#[derive(Debug, Clone)]
struct Stretch {
    tokens: Range<usize>,
    /// Follows "en" and the like, not a comma.
    joined: bool,
    actions: Vec<(Range<usize>, Action)>,
    has_date: bool,
    /// Nothing but a date or a time.
    only_date: bool,
}

pub(super) fn read(reading: &mut Reading<'_>) {
    let stretches = stretches(reading);
    let mut at = 0;
    while let Some(stretch) = stretches.get(at) {
        let (promise, used) = gathered(
            reading,
            stretch,
            stretches.get(at + 1),
            stretches.get(at + 2),
        );
        if !promise.actions.is_empty() && promise.has_date {
            promised(reading, &promise);
        }
        at += used;
    }
}

/// A promise with what the next stretches add to it, and how many stretches that are.
fn gathered(
    reading: &Reading<'_>,
    first: &Stretch,
    second: Option<&Stretch>,
    third: Option<&Stretch>,
) -> (Stretch, usize) {
    let Some(second) = second else {
        return (first.clone(), 1);
    };
    if let Some(both) = together(first, second) {
        return (both, 2);
    }
    let timed = |stretch: &Stretch| {
        reading
            .times
            .iter()
            .any(|time| stretch.tokens.contains(&time.tokens.start))
    };
    let dated = |stretch: &Stretch| {
        reading
            .dates
            .iter()
            .any(|date| stretch.tokens.contains(&date.tokens.start))
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
    match third.filter(|third| between && third.only_date) {
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

fn stretch(reading: &Reading<'_>, tokens: Range<usize>, joined: bool) -> Stretch {
    Stretch {
        joined,
        actions: actions(reading, &tokens),
        has_date: has_date(reading, &tokens),
        only_date: reading.all_are(&tokens, Claim::Date),
        tokens,
    }
}

/// The action words in `tokens` that are meant as such.
fn actions(reading: &Reading<'_>, tokens: &Range<usize>) -> Vec<(Range<usize>, Action)> {
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

/// Proposes the follow-up of one stretch.
fn promised(reading: &mut Reading<'_>, promise: &Stretch) {
    let inside = |date: &Range<usize>| promise.tokens.contains(&date.start);
    let date = reading
        .dates
        .iter()
        .find(|date| inside(&date.tokens) && date.day.is_some());
    let time = reading.times.iter().find(|time| inside(&time.tokens));
    let clock = time.map(|time| time.time);
    let Some(due) = date
        .and_then(|date| date.day)
        .or_else(|| next_time(reading, clock))
    else {
        return;
    };
    let when = date
        .map(|date| &date.tokens)
        .into_iter()
        .chain(time.map(|time| &time.tokens));
    let (first, last) = when.fold((usize::MAX, 0), |(first, last), tokens| {
        (first.min(tokens.start), last.max(tokens.end))
    });
    let Some((action, kind)) = promise.actions.first() else {
        return;
    };
    // "wil meedoen met de wijkschouw op 5 december": a part of the offer.
    let before = promise.tokens.start..action.start;
    if *kind != Action::Imperative && offers::has_cue(&reading.line, &before) {
        return;
    }
    let tokens = bounds(reading, promise, first..last);
    let what = what(reading, &tokens, action);
    if what.is_empty() {
        return;
    }
    reading.propose(&tokens, |span| Proposal::FollowUp {
        span,
        what,
        due,
        time: clock,
    });
    reading.taken.push(tokens);
}

/// Today, or tomorrow when that time has passed.
fn next_time(reading: &Reading<'_>, time: Option<NaiveTime>) -> Option<NaiveDate> {
    let today = reading.now.date();
    if time? > reading.now.time() {
        Some(today)
    } else {
        in_days(today, 1)
    }
}

/// How far the promise reaches: the action, its date, and the words about it that are not another matter.
fn bounds(reading: &Reading<'_>, promise: &Stretch, when: Range<usize>) -> Range<usize> {
    let tokens = &promise.tokens;
    let acts = promise.actions.iter().map(|(range, _)| range);
    let (first, last) = acts.fold((when.start, when.end), |(first, last), range| {
        (first.min(range.start), last.max(range.end))
    });
    let leads = promise
        .actions
        .first()
        .is_some_and(|(range, action)| *action == Action::Imperative && range.start < when.start);
    let mut start = if leads || is_other_matter(reading, &(tokens.start..first)) {
        first
    } else {
        tokens.start
    };
    while start < first && OPENING.has(reading.line.fold(start)) {
        start += 1;
    }
    let about = matches!(
        reading.line.fold(last),
        "over"
            | "met"
            | "voor"
            | "bij"
            | "naar"
            | "in"
            | "om"
            | "of"
            | "dat"
            | "wegens"
            | "vanwege"
            | "about"
            | "with"
            | "for"
            | "aan"
            | "hoe"
            | "waarom"
    );
    let tail = last..tokens.end;
    let end = if about || !is_other_matter(reading, &tail) {
        tokens.end
    } else {
        last
    };
    start..end.max(last)
}

/// Something else is said here: a signal, an offer, an address, a telephone number.
fn is_other_matter(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    signals::has_cue(&reading.line, tokens)
        || offers::has_cue(&reading.line, tokens)
        || tokens
            .clone()
            .any(|at| matches!(reading.claim_at(at), Some(Claim::Way | Claim::Address)))
}

/// The words of the promise without its date.
fn what(reading: &Reading<'_>, tokens: &Range<usize>, action: &Range<usize>) -> String {
    let line = &reading.line;
    let is_kept = |at: usize| reading.claim_at(at) != Some(Claim::Date) && !line.is_clause_end(at);
    let mut kept: Vec<usize> = tokens.clone().filter(|at| is_kept(*at)).collect();
    while kept
        .last()
        .is_some_and(|at| *at >= action.end && CLOSING.has(line.fold(*at)))
    {
        kept.pop();
    }
    let opening = kept
        .iter()
        .take_while(|at| **at < action.start && OPENING.has(line.fold(**at)))
        .count();
    kept.drain(..opening);
    line.spaced(tokens.clone(), |at| kept.contains(&at))
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
