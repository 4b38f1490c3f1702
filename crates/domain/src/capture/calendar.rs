//! Days as people count them: the coming Tuesday, 3 December, the end of the month.
//!
//! Every step is checked: a clock at the end of time gives no date rather than a panic.

use std::ops::Range;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// A date in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateHit {
    /// The tokens of the date, a preposition before it included.
    pub(super) tokens: Range<usize>,
    /// The day; none for what lies in the past or comes back every week.
    pub(super) day: Option<NaiveDate>,
    /// Which part of that day.
    pub(super) part: Option<DayPart>,
}

/// A part of the day, which decides what "8 uur" means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayPart {
    Morning,
    Afternoon,
    Evening,
    Night,
}

pub(super) fn in_days(today: NaiveDate, days: u32) -> Option<NaiveDate> {
    today.checked_add_days(Days::new(days.into()))
}

pub(super) fn in_months(today: NaiveDate, months: u32) -> Option<NaiveDate> {
    today.checked_add_months(Months::new(months))
}

/// The first such weekday after today.
pub(super) fn coming(today: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    let ahead = days_between(today.weekday(), weekday);
    in_days(today, if ahead == 0 { 7 } else { ahead })
}

/// That weekday in the week, Monday to Sunday, that is `weeks` after this one.
pub(super) fn in_week(today: NaiveDate, weeks: u32, weekday: Weekday) -> Option<NaiveDate> {
    let monday =
        today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()))?;
    in_days(
        monday,
        weeks
            .checked_mul(7)?
            .checked_add(weekday.num_days_from_monday())?,
    )
}

fn days_between(from: Weekday, to: Weekday) -> u32 {
    (to.num_days_from_monday() + 7 - from.num_days_from_monday()) % 7
}

/// A day and month without a year: today or later, within the years it takes for 29 February to exist.
pub(super) fn day_and_month(today: NaiveDate, day: u32, month: u32) -> Option<NaiveDate> {
    (0..=8)
        .filter_map(|years| NaiveDate::from_ymd_opt(today.year().checked_add(years)?, month, day))
        .find(|date| *date >= today)
}

/// The next time that the month has this day.
pub(super) fn day_of_month(today: NaiveDate, day: u32) -> Option<NaiveDate> {
    let first = today.with_day(1)?;
    (0..=2)
        .filter_map(|months| in_months(first, months)?.with_day(day))
        .find(|date| *date >= today)
}

/// The first to fourth such weekday of the month that begins on `first`; the last one for five.
pub(super) fn nth_of_month(first: NaiveDate, nth: u32, weekday: Weekday) -> Option<NaiveDate> {
    let earliest = in_days(first, days_between(first.weekday(), weekday))?;
    if nth < 5 {
        return in_days(earliest, 7 * (nth - 1));
    }
    let fifth = in_days(earliest, 28)?;
    if fifth.month() == first.month() {
        Some(fifth)
    } else {
        in_days(earliest, 21)
    }
}

pub(super) fn last_of_month(any: NaiveDate) -> Option<NaiveDate> {
    in_months(any.with_day(1)?, 1)?.pred_opt()
}

/// This day, or the Monday after it.
pub(super) fn weekday_from(day: NaiveDate) -> Option<NaiveDate> {
    match day.weekday() {
        Weekday::Sat => in_days(day, 2),
        Weekday::Sun => in_days(day, 1),
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => Some(day),
    }
}

/// Monday of an ISO week, this year or, when that has passed, next year.
pub(super) fn iso_week(today: NaiveDate, week: u32) -> Option<NaiveDate> {
    (0..=1)
        .filter_map(|years| {
            let year = today.iso_week().year().checked_add(years)?;
            NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)
        })
        .find(|monday| in_days(*monday, 6).is_some_and(|sunday| sunday >= today))
}

/// Easter Sunday, by the anonymous Gregorian computus (Meeus, *Astronomical Algorithms*, chapter 8).
pub(super) fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (
        year.rem_euclid(19),
        year.div_euclid(100),
        year.rem_euclid(100),
    );
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let g = (8 * b + 13).div_euclid(25);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c.div_euclid(4), c.rem_euclid(4));
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l).div_euclid(451);
    let n = h + l - 7 * m + 114;
    let (month, day) = (n.div_euclid(31), n.rem_euclid(31) + 1);
    NaiveDate::from_ymd_opt(year, month.try_into().ok()?, day.try_into().ok()?)
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, Weekday};

    use super::{coming, day_and_month, day_of_month, easter, in_week, iso_week, last_of_month};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_coming_weekday_is_never_today() {
        assert_eq!(
            coming(day("2026-11-18"), Weekday::Wed),
            Some(day("2026-11-25"))
        );
        assert_eq!(
            coming(day("2026-11-18"), Weekday::Thu),
            Some(day("2026-11-19"))
        );
        assert_eq!(
            in_week(day("2026-11-22"), 1, Weekday::Mon),
            Some(day("2026-11-23"))
        );
    }

    #[test]
    fn a_date_that_has_passed_is_meant_for_next_year() {
        assert_eq!(
            day_and_month(day("2026-11-18"), 3, 3),
            Some(day("2027-03-03"))
        );
        assert_eq!(
            day_and_month(day("2026-11-18"), 18, 11),
            Some(day("2026-11-18"))
        );
        assert_eq!(
            day_and_month(day("2026-11-18"), 29, 2),
            Some(day("2028-02-29"))
        );
        assert_eq!(day_of_month(day("2026-11-18"), 31), Some(day("2026-12-31")));
        assert_eq!(iso_week(day("2026-11-18"), 3), Some(day("2027-01-18")));
    }

    #[test]
    fn months_end_and_easter_fall_where_the_calendar_has_them() {
        assert_eq!(last_of_month(day("2028-02-03")), Some(day("2028-02-29")));
        for (year, sunday) in [
            (2026, "2026-04-05"),
            (2027, "2027-03-28"),
            (2030, "2030-04-21"),
        ] {
            assert_eq!(easter(year), Some(day(sunday)));
        }
    }

    #[test]
    fn the_end_of_time_gives_no_date() {
        assert_eq!(coming(NaiveDate::MAX, Weekday::Mon), None);
        assert_eq!(last_of_month(NaiveDate::MAX), None);
        assert_eq!(day_and_month(NaiveDate::MAX, 1, 1), None);
    }
}
