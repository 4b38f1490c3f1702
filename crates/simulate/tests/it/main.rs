//! The promises, over histories of this crate and over those that broke one once.

#[cfg(test)]
mod histories;
