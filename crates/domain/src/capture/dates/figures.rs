//! Dates with a day in figures: "3 december", "3-12-2026", "de 15e".

use chrono::NaiveDate;

use super::super::calendar::{day_and_month, day_of_month};
use super::super::numbers::{month, number};
use super::{COUNTED, Found, Grammar};

impl Grammar<'_> {
    /// "3 december", "3 dec.", "drie december 2026", "3rd of December", "December 3".
    pub(super) fn day_month(&self, at: usize) -> Option<Found> {
        if let Some(named) = month(self.fold(at)).filter(|_| self.fold(at + 1) != "of") {
            let day = self
                .line
                .value(at + 1)
                .filter(|_| self.fold(at + 2) != ":")?;
            let end = at + 2 + usize::from(self.is_ordinal(at + 2));
            return self.dated(end, day, named);
        }
        let day = number(self.line, at).filter(|_| !matches!(self.fold(at), "een" | "a" | "an"))?;
        let mut next = at + 1 + usize::from(self.is_ordinal(at + 1));
        next += usize::from(matches!(self.fold(next), "of" | "van"));
        let named = month(self.fold(next))?;
        let dotted = self.fold(next + 1) == "." && !self.line.is_clause_end(next + 1);
        self.dated(next + 1 + usize::from(dotted), day, named)
    }

    /// A day and a month, with the year that may stand at `at`.
    fn dated(&self, at: usize, day: u32, month: u32) -> Option<Found> {
        match self
            .line
            .value(at)
            .filter(|year| (1900..2200).contains(year))
        {
            Some(year) => self.in_year(at + 1, day, month, year),
            None => Some(Found::day(at, day_and_month(self.today, day, month)?)),
        }
    }

    fn in_year(&self, end: usize, day: u32, month: u32, year: u32) -> Option<Found> {
        let year = if year < 100 { 2000 + year } else { year };
        let date = NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day)?;
        Some(if date < self.today {
            Found::unusable(end)
        } else {
            Found::day(end, date)
        })
    }

    /// "3e", "3de", "3rd": letters glued to a number.
    fn is_ordinal(&self, at: usize) -> bool {
        self.line.is_glued(at)
            && matches!(
                self.fold(at),
                "e" | "de" | "ste" | "st" | "nd" | "rd" | "th"
            )
    }

    /// "3-12", "3/12/2026", "03.12.2026", "2026-12-03".
    pub(super) fn figures(&self, at: usize) -> Option<Found> {
        let glued = |at: usize| self.line.value(at).filter(|_| self.line.is_glued(at));
        let first = self.line.value(at)?;
        let mark = self.fold(at + 1);
        if !matches!(mark, "-" | "/" | ".") || !self.line.is_glued(at + 1) {
            return None;
        }
        let second = glued(at + 2)?;
        let third = if self.fold(at + 3) == mark {
            glued(at + 4)
        } else {
            None
        };
        match third {
            Some(third) if first >= 1900 => self.in_year(at + 5, third, second, first),
            Some(third) if !(100..1900).contains(&third) => {
                self.in_year(at + 5, first, second, third)
            }
            Some(_) => None,
            None => {
                let figures = mark != "." && first <= 31 && second <= 12;
                let counted = COUNTED.has(self.fold(at + 3)) || self.line.is_glued(at + 3);
                let free =
                    !counted || self.fold(at + 3).is_empty() || self.line.is_clause_end(at + 3);
                let day = day_and_month(self.today, first, second)?;
                (figures && free).then(|| Found::day(at + 3, day))
            }
        }
    }

    /// "de 15e", "the 3rd": only where no word follows that it could count.
    pub(super) fn day_only(&self, at: usize) -> Option<Found> {
        let day = self.line.value(at)?;
        let open = !self.line.is_word(at + 2)
            || matches!(
                self.fold(at + 2),
                "om" | "at" | "langs" | "bellen" | "terugbellen" | "bij"
            );
        if !self.is_ordinal(at + 1) || !open {
            return None;
        }
        Some(Found::day(at + 2, day_of_month(self.today, day)?))
    }
}
