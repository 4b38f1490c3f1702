//! The measurements, each beside its comparison in the same run.

use crate::cargo::Cargo;
use crate::failure::Failure;
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::step::Step;

/// Optimised as for release, without its link-time step (`Cargo.toml`).
const PROFILE: &str = "bench-run";

/// Measures everything, or what `name` says.
pub(crate) fn bench(place: &Place, name: Option<&str>, json: bool) -> Result<(), Failure> {
    if !place.root().join("benches/Cargo.toml").is_file() {
        return Err(
            Failure::new("there is no benches/ in this work tree").advice(
                "it is a crate `bench` with one program that takes the name of a measurement",
            ),
        );
    }
    setup::ensure(place, Purpose::Build)?;
    // The server as people run it; everything else is measured inside the program.
    let packages = ["bench", "sync-server"].map(|package| ["--package", package]);
    Cargo::new(place)?
        .step("cargo: builds what is measured")
        .args(["build", "--profile", PROFILE])
        .args(packages.concat())
        .live()
        .run()?;
    Step::new("bench: measures", place.program(PROFILE, "bench"))
        .args(name)
        .args(json.then_some("--json"))
        .env("BUURTBOEK_BIN_DIR", place.programs(PROFILE))
        .folder(place.root())
        .live()
        .run()
}
