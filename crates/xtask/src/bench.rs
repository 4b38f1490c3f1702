//! The measurements, each beside its comparison in the same run.

use crate::cargo::Cargo;
use crate::failure::Failure;
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::step::Step;
use crate::ui;

/// Measures everything, or what `name` says.
pub(crate) fn bench(place: &Place, name: Option<&str>) -> Result<(), Failure> {
    if !place.root().join("benches/Cargo.toml").is_file() {
        return Err(
            Failure::new("there is no benches/ in this work tree").advice(
                "it is a crate `bench` with one program that takes the name of a measurement",
            ),
        );
    }
    setup::ensure(place, Purpose::Build)?;
    ui::build(place)?;
    // All programs, because server, command line and window are measured as people run them.
    Cargo::new(place)?
        .workspace(
            "cargo: builds the programs for release",
            "build",
            &["--bins", "--release"],
        )
        .live()
        .run()?;
    Step::new("bench: measures", place.program("release", "bench"))
        .args(name)
        .env("BUURTBOEK_BIN_DIR", place.programs("release"))
        .folder(place.root())
        .live()
        .run()
}
