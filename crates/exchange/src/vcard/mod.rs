//! Contacts as vCards: read what other programs write (2.1, 3.0, 4.0), write 4.0.
//!
//! The `calcard` crate reads and writes the cards. Around it stands what files from the street need: a file is cut into
//! cards here, so that one damaged card, or a missing `END`, costs no other card, every card knows its line, and
//! pictures of megabytes are skipped before anything is parsed.

mod read;
mod split;
mod write;

pub(crate) use read::read;
pub use write::write_vcard;

/// Apple's label of a property, in the same group.
const LABEL: &str = "X-ABLABEL";
/// A language that has no tag.
const LANGUAGE: &str = "X-LANGUAGE";
/// On a talent: the person offered it.
const OFFERED: &str = "X-OFFERED";
