//! Broken and hostile input for as long as one likes: the seeded rounds of the tests, then libFuzzer where the nightly
//! toolchain is there.

use std::process::Command;

use crate::cargo::Cargo;
use crate::failure::Failure;
use crate::place::Place;
use crate::setup::{self, Purpose};
use crate::step::Step;

/// A target of `fuzz/` with the folder that seeds it.
const TARGETS: [(&str, &str); 4] = [
    ("change", "crates/admission/tests/corpus/change"),
    ("document", "crates/admission/tests/corpus/document"),
    ("wire", "crates/protocol/tests/corpus"),
    ("file", "crates/exchange/tests/corpus"),
];

/// The crates whose tests have seeded rounds.
const SEEDED: [&str; 3] = ["admission", "protocol", "exchange"];

/// What cargo-fuzz sets: coverage for libFuzzer, and the address sanitizer.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Zsanitizer=address";

/// Tries every reader for this long: all seeded rounds at once, then each target of libFuzzer, or only this one.
pub(crate) fn fuzz(place: &Place, seconds: u64, only: Option<&str>) -> Result<(), Failure> {
    if let Some(name) = only.filter(|name| TARGETS.iter().all(|(known, _)| known != name)) {
        return Err(Failure::new(format!("there is no target {name}"))
            .advice("the targets are change, document, wire and file"));
    }
    setup::ensure(place, Purpose::Test)?;
    if only.is_none() {
        let packages = SEEDED.map(|package| ["--package", package]);
        Cargo::new(place)?
            .step("cargo test: seeded rounds of broken and hostile input")
            .arg("test")
            .args(packages.concat())
            .args(["--test", "it", "hostile"])
            .env("BUURTBOEK_FUZZ_SECONDS", seconds.to_string())
            .live()
            .run()?;
    }
    if !nightly_is_there() {
        println!(
            "{:>6} {:>12}  libFuzzer: the nightly toolchain is not there",
            "skip", ""
        );
        return Ok(());
    }
    for (name, seeds) in TARGETS {
        if only.is_none_or(|only| only == name) {
            libfuzzer(place, name, seeds, seconds)?;
        }
    }
    Ok(())
}

fn libfuzzer(place: &Place, name: &str, seeds: &str, seconds: u64) -> Result<(), Failure> {
    let folder = place.root().join("fuzz");
    let target = host()?;
    let target = target.as_str();
    Step::new(format!("cargo: builds the fuzzer of {name}"), "cargo")
        .args([
            "+nightly",
            "build",
            "--release",
            "--target",
            target,
            "--bin",
            name,
        ])
        .env("RUSTFLAGS", FLAGS)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .folder(&folder)
        .live()
        .run()?;
    let found = folder.join("corpus").join(name);
    std::fs::create_dir_all(&found)
        .map_err(|problem| Failure::new(format!("{}: {problem}", found.display())))?;
    let program = folder
        .join("target")
        .join(target)
        .join("release")
        .join(name);
    Step::new(format!("libFuzzer: {name} for {seconds} s"), program)
        .args([found, place.root().join(seeds)])
        .arg(format!("-max_total_time={seconds}"))
        .args(["-rss_limit_mb=1024", "-timeout=10", "-max_len=65536"])
        .folder(&folder)
        .live()
        .advice("the file it names goes to the corpus of the crate as found-…; mend, and run again")
        .run()
}

/// The machine this is, as the compiler calls it.
fn host() -> Result<String, Failure> {
    let told = Step::new("rustc: which machine this is", "rustc")
        .args(["+nightly", "-vV"])
        .silent()
        .output()?;
    let line = told.lines().find_map(|line| line.strip_prefix("host: "));
    line.map(str::to_owned)
        .ok_or_else(|| Failure::new("rustc does not say which machine this is"))
}

/// Looked up, never installed.
fn nightly_is_there() -> bool {
    Command::new("rustc")
        .args(["+nightly", "--version"])
        .output()
        .is_ok_and(|output| output.status.success())
}
