//! Words about signals.

use domain::kinds::Signal;
use domain::{ReporterTold, SignalKind, SignalState};

use super::api_type;
use super::contacts::Timeline;
use super::follow_ups::FollowUpRow;
use super::records::{ConflictView, Mark, RecordRef};

api_type! {
    /// Asks for a window of the signals, the one that needs a move first.
    pub struct SignalListQuery {
        /// Only these states; empty: all open ones.
        pub states: Vec<SignalState>,
        /// Only this theme.
        pub theme: Option<String>,
        /// Only this neighbourhood.
        pub neighbourhood: Option<String>,
        /// Only this owner (member id).
        pub owner: Option<String>,
        /// Only what matches, as typed.
        pub text: String,
        /// Rows to skip.
        pub offset: u32,
        /// Rows to return, at most 200.
        pub limit: u32,
    }

    /// A window of the signals.
    pub struct SignalList {
        /// Rows in all.
        pub total: u32,
        /// The rows.
        pub rows: Vec<SignalRow>,
        /// How many there are per state, with the other filters applied.
        pub states: Vec<StateCount>,
    }

    /// How many signals are in a state.
    pub struct StateCount {
        /// The state.
        pub state: SignalState,
        /// How many.
        pub count: u32,
    }

    /// A signal in a list.
    pub struct SignalRow {
        /// Id.
        pub id: String,
        /// What is going on.
        pub title: String,
        /// Its kind.
        pub kind: Option<SignalKind>,
        /// Where it stands.
        pub state: SignalState,
        /// Name of the theme, or empty.
        pub theme: String,
        /// Name of the neighbourhood, or empty.
        pub neighbourhood: String,
        /// Name of the owner, or empty.
        pub owner: String,
        /// Member id of the owner.
        pub owner_id: Option<String>,
        /// The next date.
        pub next: Option<String>,
        /// The next date has passed.
        pub late: bool,
        /// State of sending and disagreement.
        pub mark: Mark,
    }

    /// A signal's page.
    pub struct SignalView {
        /// Id.
        pub id: String,
        /// The fields.
        pub signal: Signal,
        /// Where it lives.
        pub space: String,
        /// Name of the theme, or empty.
        pub theme: String,
        /// Name of the neighbourhood, or empty.
        pub neighbourhood: String,
        /// Name of the owner, or empty.
        pub owner: String,
        /// Who told it.
        pub reporters: Vec<RecordRef>,
        /// The organisation we wait for.
        pub handed_to: Option<RecordRef>,
        /// Its follow-ups.
        pub follow_ups: Vec<FollowUpRow>,
        /// Notes about it and follow-ups, newest first.
        pub timeline: Timeline,
        /// What people disagree on.
        pub conflicts: Vec<ConflictView>,
        /// Who made it.
        pub author: String,
        /// When, RFC 3339.
        pub made_at: String,
        /// State of sending and disagreement.
        pub mark: Mark,
    }

    /// Closes a signal.
    pub struct SignalClose {
        /// The signal.
        pub id: String,
        /// `solved` or `not_picked_up`.
        pub state: SignalState,
        /// How it was solved, or why it is not picked up (needed then).
        pub reason: String,
        /// Does the person who told us know? `to_do` makes a follow-up to tell them.
        pub told: ReporterTold,
        /// Day of that follow-up, `YYYY-MM-DD`.
        pub tell_on: Option<String>,
    }
}
