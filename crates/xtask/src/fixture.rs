//! Keeps what is about to be released, for every later version to be tried on (`crates/releases/kept`).

use crate::cargo::{Cargo, PROGRAMS};
use crate::failure::Failure;
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::step::Step;
use crate::ui;

/// Adds a book, a server and an exchange of the version in `Cargo.toml`.
pub(crate) fn fixture(place: &Place) -> Result<(), Failure> {
    setup::ensure(place, Purpose::Build)?;
    // The app embeds the screens, so without them it does not compile.
    ui::build(place)?;
    Cargo::new(place)?
        .workspace(
            "releases: builds the program that keeps them",
            "build",
            PROGRAMS,
        )
        .live()
        .run()?;
    Step::new(
        "releases: keeps what this version writes and says",
        place.program("debug", "releases"),
    )
    .folder(place.root())
    .live()
    .advice("what is kept of a version is never changed: raise the version first")
    .run()
}
