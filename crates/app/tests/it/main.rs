//! The use cases through their public doors: a real database in a real folder, a clock that the test moves, dice that
//! fall the same each time, and where it matters the real server on a socket.

mod capturing;
mod conflicts;
mod documented;
mod exchanging;
mod files;
mod finding;
mod joining;
mod promises;
mod rules;
mod signals;
mod undoing;
mod unlocking;

mod device;
mod team;
