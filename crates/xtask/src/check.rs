//! Everything that can be said about the code without running it.

use std::path::Path;

use crate::cargo::{ALL, Cargo};
use crate::failure::Failure;
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::step::Step;
use crate::{types, ui};

/// Checks everything and tells all that is wrong, not only the first.
pub(crate) fn check(place: &Place, fix: bool) -> Result<(), Failure> {
    setup::ensure(place, Purpose::Build)?;
    let deny = setup::cargo_deny(place)?;
    // The app embeds the screens, so without them it does not compile.
    ui::build(place)?;
    let cargo = Cargo::new(place)?;
    if fix {
        repair(place, &cargo);
    }
    let mut results = screens(place);
    results.extend(rust(&cargo));
    results.push(("types", types::check(place, &cargo)));
    results.extend(dependencies(place, &deny));
    verdict(results)
}

type Named = (&'static str, Result<(), Failure>);

fn screens(place: &Place) -> Vec<Named> {
    let check = |name, what, script| (name, ui::script(place, what, script, &[]).run());
    vec![
        check(
            "prettier",
            "prettier: the screens have the layout of the house",
            "format:check",
        ),
        check("eslint", "eslint: the screens keep the rules", "lint"),
        check(
            "svelte-check",
            "svelte-check: the types of the screens fit",
            "check",
        ),
    ]
}

fn rust(cargo: &Cargo) -> Vec<Named> {
    let format = cargo.step("rustfmt: the Rust code has the layout of the house");
    let lints = cargo.workspace("clippy: the Rust code keeps the rules", "clippy", ALL);
    let docs = cargo.workspace(
        "rustdoc: the documentation holds together",
        "doc",
        &["--no-deps"],
    );
    vec![
        ("rustfmt", format.args(["fmt", "--all", "--check"]).run()),
        ("clippy", lints.args(["--", "-D", "warnings"]).live().run()),
        ("rustdoc", docs.env("RUSTDOCFLAGS", "-Dwarnings").run()),
    ]
}

fn dependencies(place: &Place, deny: &Path) -> Vec<Named> {
    let deny = |what: &str, arguments: &[&str]| {
        Step::new(what, deny)
            .args(arguments)
            .folder(place.root())
            .advice("see deny.toml")
    };
    let mut results = vec![(
        "cargo-deny",
        deny(
            "cargo-deny: licences, sources and layers",
            &[
                "check",
                "--hide-inclusion-graph",
                "bans",
                "licenses",
                "sources",
            ],
        )
        .run(),
    )];
    let fetched = deny("the list of known holes", &["fetch", "db"])
        .silent()
        .output();
    if fetched.is_ok() {
        let holes = deny(
            "cargo-deny: known holes",
            &["check", "--disable-fetch", "advisories"],
        )
        .run();
        results.push(("advisories", holes));
    } else {
        println!(
            "{:>6} {:>12}  cargo-deny: known holes NOT checked, their list cannot be fetched from here",
            "skip", ""
        );
    }
    results
}

/// Repairs what can be repaired. What stays wrong is told by the checks that follow, so one tool that gives up does not
/// keep the others from their work.
fn repair(place: &Place, cargo: &Cargo) {
    let lints = cargo
        .workspace("clippy repairs what it can", "clippy", ALL)
        .live();
    let repairs = [
        lints
            .args(["--fix", "--allow-dirty", "--allow-staged"])
            .run(),
        cargo
            .step("rustfmt lays out the Rust code")
            .args(["fmt", "--all"])
            .run(),
        types::write(place, cargo),
        ui::script(place, "eslint repairs what it can", "lint", &["--fix"]).run(),
        ui::script(place, "prettier lays out the screens", "format", &[]).run(),
    ];
    for left in repairs.into_iter().filter_map(Result::err) {
        println!("{left}");
    }
}

fn verdict(results: Vec<Named>) -> Result<(), Failure> {
    let total = results.len();
    let mut names = Vec::new();
    for (name, result) in results {
        if let Err(failure) = result {
            eprintln!("{failure}");
            names.push(name);
        }
    }
    if names.is_empty() {
        return Ok(());
    }
    let what = format!("{} of {total} checks: {}", names.len(), names.join(", "));
    Err(Failure::new(what).advice("`cargo xtask check --fix` repairs what can be repaired"))
}

#[cfg(test)]
mod tests {
    use super::verdict;
    use crate::failure::Failure;

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let results = vec![
            ("rustfmt", Err(Failure::new("layout"))),
            ("clippy", Ok(())),
            ("types", Err(Failure::new("drift"))),
        ];
        let told = verdict(results).unwrap_err().to_string();
        assert!(
            told.starts_with("failed: 2 of 3 checks: rustfmt, types"),
            "{told}"
        );
    }

    #[test]
    fn nothing_wrong_is_no_failure() {
        assert_eq!(verdict(vec![("rustfmt", Ok(()))]), Ok(()));
    }
}
