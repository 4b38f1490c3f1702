//! The measurements, each beside its comparison in the same run.

use crate::cargo::Cargo;
use crate::failure::Failure;
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::step::Step;
use crate::ui;

/// Optimised as for release, without its link-time step (`Cargo.toml`).
const PROFILE: &str = "bench-run";

/// The measurement that needs the app and an empty window.
const WINDOW: &str = "window";

/// Pages embedded in the programs.
const EMBEDDED: &str = "buurtboek-app/custom-protocol,empty-window/custom-protocol";

/// Measures everything, or what `name` says.
pub(crate) fn bench(place: &Place, name: Option<&str>, json: bool) -> Result<(), Failure> {
    if !place.root().join("benches/Cargo.toml").is_file() {
        return Err(
            Failure::new("there is no benches/ in this work tree").advice(
                "it is a crate `bench` with one program that takes the name of a measurement",
            ),
        );
    }
    // The window is driven as the tests drive it.
    setup::ensure(place, Purpose::Test)?;
    let window = name.is_none_or(|name| name == WINDOW);
    if window {
        ui::build(place)?;
    }
    let cargo = Cargo::new(place)?;
    let build = |packages: &[&str], features: &[&str]| {
        cargo
            .step("cargo: builds what is measured")
            .args(["build", "--profile", PROFILE])
            .args(packages.iter().flat_map(|package| ["--package", *package]))
            .args(features)
            .live()
            .run()
    };
    // The server and the window as people run them; everything else is measured inside the program.
    build(&["bench", "sync-server"], &[])?;
    if window {
        build(
            &["buurtboek-app", "empty-window"],
            &["--features", EMBEDDED],
        )?;
    }
    Step::new("bench: measures", place.program(PROFILE, "bench"))
        .args(name)
        .args(json.then_some("--json"))
        .env("BUURTBOEK_BIN_DIR", place.programs(PROFILE))
        .folder(place.root())
        .live()
        .run()
}
