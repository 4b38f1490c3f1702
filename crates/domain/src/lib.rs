//! What a contact, a note or a signal *is*: typed Automerge documents, their commands and their rules.
//!
//! Nothing here reads a clock, rolls dice, opens a file or a socket: the time and new ids are arguments.

pub mod bsn;
pub mod capture;
pub mod document;
pub mod excerpt;
pub mod ids;
pub mod kinds;
pub mod projection;
pub mod record;
pub mod rejection;
pub mod retention;
pub mod unnamed;
pub mod vocabulary;

pub use ids::{DeviceId, MemberId, RecordId, SpaceId};
pub use rejection::Rejection;
pub use vocabulary::{
    Consent, ContactRole, FollowUpState, GroupKind, LegalBasis, PlaceKind, RelationKind,
    ReporterTold, RetainedKind, SignalKind, SignalState, WayKind,
};
