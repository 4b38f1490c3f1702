//! What was said or seen: the atom of the app.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{first_line, lines};
use crate::PlaceKind;
use crate::ids::RecordId;
use crate::record::{KindSpec, LongText, Record, fields};
use crate::rejection::Rejection;

fields! {
    /// What was said or seen, word for word as typed.
    Note {
        /// The words.
        text: LongText,
        /// When it was said or seen.
        at: Option<DateTime<Utc>>,
        /// The kind of place.
        place: Option<PlaceKind>,
        /// Which place, such as a street or the name of a building.
        place_name: String,
        /// The neighbourhood.
        neighbourhood: Option<RecordId>,
        /// Whom and what it is about: contacts, groups, organisations, signals.
        about: BTreeSet<RecordId>,
        /// Those of them who were only mentioned: the note is found with them, and nobody spoke to them.
        spoken_of: BTreeSet<RecordId>,
        /// Out of sight, kept.
        archived: bool,
    }
}

impl Record for Note {
    const SPEC: KindSpec = KindSpec::of::<Self>("note", 4, 1, Self::FIELDS);

    fn title(&self) -> String {
        first_line(&self.text, 80)
    }

    fn found_by(&self) -> String {
        lines([&*self.text, &self.place_name])
    }

    fn check(&self, _before: Option<&Self>) -> Result<(), Rejection> {
        if self.text.trim().is_empty() {
            return Err(Rejection::Missing { field: "text" });
        }
        Ok(())
    }
}
