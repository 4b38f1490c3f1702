//! What tests and trials need around the product: an invented neighbourhood, and disks that fail.

pub mod disk;
pub mod sample;
