//! Days of bad luck, by the thousand (`docs/reliability.md`).

use std::ffi::OsString;

use crate::cargo::Cargo;
use crate::failure::Failure;
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::step::Step;

/// Optimised as for release, without its link-time step (`Cargo.toml`).
const PROFILE: &str = "bench-run";

/// What is played.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Options {
    /// How many histories
    #[arg(long, default_value_t = 2_000)]
    histories: u64,
    /// The seed of the first; the others follow
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many at the same time; as many as there are cores when not given
    #[arg(long)]
    workers: Option<u64>,
    /// Makes the real code make mistakes instead, and looks whether each is found
    #[arg(long, conflicts_with_all = ["replay", "workers"])]
    mistakes: bool,
    /// Plays the history in this file, and tells what happens
    #[arg(long)]
    replay: Option<OsString>,
}

/// Plays histories with the real parts and looks whether anything was lost.
pub(crate) fn simulate(place: &Place, options: &Options) -> Result<(), Failure> {
    setup::ensure(place, Purpose::Build)?;
    if options.mistakes {
        return mistakes(place, PROFILE);
    }
    Cargo::new(place)?
        .step("cargo: builds the simulator")
        .args(["build", "--profile", PROFILE, "--package", "simulate"])
        .live()
        .run()?;
    let step = Step::new("simulate: plays", place.program(PROFILE, "simulate"))
        .args([
            "--out".into(),
            place.target().join("simulate").into_os_string(),
        ])
        .folder(place.root())
        .live();
    let step = match &options.replay {
        Some(file) => step.args(["--replay".into(), file.clone()]),
        None => step
            .args(["--histories", &options.histories.to_string()])
            .args(["--seed", &options.seed.to_string()])
            .args(
                options
                    .workers
                    .map(|workers| format!("--workers={workers}")),
            ),
    };
    step.advice("play a failing one again with `cargo xtask simulate --replay FILE`")
        .run()
}

/// The mistakes that the real code can be made to make (`crates/mistake`), each found within its number of histories.
fn mistakes(place: &Place, profile: &str) -> Result<(), Failure> {
    Cargo::new(place)?
        .step("simulate: are mistakes found?")
        .args(["test", "--profile", profile, "--package", "simulate"])
        .args(["--features", "mistakes", "--test", "it", "mistakes"])
        .args(["--", "--nocapture"])
        .live()
        .run()
}
