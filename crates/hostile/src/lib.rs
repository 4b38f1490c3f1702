//! Bytes made to hurt, for tests and measurements only: seeded dice, a mutator of any bytes, and a forger of Automerge
//! changes that keeps lengths and checksums right.
//!
//! ```
//! let mut dice = hostile::Dice::new(7);
//! let broken = hostile::mutate(&mut dice, b"BEGIN:VCARD", &["END:VCARD"]);
//! assert_eq!(broken, hostile::mutate(&mut hostile::Dice::new(7), b"BEGIN:VCARD", &["END:VCARD"]));
//! ```

mod bytes;
mod change;
mod dice;
mod forger;
mod rounds;

pub use bytes::mutate;
pub use change::{Column, Parts, leb, read_leb, seal, signed_leb};
pub use dice::Dice;
pub use forger::{ATTACKS, Attack, forge};
pub use rounds::{Rounds, corpus};
