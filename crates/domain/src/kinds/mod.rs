//! The kinds of record, one file each.

mod contact;
mod follow_up;
mod group;
mod holiday;
mod neighbourhood;
mod note;
mod organisation;
mod relation;
mod retention_hold;
mod retention_term;
mod share;
mod signal;
mod theme;

use crate::excerpt::shortened;

pub use contact::{Contact, Talent, Way};
pub use follow_up::FollowUp;
pub use group::Group;
pub use holiday::Holiday;
pub use neighbourhood::Neighbourhood;
pub use note::Note;
pub use organisation::Organisation;
pub use relation::Relation;
pub use retention_hold::RetentionHold;
pub use retention_term::{LONGEST_TERM, RetentionTerm, SHORTEST_TERM};
pub use share::Share;
pub use signal::Signal;
pub use theme::Theme;

/// The first line of a text, at most `limit` characters, for titles.
fn first_line(text: &str, limit: usize) -> String {
    let line = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default()
        .trim();
    shortened(line, limit)
}

/// The words that are not empty, one per line.
fn lines<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join("\n")
}
