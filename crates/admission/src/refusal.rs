//! Why something is not let in.

use automerge::AutomergeError;

/// Why a change or snapshot is not let in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// More bytes than a change may have.
    #[error("the change is too big")]
    ChangeTooBig,
    /// More operations, predecessors or dependencies than a change may have.
    #[error("the change has too many {0}")]
    TooMany(&'static str),
    /// With this change the document would be over its limit.
    #[error("the document would become too big")]
    DocumentTooBig,
    /// The document has, or would have, more than a document may have.
    #[error("the document is full: too many {0}")]
    DocumentFull(&'static str),
    /// Not one chunk of the right type and length.
    #[error("not a raw change: {0}")]
    NotAChange(&'static str),
    /// The checksum is not that of the bytes.
    #[error("the checksum is wrong")]
    Checksum,
    /// The columns cannot be walked.
    #[error("the columns are malformed: {0}")]
    Columns(&'static str),
    /// The change carries a message, an author or other bytes that would outlive an erasure.
    #[error("the change carries {0}")]
    Baggage(&'static str),
    /// The actor is not 8 bytes device and 8 bytes incarnation, or not of the device that pushes.
    #[error("the change was not made by this device")]
    ForeignActor,
    /// Another change of this actor has this number already.
    #[error("the actor already wrote another change with this number")]
    ActorFork,
    /// A change it builds on is not here yet.
    #[error("a change it builds on is missing")]
    MissingDeps,
    /// Numbers of the change contradict what it builds on.
    #[error("the change contradicts what it builds on: {0}")]
    Causality(&'static str),
    /// An operation that makes no sense where it works.
    #[error("an operation of the change makes no sense: {0}")]
    Shape(&'static str),
    /// The change is not in the one form in which automerge writes it.
    #[error("the change is not in its one right form: {0}")]
    NotCanonical(&'static str),
    /// Too much before it in the same push failed its trial; it may come again.
    #[error("too much before it failed")]
    NotTried,
    /// The root of the document does not carry this document's id.
    #[error("the change belongs to another document")]
    WrongDocument,
    /// Automerge rejected it.
    #[error("automerge cannot apply it")]
    Unappliable,
    /// It was applied, but the document does not survive being saved and loaded.
    #[error("the document would not survive it")]
    Unsafe,
    /// Automerge panicked over it.
    #[error("automerge panicked over it")]
    Panicked,
}

/// What a refusal means to the one who sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Send what it builds on, then this again.
    MissingDeps,
    /// Replay the edit under a new incarnation.
    ActorFork,
    /// Make it smaller.
    TooBig,
    /// Nothing can be done; keep it aside for a person.
    Invalid,
}

impl Refusal {
    /// What it means to the one who sent it.
    #[must_use]
    pub const fn class(&self) -> Class {
        match self {
            Self::MissingDeps | Self::NotTried => Class::MissingDeps,
            Self::ActorFork => Class::ActorFork,
            Self::ChangeTooBig
            | Self::TooMany(_)
            | Self::DocumentTooBig
            | Self::DocumentFull(_) => Class::TooBig,
            Self::NotAChange(_)
            | Self::Checksum
            | Self::Columns(_)
            | Self::Baggage(_)
            | Self::ForeignActor
            | Self::Causality(_)
            | Self::Shape(_)
            | Self::NotCanonical(_)
            | Self::WrongDocument
            | Self::Unappliable
            | Self::Unsafe
            | Self::Panicked => Class::Invalid,
        }
    }
}

/// The document already stored here cannot be loaded: a fault of this side, not of the change.
#[derive(Debug, thiserror::Error)]
pub enum Damaged {
    /// Automerge cannot read the stored bytes.
    #[error("the stored document cannot be read")]
    Unreadable(#[from] AutomergeError),
    /// A stored change cannot be read.
    #[error("a stored change cannot be read")]
    UnreadableChange(#[from] automerge::LoadChangeError),
    /// The stored bytes hold what the gate would not let in.
    #[error("the stored document holds what the gate does not know: {0}")]
    Unknown(Refusal),
    /// Automerge panicked over the stored bytes.
    #[error("automerge panicked over the stored document")]
    Panicked,
}
