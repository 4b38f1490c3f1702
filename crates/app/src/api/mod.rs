//! The one API that every shell calls: its words (types), its commands and what it tells by itself (events).

mod capture;
mod commands;
mod contacts;
mod crashes;
mod device;
mod erase;
mod follow_ups;
mod lock;
mod person;
mod records;
mod redact;
mod refusal;
mod retention;
mod scratch;
mod shares;
mod signals;
mod spaces;
mod sync;
mod team;
mod transfer;
mod typescript;

pub use capture::*;
pub use commands::{Event, dispatch};
pub use contacts::*;
pub use crashes::*;
pub use device::*;
pub use erase::*;
pub use follow_ups::*;
pub use lock::*;
pub use person::*;
pub use records::*;
pub use redact::*;
pub use refusal::*;
pub use retention::*;
pub use scratch::*;
pub use shares::*;
pub use signals::*;
pub use spaces::*;
pub use sync::*;
pub use team::*;
pub use transfer::*;
pub use typescript::typescript;

/// Derives what every type of the API needs.
macro_rules! api_type {
    ($($item:item)+) => {$(
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, ts_rs::TS)]
        $item
    )+};
}
pub(crate) use api_type;
