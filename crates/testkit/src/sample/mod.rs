//! An invented neighbourhood, as JSON Lines for an import: people, groups, institutions, notes, signals, follow-ups.
//!
//! Everything is made up: the town, its streets, its people and what they say. Telephone numbers begin with `06-00`,
//! which the Dutch numbering plan gives to nobody; e-mail addresses are at example.nl and example.org; postcodes end in
//! SA, SD or SS, which Dutch postcodes never do. The same seed, day and size give the same records with the same ids.

mod dice;
mod directory;
mod follow_ups;
mod groups;
mod lexicon;
mod notes;
mod people;
mod phrase;
mod signals;
mod town;

use std::rc::Rc;

use chrono::NaiveDate;
use serde_json::Value;

use self::town::Town;

/// How many records of each kind. Themes, neighbourhoods, institutions and holidays come from fixed lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// People.
    pub contacts: usize,
    /// Notes.
    pub notes: usize,
    /// Signals; each was heard in a note.
    pub signals: usize,
    /// Follow-ups: late, today, this week, later, waiting, done and dropped.
    pub follow_ups: usize,
    /// Households, porches and other groups.
    pub groups: usize,
    /// Relations between people, and of people with institutions.
    pub relations: usize,
}

impl Size {
    /// A neighbourhood with so many people, notes and signals, and what belongs with them.
    #[must_use]
    pub const fn of(contacts: usize, notes: usize, signals: usize) -> Self {
        Self {
            contacts,
            notes,
            signals,
            follow_ups: signals + signals / 5,
            groups: contacts * 3 / 40,
            relations: contacts * 3 / 5,
        }
    }
}

impl Default for Size {
    /// A team's first year: 200 people, 600 notes, 150 signals.
    fn default() -> Self {
        Self::of(200, 600, 150)
    }
}

/// The records of an invented neighbourhood, those that others point at first. An open signal has no owner: whoever
/// takes it in becomes it.
pub fn neighbourhood(seed: u64, today: NaiveDate, size: Size) -> impl Iterator<Item = Value> {
    let town = Rc::new(Town::new(seed, today, size));
    let each = |count: usize, record: fn(&Town, usize) -> Value| {
        let town = Rc::clone(&town);
        (0..count).map(move |number| record(&town, number))
    };
    let contacts = each(size.contacts, people::contact);
    let groups = each(size.groups, groups::group);
    let relations = each(
        if size.contacts < 2 { 0 } else { size.relations },
        groups::relation,
    );
    let notes = each(size.notes, notes::note);
    let signals = each(size.signals, signals::signal);
    let follow_ups = each(size.follow_ups, follow_ups::follow_up);
    directory::records(&town)
        .into_iter()
        .chain(contacts)
        .chain(groups)
        .chain(relations)
        .chain(notes)
        .chain(signals)
        .chain(follow_ups)
}
