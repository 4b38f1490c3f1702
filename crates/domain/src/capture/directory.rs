//! What the parser may look up: people, themes and holidays that the organisation already knows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What the parser may look up. Implemented over the database; by plain lists in tests.
pub trait Directory {
    /// Known contacts who may be meant by `name` (a given name alone, or a full name), best first, at most five.
    ///
    /// Called a few times per line while someone types: it should answer within a fraction of a millisecond.
    fn contacts_named(&self, name: &str) -> Vec<KnownContact>;

    /// The organisation's themes with the words that point at them.
    fn themes(&self) -> &[ThemeWords];

    /// School holidays and the like.
    fn holidays(&self) -> &[Holiday];
}

/// A contact that the organisation already knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct KnownContact {
    /// Record id.
    pub id: String,
    /// Name as kept.
    pub name: String,
    /// Street, to tell two people of one name apart.
    pub street: Option<String>,
    /// House number, as kept.
    pub house_number: Option<String>,
}

/// A theme with the words that point at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeWords {
    /// Record id.
    pub id: String,
    /// Name, which points at the theme as well.
    pub name: String,
    /// Words or short phrases, such as "oversteek" or "te hard rijden".
    pub words: Vec<String>,
}

/// A holiday of the organisation's calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// What people call it, such as "zomervakantie".
    pub name: String,
    /// First day.
    pub start: NaiveDate,
    /// Last day.
    pub end: NaiveDate,
}
