//! The use cases through their public doors: a real database in a real folder, a clock that the test moves, dice that
//! fall the same each time, and where it matters the real server on a socket.

#[cfg(test)]
mod auditing;
#[cfg(test)]
mod breaking;
#[cfg(test)]
mod capturing;
#[cfg(test)]
mod conflicts;
#[cfg(test)]
mod copies;
#[cfg(test)]
mod crashing;
#[cfg(test)]
mod documented;
#[cfg(test)]
mod erasing;
#[cfg(test)]
mod exchanging;
#[cfg(test)]
mod files;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod joining;
#[cfg(test)]
mod leasing;
#[cfg(test)]
mod locking;
#[cfg(test)]
mod lying;
#[cfg(test)]
mod managing;
#[cfg(test)]
mod person;
#[cfg(test)]
mod promises;
#[cfg(test)]
mod redacting;
#[cfg(test)]
mod refusing;
#[cfg(test)]
mod repairing;
#[cfg(test)]
mod restoring;
#[cfg(test)]
mod retaining;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod scratching;
#[cfg(test)]
mod sharing;
#[cfg(test)]
mod signals;
#[cfg(test)]
mod spaces;
#[cfg(test)]
mod typing;
#[cfg(test)]
mod undoing;
#[cfg(test)]
mod unlocking;
#[cfg(test)]
mod wiping;

#[cfg(test)]
mod device;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod team;
