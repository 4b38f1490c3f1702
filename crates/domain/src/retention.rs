//! How long a record has been kept, and whether that is long enough.
//!
//! A term counts from a moment that a person understands: when somebody was last spoken to, when it was said, when it
//! was closed. What is still open is never due: a promise is kept before it is cleared away.

use chrono::{Months, NaiveDate};
use serde_json::Value;

use crate::RetainedKind;
use crate::kinds::{FollowUp, Signal};
use crate::record::{Fields, typed};
use crate::{FollowUpState, SignalState};

/// From when a term counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// The newest note about the person.
    LastSpoken,
    /// Nobody noted anything since it was recorded.
    Recorded,
    /// When it was said or seen.
    Said,
    /// When it was closed.
    Closed,
}

impl Since {
    /// The word for it in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LastSpoken => "last_spoken",
            Self::Recorded => "recorded",
            Self::Said => "said",
            Self::Closed => "closed",
        }
    }
}

/// The days that matter for one record.
#[derive(Debug, Clone, Copy)]
pub struct Days {
    /// When it was recorded.
    pub made: NaiveDate,
    /// When it belongs in a timeline.
    pub at: NaiveDate,
    /// The newest note about it.
    pub last: Option<NaiveDate>,
    /// When it was closed.
    pub closed: Option<NaiveDate>,
}

/// From when the term of a record counts; none while it is still open.
#[must_use]
pub fn counts_from(kind: RetainedKind, fields: &Fields, days: Days) -> Option<(Since, NaiveDate)> {
    match kind {
        RetainedKind::Contact => Some(days.last.map_or((Since::Recorded, days.made), |last| {
            // Whoever is recorded after the last talk is new, not old.
            (Since::LastSpoken, last.max(days.made))
        })),
        RetainedKind::Note => Some((Since::Said, days.at)),
        RetainedKind::FollowUp => {
            let state = typed::<FollowUp>(fields).state;
            let open = matches!(state, None | Some(FollowUpState::Open));
            (!open).then(|| (Since::Closed, days.closed.unwrap_or(days.made)))
        }
        RetainedKind::Signal => {
            let state = typed::<Signal>(fields).state.unwrap_or(SignalState::New);
            (!state.is_open()).then(|| (Since::Closed, days.closed.unwrap_or(days.made)))
        }
    }
}

/// The day on which a term ends. A month is a calendar month: 31 August and one month is 30 September.
#[must_use]
pub fn ends(from: NaiveDate, months: u32) -> NaiveDate {
    from.checked_add_months(Months::new(months))
        .unwrap_or(NaiveDate::MAX)
}

/// The moment at which a record was closed, as it stands in its fields.
#[must_use]
pub fn closed_at(fields: &Fields) -> Option<&str> {
    fields.get("closed_at").and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn fields(value: Value) -> Fields {
        serde_json::from_value(value).unwrap()
    }

    fn days() -> Days {
        Days {
            made: day("2024-01-10"),
            at: day("2024-01-09"),
            last: None,
            closed: None,
        }
    }

    #[test]
    fn a_person_counts_from_when_they_were_last_spoken_to() {
        let none = Fields::new();
        let since = |days| counts_from(RetainedKind::Contact, &none, days);
        assert_eq!(since(days()), Some((Since::Recorded, day("2024-01-10"))));
        let last = Some(day("2025-03-01"));
        assert_eq!(
            since(Days { last, ..days() }),
            Some((Since::LastSpoken, day("2025-03-01")))
        );
    }

    #[test]
    fn what_is_open_never_counts() {
        let of = |kind, state: &str| counts_from(kind, &fields(json!({ "state": state })), days());
        assert_eq!(of(RetainedKind::FollowUp, "open"), None);
        assert_eq!(of(RetainedKind::Signal, "reopened"), None);
        assert_eq!(of(RetainedKind::Signal, "a_word_of_a_newer_app"), None);
        assert_eq!(
            of(RetainedKind::FollowUp, "done"),
            Some((Since::Closed, day("2024-01-10")))
        );
        assert_eq!(
            of(RetainedKind::Signal, "solved"),
            Some((Since::Closed, day("2024-01-10")))
        );
    }

    #[test]
    fn a_month_is_a_month_of_the_calendar() {
        assert_eq!(ends(day("2024-08-31"), 1), day("2024-09-30"));
        assert_eq!(ends(day("2024-02-29"), 12), day("2025-02-28"));
        assert_eq!(ends(NaiveDate::MAX, 600), NaiveDate::MAX);
    }
}
