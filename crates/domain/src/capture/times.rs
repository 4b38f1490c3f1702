//! Times of day: "om half drie", "kwart voor vier", "14:30", "om 3 uur", "at 3pm".
//!
//! Without a part of the day, one to six o'clock is in the afternoon: a broker's work is done by day.

use std::ops::Range;

use chrono::NaiveTime;

use super::calendar::DayPart;
use super::lexicon::word_lists;
use super::numbers::number;
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

/// A time as written, on a clock of twelve or twenty-four hours.
#[derive(Debug, Clone, Copy)]
struct Clock {
    end: usize,
    hour: u32,
    minute: u32,
    /// Needs nothing around it to be a time.
    sure: bool,
    /// Written with a zero in front or beyond twelve: no guess at the afternoon.
    exact: bool,
}

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
        time: resolve(clock, part)?,
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

fn clock_at(line: &Line<'_>, at: usize) -> Option<Clock> {
    spoken(line, at).or_else(|| written(line, at))
}

/// "half drie", "kwart voor vier", "tien over half drie", "half past two", "noon".
fn spoken(line: &Line<'_>, at: usize) -> Option<Clock> {
    let hour_at = |at: usize| number(line, at).filter(|hour| (1..=12).contains(hour));
    // Minutes after the hour before `hour`, so that nothing is negative.
    let clock = |end: usize, hour: u32, minutes: u32, sure: bool| {
        let total = (hour + 11) * 60 + minutes;
        let hour = (total / 60) % 12;
        let hour = if hour == 0 { 12 } else { hour };
        Some(Clock {
            end: end + usize::from(line.fold(end) == "uur"),
            hour,
            minute: total % 60,
            sure,
            exact: false,
        })
    };
    match (line.fold(at), line.fold(at + 1)) {
        ("half", "past") => return clock(at + 3, hour_at(at + 2)?, 90, true),
        ("half", _) => return clock(at + 2, hour_at(at + 1)?, 30, true),
        ("kwart", "voor") | ("quarter", "to") => return clock(at + 3, hour_at(at + 2)?, 45, true),
        ("kwart", "over") | ("quarter", "past") => {
            return clock(at + 3, hour_at(at + 2)?, 75, true);
        }
        ("noon", _) => return clock(at + 1, 12, 60, true),
        _ => {}
    }
    let minutes = number(line, at).filter(|minutes| matches!(minutes, 1..=14 | 20))?;
    let later = match line.fold(at + 1) {
        "over" | "past" => true,
        "voor" | "to" => false,
        _ => return None,
    };
    let half = line.fold(at + 2) == "half";
    let hour = hour_at(at + 2 + usize::from(half))?;
    let end = at + 3 + usize::from(half);
    let whole = if half { 30 } else { 60 };
    clock(
        end,
        hour,
        if later {
            whole + minutes
        } else {
            whole - minutes
        },
        half,
    )
}

/// "14:30", "14.30", "14u30", "3 uur", "drie uur", "3".
fn written(line: &Line<'_>, at: usize) -> Option<Clock> {
    let hour =
        number(line, at).filter(|hour| *hour < 24 && !matches!(line.fold(at), "a" | "an"))?;
    let exact = hour == 0 || hour > 12 || line.fold(at).starts_with('0');
    let mark = line.fold(at + 1);
    let minute = line
        .value(at + 2)
        .filter(|minute| *minute < 60 && line.fold(at + 2).len() == 2);
    if line.is_glued(at + 1)
        && line.is_glued(at + 2)
        && matches!(mark, ":" | "." | "u" | "h")
        && let Some(minute) = minute
    {
        let unit = matches!(line.fold(at + 3), "uur" | "u" | "h");
        let part_of_more = line.is_glued(at + 3)
            && matches!(line.fold(at + 3), "." | ":")
            && line.is_glued(at + 4);
        let sure = mark == ":" || mark == "u" || unit;
        return (!part_of_more).then_some(Clock {
            end: at + 3 + usize::from(unit),
            hour,
            minute,
            sure,
            exact,
        });
    }
    let unit = matches!(mark, "uur" | "u" | "h") || mark == "o'clock";
    if line.is_glued(at + 1)
        && !unit
        && matches!(mark, ":" | "." | "," | "-" | "/")
        && line.is_glued(at + 2)
    {
        return None;
    }
    let sure = false;
    if !unit {
        return Some(Clock {
            end: at + 1,
            hour,
            minute: 0,
            sure,
            exact,
        });
    }
    let minute = minute.filter(|_| line.fold(at + 3) != "uur");
    let end = at + 2 + usize::from(minute.is_some());
    Some(Clock {
        end,
        hour,
        minute: minute.unwrap_or(0),
        sure,
        exact,
    })
}

/// "'s middags", "pm", "in de avond".
fn part_after(line: &Line<'_>, at: usize) -> Option<(usize, DayPart)> {
    let (end, word) = match (line.fold(at), line.fold(at + 1)) {
        ("'s", word) => (at + 2, word),
        ("in", "de" | "the") => (at + 3, line.fold(at + 2)),
        (word, _) => (at + 1, word),
    };
    let part = match word {
        "ochtends" | "morgens" | "ochtend" | "morning" | "am" => DayPart::Morning,
        "middags" | "middag" | "afternoon" => DayPart::Afternoon,
        "avonds" | "avond" | "evening" | "pm" => DayPart::Evening,
        "nachts" | "nacht" | "night" => DayPart::Night,
        _ => return None,
    };
    Some((end, part))
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

/// The time of day that is meant.
fn resolve(clock: Clock, part: Option<DayPart>) -> Option<NaiveTime> {
    let Clock {
        hour,
        minute,
        exact,
        ..
    } = clock;
    let hour = match part {
        _ if exact => hour,
        Some(DayPart::Morning) => hour,
        Some(DayPart::Afternoon) => {
            if hour <= 8 {
                hour + 12
            } else {
                hour
            }
        }
        Some(DayPart::Evening) => {
            if hour == 12 {
                hour
            } else {
                hour + 12
            }
        }
        Some(DayPart::Night) => {
            if (9..12).contains(&hour) {
                hour + 12
            } else {
                hour % 12
            }
        }
        None => {
            if (1..=6).contains(&hour) {
                hour + 12
            } else {
                hour
            }
        }
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}
