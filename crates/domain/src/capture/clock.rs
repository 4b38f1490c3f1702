//! What stands on a clock: "half drie", "kwart voor vier", "14:30", "3 uur".

use chrono::NaiveTime;

use super::calendar::DayPart;
use super::numbers::number;
use super::tokens::Line;

/// A time as said or written, on a clock of twelve or twenty-four hours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    /// One past its last token.
    pub(super) end: usize,
    hour: u32,
    minute: u32,
    /// Needs nothing around it to be a time.
    pub(super) sure: bool,
    /// Written with a zero in front or beyond twelve: no guess at the afternoon.
    exact: bool,
}

impl Clock {
    /// The time of day that is meant. Without a part of the day one to six o'clock is in the afternoon.
    pub(super) fn during(self, part: Option<DayPart>) -> Option<NaiveTime> {
        let hour = self.hour;
        let later = match part {
            _ if self.exact => false,
            Some(DayPart::Morning) => false,
            Some(DayPart::Afternoon) => hour <= 8,
            Some(DayPart::Evening) => hour < 12,
            Some(DayPart::Night) => (9..12).contains(&hour),
            None => (1..=6).contains(&hour),
        };
        let midnight = !self.exact && part == Some(DayPart::Night) && hour == 12;
        let hour = match (midnight, later) {
            (true, _) => 0,
            (false, true) => hour + 12,
            (false, false) => hour,
        };
        NaiveTime::from_hms_opt(hour, self.minute, 0)
    }
}

/// The time that is said or written at `at`.
pub(super) fn clock_at(line: &Line<'_>, at: usize) -> Option<Clock> {
    spoken(line, at)
        .or_else(|| around_the_hour(line, at))
        .or_else(|| with_minutes(line, at))
        .or_else(|| whole_hour(line, at))
}

/// "half drie", "kwart voor vier", "half past two", "noon".
fn spoken(line: &Line<'_>, at: usize) -> Option<Clock> {
    let (hour_at, minutes) = match (line.fold(at), line.fold(at + 1)) {
        ("half", "past") => (at + 2, 90),
        ("half", _) => (at + 1, 30),
        ("kwart", "voor") | ("quarter", "to") => (at + 2, 45),
        ("kwart", "over") | ("quarter", "past") => (at + 2, 75),
        ("noon", _) => return Some(before_hour(line, at + 1, 12, 60, true)),
        _ => return None,
    };
    Some(before_hour(
        line,
        hour_at + 1,
        hour_of_twelve(line, hour_at)?,
        minutes,
        true,
    ))
}

/// "tien over drie", "vijf voor half drie", "ten to four".
fn around_the_hour(line: &Line<'_>, at: usize) -> Option<Clock> {
    let minutes = number(line, at).filter(|minutes| matches!(minutes, 1..=14 | 20))?;
    let half = line.fold(at + 2) == "half";
    let hour_at = at + 2 + usize::from(half);
    let whole = if half { 30 } else { 60 };
    let minutes = match line.fold(at + 1) {
        "over" | "past" => whole + minutes,
        "voor" | "to" => whole - minutes,
        _ => return None,
    };
    Some(before_hour(
        line,
        hour_at + 1,
        hour_of_twelve(line, hour_at)?,
        minutes,
        half,
    ))
}

fn hour_of_twelve(line: &Line<'_>, at: usize) -> Option<u32> {
    number(line, at).filter(|hour| (1..=12).contains(hour))
}

/// So many minutes after the hour before `hour`: counted like that "kwart voor" needs no negative numbers.
fn before_hour(line: &Line<'_>, end: usize, hour: u32, minutes: u32, sure: bool) -> Clock {
    let total = (hour + 11) * 60 + minutes;
    let hour = match (total / 60) % 12 {
        0 => 12,
        hour => hour,
    };
    let end = end + usize::from(line.fold(end) == "uur");
    Clock {
        end,
        hour,
        minute: total % 60,
        sure,
        exact: false,
    }
}

/// "14:30", "14.30 uur", "14u30".
fn with_minutes(line: &Line<'_>, at: usize) -> Option<Clock> {
    let (hour, exact) = hour_of_day(line, at)?;
    let mark = line.fold(at + 1);
    let minute = line
        .value(at + 2)
        .filter(|_| line.fold(at + 2).len() == 2)?;
    let written =
        matches!(mark, ":" | "." | "u" | "h") && line.is_glued(at + 1) && line.is_glued(at + 2);
    let goes_on =
        matches!(line.fold(at + 3), "." | ":") && line.is_glued(at + 3) && line.is_glued(at + 4);
    let unit = matches!(line.fold(at + 3), "uur" | "u" | "h");
    let sure = mark == ":" || mark == "u" || unit;
    let end = at + 3 + usize::from(unit);
    (written && !goes_on && minute < 60).then_some(Clock {
        end,
        hour,
        minute,
        sure,
        exact,
    })
}

/// "3 uur", "drie uur 30", "3".
fn whole_hour(line: &Line<'_>, at: usize) -> Option<Clock> {
    let (hour, exact) = hour_of_day(line, at)?;
    let mark = line.fold(at + 1);
    if !matches!(mark, "uur" | "u" | "h" | "o'clock") {
        let figures = matches!(mark, ":" | "." | "," | "-" | "/")
            && line.is_glued(at + 1)
            && line.is_glued(at + 2);
        return (!figures).then_some(Clock {
            end: at + 1,
            hour,
            minute: 0,
            sure: false,
            exact,
        });
    }
    let minute = line
        .value(at + 2)
        .filter(|minute| *minute < 60 && line.fold(at + 2).len() == 2);
    let minute = minute.filter(|_| line.fold(at + 3) != "uur");
    let end = at + 2 + usize::from(minute.is_some());
    Some(Clock {
        end,
        hour,
        minute: minute.unwrap_or(0),
        sure: false,
        exact,
    })
}

/// An hour from 0 to 23, and whether it can only be meant like that.
fn hour_of_day(line: &Line<'_>, at: usize) -> Option<(u32, bool)> {
    let article = matches!(line.fold(at), "a" | "an");
    let hour = number(line, at).filter(|hour| *hour < 24 && !article)?;
    Some((
        hour,
        hour == 0 || hour > 12 || line.fold(at).starts_with('0'),
    ))
}

/// "'s middags", "pm", "in de avond".
pub(super) fn part_after(line: &Line<'_>, at: usize) -> Option<(usize, DayPart)> {
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
