//! Words about capture: the draft, what the app proposes, and what is kept.

use domain::PlaceKind;
use domain::capture::{Proposal, Span};

use super::api_type;

api_type! {
    /// What was typed and not yet saved.
    pub struct Draft {
        /// The words.
        pub text: String,
        /// The place chosen, remembered from the last note.
        pub place: Option<PlaceKind>,
        /// The space chosen for it; none is the space for new records.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub space: Option<String>,
    }

    /// Asks what a text may mean.
    pub struct CapturePropose {
        /// The words so far.
        pub text: String,
    }

    /// What a text may mean.
    pub struct CaptureProposals {
        /// Proposals in the order of the text.
        pub proposals: Vec<Proposal>,
        /// A citizen service number stands here: it cannot be saved.
        pub bsn: Option<Span>,
    }

    /// A proposal that the broker kept, perhaps changed.
    pub struct Accepted {
        /// The proposal with the values to keep.
        pub proposal: Proposal,
        /// For a contact: the known contact that is meant; none makes a new one.
        pub contact: Option<String>,
    }

    /// Keeps a note, word for word, and what was accepted with it.
    pub struct CaptureSave {
        /// The words.
        pub text: String,
        /// The kind of place.
        pub place: Option<PlaceKind>,
        /// Accepted proposals.
        pub accepted: Vec<Accepted>,
        /// The contact whose page the note is written on.
        pub about: Option<String>,
        /// The space it goes to; none is the space for new records.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub space: Option<String>,
        /// These words stood in the capture field: empty the draft in the same moment.
        #[serde(default)]
        pub from_draft: bool,
    }
}

impl CaptureProposals {
    /// Every proposal as it was made: a known contact where one is proposed, a new one otherwise.
    #[must_use]
    pub fn accept_all(&self) -> Vec<Accepted> {
        self.proposals
            .iter()
            .map(|proposal| Accepted {
                contact: match proposal {
                    Proposal::Contact { candidates, .. } => {
                        candidates.first().map(|known| known.id.clone())
                    }
                    Proposal::Address { .. }
                    | Proposal::Phone { .. }
                    | Proposal::Email { .. }
                    | Proposal::Place { .. }
                    | Proposal::Signal { .. }
                    | Proposal::Offer { .. }
                    | Proposal::FollowUp { .. } => None,
                },
                proposal: proposal.clone(),
            })
            .collect()
    }
}
