//! Parts of a week, month or year, and days around a holiday.

use chrono::{Datelike, NaiveDate, Weekday};

use super::super::calendar::{in_months, in_week, iso_week, last_of_month, nth_of_month};
use super::super::holidays;
use super::super::numbers::{month, weekday};
use super::{Found, Grammar};

impl Grammar<'_> {
    /// "eerste maandag van december", "laatste vrijdag van de maand".
    pub(super) fn nth_weekday(&self, at: usize) -> Option<Found> {
        let nth = match self.fold(at) {
            "eerste" | "first" => 1,
            "tweede" | "second" => 2,
            "derde" | "third" => 3,
            "vierde" | "fourth" => 4,
            "laatste" | "last" => 5,
            _ => return None,
        };
        let (day, part) = weekday(self.fold(at + 1))?;
        let joined = matches!(self.fold(at + 2), "van" | "in" | "of");
        let next = at + 3 + usize::from(matches!(self.fold(at + 3), "de" | "the"));
        let named = month(self.fold(next));
        if !joined || named.is_none() && !matches!(self.fold(next), "maand" | "month") {
            return None;
        }
        let first = self.today.with_day(1)?;
        let months = named.map_or(0..=1, |named| {
            let ahead = (named + 11 - self.today.month0()) % 12;
            ahead..=ahead + 12
        });
        let of_month = |ahead: u32| nth_of_month(in_months(first, ahead)?, nth, day);
        let step = if named.is_some() { 12 } else { 1 };
        let found = months
            .step_by(step)
            .filter_map(of_month)
            .find(|day| *day >= self.today)?;
        Some(Found::day(next + 1, found).during(part))
    }

    /// "begin december", "eind van de maand", "half december", "eind volgende week".
    pub(super) fn part_of_period(&self, at: usize) -> Option<Found> {
        if let Some(named) = self.fold(at).strip_prefix("mid-").and_then(month) {
            return Some(Found::day(at + 1, self.month_from(named, Within::Middle)?));
        }
        let part = self.part_named(at)?;
        let mut next = at + 1;
        while matches!(
            self.fold(next),
            "van" | "of" | "de" | "the" | "deze" | "this"
        ) {
            next += 1;
        }
        let later = matches!(self.fold(next), "volgende" | "volgend" | "next");
        next += usize::from(later);
        let ahead = u32::from(later);
        // The part of this period, or of the one after it when that has passed.
        let day = (ahead..=ahead + 1)
            .map_while(|ahead| self.part_of(part, self.fold(next), ahead))
            .find(|day| *day >= self.today)?;
        Some(Found::day(next + 1, day))
    }

    fn part_named(&self, at: usize) -> Option<Within> {
        Some(match self.fold(at) {
            "begin" | "early" | "beginning" => Within::Start,
            "half" | "medio" | "midden" | "halverwege" | "mid" => Within::Middle,
            "eind" | "einde" | "end" | "late" => Within::End,
            // "in de loop van de week"
            "loop" if self.line.fold_before(at) == "de" && self.fold(at + 1) == "van" => {
                Within::End
            }
            _ => return None,
        })
    }

    /// Part of the week, month or year that lies so many ahead; of a named month in the year ahead.
    fn part_of(&self, part: Within, period: &str, ahead: u32) -> Option<NaiveDate> {
        let first = self.today.with_day(1)?;
        match period {
            "week" => in_week(self.today, ahead, part.of_week()),
            "maand" | "month" => part.of_month(in_months(first, ahead)?),
            "jaar" | "year" => {
                part.of_year(in_months(first.with_month(1)?, ahead.checked_mul(12)?)?)
            }
            named => {
                let first = first.with_month(month(named)?)?;
                part.of_month(in_months(first, ahead.checked_mul(12)?)?)
            }
        }
    }

    /// "in december": its first day.
    pub(super) fn month_alone(&self, at: usize) -> Option<Found> {
        let expected = matches!(self.line.fold_before(at), "in" | "vanaf" | "rond" | "from");
        let named = month(self.fold(at)).filter(|_| expected)?;
        Some(Found::day(at + 1, self.month_from(named, Within::Start)?))
    }

    /// Part of the named month, this year or next.
    fn month_from(&self, named: u32, part: Within) -> Option<NaiveDate> {
        let first = self.today.with_day(1)?.with_month(named)?;
        (0..=1)
            .filter_map(|years| part.of_month(in_months(first, 12 * years)?))
            .find(|day| *day >= self.today)
    }

    /// "week 48".
    pub(super) fn week_number(&self, at: usize) -> Option<Found> {
        let week = self
            .line
            .value(at + 1)
            .filter(|_| self.fold(at) == "week")?;
        Some(Found::day(at + 2, iso_week(self.today, week)?))
    }

    /// "na de zomervakantie", "voor de kerst", "after the weekend".
    pub(super) fn holiday(&self, at: usize) -> Option<Found> {
        let (end, day) = holidays::around(self.reading, self.line, at)?;
        Some(Found::day(end, day))
    }
}

/// Where in a month or week.
#[derive(Debug, Clone, Copy)]
enum Within {
    Start,
    Middle,
    End,
}

impl Within {
    fn of_month(self, first: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Start => Some(first),
            Self::Middle => first.with_day(15),
            Self::End => last_of_month(first),
        }
    }

    fn of_year(self, january: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Start => Some(january),
            Self::Middle => january.with_month(7),
            Self::End => january.with_month(12)?.with_day(31),
        }
    }

    const fn of_week(self) -> Weekday {
        match self {
            Self::Start => Weekday::Mon,
            Self::Middle => Weekday::Wed,
            Self::End => Weekday::Fri,
        }
    }
}
