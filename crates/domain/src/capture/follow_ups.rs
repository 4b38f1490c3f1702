//! Promises: an action word together with a date or a time that is still to come.

use std::ops::Range;

use chrono::{NaiveDate, NaiveTime};

use super::calendar::in_days;
use super::lexicon::word_lists;
use super::numbers::weekday_short;
use super::offers;
use super::promises::{Action, Stretch, is_other_matter, past_stretches, promises};
use super::proposal::Proposal;
use super::reading::{Claim, Reading};

word_lists! {
    "lexicon/follow_up_words.txt":
    /// Words left out at the beginning of what is promised.
    OPENING,
    /// Words left out at its end.
    CLOSING,
}

pub(super) fn read(reading: &mut Reading<'_>) {
    for past in past_stretches(reading) {
        for date in &mut reading.dates {
            if past.contains(&date.tokens.start) {
                date.day = None;
            }
        }
    }
    for promise in promises(reading) {
        promised(reading, &promise);
    }
}

/// Proposes the follow-up of one stretch.
fn promised(reading: &mut Reading<'_>, promise: &Stretch) {
    let Some((action, kind)) = promise.actions.first() else {
        return;
    };
    // "wil meedoen met de wijkschouw op 5 december": a part of the offer.
    let before = promise.tokens.start..action.start;
    if *kind != Action::Imperative && offers::has_cue(&reading.line, &before) {
        return;
    }
    let Some(When { tokens, due, time }) = when(reading, promise) else {
        return;
    };
    let tokens = bounds(reading, promise, tokens);
    let what = what(reading, &tokens, action);
    if what.is_empty() {
        return;
    }
    reading.propose(&tokens, |span| Proposal::FollowUp {
        span,
        what,
        due,
        time,
        of: Vec::new(),
    });
    reading.promised.push(tokens.clone());
    reading.taken.push(tokens);
}

/// The day and time of a promise, and from the first to the last of their tokens.
struct When {
    tokens: Range<usize>,
    due: NaiveDate,
    time: Option<NaiveTime>,
}

fn when(reading: &Reading<'_>, promise: &Stretch) -> Option<When> {
    let inside = |tokens: &Range<usize>| promise.tokens.contains(&tokens.start);
    let mut dates = reading.dates.iter();
    let date = dates.find(|date| inside(&date.tokens) && date.day.is_some());
    let hit = reading.times.iter().find(|time| inside(&time.tokens));
    let time = hit.map(|hit| hit.time);
    let due = date.and_then(|date| date.day).or_else(|| {
        let unread = names_unread_day(reading, &promise.tokens);
        next_time(reading, time).filter(|_| !unread)
    })?;
    let tokens = [date.map(|date| &date.tokens), hit.map(|hit| &hit.tokens)];
    let start = tokens.iter().flatten().map(|tokens| tokens.start).min()?;
    let end = tokens.iter().flatten().map(|tokens| tokens.end).max()?;
    Some(When {
        tokens: start..end,
        due,
        time,
    })
}

/// Two letters that may be a weekday but were not read as one: then "om 9 uur" is not today.
fn names_unread_day(reading: &Reading<'_>, tokens: &Range<usize>) -> bool {
    let line = &reading.line;
    tokens.clone().any(|at| {
        // "Luca di Marco" and "zo om 10 uur" name no day.
        let inside_name = line.is_capitalised(at + 1);
        let day = line.fold(at).len() == 2 && weekday_short(line.fold(at)).is_some();
        day && line.fold(at) != "zo" && !inside_name && reading.is_free(at)
    })
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

/// Behind these stands what the promise is about.
const ABOUT: &[&str] = &[
    "over", "met", "voor", "bij", "naar", "in", "om", "of", "dat", "wegens", "vanwege", "aan",
    "hoe", "waarom", "about", "with", "for",
];

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
    let about = ABOUT.contains(&reading.line.fold(last));
    let tail = last..tokens.end;
    let end = if about || !is_other_matter(reading, &tail) {
        tokens.end
    } else {
        last
    };
    start..end.max(last)
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
