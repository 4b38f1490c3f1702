//! Pictures of screens, for people to look at.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::{Result, root};

/// Keeps a picture in `target/screenshots/` of the work tree.
///
/// # Errors
/// When it cannot be written.
pub fn keep(name: &str, picture: &[u8]) -> Result<PathBuf> {
    let folder = root()?.join("target/screenshots");
    fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{name}.png"));
    fs::write(&path, picture)?;
    Ok(path)
}

/// Keeps what was to be seen when a journey failed.
pub(crate) fn keep_failure(picture: &[u8]) -> Result<PathBuf> {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    keep(&format!("failed-{}-{number}", std::process::id()), picture)
}
