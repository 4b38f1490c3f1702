//! A device's data folder, filled with an invented neighbourhood.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use app::api::{DeviceInit, DeviceUnlock};
use app::{App, Surroundings, System};
use chrono::{DateTime, Utc};
use testkit::sample::{Size, neighbourhood};

use crate::{Result, folders};

/// Not secret: everything it protects is invented.
pub(crate) const PASSPHRASE: &str = "meten is weten";

/// The seed of everything invented here.
pub(crate) const SEED: u64 = 1;

/// The neighbourhood of the measurements on one device.
const LARGE: Size = Size::of(10_000, 100_000, 2_500);

/// The real clock and dice, and no key store: it belongs to whoever measures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Desk;

impl Surroundings for Desk {
    fn now(&self) -> DateTime<Utc> {
        System.now()
    }

    fn random(&self, bytes: &mut [u8]) {
        System.random(bytes);
    }

    fn has_key_store(&self) -> bool {
        false
    }
}

/// A new device in a folder.
pub(crate) fn start(folder: &Path, name: &str) -> Result<App> {
    let app = App::new(folder, Arc::new(Desk))?.only_when_asked();
    app.device_init(DeviceInit {
        passphrase: PASSPHRASE.to_owned(),
        name: name.to_owned(),
        language: "nl".to_owned(),
    })?;
    Ok(app)
}

/// The device of a folder, open.
pub(crate) fn open(folder: &Path) -> Result<App> {
    let app = App::new(folder, Arc::new(Desk))?.only_when_asked();
    app.device_unlock(DeviceUnlock {
        passphrase: PASSPHRASE.to_owned(),
    })?;
    Ok(app)
}

/// A folder with 10,000 contacts and 100,000 notes, filled the first time.
pub(crate) fn large() -> Result<PathBuf> {
    folders::kept("book-10000-100000", |folder| {
        let app = start(folder, "Meter")?;
        let started = Instant::now();
        let lines = lines(LARGE, usize::MAX);
        let count = load(&app, &lines)?;
        eprintln!(
            "  filled {count} records in {:.1} s",
            started.elapsed().as_secs_f64()
        );
        Ok(())
    })
}

/// The first records of a neighbourhood as JSON Lines.
pub(crate) fn lines(size: Size, most: usize) -> String {
    let today = System.now().date_naive();
    neighbourhood(SEED, today, size)
        .take(most)
        .map(|record| format!("{record}\n"))
        .collect()
}

/// Loads JSON Lines; all of them must be taken.
pub(crate) fn load(app: &App, lines: &str) -> Result<u32> {
    let (count, unreadable) = app.load_records(lines.as_bytes())?;
    match unreadable.first() {
        Some(row) => Err(format!("line {} is not taken: {}", row.line, row.code).into()),
        None => Ok(count),
    }
}
