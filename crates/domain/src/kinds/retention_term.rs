//! How long a kind of record is kept: the organisation's choice.

use crate::RetainedKind;
use crate::record::{KindSpec, LongText, Record, fields};
use crate::rejection::Rejection;

fields! {
    /// How long a kind of record is kept.
    RetentionTerm {
        /// The kind.
        record_kind: Option<RetainedKind>,
        /// How many months.
        months: Option<i32>,
        /// Why so long: the law, a selection list, an agreement.
        why: LongText,
        /// Out of sight, kept: the kind has no term any more.
        archived: bool,
    }
}

/// The shortest term, in months.
pub const SHORTEST_TERM: i32 = 1;
/// The longest term, in months: half a century.
pub const LONGEST_TERM: i32 = 600;

impl Record for RetentionTerm {
    const SPEC: KindSpec = KindSpec::of::<Self>("retention_term", 11, 1, Self::FIELDS);

    fn title(&self) -> String {
        self.record_kind
            .map(|kind| kind.as_str().to_owned())
            .unwrap_or_default()
    }

    fn check(&self, _before: Option<&Self>) -> Result<(), Rejection> {
        if self.record_kind.is_none() {
            return Err(Rejection::Missing {
                field: "record_kind",
            });
        }
        match self.months {
            None => Err(Rejection::Missing { field: "months" }),
            Some(months) if (SHORTEST_TERM..=LONGEST_TERM).contains(&months) => Ok(()),
            Some(_) => Err(Rejection::WrongShape {
                field: "months".to_owned(),
                expected: "1 to 600 months",
            }),
        }
    }
}
