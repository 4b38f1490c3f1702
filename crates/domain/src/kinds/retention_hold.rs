//! Something that is kept longer than its term, and why.

use chrono::NaiveDate;

use crate::ids::{MemberId, RecordId};
use crate::record::{KindSpec, LongText, Record, fields};
use crate::rejection::Rejection;

fields! {
    /// That a record is kept longer than its term.
    RetentionHold {
        /// The record.
        record: Option<RecordId>,
        /// The last day on which this holds; then it is proposed again.
        until: Option<NaiveDate>,
        /// Why it is still needed.
        why: LongText,
        /// Who decided so.
        by: Option<MemberId>,
        /// Out of sight, kept: it holds no more.
        archived: bool,
    }
}

impl Record for RetentionHold {
    const SPEC: KindSpec = KindSpec::of::<Self>("retention_hold", 12, 1, Self::FIELDS);

    /// Nobody looks for it by words: it is shown with the record.
    fn title(&self) -> String {
        String::new()
    }

    fn check(&self, _before: Option<&Self>) -> Result<(), Rejection> {
        if self.record.is_none() {
            return Err(Rejection::Missing { field: "record" });
        }
        if self.until.is_none() {
            return Err(Rejection::Missing { field: "until" });
        }
        if self.why.trim().is_empty() {
            return Err(Rejection::Missing { field: "why" });
        }
        Ok(())
    }
}
