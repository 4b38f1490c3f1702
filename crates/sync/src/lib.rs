//! How a device exchanges with its server, without doing any of it: what to ask next, what an answer means, and when to
//! try again. No clock, no dice, no socket, no database: the app hands in what is the case and carries out what comes
//! back, so that a failure replays exactly.

mod pace;
mod plan;
mod portion;
mod progress;
mod reply;

pub use pace::{Effect, Event, Failure, Pace, Situation};
pub use plan::{Device, Request, SpaceStand, plan};
pub use portion::Portion;
pub use progress::Progress;
pub use reply::{
    Incoming, ReplyError, SpacePage, read_results, read_snapshot_reply, read_sync_reply,
};
