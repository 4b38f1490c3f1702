//! The device's database: documents and their changes, what is still to be sent, the read model and the search index,
//! in one encrypted SQLite file (SQLCipher).
//!
//! Every edit by a person goes through [`Store::transact`]; everything from elsewhere comes in through the functions
//! of `arrivals.rs`. Both write documents, read model and search index in one transaction.

mod arrivals;
mod audit;
mod clean;
mod departures;
mod documents;
mod epochs;
mod erase;
mod error;
mod fresh;
mod gate;
mod key;
mod meta;
mod open;
mod outbox;
mod packing;
mod queries;
mod read_model;
mod recent;
mod redact;
mod repair;
mod replay;
mod rights;
mod schema;
mod scratch;
mod snapshot;
mod spaces;
mod transact;
mod undo;
mod unsaved;
mod unwritten;
mod verify;
mod whole;

pub use arrivals::{ArrivingChange, ArrivingDocument, LogPage, PageEnd};
pub use audit::AuditRow;
pub use departures::Departure;
pub use epochs::{ArrivingEpoch, Began};
pub use erase::{ArrivingErasure, ErasureRow, WaitingErasure};
pub use error::{Result, StoreError};
pub use key::{DatabaseKey, KeyCost, KeyDice, KeyFile};
pub use open::Store;
pub use outbox::{OutgoingChange, Refused, Verdict};
pub use queries::{
    Agenda, AgendaCounts, AgendaRows, ConflictRow, ContactFilter, ContactWindow, Hit, NamedRow,
    RecordRow, SignalFilter, SignalWindow,
};
pub use read_model::READ_MODEL_VERSION;
pub use redact::OutgoingEpoch;
pub use repair::{Salvaged, Unreadable, finish_repair, forget_damaged, repair, salvage};
pub use scratch::Scratch;
pub use snapshot::Snapshot;
pub use spaces::{PersonRow, Space};
pub use transact::{Action, Changes};
pub use verify::Findings;
