//! Keeps what is about to be released, for every later version to be tried on (`crates/releases/kept`).

use crate::cargo::Cargo;
use crate::failure::Failure;
use crate::place::Place;
use crate::setup::{self, Purpose};

/// Adds a book, a server and an exchange of the version in `Cargo.toml`.
pub(crate) fn fixture(place: &Place) -> Result<(), Failure> {
    setup::ensure(place, Purpose::Build)?;
    Cargo::new(place)?
        .step("releases: keeps what this version writes and says")
        .args(["run", "--package", "releases"])
        .live()
        .advice("what is kept of a version is never changed: raise the version first")
        .run()
}
