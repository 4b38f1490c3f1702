//! A promise with a date.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::lines;
use crate::FollowUpState;
use crate::ids::{MemberId, RecordId};
use crate::record::{KindSpec, LongText, Record, fields};
use crate::rejection::Rejection;

fields! {
    /// A promise with a date.
    FollowUp {
        /// What was promised.
        what: String,
        /// The day it is due.
        due: Option<NaiveDate>,
        /// The time on that day, `HH:MM`, if there is one.
        time: String,
        /// Who does it.
        owner: Option<MemberId>,
        /// Whom we wait for, when the next move is somebody else's.
        waiting_for: String,
        /// For whom and about what: contacts, groups, organisations.
        about: BTreeSet<RecordId>,
        /// The note it was promised in.
        note: Option<RecordId>,
        /// The signal it belongs to.
        signal: Option<RecordId>,
        /// Open, done or dropped.
        state: Option<FollowUpState>,
        /// What came of it.
        outcome: LongText,
        /// Why it was dropped.
        reason: String,
        /// When it was done or dropped.
        closed_at: Option<DateTime<Utc>>,
        /// Out of sight, kept.
        archived: bool,
    }
}

impl Record for FollowUp {
    const SPEC: KindSpec = KindSpec::of::<Self>("follow_up", 5, 1, Self::FIELDS);

    fn title(&self) -> String {
        self.what.clone()
    }

    fn found_by(&self) -> String {
        lines([self.waiting_for.as_str(), &*self.outcome, &self.reason])
    }

    fn check(&self, _before: Option<&Self>) -> Result<(), Rejection> {
        if self.what.trim().is_empty() {
            return Err(Rejection::Missing { field: "what" });
        }
        if self.due.is_none() {
            return Err(Rejection::Missing { field: "due" });
        }
        if !self.time.is_empty() && NaiveTime::parse_from_str(&self.time, "%H:%M").is_err() {
            return Err(Rejection::WrongShape {
                field: "time".to_owned(),
                expected: "HH:MM",
            });
        }
        if self.state == Some(FollowUpState::Dropped) && self.reason.trim().is_empty() {
            return Err(Rejection::ReasonMissing);
        }
        Ok(())
    }
}
