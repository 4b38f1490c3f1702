//! A neighbourhood or district of the area, as imported.

use crate::record::{KindSpec, Record, fields};
use crate::rejection::Rejection;

fields! {
    /// A neighbourhood, with its CBS code where it has one.
    Neighbourhood {
        /// Its name.
        name: String,
        /// The CBS code (`BU........` or `WK......`).
        code: String,
        /// The year of the division the code belongs to.
        year: Option<i32>,
        /// The district it lies in.
        district: String,
        /// Out of sight, kept.
        archived: bool,
    }
}

impl Record for Neighbourhood {
    const SPEC: KindSpec = KindSpec::of::<Self>("neighbourhood", 9, 1, Self::FIELDS);

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
