//! The closed lists of the field: what kinds of contact roles, places, signals and states there are.
//!
//! Each list is one enum with the names of the documents (`snake_case`); the screens translate them.

use serde::{Deserialize, Serialize};

/// Makes an enum whose names in documents, JSON and TypeScript are the same `snake_case` words.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every word of this list, in the order in which it is offered.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word that stands in documents.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The entry for a word from a document, if it is one this version knows.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

vocabulary! {
    /// What a contact is to the neighbourhood; one contact may have several.
    ContactRole {
        /// Lives here.
        Resident = "resident",
        /// Someone many people listen to (*sleutelfiguur*).
        KeyFigure = "key_figure",
        /// Helps without pay.
        Volunteer = "volunteer",
        /// Works here for an organisation.
        Professional = "professional",
        /// Works for a government.
        Official = "official",
        /// Is elected or works for a party.
        Politician = "politician",
        /// Runs a shop or a business.
        Entrepreneur = "entrepreneur",
        /// None of these.
        Other = "other",
    }
}

vocabulary! {
    /// How a contact or organisation can be reached.
    WayKind {
        /// A telephone number, E.164 where it could be read.
        Phone = "phone",
        /// An e-mail address.
        Email = "email",
        /// A web page.
        Web = "web",
        /// Anything else, such as an account name.
        Other = "other",
    }
}

vocabulary! {
    /// What the contact said about keeping their details.
    Consent {
        /// Not asked yet.
        NotAsked = "not_asked",
        /// Agreed.
        Given = "given",
        /// Refused: only what is needed without a name may remain.
        Refused = "refused",
    }
}

vocabulary! {
    /// Why details of a person may be kept (GDPR, article 6, paragraph 1).
    LegalBasis {
        /// They agreed (a).
        Consent = "consent",
        /// It protects somebody's life or health (d).
        VitalInterest = "vital_interest",
        /// It is needed for a task that the law gave to a public body (e).
        PublicTask = "public_task",
        /// It is needed for work that outweighs the person's interest in being left alone (f).
        LegitimateInterest = "legitimate_interest",
    }
}

vocabulary! {
    /// The kind of place where something was said or seen.
    PlaceKind {
        /// On the street.
        Street = "street",
        /// In a park or on a square.
        Park = "park",
        /// In or near a shop.
        Shop = "shop",
        /// At the school gate.
        SchoolGate = "school_gate",
        /// At an outreach activity on the street.
        StreetActivity = "street_activity",
        /// In the community centre.
        CommunityCentre = "community_centre",
        /// In a service centre of the municipality.
        ServiceCentre = "service_centre",
        /// At someone's home.
        HomeVisit = "home_visit",
        /// By telephone.
        Phone = "phone",
        /// Online.
        Online = "online",
        /// Elsewhere.
        Other = "other",
    }
}

vocabulary! {
    /// What kind of issue the neighbourhood raises.
    SignalKind {
        /// Something is wrong.
        Problem = "problem",
        /// Something could be done.
        Idea = "idea",
        /// Something goes well.
        Strength = "strength",
        /// Somebody wants to know something.
        Question = "question",
        /// Somebody is not satisfied.
        Complaint = "complaint",
    }
}

vocabulary! {
    /// Where a signal stands.
    SignalState {
        /// Just heard.
        New = "new",
        /// Talked about in the team.
        Discussed = "discussed",
        /// Somebody works on it.
        PickedUp = "picked_up",
        /// Waiting for an organisation.
        HandedOver = "handed_over",
        /// Done.
        Solved = "solved",
        /// Decided not to do, with the reason.
        NotPickedUp = "not_picked_up",
        /// Closed before, and back.
        Reopened = "reopened",
    }
}

impl SignalState {
    /// An open signal needs one owner and a next date.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Solved | Self::NotPickedUp)
    }
}

vocabulary! {
    /// Does the person who told us know how it ended?
    ReporterTold {
        /// Told.
        Yes = "yes",
        /// Not possible: the reporter is unknown.
        Anonymous = "anonymous",
        /// A follow-up was made to tell them.
        ToDo = "to_do",
    }
}

vocabulary! {
    /// Where a follow-up stands.
    FollowUpState {
        /// Promised.
        Open = "open",
        /// Done.
        Done = "done",
        /// Dropped, with the reason.
        Dropped = "dropped",
    }
}

vocabulary! {
    /// How two contacts, groups or organisations are linked, read from the first to the second.
    RelationKind {
        /// Parent of.
        ParentOf = "parent_of",
        /// Partner of.
        PartnerOf = "partner_of",
        /// Brother, sister or other family of.
        FamilyOf = "family_of",
        /// Neighbour of.
        NeighbourOf = "neighbour_of",
        /// Knows.
        Knows = "knows",
        /// Member of a group or association.
        MemberOf = "member_of",
        /// Works at.
        WorksAt = "works_at",
        /// Volunteers at.
        VolunteersAt = "volunteers_at",
        /// Chairs.
        Chairs = "chairs",
        /// Helps.
        Helps = "helps",
    }
}

vocabulary! {
    /// What holds several contacts together.
    GroupKind {
        /// People who live together.
        Household = "household",
        /// A shared staircase (*portiek*).
        Porch = "porch",
        /// Any other group.
        Group = "group",
    }
}

vocabulary! {
    /// Kinds of record for which an organisation sets how long they are kept.
    RetainedKind {
        /// People, with what is only about them.
        Contact = "contact",
        /// Notes.
        Note = "note",
        /// Follow-ups that are done or dropped.
        FollowUp = "follow_up",
        /// Signals that are closed.
        Signal = "signal",
    }
}
