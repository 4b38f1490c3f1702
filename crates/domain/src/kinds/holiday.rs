//! A holiday of the organisation's calendar, so that "after the summer holiday" means a day.

use chrono::NaiveDate;

use crate::record::{KindSpec, Record, fields};
use crate::rejection::Rejection;

fields! {
    /// A holiday with its first and last day.
    Holiday {
        /// What people call it, such as "zomervakantie".
        name: String,
        /// The first day.
        start: Option<NaiveDate>,
        /// The last day.
        end: Option<NaiveDate>,
        /// Out of sight, kept.
        archived: bool,
    }
}

impl Record for Holiday {
    const SPEC: KindSpec = KindSpec::of::<Self>("holiday", 10, 1, Self::FIELDS);

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&self, _before: Option<&Self>) -> Result<(), Rejection> {
        for (field, missing) in [
            ("name", self.name.trim().is_empty()),
            ("start", self.start.is_none()),
            ("end", self.end.is_none()),
        ] {
            if missing {
                return Err(Rejection::Missing { field });
            }
        }
        if self.end < self.start {
            return Err(Rejection::EndsBeforeItBegins);
        }
        Ok(())
    }
}
