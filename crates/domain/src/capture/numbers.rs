//! Words that count: numbers, weekdays, months and lengths of time.

use chrono::Weekday;

use super::calendar::DayPart;
use super::tokens::Line;

/// A number written as a word, Dutch or English; "een" and "a" count as one.
fn number_word(fold: &str) -> Option<u32> {
    Some(match fold {
        "een" | "one" | "a" | "an" => 1,
        "twee" | "two" => 2,
        "drie" | "three" => 3,
        "vier" | "four" => 4,
        "vijf" | "five" => 5,
        "zes" | "six" => 6,
        "zeven" | "seven" => 7,
        "acht" | "eight" => 8,
        "negen" | "nine" => 9,
        "tien" | "ten" => 10,
        "elf" | "eleven" => 11,
        "twaalf" | "twelve" => 12,
        "dertien" | "thirteen" => 13,
        "veertien" | "fourteen" => 14,
        "vijftien" | "fifteen" => 15,
        "zestien" => 16,
        "zeventien" => 17,
        "achttien" => 18,
        "negentien" => 19,
        "twintig" | "twenty" => 20,
        "vijfentwintig" => 25,
        "dertig" | "thirty" => 30,
        _ => return None,
    })
}

/// A number in figures or in words.
pub(super) fn number(line: &Line<'_>, at: usize) -> Option<u32> {
    line.value(at).or_else(|| number_word(line.fold(at)))
}

/// A weekday, with the part of the day that may be written to it: "dinsdagmiddag".
pub(super) fn weekday(fold: &str) -> Option<(Weekday, Option<DayPart>)> {
    const PARTS: &[(&str, DayPart)] = &[
        ("ochtend", DayPart::Morning),
        ("morgen", DayPart::Morning),
        ("middag", DayPart::Afternoon),
        ("avond", DayPart::Evening),
        ("nacht", DayPart::Night),
    ];
    let split = PARTS
        .iter()
        .find_map(|(end, part)| Some((fold.strip_suffix(end)?, *part)));
    let (name, part) = split.map_or((fold, None), |(name, part)| (name, Some(part)));
    let weekday = match name {
        "maandag" | "monday" => Weekday::Mon,
        "dinsdag" | "tuesday" => Weekday::Tue,
        "woensdag" | "wednesday" => Weekday::Wed,
        "donderdag" | "thursday" => Weekday::Thu,
        "vrijdag" | "friday" => Weekday::Fri,
        "zaterdag" | "saturday" => Weekday::Sat,
        "zondag" | "sunday" => Weekday::Sun,
        _ => return None,
    };
    Some((weekday, part))
}

/// A weekday in two letters. Most of these are ordinary words as well: ask only where a date is expected.
pub(super) fn weekday_short(fold: &str) -> Option<Weekday> {
    Some(match fold {
        "ma" => Weekday::Mon,
        "di" => Weekday::Tue,
        "wo" => Weekday::Wed,
        "do" => Weekday::Thu,
        "vr" | "vrij" => Weekday::Fri,
        "za" | "zat" => Weekday::Sat,
        "zo" => Weekday::Sun,
        _ => return None,
    })
}

/// The number of a month.
pub(super) fn month(fold: &str) -> Option<u32> {
    Some(match fold {
        "januari" | "jan" | "january" => 1,
        "februari" | "feb" | "febr" | "february" => 2,
        "maart" | "mrt" | "march" => 3,
        "april" | "apr" => 4,
        "mei" | "may" => 5,
        "juni" | "jun" | "june" => 6,
        "juli" | "jul" | "july" => 7,
        "augustus" | "aug" | "august" => 8,
        "september" | "sept" | "sep" => 9,
        "oktober" | "okt" | "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// A weekday or a month: never a person.
pub(super) fn is_calendar_word(fold: &str) -> bool {
    weekday(fold).is_some() || month(fold).is_some() && fold != "jan"
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    Minutes(u32),
    Days(u32),
    Months(u32),
}

/// "twee weken", "een dag of tien", "anderhalve week", "een paar dagen", "half jaar": where it ends and how long it is.
pub(super) fn length(line: &Line<'_>, at: usize) -> Option<(usize, Length)> {
    let next = if matches!(line.fold(at), "een" | "a" | "an") {
        at + 1
    } else {
        at
    };
    let (count, unit_at) = match line.fold(next) {
        "paar" => (3, next + 1),
        "couple" | "few" => (if line.fold(next) == "few" { 3 } else { 2 }, next + 1),
        "anderhalve" | "anderhalf" => return half_more(line, next + 1),
        "half" | "halve" => return half(line, next + 1),
        _ if next > at && unit(line.fold(next)).is_some() => (1, next),
        _ => (number(line, next)?, next + 1),
    };
    let unit_at = if line.fold(unit_at) == "of" && line.fold(unit_at + 1) != "of" {
        // "a couple of weeks", "twee of drie weken": the shorter one.
        unit_at
            + if unit(line.fold(unit_at + 1)).is_some() {
                1
            } else {
                2
            }
    } else {
        unit_at
    };
    let unit = unit(line.fold(unit_at))?;
    // "een dag of tien"
    let about = if line.fold(unit_at + 1) == "of" {
        number(line, unit_at + 2)
    } else {
        None
    };
    let end = unit_at + if about.is_some() { 3 } else { 1 };
    Some((end, times(unit, about.unwrap_or(count))?))
}

fn unit(fold: &str) -> Option<Length> {
    Some(match fold {
        "minuut" | "minuten" | "min" | "minutes" | "minute" => Length::Minutes(1),
        "kwartier" => Length::Minutes(15),
        "uur" | "uren" | "uurtje" | "hour" | "hours" => Length::Minutes(60),
        "dag" | "dagen" | "dagje" | "day" | "days" => Length::Days(1),
        "week" | "weken" | "weekje" | "weekjes" | "wk" | "weeks" => Length::Days(7),
        "maand" | "maanden" | "maandje" | "month" | "months" => Length::Months(1),
        "kwartaal" => Length::Months(3),
        "jaar" | "jaren" | "jaartje" | "year" | "years" => Length::Months(12),
        _ => return None,
    })
}

fn times(unit: Length, count: u32) -> Option<Length> {
    Some(match unit {
        Length::Minutes(one) => Length::Minutes(one.checked_mul(count)?),
        Length::Days(one) => Length::Days(one.checked_mul(count)?),
        Length::Months(one) => Length::Months(one.checked_mul(count)?),
    })
}

/// Half of a unit, whole days downwards.
fn half(line: &Line<'_>, at: usize) -> Option<(usize, Length)> {
    let length = match unit(line.fold(at))? {
        Length::Minutes(one) => Length::Minutes(one / 2),
        Length::Days(one) => Length::Days(one / 2),
        Length::Months(1) => Length::Days(15),
        Length::Months(months) => Length::Months(months / 2),
    };
    Some((at + 1, length))
}

/// One and a half of a unit, whole days downwards.
fn half_more(line: &Line<'_>, at: usize) -> Option<(usize, Length)> {
    let length = match unit(line.fold(at))? {
        Length::Minutes(one) => Length::Minutes(one + one / 2),
        Length::Days(one) => Length::Days(one + one / 2),
        Length::Months(1) => Length::Days(45),
        Length::Months(months) => Length::Months(months + months / 2),
    };
    Some((at + 1, length))
}
