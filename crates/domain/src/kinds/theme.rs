//! An entry of the organisation's own list of themes.

use std::collections::BTreeSet;

use crate::record::{KindSpec, Record, fields};
use crate::rejection::Rejection;

fields! {
    /// A theme: traffic, litter, loneliness, ... Data of the organisation, not of the code.
    Theme {
        /// Its name.
        name: String,
        /// Words that point at it when a note is typed.
        words: BTreeSet<String>,
        /// Out of sight, kept.
        archived: bool,
    }
}

impl Record for Theme {
    const SPEC: KindSpec = KindSpec::of::<Self>("theme", 8, 1, Self::FIELDS);

    fn title(&self) -> String {
        self.name.clone()
    }

    fn check(&self, _before: Option<&Self>) -> Result<(), Rejection> {
        if self.name.trim().is_empty() {
            return Err(Rejection::Missing { field: "name" });
        }
        Ok(())
    }
}
