//! A copy of chosen fields of a record in another space, shared on purpose.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::ids::{MemberId, RecordId, SpaceId};
use crate::record::{KindSpec, Record, fields};
use crate::rejection::Rejection;

fields! {
    /// That something was shared. One stands where the original lives and leads to it; another stands in the space of
    /// the copy, says by whom and until when, and knows nothing of the original.
    Share {
        /// The original. Empty in the space of the copy.
        of: Option<RecordId>,
        /// The copy.
        copy: Option<RecordId>,
        /// The space of the copy.
        to: Option<SpaceId>,
        /// The names of the fields that were copied.
        shared: BTreeSet<String>,
        /// Who shared it.
        by: Option<MemberId>,
        /// The last day on which the copy is there.
        until: Option<NaiveDate>,
        /// When it was taken back.
        revoked_at: Option<DateTime<Utc>>,
        /// Out of sight, kept.
        archived: bool,
    }
}

impl Record for Share {
    const SPEC: KindSpec = KindSpec::of::<Self>("share", 21, 1, Self::FIELDS);

    /// Nobody looks for a share by words: it is shown with what was shared.
    fn title(&self) -> String {
        String::new()
    }

    fn check(&self, _before: Option<&Self>) -> Result<(), Rejection> {
        if self.copy.is_none() {
            return Err(Rejection::Missing { field: "copy" });
        }
        Ok(())
    }
}
