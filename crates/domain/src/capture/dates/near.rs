//! Dates told from today: "morgen", "volgende week dinsdag", "over twee weken"; and those that are past or come back.

use chrono::{Datelike, NaiveTime, TimeDelta, Timelike, Weekday};

use super::super::calendar::{DayPart, coming, in_days, in_months, in_week, last_of_month};
use super::super::clock::clock_at;
use super::super::numbers::{Length, length, month, weekday, weekday_short};
use super::super::promises::has_action;
use super::{Found, Grammar};

impl Grammar<'_> {
    /// "gisteren", "vorige week", "afgelopen dinsdag", "twee weken geleden".
    pub(super) fn past(&self, at: usize) -> Option<Found> {
        if matches!(
            self.fold(at),
            "gisteren" | "eergisteren" | "gisteravond" | "gistermiddag" | "yesterday"
        ) {
            return Some(Found::unusable(at + 1));
        }
        if is_past(self.fold(at)) && self.is_period(at + 1) {
            let end = if weekday(self.fold(at + 2)).is_some() {
                at + 3
            } else {
                at + 2
            };
            return Some(Found::unusable(end));
        }
        let (end, _) = length(self.line, at)?;
        matches!(self.fold(end), "geleden" | "terug" | "ago").then(|| Found::unusable(end + 1))
    }

    /// "elke dinsdag": a habit, not a promise.
    pub(super) fn repeating(&self, at: usize) -> Option<Found> {
        let every = is_every(self.fold(at));
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
                "week"
                    | "maand"
                    | "jaar"
                    | "weekend"
                    | "zomer"
                    | "winter"
                    | "dag"
                    | "dagen"
                    | "weken"
                    | "nacht"
                    | "avond"
                    | "ochtend"
                    | "middag"
                    | "keer"
                    | "maanden"
                    | "month"
                    | "year"
                    | "night"
                    | "day"
            )
    }

    /// "vandaag", "morgen", "overmorgen", "vanavond", "the day after tomorrow".
    pub(super) fn near(&self, at: usize) -> Option<Found> {
        let day = at + usize::from(self.fold(at) == "the");
        if (self.fold(day), self.fold(day + 1), self.fold(day + 2)) == ("day", "after", "tomorrow")
        {
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
    pub(super) fn next(&self, at: usize) -> Option<Found> {
        if !is_next(self.fold(at)) {
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
            Some(day) if self.stands_alone(at + skip) || self.verb_follows(at + skip) => {
                (at + skip + 1, day, None)
            }
            Some(_) | None => (at, Weekday::Mon, None),
        }
    }

    /// "komende dinsdag", "deze week", "het weekend".
    pub(super) fn this(&self, at: usize) -> Option<Found> {
        let spelled = ["a", ".", "s", "."];
        let short = spelled
            .iter()
            .enumerate()
            .all(|(i, part)| self.fold(at + i) == *part);
        let next = if short { at + 4 } else { at + 1 };
        let weekend = matches!(self.fold(at), "het" | "'t" | "the");
        if !short && !weekend && !is_coming(self.fold(at)) {
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
    pub(super) fn named_day(&self, at: usize) -> Option<Found> {
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
        if is_next(self.fold(after)) && self.fold(after + 1) == "week" {
            return Some(Found::day(after + 2, in_week(self.today, 1, day)?).during(part));
        }
        // "dinsdag of woensdag": the first of them.
        let other = matches!(self.fold(after), "of" | "or")
            && (weekday(self.fold(after + 1)).is_some()
                || weekday_short(self.fold(after + 1)).is_some());
        let end = if other { after + 2 } else { after };
        Some(Found::day(end, coming(self.today, day)?).during(part))
    }

    /// "bel di", "di 24 nov", "Wo 14:00", "vr om 9": two letters that can only be a weekday here.
    fn is_short_weekday(&self, at: usize) -> bool {
        const EXPECTED: &[&str] = &[
            "op",
            "bel",
            "bellen",
            "terugbellen",
            "app",
            "mail",
            "langs",
            "afspraak",
            "vanaf",
            "komende",
            "volgende",
            "aanstaande",
            "on",
            "langskomen",
            "terug",
        ];
        if weekday_short(self.fold(at)).is_none() || self.line.token(at).is_none() {
            return false;
        }
        if self.is_timed(at) || self.day_month(self.after_short(at)).is_some() {
            return true;
        }
        // A capital is all the phone's doing at the start of a sentence; elsewhere it is a name.
        let plain = !self.line.is_capitalised(at) || self.line.begins_sentence(at);
        // "zo bellen" is soon, "hij zat" is no Saturday.
        let doubtful = matches!(self.fold(at), "zo" | "zat" | "vrij");
        let expected = EXPECTED.contains(&self.line.fold_before(at)) && self.stands_alone(at);
        let asked = matches!(
            self.line.fold_before(at),
            "bel" | "app" | "mail" | "terugbellen"
        ) && !self.line.is_capitalised(at + 1);
        let closes = asked || self.closes_promise(at) || self.verb_follows(at);
        plain && (expected || closes && !doubtful)
    }

    /// One past the two letters at `at` and the dot that may shorten them.
    fn after_short(&self, at: usize) -> usize {
        let dotted = self.fold(at + 1) == "." && self.line.is_glued(at + 1);
        at + 1 + usize::from(dotted && !self.line.is_clause_end(at + 1))
    }

    /// A time of day follows: "wo 14:00", "do om 10 uur", "vr om 9", "di rond half drie".
    fn is_timed(&self, at: usize) -> bool {
        let after = self.after_short(at);
        let preposition = self.fold(after);
        let bare = matches!(preposition, "om" | "rond" | "omstreeks" | "@" | "at");
        let introduced =
            bare || matches!(preposition, "tegen" | "vanaf" | "na" | "voor" | "tussen");
        let start = after + usize::from(introduced);
        // "zo om 10 uur" is soon, and "zat om 10 uur" is no Saturday.
        let plain = !matches!(self.fold(at), "zo" | "zat" | "vrij");
        clock_at(self.line, start).is_some_and(|clock| {
            let sure = clock.sure || clock.end > start + 1;
            (sure || bare) && (plain || !introduced)
        })
    }

    /// "Bel Fatima do": the last word of a clause in which something is promised.
    fn closes_promise(&self, at: usize) -> bool {
        let Some(clause) = self.line.clause_of(at) else {
            return false;
        };
        let goes_on = matches!(
            self.fold(at + 1),
            "over"
                | "met"
                | "voor"
                | "bij"
                | "naar"
                | "of"
                | "ivm"
                | "terug"
                | "weer"
                | "even"
                | "in"
        );
        let last = at + 1 >= clause.end || self.after_short(at) >= clause.end || goes_on;
        last && at > clause.start && has_action(self.line, &(clause.start..at))
    }

    /// No ordinary word follows.
    fn stands_alone(&self, at: usize) -> bool {
        !self.line.is_word(at + 1)
            || matches!(
                self.fold(at + 1),
                "om" | "rond" | "at" | "en" | "of" | "half" | "kwart"
            )
    }

    /// "volgende week ma bellen"
    fn verb_follows(&self, at: usize) -> bool {
        matches!(
            self.fold(at + 1),
            "bellen"
                | "terugbellen"
                | "langs"
                | "langskomen"
                | "langsgaan"
                | "mailen"
                | "appen"
                | "overleg"
                | "gesprek"
                | "huisbezoek"
                | "afspraak"
        )
    }

    /// "over twee weken", "binnen een maand", "in 3 days", "over een uur".
    pub(super) fn after_length(&self, at: usize) -> Option<Found> {
        if !matches!(self.fold(at), "over" | "binnen" | "in" | "within") {
            return None;
        }
        let skip = usize::from(matches!(self.fold(at + 1), "ongeveer" | "zo'n" | "about"));
        let (end, length) = length(self.line, at + 1 + skip)?;
        let found = match length {
            Length::Days(days) => Found::day(end, in_days(self.today, days)?),
            Length::Months(months) => Found::day(end, in_months(self.today, months)?),
            Length::Minutes(minutes) => {
                let then = self
                    .reading
                    .now
                    .checked_add_signed(TimeDelta::minutes(minutes.into()))?;
                let time = NaiveTime::from_hms_opt(then.hour(), then.minute(), 0);
                Found {
                    time,
                    ..Found::day(end, then.date())
                }
            }
        };
        Some(found)
    }
}

fn is_next(fold: &str) -> bool {
    matches!(fold, "volgende" | "volgend" | "next")
}

fn is_coming(fold: &str) -> bool {
    matches!(
        fold,
        "komende" | "komend" | "aankomende" | "aanstaande" | "coming" | "deze" | "dit" | "this"
    )
}

fn is_past(fold: &str) -> bool {
    matches!(
        fold,
        "vorige" | "vorig" | "afgelopen" | "laatste" | "last" | "previous" | "past"
    )
}

fn is_every(fold: &str) -> bool {
    matches!(
        fold,
        "elke"
            | "iedere"
            | "elk"
            | "ieder"
            | "alle"
            | "sinds"
            | "meestal"
            | "every"
            | "each"
            | "since"
    )
}
