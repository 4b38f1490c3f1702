//! Reads one typed line, Dutch or with English date words, and proposes what it may mean.
//!
//! Deterministic: the same text, wall time and directory always give the same proposals. Nothing is demanded of the
//! text and nothing is changed in it; a proposal only points at a part of it. One file per subject: `tokens` cuts the
//! text up, `lexicon` knows the words, the others each find one sort of thing, and `reading` holds what was found so
//! far, because a street name must not be read as a person once more.

mod addresses;
mod calendar;
mod clock;
mod dates;
mod directory;
mod follow_ups;
mod holidays;
mod lexicon;
mod lower_names;
mod name_rules;
mod names;
mod numbers;
mod offers;
mod people;
mod phones;
mod places;
mod promises;
mod proposal;
mod reading;
mod signals;
mod streets;
mod themes;
mod times;
mod titles;
mod tokens;
mod turned;
mod ways;
mod whose;

#[cfg(test)]
mod tests;

use chrono::NaiveDateTime;

pub use directory::{Directory, Holiday, KnownContact, ThemeWords};
pub use proposal::{Proposal, Span};

use reading::Reading;

/// What `text` may mean, in the order of the text, given the local wall time and what the organisation knows.
///
/// Never fails: a text in which nothing is recognised gives no proposals.
#[must_use]
pub fn propose(text: &str, now: NaiveDateTime, directory: &dyn Directory) -> Vec<Proposal> {
    let mut reading = Reading::of(text, now, directory);
    ways::read(&mut reading);
    addresses::read(&mut reading);
    dates::read(&mut reading);
    follow_ups::read(&mut reading);
    offers::read(&mut reading);
    names::read(&mut reading);
    places::read(&mut reading);
    signals::read(&mut reading);
    whose::read(&mut reading);
    reading.into_proposals()
}
