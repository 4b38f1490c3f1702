//! An issue the neighbourhood raises.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::lines;
use crate::ids::{MemberId, RecordId};
use crate::record::{KindSpec, LongText, Record, fields};
use crate::rejection::Rejection;
use crate::{ReporterTold, SignalKind, SignalState};

fields! {
    /// An issue the neighbourhood raises.
    Signal {
        /// What is going on, in a few words.
        title: String,
        /// Problem, idea, strength, question or complaint.
        signal_kind: Option<SignalKind>,
        /// The theme, from the organisation's own list.
        theme: Option<RecordId>,
        /// The neighbourhood.
        neighbourhood: Option<RecordId>,
        /// Where it stands.
        state: Option<SignalState>,
        /// The one who does not let go.
        owner: Option<MemberId>,
        /// The next date.
        next: Option<NaiveDate>,
        /// The organisation we wait for.
        handed_to: Option<RecordId>,
        /// Who told it.
        reporters: BTreeSet<RecordId>,
        /// The note it was heard in.
        note: Option<RecordId>,
        /// More about it.
        about: LongText,
        /// Why it is not picked up, or how it was solved.
        reason: String,
        /// Whether the person who told us knows how it ended.
        told: Option<ReporterTold>,
        /// When it was closed.
        closed_at: Option<DateTime<Utc>>,
        /// Out of sight, kept.
        archived: bool,
    }
}

impl Record for Signal {
    const SPEC: KindSpec = KindSpec::of::<Self>("signal", 6, 1, Self::FIELDS);

    fn title(&self) -> String {
        self.title.clone()
    }

    fn found_by(&self) -> String {
        lines([&*self.about, &self.reason])
    }

    fn check(&self, _before: Option<&Self>) -> Result<(), Rejection> {
        if self.title.trim().is_empty() {
            return Err(Rejection::Missing { field: "title" });
        }
        let state = self.state.unwrap_or(SignalState::New);
        if state.is_open() && !self.archived {
            if self.owner.is_none() || self.next.is_none() {
                return Err(Rejection::SignalLetGo);
            }
        } else if self.told.is_none() && !self.archived {
            return Err(Rejection::ReporterNotAsked);
        }
        if state == SignalState::NotPickedUp && self.reason.trim().is_empty() {
            return Err(Rejection::ReasonMissing);
        }
        Ok(())
    }
}
