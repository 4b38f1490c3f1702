//! Tools of Cargo that do not come with Rust.

use std::path::PathBuf;

use crate::failure::Failure;
use crate::place::Place;
use crate::step::Step;

/// The version that `deny.toml` is written for.
const CARGO_DENY: &str = "0.20.2";

/// The path of cargo-deny, installed when this version is not there.
pub(crate) fn cargo_deny(place: &Place) -> Result<PathBuf, Failure> {
    let program = place.tools().join("bin/cargo-deny");
    if program.is_file() {
        let version = Step::new("the version of cargo-deny", &program)
            .args(["--version"])
            .output()?;
        if is_wanted(&version) {
            return Ok(program);
        }
    }
    // Compiled in a folder of its own that goes away afterwards.
    Step::new(
        "cargo-deny is installed; this takes some minutes, once",
        "cargo",
    )
    .args(["install", "--locked", "--force", "--root"])
    .arg(place.tools())
    .arg(format!("cargo-deny@{CARGO_DENY}"))
    .without("CARGO_TARGET_DIR")
    .live()
    .advice("see whether packages can be fetched, and start again")
    .run()?;
    Ok(program)
}

fn is_wanted(answer: &str) -> bool {
    answer.split_whitespace().nth(1) == Some(CARGO_DENY)
}

#[cfg(test)]
mod tests {
    use super::{CARGO_DENY, is_wanted};

    #[test]
    fn another_version_is_replaced() {
        assert!(is_wanted(&format!("cargo-deny {CARGO_DENY}\n")));
        assert!(!is_wanted("cargo-deny 0.16.0\n"));
        assert!(!is_wanted(""));
    }
}
