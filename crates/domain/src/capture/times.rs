//! Times of day: "om half drie", "kwart voor vier", "14:30", "om 3 uur", "at 3pm".

use std::ops::Range;

use chrono::NaiveTime;

use super::calendar::DayPart;
use super::clock::{clock_at, part_after};
use super::lexicon::word_lists;
use super::reading::{Claim, Reading};
use super::tokens::Line;

/// A time of day in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TimeHit {
    /// The tokens of the time, a preposition before it included.
    pub(super) tokens: Range<usize>,
    pub(super) time: NaiveTime,
}

word_lists! {
    "lexicon/time_words.txt":
    /// Words before a time.
    BEFORE,
    /// What may follow a bare number that is a time.
    AFTER_BARE,
}

/// Those of them behind which a bare number is a time: "om 3".
const BEFORE_BARE: &[&str] = &["om", "rond", "at", "tussen", "between", "omstreeks", "@"];

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut at = 0;
    while at < reading.line.tokens.len() {
        match time_at(reading, at) {
            Some(hit) => {
                at = hit.tokens.end;
                reading.claim(&hit.tokens, Claim::Date);
                reading.times.push(hit);
            }
            None => at += 1,
        }
    }
    reading.times.sort_by_key(|hit| hit.tokens.start);
}

fn time_at(reading: &Reading<'_>, at: usize) -> Option<TimeHit> {
    let line = &reading.line;
    // "'s avonds om 7 uur"
    if line.fold(at) == "'s"
        && let Some((start, part)) = part_after(line, at)
    {
        let hit = time_from(reading, start, Some(part))?;
        return Some(TimeHit {
            tokens: at..hit.tokens.end,
            ..hit
        });
    }
    time_from(reading, at, None)
}

/// The time that begins at `at`, in a part of the day that may have been named before it.
fn time_from(reading: &Reading<'_>, at: usize, named: Option<DayPart>) -> Option<TimeHit> {
    let line = &reading.line;
    let introduced = BEFORE.has(line.fold(at));
    let start = if introduced {
        skip_about(line, at + 1)
    } else {
        at
    };
    if !reading.is_free(start) || !reading.is_free(at) {
        return None;
    }
    let clock = clock_at(line, start)?;
    let after_date = at
        .checked_sub(1)
        .is_some_and(|before| reading.claim_at(before) == Some(Claim::Date));
    let bare = clock.end == start + 1 && !clock.sure;
    let believed = if bare {
        BEFORE_BARE.contains(&line.fold(at)) && may_follow(reading, clock.end)
    } else {
        clock.sure || introduced || after_date || part_after(line, clock.end).is_some()
    };
    if !believed || is_duration(line, clock.end) {
        return None;
    }
    let (end, part) = match part_after(line, clock.end) {
        Some((end, part)) => (end, Some(part)),
        None => (
            range_end(line, clock.end),
            named.or_else(|| day_part_around(reading, at)),
        ),
    };
    Some(TimeHit {
        tokens: at..end,
        time: clock.during(part)?,
    })
}

/// Skips "ongeveer" and "een uur of": "om een uur of drie".
fn skip_about(line: &Line<'_>, at: usize) -> usize {
    match (line.fold(at), line.fold(at + 1), line.fold(at + 2)) {
        ("een", "uur", "of") => at + 3,
        ("ongeveer" | "circa" | "about", ..) => at + 1,
        _ => at,
    }
}

fn may_follow(reading: &Reading<'_>, at: usize) -> bool {
    !reading.line.is_word(at) || AFTER_BARE.has(reading.line.fold(at)) || !reading.is_free(at)
}

/// "2 uur per week", "3 uur geleden": how long, not when.
fn is_duration(line: &Line<'_>, at: usize) -> bool {
    matches!(
        line.fold(at),
        "per" | "lang" | "geleden" | "durend" | "vrij" | "later" | "eerder" | "ago"
    )
}

/// "tussen 2 en 3", "van 14:00 tot 16:00": the end of the second time.
fn range_end(line: &Line<'_>, at: usize) -> usize {
    if !matches!(line.fold(at), "en" | "tot" | "and" | "to" | "-" | "–") {
        return at;
    }
    match clock_at(line, at + 1) {
        Some(second) if !line.is_word(second.end) || second.end > at + 2 => second.end,
        Some(_) | None => at,
    }
}

/// The part of the day of a date in the same clause: "vanavond om 8 uur".
fn day_part_around(reading: &Reading<'_>, at: usize) -> Option<DayPart> {
    let clause = reading.line.clause_of(at)?;
    reading
        .dates
        .iter()
        .filter(|date| clause.contains(&date.tokens.start))
        .find_map(|date| date.part)
}
