//! Words about the rights of the person written about: consent, their file, who saw it, how long it is kept.

use super::api_type;

api_type! {
    /// Records what a person said about keeping their details, or why they may be kept.
    pub struct ConsentRecord {
        /// The contact.
        pub id: String,
        /// What they said; none leaves it as it is.
        pub consent: Option<domain::Consent>,
        /// Why their details may be kept; none leaves it as it is. Consent that is given is a reason by itself.
        pub basis: Option<domain::LegalBasis>,
        /// On which day, `YYYY-MM-DD`; none is today.
        pub on: Option<String>,
    }

    /// Asks for everything about one person.
    pub struct PersonFileAsk {
        /// The contact.
        pub id: String,
        /// `pdf` or `json`.
        pub format: String,
        /// With the names of other residents in it.
        pub with_names: bool,
    }

    /// Asks for what was done with people's details.
    pub struct AuditQuery {
        /// Only with this record.
        pub record: Option<String>,
        /// Rows to skip.
        pub offset: u32,
        /// Rows to return, at most 200.
        pub limit: u32,
    }

    /// What was done with people's details, newest first.
    pub struct AuditList {
        /// Rows in all.
        pub total: u32,
        /// This window.
        pub rows: Vec<AuditView>,
    }

    /// Something that was done.
    pub struct AuditView {
        /// Its id.
        pub id: String,
        /// What, as a word: `opened`, `exported`, `shared`, `share_ended`, `erased`, `redacted`, `person_file`,
        /// `consent`, `retention`, and words of the server.
        pub action: String,
        /// The record, while it is here.
        pub record: Option<super::RecordRef>,
        /// It was one record, which is here no more.
        pub gone: bool,
        /// Who; empty when it is not known here, or when it was the administrator of the server.
        pub person: String,
        /// To whom it was done, for words of the server; empty when it is not known here.
        pub subject: String,
        /// The role that was given.
        pub role: Option<String>,
        /// The space, where there is more than one.
        pub space: String,
        /// When, RFC 3339.
        pub at: String,
        /// When the server heard of it, RFC 3339, if that was days later.
        pub heard: Option<String>,
    }

    /// Asks the server what others did.
    pub struct AuditOf {
        /// Only with this record.
        pub record: Option<String>,
    }

    /// What the server told about what others did.
    pub struct AuditHeard {
        /// The spaces, by name, of which this person may read it; none while alone.
        pub spaces: Vec<String>,
        /// The server told it; otherwise only what was heard before is shown.
        pub reached: bool,
    }
}
