//! An institution or association: enough of it to relate to.

use std::collections::BTreeMap;

use super::{Way, lines};
use crate::record::{KindSpec, LongText, Record, fields};
use crate::rejection::Rejection;

fields! {
    /// An institution or association.
    Organisation {
        /// Its name.
        name: String,
        /// What kind of organisation, in the team's own words.
        sort: String,
        /// Ways to reach it, by key.
        ways: BTreeMap<String, Way>,
        /// Street, without the number.
        street: String,
        /// House number.
        house_number: String,
        /// Postcode.
        postcode: String,
        /// Town.
        town: String,
        /// What it does.
        about: LongText,
        /// Out of sight, kept.
        archived: bool,
    }
}

impl Record for Organisation {
    const SPEC: KindSpec = KindSpec::of::<Self>("organisation", 3, 1, Self::FIELDS);

    fn title(&self) -> String {
        self.name.clone()
    }

    fn found_by(&self) -> String {
        lines(
            [self.sort.as_str(), &self.street, &self.town]
                .into_iter()
                .chain(self.ways.values().map(|way| way.value.as_str()))
                .chain([&*self.about]),
        )
    }

    fn check(&self, _before: Option<&Self>) -> Result<(), Rejection> {
        if self.name.trim().is_empty() {
            return Err(Rejection::Missing { field: "name" });
        }
        Ok(())
    }
}
