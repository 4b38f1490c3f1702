//! Dates in words and figures, Dutch and English.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};

use super::calendar::{
    DateHit, DayPart, coming, day_and_month, day_of_month, in_days, in_months, in_week, iso_week,
    last_of_month,
};
use super::holidays;
use super::numbers::{Length, length, month, number, weekday, weekday_short};
use super::reading::{Claim, Reading};
use super::times::{self, TimeHit};
use super::tokens::Line;

/// Words before a date that belong to it: "*op* dinsdag", "*voor* 3 december".
const BEFORE: &[&str] = &[
    "op", "voor", "vanaf", "rond", "tegen", "uiterlijk", "aan", "per", "ergens", "on", "by", "before",
    "around", "from", "until", "tot", "pas", "in", "de", "the", "later",
];
const NEXT: &[&str] = &["volgende", "volgend", "next"];
const COMING: &[&str] =
    &["komende", "aanstaande", "komend", "coming", "this", "deze", "dit", "aankomende"];
const PAST: &[&str] = &["vorige", "vorig", "afgelopen", "laatste", "last", "previous", "past"];
const EVERY: &[&str] =
    &["elke", "iedere", "elk", "ieder", "every", "each", "alle", "sinds", "since", "meestal"];
/// What is counted, so that "3-4 keer" is not the third of April.
const COUNTED: &[&str] = &[
    "keer", "x", "uur", "kinderen", "mensen", "personen", "dagen", "weken", "maanden", "jaar", "euro",
    "minuten", "huizen", "woningen", "bewoners", "jongeren", "gezinnen", "meter", "times", "people",
];

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
        Self { end, day: Some(day), part: None, time: None }
    }

    const fn unusable(end: usize) -> Self {
        Self { end, day: None, part: None, time: None }
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
        let grammar = Grammar { reading, line: &reading.line, today: reading.now.date() };
        let found = if reading.is_free(at) { grammar.date_at(at) } else { None };
        let Some(Found { end, day, part, time }) = found else {
            at += 1;
            continue;
        };
        let tokens = extend_left(reading, at)..end.max(at + 1);
        at = tokens.end;
        reading.claim(&tokens, Claim::Date);
        if let Some(time) = time {
            reading.times.push(TimeHit { tokens: tokens.clone(), time });
        }
        reading.dates.push(DateHit { tokens, day, part });
    }
    times::read(reading);
}

fn extend_left(reading: &Reading<'_>, mut start: usize) -> usize {
    while start > 0
        && reading.is_free(start - 1)
        && BEFORE.contains(&reading.line.fold(start - 1))
    {
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
        self.past(at)
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

    /// "gisteren", "vorige week", "afgelopen dinsdag", "twee weken geleden".
    fn past(&self, at: usize) -> Option<Found> {
        if matches!(self.fold(at), "gisteren" | "eergisteren" | "gisteravond" | "gistermiddag" | "yesterday") {
            return Some(Found::unusable(at + 1));
        }
        if PAST.contains(&self.fold(at)) && self.is_period(at + 1) {
            let end = if weekday(self.fold(at + 2)).is_some() { at + 3 } else { at + 2 };
            return Some(Found::unusable(end));
        }
        let (end, _) = length(self.line, at)?;
        matches!(self.fold(end), "geleden" | "terug" | "ago").then(|| Found::unusable(end + 1))
    }

    /// "elke dinsdag": a habit, not a promise.
    fn repeating(&self, at: usize) -> Option<Found> {
        let every = EVERY.contains(&self.fold(at));
        let (day, end) = if every && matches!(self.fold(at + 1), "week" | "maand") {
            (weekday(self.fold(at + 2)).is_some(), at + 3)
        } else {
            (self.is_period(at + 1), at + 2)
        };
        (every && day).then(|| Found::unusable(end))
    }

    fn is_period(&self, at: usize) -> bool {
        let fold = self.fold(at);
        weekday(fold).is_some()
            || month(fold).is_some()
            || matches!(
                fold,
                "week" | "maand" | "jaar" | "weekend" | "zomer" | "winter" | "dag" | "dagen" | "weken"
                    | "nacht" | "avond" | "ochtend" | "middag" | "keer" | "maanden" | "month" | "year"
                    | "night" | "day"
            )
    }

    /// "vandaag", "morgen", "overmorgen", "vanavond", "the day after tomorrow".
    fn near(&self, at: usize) -> Option<Found> {
        let day = at + usize::from(self.fold(at) == "the");
        if (self.fold(day), self.fold(day + 1), self.fold(day + 2)) == ("day", "after", "tomorrow") {
            return Some(Found::day(day + 3, in_days(self.today, 2)?));
        }
        let (days, part) = match self.fold(at) {
            "vandaag" | "today" | "straks" | "zometeen" => (0, None),
            "vanmiddag" => (0, Some(DayPart::Afternoon)),
            "vanochtend" | "vanmorgen" => (0, Some(DayPart::Morning)),
            "vanavond" | "tonight" => (0, Some(DayPart::Evening)),
            "morgen" | "tomorrow" => (1, None),
            "morgenochtend" | "morgenvroeg" => (1, Some(DayPart::Morning)),
            "morgenmiddag" => (1, Some(DayPart::Afternoon)),
            "morgenavond" => (1, Some(DayPart::Evening)),
            "overmorgen" => (2, None),
            _ => return None,
        };
        Some(Found::day(at + 1, in_days(self.today, days)?).during(part))
    }

    /// "volgende week", "volgende week dinsdag", "volgende dinsdag", "volgende maand".
    fn next(&self, at: usize) -> Option<Found> {
        if !NEXT.contains(&self.fold(at)) {
            return None;
        }
        if let Some((day, part)) = weekday(self.fold(at + 1)) {
            return Some(Found::day(at + 2, in_week(self.today, 1, day)?).during(part));
        }
        let first = self.today.with_day(1)?;
        let day = match self.fold(at + 1) {
            "week" => {
                let (end, day, part) = self.weekday_after_week(at + 2);
                return Some(Found::day(end, in_week(self.today, 1, day)?).during(part));
            }
            "weekend" => in_week(self.today, 1, Weekday::Sat)?,
            "maand" | "month" => in_months(first, 1)?,
            "kwartaal" | "quarter" => in_months(first, 3 - self.today.month0() % 3)?,
            "jaar" | "year" => in_months(first.with_month(1)?, 12)?,
            _ => return None,
        };
        Some(Found::day(at + 2, day))
    }

    /// The weekday behind "volgende week"; Monday when there is none.
    fn weekday_after_week(&self, at: usize) -> (usize, Weekday, Option<DayPart>) {
        let skip = usize::from(matches!(self.fold(at), "op" | "on"));
        if let Some((day, part)) = weekday(self.fold(at + skip)) {
            return (at + skip + 1, day, part);
        }
        match weekday_short(self.fold(at + skip)) {
            Some(day) if self.stands_alone(at + skip) => (at + skip + 1, day, None),
            Some(_) | None => (at, Weekday::Mon, None),
        }
    }

    /// "komende dinsdag", "deze week", "het weekend".
    fn this(&self, at: usize) -> Option<Found> {
        let spelled = ["a", ".", "s", "."];
        let short = spelled.iter().enumerate().all(|(i, part)| self.fold(at + i) == *part);
        let next = if short { at + 4 } else { at + 1 };
        let weekend = matches!(self.fold(at), "het" | "'t" | "the");
        if !short && !weekend && !COMING.contains(&self.fold(at)) {
            return None;
        }
        let found = match self.fold(next) {
            "weekend" => Found::day(next + 1, coming(self.today, Weekday::Sat)?),
            _ if weekend => return None,
            "week" if matches!(self.fold(at), "deze" | "this") => {
                let (end, day, part) = self.weekday_after_week(next + 1);
                let day = if end > next + 1 { day } else { Weekday::Fri };
                let day = in_week(self.today, 0, day)?.max(self.today);
                Found::day(end, day).during(part)
            }
            "week" => Found::day(next + 1, in_week(self.today, 1, Weekday::Mon)?),
            "maand" | "month" => Found::day(next + 1, last_of_month(self.today)?),
            fold => {
                let (day, part) = weekday(fold)?;
                Found::day(next + 1, coming(self.today, day)?).during(part)
            }
        };
        Some(found)
    }

    /// "dinsdag", "dinsdagmiddag", "dinsdag 24 november", "dinsdag over een week", "dinsdag volgende week".
    fn named_day(&self, at: usize) -> Option<Found> {
        let (day, part) = match weekday(self.fold(at)) {
            Some(named) => named,
            None if self.is_short_weekday(at) => (weekday_short(self.fold(at))?, None),
            None => return None,
        };
        let dot = usize::from(self.fold(at + 1) == "." && self.line.is_glued(at + 1));
        let after = at + 1 + dot * usize::from(!self.line.is_clause_end(at + 1));
        let skip = usize::from(matches!(self.fold(after), "de" | "the"));
        let dated = self.day_month(after).or_else(|| self.figures(after));
        if let Some(date) = dated.or_else(|| self.day_only(after + skip)) {
            return Some(date.during(part));
        }
        if matches!(self.fold(after), "over" | "in")
            && let Some((end, Length::Days(days))) = length(self.line, after + 1)
        {
            return Some(Found::day(end, in_days(coming(self.today, day)?, days)?).during(part));
        }
        if NEXT.contains(&self.fold(after)) && self.fold(after + 1) == "week" {
            return Some(Found::day(after + 2, in_week(self.today, 1, day)?).during(part));
        }
        Some(Found::day(after, coming(self.today, day)?).during(part))
    }

    /// "bel di", "di 24 nov": two letters that can only be a weekday here.
    fn is_short_weekday(&self, at: usize) -> bool {
        const EXPECTED: &[&str] = &[
            "op", "bel", "bellen", "terugbellen", "app", "mail", "langs", "afspraak", "vanaf", "komende",
            "volgende", "aanstaande", "on", "langskomen", "terug",
        ];
        let lower = self.line.is_word(at) && !self.line.is_capitalised(at);
        let expected = EXPECTED.contains(&self.line.fold_before(at)) && self.stands_alone(at);
        weekday_short(self.fold(at)).is_some() && lower && (expected || self.day_month(at + 1).is_some())
    }

    /// No ordinary word follows.
    fn stands_alone(&self, at: usize) -> bool {
        !self.line.is_word(at + 1) || matches!(self.fold(at + 1), "om" | "rond" | "at" | "en" | "half" | "kwart")
    }

    /// "over twee weken", "binnen een maand", "in 3 days", "over een uur".
    fn after_length(&self, at: usize) -> Option<Found> {
        if !matches!(self.fold(at), "over" | "binnen" | "in" | "within") {
            return None;
        }
        let skip = usize::from(matches!(self.fold(at + 1), "ongeveer" | "zo'n" | "about"));
        let (end, length) = length(self.line, at + 1 + skip)?;
        let found = match length {
            Length::Days(days) => Found::day(end, in_days(self.today, days)?),
            Length::Months(months) => Found::day(end, in_months(self.today, months)?),
            Length::Minutes(minutes) => {
                let then = self.reading.now.checked_add_signed(TimeDelta::minutes(minutes.into()))?;
                let time = NaiveTime::from_hms_opt(
                    chrono::Timelike::hour(&then),
                    chrono::Timelike::minute(&then),
                    0,
                );
                Found { time, ..Found::day(end, then.date()) }
            }
        };
        Some(found)
    }

    /// "3 december", "3 dec.", "drie december 2026", "3rd of December", "December 3".
    fn day_month(&self, at: usize) -> Option<Found> {
        if let Some(named) = month(self.fold(at)).filter(|_| self.fold(at + 1) != "of") {
            let day = self.line.value(at + 1).filter(|_| self.fold(at + 2) != ":")?;
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
        match self.line.value(at).filter(|year| (1900..2200).contains(year)) {
            Some(year) => self.in_year(at + 1, day, month, year),
            None => Some(Found::day(at, day_and_month(self.today, day, month)?)),
        }
    }

    fn in_year(&self, end: usize, day: u32, month: u32, year: u32) -> Option<Found> {
        let year = if year < 100 { 2000 + year } else { year };
        let date = NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day)?;
        Some(if date < self.today { Found::unusable(end) } else { Found::day(end, date) })
    }

    /// "3e", "3de", "3rd": letters glued to a number.
    fn is_ordinal(&self, at: usize) -> bool {
        self.line.is_glued(at) && matches!(self.fold(at), "e" | "de" | "ste" | "st" | "nd" | "rd" | "th")
    }

    /// "3-12", "3/12/2026", "03.12.2026", "2026-12-03".
    fn figures(&self, at: usize) -> Option<Found> {
        let glued = |at: usize| self.line.value(at).filter(|_| self.line.is_glued(at));
        let first = self.line.value(at)?;
        let mark = self.fold(at + 1);
        if !matches!(mark, "-" | "/" | ".") || !self.line.is_glued(at + 1) {
            return None;
        }
        let second = glued(at + 2)?;
        let third = if self.fold(at + 3) == mark { glued(at + 4) } else { None };
        match third {
            Some(third) if first >= 1900 => self.in_year(at + 5, third, second, first),
            Some(third) if third < 100 || third >= 1900 => self.in_year(at + 5, first, second, third),
            Some(_) => None,
            None => {
                let figures = mark != "." && first <= 31 && second <= 12;
                let counted = COUNTED.contains(&self.fold(at + 3)) || self.line.is_glued(at + 3);
                let free = !counted || self.fold(at + 3).is_empty() || self.line.is_clause_end(at + 3);
                let day = day_and_month(self.today, first, second)?;
                (figures && free).then(|| Found::day(at + 3, day))
            }
        }
    }

    /// "de 15e", "the 3rd": only where no word follows that it could count.
    fn day_only(&self, at: usize) -> Option<Found> {
        let day = self.line.value(at)?;
        let open = !self.line.is_word(at + 2)
            || matches!(self.fold(at + 2), "om" | "at" | "langs" | "bellen" | "terugbellen" | "bij");
        if !self.is_ordinal(at + 1) || !open {
            return None;
        }
        Some(Found::day(at + 2, day_of_month(self.today, day)?))
    }

    /// "begin december", "eind van de maand", "half december", "eind volgende week".
    fn part_of_period(&self, at: usize) -> Option<Found> {
        if let Some(named) = self.fold(at).strip_prefix("mid-").and_then(month) {
            return Some(Found::day(at + 1, self.month_from(named, |first| first.with_day(15))?));
        }
        let place = match self.fold(at) {
            "begin" | "early" | "beginning" => Within::Start,
            "half" | "medio" | "midden" | "halverwege" | "mid" => Within::Middle,
            "eind" | "einde" | "end" | "late" => Within::End,
            _ => return None,
        };
        let mut next = at + 1;
        while matches!(self.fold(next), "van" | "of" | "de" | "the" | "deze" | "this") {
            next += 1;
        }
        let later = NEXT.contains(&self.fold(next));
        next += usize::from(later);
        let first = self.today.with_day(1)?;
        let day = match self.fold(next) {
            "maand" | "month" => {
                let first = in_months(first, u32::from(later))?;
                let day = place.of_month(first)?;
                if day < self.today { place.of_month(in_months(first, 1)?)? } else { day }
            }
            "week" => {
                let day = in_week(self.today, u32::from(later), place.of_week())?;
                if day < self.today { in_week(self.today, 1, place.of_week())? } else { day }
            }
            "jaar" | "year" => {
                let january = first.with_month(1)?;
                let (day, months) = match place {
                    Within::Start => (january, 12),
                    Within::Middle => (january.with_month(7)?, 12),
                    Within::End => (january.with_month(12)?.with_day(31)?, 12),
                };
                let day = if later { in_months(day, months)? } else { day };
                if day < self.today { in_months(day, months)? } else { day }
            }
            fold => self.month_from(month(fold)?, |first| place.of_month(first))?,
        };
        Some(Found::day(next + 1, day))
    }

    /// "in december": its first day.
    fn month_alone(&self, at: usize) -> Option<Found> {
        let expected = matches!(self.line.fold_before(at), "in" | "vanaf" | "rond" | "from");
        let named = month(self.fold(at)).filter(|_| expected)?;
        Some(Found::day(at + 1, self.month_from(named, Some)?))
    }

    /// A day of the named month, this year or next.
    fn month_from(
        &self,
        named: u32,
        day: impl Fn(NaiveDate) -> Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        let first = self.today.with_day(1)?.with_month(named)?;
        let this_year = day(first)?;
        if this_year < self.today { day(in_months(first, 12)?) } else { Some(this_year) }
    }

    /// "week 48".
    fn week_number(&self, at: usize) -> Option<Found> {
        let week = self.line.value(at + 1).filter(|_| self.fold(at) == "week")?;
        Some(Found::day(at + 2, iso_week(self.today, week)?))
    }

    /// "na de zomervakantie", "voor de kerst", "after the weekend".
    fn holiday(&self, at: usize) -> Option<Found> {
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

    const fn of_week(self) -> Weekday {
        match self {
            Self::Start => Weekday::Mon,
            Self::Middle => Weekday::Wed,
            Self::End => Weekday::Fri,
        }
    }
}

