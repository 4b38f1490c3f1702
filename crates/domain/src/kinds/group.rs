//! Several contacts together: a family, a porch, the fathers' group.

use std::collections::BTreeSet;

use super::lines;
use crate::GroupKind;
use crate::ids::RecordId;
use crate::record::{KindSpec, LongText, Record, fields};
use crate::rejection::Rejection;

fields! {
    /// Several contacts together.
    Group {
        /// What people call it.
        name: String,
        /// Household, porch or another group.
        group_kind: Option<GroupKind>,
        /// The contacts in it.
        members: BTreeSet<RecordId>,
        /// Street, without the number.
        street: String,
        /// House number.
        house_number: String,
        /// What it is about.
        about: LongText,
        /// Out of sight, kept.
        archived: bool,
    }
}

impl Record for Group {
    const SPEC: KindSpec = KindSpec::of::<Self>("group", 2, 1, Self::FIELDS);

    fn title(&self) -> String {
        self.name.clone()
    }

    fn found_by(&self) -> String {
        lines([self.street.as_str(), &*self.about])
    }

    fn check(&self, _before: Option<&Self>) -> Result<(), Rejection> {
        if self.name.trim().is_empty() {
            return Err(Rejection::Missing { field: "name" });
        }
        Ok(())
    }
}
