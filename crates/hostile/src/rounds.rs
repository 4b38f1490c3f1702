//! How long it is tried, and the cases that are always tried.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

/// Seeds, one after another, for as long as the environment asks: `BUURTBOEK_FUZZ_SECONDS` (2 when it is not set), from
/// `BUURTBOEK_FUZZ_SEED` (1) on. A test that fails names the seed; that seed alone fails again.
#[derive(Debug)]
pub struct Rounds {
    until: Instant,
    next: u64,
    least: u64,
}

impl Rounds {
    /// As many as fit, and at least this many.
    #[must_use]
    pub fn at_least(least: u64) -> Self {
        let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
        let first = number("BUURTBOEK_FUZZ_SEED").unwrap_or(1);
        let seconds = number("BUURTBOEK_FUZZ_SECONDS").unwrap_or(2);
        Self {
            until: Instant::now() + Duration::from_secs(seconds),
            next: first,
            least: first.saturating_add(least),
        }
    }
}

impl Iterator for Rounds {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let seed = self.next;
        self.next += 1;
        (seed < self.least || Instant::now() < self.until).then_some(seed)
    }
}

/// The files of a folder of cases, by name.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn corpus(folder: &Path) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        files.push((name.to_string_lossy().into_owned(), std::fs::read(&path)?));
    }
    files.sort();
    Ok(files)
}
