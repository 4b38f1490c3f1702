//! Every test: Rust, screens, and whole journeys through the real programs and the real window.

use crate::cargo::{ALL, Cargo};
use crate::failure::Failure;
use crate::place::Place;
use crate::run;
use crate::setup::{self, Purpose};
use crate::ui;

/// Runs all tests, or only the Rust tests whose name contains `filter`.
pub(crate) fn test(place: &Place, filter: Option<&str>) -> Result<(), Failure> {
    setup::ensure(place, Purpose::Test)?;
    ui::build(place)?;
    if filter.is_none() {
        ui::script(place, "vitest: the tests of the screens", "test", &[])
            .live()
            .run()?;
    }
    let cargo = Cargo::new(place)?;
    cargo
        .workspace("cargo: builds programs and tests", "build", ALL)
        .live()
        .run()?;
    cargo
        .workspace("cargo test: rules, parts and journeys", "test", ALL)
        .args(test_arguments(filter))
        .env("BUURTBOEK_BIN_DIR", place.programs("debug"))
        .live()
        .advice("run one test again with `cargo xtask test PART_OF_ITS_NAME`")
        .run()?;
    if filter.is_none() {
        run::rehearse(place)?;
        cargo
            .workspace(
                "cargo test: examples in the documentation",
                "test",
                &["--doc"],
            )
            .run()?;
    }
    Ok(())
}

/// All failures are wanted, not only those of the first crate.
fn test_arguments(filter: Option<&str>) -> Vec<&str> {
    let mut arguments = vec!["--no-fail-fast"];
    if let Some(filter) = filter {
        arguments.extend(["--", filter]);
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::test_arguments;

    #[test]
    fn a_filter_goes_to_the_tests_and_not_to_cargo() {
        assert_eq!(
            test_arguments(Some("outbox")),
            ["--no-fail-fast", "--", "outbox"]
        );
        assert_eq!(test_arguments(None), ["--no-fail-fast"]);
    }
}
