//! The promises, over histories of this crate and over those that broke one once.

#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod histories;
#[cfg(all(test, feature = "mistakes"))]
mod mistakes;
