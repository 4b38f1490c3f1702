//! Words about follow-ups: today and not letting go.

use super::api_type;
use super::records::{Mark, RecordRef};

api_type! {
    /// The follow-ups of this person and the signals that need a move.
    pub struct Today {
        /// The day this is about, `YYYY-MM-DD`.
        pub day: String,
        /// Before today, also what waits for somebody else.
        pub late: Vec<FollowUpRow>,
        /// Today, also what waits for somebody else.
        pub today: Vec<FollowUpRow>,
        /// Until Sunday.
        pub week: Vec<FollowUpRow>,
        /// After that.
        pub later: Vec<FollowUpRow>,
        /// After today, when the next move is somebody else's.
        pub waiting: Vec<FollowUpRow>,
        /// Open signals of this person whose next date has come.
        pub signals: Vec<super::SignalRow>,
        /// How many there are in all, also beyond the rows.
        pub counts: TodayCounts,
    }

    /// How many follow-ups there are.
    pub struct TodayCounts {
        /// Before today.
        pub late: u32,
        /// Today.
        pub today: u32,
        /// Until Sunday.
        pub week: u32,
        /// After that.
        pub later: u32,
        /// After today, waiting for others.
        pub waiting: u32,
        /// Done in the last seven days.
        pub done_this_week: u32,
        /// Open signals whose next date has come.
        pub signals: u32,
    }

    /// Whose follow-ups.
    pub struct TodayQuery {
        /// Only mine; otherwise of the whole team.
        pub mine: bool,
        /// How many rows; a screenful of each section when it is not said.
        pub rows: Option<TodayRows>,
    }

    /// How many rows of each section, at most.
    pub struct TodayRows {
        /// Before today.
        pub late: u32,
        /// Today.
        pub today: u32,
        /// Until Sunday.
        pub week: u32,
        /// After that.
        pub later: u32,
        /// After today, waiting for others.
        pub waiting: u32,
    }

    /// A follow-up in a list.
    pub struct FollowUpRow {
        /// Id.
        pub id: String,
        /// What was promised.
        pub what: String,
        /// The day it is due.
        pub due: String,
        /// The time, `HH:MM`, or empty.
        pub time: String,
        /// For whom: contacts with their street.
        pub about: Vec<RecordRef>,
        /// Where: street of the first contact, or empty.
        pub street: String,
        /// Whom we wait for, or empty.
        pub waiting_for: String,
        /// Who does it.
        pub owner: String,
        /// The day it was promised.
        pub since: String,
        /// State of sending and disagreement.
        pub mark: Mark,
    }

    /// Ticks a follow-up off.
    pub struct FollowUpDone {
        /// The follow-up.
        pub id: String,
        /// What came of it; may be empty.
        pub outcome: String,
    }

    /// Moves a follow-up.
    pub struct FollowUpMove {
        /// The follow-up.
        pub id: String,
        /// The new day, `YYYY-MM-DD`.
        pub due: String,
    }

    /// Drops a follow-up.
    pub struct FollowUpDrop {
        /// The follow-up.
        pub id: String,
        /// Why.
        pub reason: String,
    }
}
