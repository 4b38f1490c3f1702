//! Dates around holidays and feasts: "na de zomervakantie", "voor de kerst", "after the weekend".
//!
//! School holidays are data of the organisation. Where it has none for a name, these last days are assumed: summer 31
//! August, autumn 31 October, Christmas 6 January, spring 28 February, May 8 May. So "na de zomervakantie" is then the
//! first weekday from 1 September.

use chrono::{Datelike, NaiveDate, Weekday};

use super::calendar::{easter, in_days, in_week, weekday_from};
use super::reading::Reading;
use super::tokens::{Line, fold};

/// First and last day.
type Period = (NaiveDate, NaiveDate);

/// Name, first and last day as (day, month).
type Yearly = (&'static str, (u32, u32), (u32, u32));

const SCHOOL: &[Yearly] = &[
    ("zomervakantie", (15, 7), (31, 8)),
    ("herfstvakantie", (15, 10), (31, 10)),
    ("kerstvakantie", (21, 12), (6, 1)),
    ("voorjaarsvakantie", (15, 2), (28, 2)),
    ("meivakantie", (27, 4), (8, 5)),
];

const FEASTS: &[Yearly] = &[
    ("zomer", (21, 6), (31, 8)),
    ("kerst", (25, 12), (26, 12)),
    ("nieuwjaar", (1, 1), (1, 1)),
    ("sinterklaas", (5, 12), (5, 12)),
    ("koningsdag", (27, 4), (27, 4)),
    ("bevrijdingsdag", (5, 5), (5, 5)),
];

/// Feasts that follow Easter Sunday: name, first and last day counted from it.
const AFTER_EASTER: &[(&str, u32, u32)] = &[
    ("pasen", 0, 1),
    ("hemelvaart", 39, 39),
    ("pinksteren", 49, 50),
];

/// Which day is meant, seen from the holiday.
#[derive(Debug, Clone, Copy)]
enum Side {
    Before,
    During,
    After,
}

/// The date that begins at `at` with "na", "voor" or "in" and names a holiday: where it ends and which day it is.
pub(super) fn around(
    reading: &Reading<'_>,
    line: &Line<'_>,
    at: usize,
) -> Option<(usize, NaiveDate)> {
    let side = match line.fold(at) {
        "na" | "after" => Side::After,
        "voor" | "before" => Side::Before,
        "in" | "tijdens" | "during" | "met" | "rond" | "tegen" | "around" => Side::During,
        _ => return None,
    };
    let name = at
        + 1
        + usize::from(matches!(
            line.fold(at + 1),
            "de" | "het" | "the" | "deze" | "'t"
        ));
    let today = reading.now.date();
    if line.fold(name) == "weekend" {
        return Some((name + 1, around_weekend(today, side)?));
    }
    let (end, (first, last)) = named_period(reading, line, name)?;
    let day = match side {
        Side::After => weekday_from(last.succ_opt()?)?,
        Side::During => first.max(today),
        Side::Before => weekday_before(first).filter(|day| *day >= today)?,
    };
    Some((end, day))
}

fn around_weekend(today: NaiveDate, side: Side) -> Option<NaiveDate> {
    match side {
        Side::After => in_week(today, 1, Weekday::Mon),
        Side::During => in_week(today, 0, Weekday::Sat),
        Side::Before => Some(in_week(today, 0, Weekday::Fri)?.max(today)),
    }
}

/// The last Monday-to-Friday before a day.
fn weekday_before(day: NaiveDate) -> Option<NaiveDate> {
    let before = day.pred_opt()?;
    match before.weekday() {
        Weekday::Sun => before.pred_opt()?.pred_opt(),
        Weekday::Sat => before.pred_opt(),
        Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => Some(before),
    }
}

/// The holiday named at `at` that ends first, and where its name ends.
fn named_period(reading: &Reading<'_>, line: &Line<'_>, at: usize) -> Option<(usize, Period)> {
    let today = reading.now.date();
    let (end, name) = dutch_name(line, at)?;
    let known = reading.directory.holidays().iter().filter(|holiday| {
        let known = fold(&holiday.name);
        known == name
            || known.split_whitespace().next() == Some(name)
            || name == "vakantie" && known.contains("vakantie")
    });
    let known = known
        .map(|holiday| (holiday.start, holiday.end))
        .filter(|(_, last)| *last >= today);
    let period = known
        .min_by_key(|(_, last)| *last)
        .or_else(|| usual_period(today, name))?;
    Some((end, period))
}

/// The Dutch name of the holiday that is named at `at` in Dutch or English, and where it ends.
fn dutch_name<'l>(line: &'l Line<'_>, at: usize) -> Option<(usize, &'l str)> {
    let spelled = |words: &[&str]| {
        words
            .iter()
            .enumerate()
            .all(|(i, word)| line.fold(at + i) == *word)
    };
    if spelled(&["oud", "en", "nieuw"]) {
        return Some((at + 3, "nieuwjaar"));
    }
    let holiday = matches!(
        line.fold(at + 1),
        "holiday" | "holidays" | "vacation" | "break"
    );
    Some(match line.fold(at) {
        "summer" => (at + 1 + usize::from(holiday), "zomervakantie"),
        "autumn" | "fall" if holiday => (at + 2, "herfstvakantie"),
        "christmas" if holiday => (at + 2, "kerstvakantie"),
        "spring" if holiday => (at + 2, "voorjaarsvakantie"),
        "may" if holiday => (at + 2, "meivakantie"),
        "krokusvakantie" => (at + 1, "voorjaarsvakantie"),
        "holidays" | "holiday" => (at + 1, "vakantie"),
        "christmas" | "kerstmis" | "kerstdagen" => (at + 1, "kerst"),
        "new" if line.fold(at + 1).starts_with("year") => (at + 2, "nieuwjaar"),
        "easter" => (at + 1, "pasen"),
        "" => return None,
        name => (at + 1, name),
    })
}

/// The usual days of a holiday for which the organisation has none.
fn usual_period(today: NaiveDate, name: &str) -> Option<Period> {
    let yearly = SCHOOL
        .iter()
        .chain(FEASTS)
        .filter(|(known, ..)| *known == name);
    let any_school = SCHOOL.iter().filter(|_| name == "vakantie");
    let movable = AFTER_EASTER.iter().filter(|(known, ..)| *known == name);
    yearly
        .chain(any_school)
        .filter_map(|(_, first, last)| next_of(today, *first, *last))
        .chain(movable.filter_map(|(_, first, last)| next_after_easter(today, *first, *last)))
        .min_by_key(|(_, last)| *last)
}

fn next_of(today: NaiveDate, first: (u32, u32), last: (u32, u32)) -> Option<Period> {
    (0..=1).find_map(|years| {
        let year = today.year().checked_add(years)?;
        let end = NaiveDate::from_ymd_opt(year, last.1, last.0)?;
        let start_year = if first.1 > last.1 {
            year.checked_sub(1)?
        } else {
            year
        };
        let start = NaiveDate::from_ymd_opt(start_year, first.1, first.0)?;
        (end >= today).then_some((start, end))
    })
}

fn next_after_easter(today: NaiveDate, first: u32, last: u32) -> Option<Period> {
    (0..=1).find_map(|years| {
        let sunday = easter(today.year().checked_add(years)?)?;
        let start = in_days(sunday, first)?;
        let end = in_days(sunday, last)?;
        (end >= today).then_some((start, end))
    })
}
