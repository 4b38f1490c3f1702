//! Days of bad luck, by the thousand: the real app, store, sync, gate and server, on disks, clocks and a line in memory,
//! on one thread, from one seed. The same seed plays the same history again.
//!
//! - [`history`](History): what happens, rolled from a seed;
//! - `world`: plays it; `device`, `server`, `line`, `disk` are what it is played with;
//! - `truth`: what people were told;
//! - `check`: the eight promises;
//! - [`shrink`]: the shortest history that breaks the same one.

mod check;
mod device;
mod dice;
pub mod disk;
mod history;
mod line;
mod play;
mod server;
mod template;
mod truth;
mod words;
mod world;

pub use check::Violation;
pub use dice::Dice;
pub use history::{Act, DiskPlan, DiskTrouble, History, Kind, ServerAct, Step};
pub use line::LineTrouble;
#[cfg(feature = "mistakes")]
pub use play::play_wrongly;
pub use play::{Outcome, play, shrink};
pub use template::{Stage, StageError};
