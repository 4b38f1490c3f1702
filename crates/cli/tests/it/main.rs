//! The program itself, on a folder of its own, with a clock that stands still.

mod answers;
mod device;
mod endings;
mod files;
