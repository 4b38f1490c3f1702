//! Dates in words and figures, Dutch and English.

mod figures;
mod near;
mod periods;

use chrono::{NaiveDate, NaiveTime};

use super::calendar::{DateHit, DayPart};
use super::lexicon::word_lists;
use super::reading::{Claim, Reading};
use super::times::{self, TimeHit};
use super::tokens::Line;

word_lists! {
    "lexicon/date_words.txt":
    /// Words before a date that belong to it: "*op* dinsdag", "*voor* 3 december".
    BEFORE,
    /// What is counted, so that "3-4 keer" is not the third of April.
    COUNTED,
}

/// A date as the grammar sees it.
#[derive(Debug, Clone, Copy)]
struct Found {
    /// One past its last token.
    end: usize,
    /// None for what lies in the past or comes back every week.
    day: Option<NaiveDate>,
    part: Option<DayPart>,
    /// Only for "over een uur".
    time: Option<NaiveTime>,
}

impl Found {
    const fn day(end: usize, day: NaiveDate) -> Self {
        Self {
            end,
            day: Some(day),
            part: None,
            time: None,
        }
    }

    const fn unusable(end: usize) -> Self {
        Self {
            end,
            day: None,
            part: None,
            time: None,
        }
    }

    const fn during(mut self, part: Option<DayPart>) -> Self {
        self.part = part;
        self
    }
}

/// Finds all dates and times, so that the follow-ups can choose among them.
pub(super) fn read(reading: &mut Reading<'_>) {
    let mut at = 0;
    while at < reading.line.tokens.len() {
        let grammar = Grammar {
            reading,
            line: &reading.line,
            today: reading.now.date(),
        };
        let found = if reading.is_free(at) {
            grammar.date_at(at)
        } else {
            None
        };
        let Some(Found {
            end,
            day,
            part,
            time,
        }) = found
        else {
            at += 1;
            continue;
        };
        let tokens = extend_left(reading, at)..end.max(at + 1);
        at = tokens.end;
        reading.claim(&tokens, Claim::Date);
        if let Some(time) = time {
            reading.times.push(TimeHit {
                tokens: tokens.clone(),
                time,
            });
        }
        reading.dates.push(DateHit { tokens, day, part });
    }
    times::read(reading);
}

fn extend_left(reading: &Reading<'_>, mut start: usize) -> usize {
    while start > 0 && reading.is_free(start - 1) && BEFORE.has(reading.line.fold(start - 1)) {
        start -= 1;
    }
    start
}

/// The rules, each of which tries to read one kind of date at a token.
struct Grammar<'r> {
    reading: &'r Reading<'r>,
    line: &'r Line<'r>,
    today: NaiveDate,
}

impl Grammar<'_> {
    fn date_at(&self, at: usize) -> Option<Found> {
        self.nth_weekday(at)
            .or_else(|| self.past(at))
            .or_else(|| self.repeating(at))
            .or_else(|| self.near(at))
            .or_else(|| self.next(at))
            .or_else(|| self.this(at))
            .or_else(|| self.named_day(at))
            .or_else(|| self.after_length(at))
            .or_else(|| self.day_month(at))
            .or_else(|| self.figures(at))
            .or_else(|| self.day_only(at))
            .or_else(|| self.part_of_period(at))
            .or_else(|| self.month_alone(at))
            .or_else(|| self.week_number(at))
            .or_else(|| self.holiday(at))
    }

    fn fold(&self, at: usize) -> &str {
        self.line.fold(at)
    }
}
