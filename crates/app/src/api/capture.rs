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
        /// The record on whose page it is typed; none is the capture screen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub about: Option<String>,
    }

    /// Asks for what was typed and not yet saved.
    pub struct DraftOf {
        /// The record on whose page it is typed; none is the capture screen.
        #[serde(default)]
        pub about: Option<String>,
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
        /// For an address: it takes the place of the one that is known.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[ts(as = "Option<bool>", optional)]
        pub replaces: bool,
    }

    /// Something that was accepted and stands in the note alone.
    pub struct LeftOut {
        /// What was accepted.
        pub proposal: Proposal,
        /// Why it is in no other record.
        pub why: LeftOutWhy,
    }

    /// Why something stands in the note alone.
    #[derive(Copy, Eq)]
    #[serde(rename_all = "snake_case")]
    pub enum LeftOutWhy {
        /// It is told of nobody who is kept with the note.
        Nobody,
        /// The person lives elsewhere, as far as is known, and was not said to have moved.
        HasAddress,
        /// The person is in another space than the note.
        OtherSpace,
    }

    /// Keeps a note, word for word, and what was accepted with it.
    pub struct CaptureSave {
        /// The words.
        pub text: String,
        /// The kind of place.
        pub place: Option<PlaceKind>,
        /// Accepted proposals.
        pub accepted: Vec<Accepted>,
        /// The record on whose page the note is written.
        pub about: Option<String>,
        /// The space it goes to; none is the space for new records.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        pub space: Option<String>,
        /// These words stood in the capture field, or in that of the page: empty the draft in the same moment.
        #[serde(default)]
        pub from_draft: bool,
    }
}

impl CaptureProposals {
    /// Every proposal as it was made: a known contact where one is proposed, a new one otherwise. Of several people who
    /// may be meant alike, none: that is for somebody to say.
    #[must_use]
    pub fn accept_all(&self) -> Vec<Accepted> {
        self.proposals
            .iter()
            .filter(|proposal| !matches!(proposal, Proposal::Contact { sure: false, .. }))
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
                replaces: false,
            })
            .collect()
    }
}
