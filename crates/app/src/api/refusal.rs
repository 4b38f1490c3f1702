//! Words about a person who does not want to be recorded: what stays without them, and what goes.

use super::api_type;
use super::erase::{Erase, EraseCopy, ErasePlan};

api_type! {
    /// What stays and what goes when a person does not want to be recorded.
    pub struct RefusalPlan {
        /// What goes: the contact and what is only about them, and what else names them.
        pub erase: ErasePlan,
        /// What stays: what is going on, without the person.
        pub remains: Vec<Remains>,
        /// Their details may be kept for another reason than consent.
        pub other_basis: Option<domain::LegalBasis>,
    }

    /// A note without the person.
    pub struct Remains {
        /// The note it is made of, which goes.
        pub id: String,
        /// When it was said or seen, RFC 3339.
        pub at: String,
        /// The words without the person. A broker may change them; empty words leave nothing.
        pub text: String,
    }

    /// Carries a refusal out. There is no way back.
    pub struct Refusal {
        /// What goes.
        pub erase: Erase,
        /// What stays.
        pub remains: Vec<Remains>,
    }

    /// What came of it, durable on this device when this is returned.
    pub struct RefusalDone {
        /// Records that are gone.
        pub erased: u32,
        /// Anonymous notes that stay.
        pub remains: u32,
        /// Copies in other spaces that are still there, for others to erase.
        pub left: Vec<EraseCopy>,
    }
}
