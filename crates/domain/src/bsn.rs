//! Placeholder while the capture engineer writes this file (overwrite it).
/// Byte range of a BSN.
#[must_use]
pub fn find(_text: &str) -> Option<std::ops::Range<usize>> {
    None
}
