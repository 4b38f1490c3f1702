//! Trials of real processes on real disks, longer than CI has time for (`docs/reliability.md`). Each is a test that CI runs
//! in short; `BUURTBOEK_TRIAL` tells it how much.

use clap::ValueEnum;

use crate::cargo::{ALL, Cargo};
use crate::failure::Failure;
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::ui;

/// A trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Trial {
    /// Server, devices and window killed at random moments under load: so many kills each
    Kills,
    /// A week offline, then a line that breaks after every 20 kB: so many edits
    BrokenLine,
    /// Devices that all come back on Monday at nine, and the server is killed in the middle of it: so many devices
    Monday,
}

impl Trial {
    /// Which tests these are, and how much of it is a long trial.
    const fn tests(self) -> (&'static [(&'static str, &'static str)], u32) {
        match self {
            Self::Kills => (
                &[
                    (
                        "sync-server",
                        "process::what_was_acknowledged_survives_sigkill",
                    ),
                    ("journeys", "power_cuts::"),
                ],
                500,
            ),
            Self::BrokenLine => (&[("app", "breaking::")], 5_000),
            Self::Monday => (&[("sync-server", "monday::")], 200),
        }
    }
}

/// Runs a trial: as much as `count` says, or as a long one.
pub(crate) fn trial(place: &Place, trial: Trial, count: Option<u32>) -> Result<(), Failure> {
    setup::ensure(place, Purpose::Test)?;
    ui::build(place)?;
    let cargo = Cargo::new(place)?;
    cargo
        .workspace("cargo: builds programs and tests", "build", ALL)
        .live()
        .run()?;
    let (tests, long) = trial.tests();
    for (package, filter) in tests {
        cargo
            .step(&format!("trial: {package} {filter}"))
            .args(["test", "--package", package, "--", filter, "--nocapture"])
            .env("BUURTBOEK_BIN_DIR", place.programs("debug"))
            .env("BUURTBOEK_TRIAL", count.unwrap_or(long).to_string())
            .live()
            .run()?;
    }
    Ok(())
}
