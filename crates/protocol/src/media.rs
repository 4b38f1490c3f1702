//! The media type and its version.

/// The version this crate speaks.
pub const VERSION: u32 = 1;

/// Versions a server accepts: its own and the one before it (there is none before 1).
pub const SUPPORTED_VERSIONS: std::ops::RangeInclusive<u32> = 1..=VERSION;

/// `Content-Type` of every framed body, both ways.
pub const MEDIA_TYPE: &str = "application/vnd.buurtboek.sync+frames; version=1";

/// The version in a `Content-Type` value; `None` when it is not this media type at all.
///
/// A missing version parameter counts as version 1.
#[must_use]
pub fn media_version(content_type: &str) -> Option<u32> {
    let mut parts = content_type.split(';').map(str::trim);
    let essence = parts.next()?;
    if !essence.eq_ignore_ascii_case("application/vnd.buurtboek.sync+frames") {
        return None;
    }
    let version = parts
        .filter_map(|part| part.split_once('='))
        .find(|(key, _)| key.trim().eq_ignore_ascii_case("version"));
    version.map_or(Some(1), |(_, value)| {
        value.trim().trim_matches('"').parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_media_type_is_read_back_as_our_version() {
        assert_eq!(media_version(MEDIA_TYPE), Some(VERSION));
        assert!(SUPPORTED_VERSIONS.contains(&VERSION));
    }

    #[test]
    fn another_type_or_version_is_told_apart() {
        assert_eq!(media_version("application/json"), None);
        assert_eq!(
            media_version("application/vnd.buurtboek.sync+frames"),
            Some(1)
        );
        assert_eq!(
            media_version("Application/vnd.buurtboek.sync+frames;Version=\"7\""),
            Some(7)
        );
        assert_eq!(
            media_version("application/vnd.buurtboek.sync+frames; version=x"),
            None
        );
    }
}
