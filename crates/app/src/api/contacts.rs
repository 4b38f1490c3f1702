//! Words about contacts: the list, the page and the timeline.

use domain::kinds::{Contact, FollowUp, Group, Organisation};
use domain::{RelationKind, SignalState};

use super::api_type;
use super::records::{ConflictView, Mark, RecordRef};

api_type! {
    /// Asks for a window of the contact list, A to Z.
    pub struct ContactListQuery {
        /// Only names (or streets) that match, as typed.
        pub text: String,
        /// Only this street.
        pub street: Option<String>,
        /// Only this role.
        pub role: Option<domain::ContactRole>,
        /// Only who offers something.
        pub offers: bool,
        /// Only who was not spoken to for this many days.
        pub quiet_days: Option<u32>,
        /// Rows to skip.
        pub offset: u32,
        /// Rows to return, at most 200.
        pub limit: u32,
    }

    /// A window of the contact list.
    pub struct ContactList {
        /// Rows in all.
        pub total: u32,
        /// Where each letter starts; empty while filtering.
        pub letters: Vec<LetterStart>,
        /// The rows.
        pub rows: Vec<ContactRow>,
    }

    /// Where a letter starts in the list.
    pub struct LetterStart {
        /// The letter, or `#`.
        pub letter: String,
        /// Its first row.
        pub offset: u32,
    }

    /// A contact in a list.
    pub struct ContactRow {
        /// Id.
        pub id: String,
        /// Name.
        pub name: String,
        /// Street and number.
        pub address: String,
        /// Roles.
        pub roles: Vec<domain::ContactRole>,
        /// Extra care.
        pub attention: bool,
        /// Day last spoken to, if ever.
        pub last_spoken: Option<String>,
        /// State of sending and disagreement.
        pub mark: Mark,
    }

    /// A contact's page.
    pub struct ContactView {
        /// Id.
        pub id: String,
        /// The fields.
        pub contact: Contact,
        /// Where it lives.
        pub space: String,
        /// Day last spoken to, if ever.
        pub last_spoken: Option<String>,
        /// What people disagree on.
        pub conflicts: Vec<ConflictView>,
        /// Links with other contacts, groups and organisations.
        pub relations: Vec<RelationView>,
        /// Groups and households.
        pub groups: Vec<RecordRef>,
        /// Promises open.
        pub open_follow_ups: Vec<super::FollowUpRow>,
        /// Notes, signals and follow-ups, newest first.
        pub timeline: Timeline,
        /// Who made it.
        pub author: String,
        /// When, RFC 3339.
        pub made_at: String,
        /// State of sending and disagreement.
        pub mark: Mark,
    }

    /// Asks for more of a timeline.
    pub struct TimelineQuery {
        /// Contact, group, organisation or signal.
        pub id: String,
        /// Items to skip.
        pub offset: u32,
        /// Items to return, at most 200.
        pub limit: u32,
    }

    /// Part of a timeline.
    pub struct Timeline {
        /// Items in all.
        pub total: u32,
        /// Newest first.
        pub items: Vec<TimelineItem>,
    }

    /// Something that happened.
    pub struct TimelineItem {
        /// The record.
        pub id: String,
        /// `note`, `signal` or `follow_up`.
        pub kind: String,
        /// When it was, RFC 3339.
        pub at: String,
        /// Who wrote it.
        pub author: String,
        /// Its words.
        pub text: String,
        /// The kind of place of a note.
        pub place: Option<domain::PlaceKind>,
        /// State of a signal.
        pub signal_state: Option<SignalState>,
        /// State of a follow-up.
        pub follow_up_state: Option<domain::FollowUpState>,
        /// Day a follow-up is due.
        pub due: Option<String>,
        /// What came of a follow-up.
        pub outcome: String,
        /// State of sending and disagreement.
        pub mark: Mark,
    }

    /// A relation, seen from the contact whose page it is on.
    pub struct RelationView {
        /// The relation.
        pub id: String,
        /// How they are linked, read from the first to the second.
        pub kind: RelationKind,
        /// The contact on this page is the first.
        pub outgoing: bool,
        /// The other end.
        pub other: RecordRef,
        /// A few words.
        pub remark: String,
    }

    /// An organisation or a group with its page.
    pub struct OrganisationView {
        /// Id.
        pub id: String,
        /// The fields.
        pub organisation: Organisation,
        /// Links with contacts.
        pub relations: Vec<RelationView>,
        /// What happened.
        pub timeline: Timeline,
        /// What people disagree on.
        pub conflicts: Vec<ConflictView>,
        /// State of sending and disagreement.
        pub mark: Mark,
    }

    /// A group with its page.
    pub struct GroupView {
        /// Id.
        pub id: String,
        /// The fields.
        pub group: Group,
        /// The contacts in it.
        pub members: Vec<RecordRef>,
        /// Links.
        pub relations: Vec<RelationView>,
        /// What happened.
        pub timeline: Timeline,
        /// What people disagree on.
        pub conflicts: Vec<ConflictView>,
        /// State of sending and disagreement.
        pub mark: Mark,
    }

    /// A follow-up with its page.
    pub struct FollowUpView {
        /// Id.
        pub id: String,
        /// The fields.
        pub follow_up: FollowUp,
        /// For whom and about what.
        pub about: Vec<RecordRef>,
        /// The signal it belongs to.
        pub signal: Option<RecordRef>,
        /// The words of the note it was promised in.
        pub note: Option<RecordRef>,
        /// Who does it.
        pub owner: String,
        /// What people disagree on.
        pub conflicts: Vec<ConflictView>,
        /// State of sending and disagreement.
        pub mark: Mark,
    }
}
