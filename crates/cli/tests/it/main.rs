//! The program itself, on a folder of its own, with a clock that stands still.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod device;
#[cfg(test)]
mod endings;
#[cfg(test)]
mod files;
#[cfg(test)]
mod locking;
