//! The gate: which foreign Automerge changes are let in, on the server and on the device.
//!
//! automerge 0.12 does not survive hostile input: a change with a correct hash can panic, hang, eat gigabytes, or
//! leave a document whose save cannot be loaded again. So bytes from the wire never reach it unjudged:
//!
//! | step | judged | where |
//! |---|---|---|
//! | 1 | size (rights and rates belong to the caller) | [`limits`] |
//! | 2 | one raw change chunk, exact length, SHA-256 recomputed; never DEFLATE, document or bundle | `chunk` |
//! | 3 | a walk over the run-length columns that counts without expanding | `columns` |
//! | 4 | causality: actor, `seq`, dependencies, `start_op`, room in the document | `causality` |
//! | 5 | shape: each operation fits its object, and all it refers to is there and in its past | `shape`, `ledger` |
//! | 6 | canonical: written again, it is the same bytes | `canonical` |
//! | 7 | trial: apply, hydrate, save, load, compare, under `catch_unwind` | `trial` |
//!
//! Until step 7 nothing but the code of this crate reads the bytes. What an admission costs at most follows from
//! [`limits`]; it is measured in docs/gate.md.
//!
//! [`admit_all`] judges changes of one document and does the costly work once; [`admit_snapshot`] takes a whole document from a server the device trusts more than it trusts a stranger, but not
//! with its life. Both return the merged document and its bytes, so that nobody loads it twice.

mod author;
mod canonical;
mod causality;
mod chunk;
mod columns;
mod gate;
mod ledger;
pub mod limits;
mod operation;
mod refusal;
mod runs;
mod shape;
mod sitting;
mod snapshot;
mod trial;
mod unwind;
mod weight;

pub use author::{actor_of_change, builds_on_nothing, device_of_change, maker_of_epoch};
pub use chunk::change_hash;
pub use gate::{Batch, Claim, Stored, Verdict, admit_all};
pub use refusal::{Class, Damaged, Refusal};
pub use snapshot::admit_snapshot;
pub use trial::Merged;
pub use unwind::{Panicked, quietly};
pub use weight::operations_of;

/// SHA-256 of a change: its identity everywhere.
pub type Hash = [u8; 32];
