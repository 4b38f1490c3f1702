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
    /// Parts of the names of these tests, and how much of it is a long trial.
    const fn tests(self) -> (&'static [&'static str], u32) {
        match self {
            Self::Kills => (
                &[
                    "process::what_was_acknowledged_survives_sigkill",
                    "power_cuts::",
                ],
                500,
            ),
            Self::BrokenLine => (&["breaking::"], 5_000),
            Self::Monday => (&["monday::"], 200),
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
    cargo
        .workspace("trial: real processes, real disks", "test", ALL)
        .args(["--quiet", "--"])
        .args(tests)
        // One after another: what they print is about one of them.
        .args(["--nocapture", "--test-threads=1"])
        .env("BUURTBOEK_BIN_DIR", place.programs("debug"))
        .env("BUURTBOEK_TRIAL", count.unwrap_or(long).to_string())
        .live()
        .run()
}
