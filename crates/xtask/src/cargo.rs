//! Cargo as every command here calls it: one build folder, one set of flags, one shape.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::Failure;
use crate::files;
use crate::place::Place;
use crate::step::Step;

/// Features that are always on, so that no two commands compile the same thing differently.
const FEATURES: &str = "buurtboek-app/custom-protocol";

/// Everything: what is checked and tested.
pub(crate) const ALL: &[&str] = &["--all-targets"];

/// What can be run. The examples are named so that Cargo chooses the same features for the dependencies as in [`ALL`].
pub(crate) const PROGRAMS: &[&str] = &["--bins", "--examples"];

/// Cargo with its environment.
#[derive(Debug, Clone)]
pub(crate) struct Cargo {
    root: PathBuf,
    environment: Vec<(&'static str, OsString)>,
}

impl Cargo {
    /// Looks at the machine and settles the environment. Only after the setup: it asks whether mold is there.
    pub(crate) fn new(place: &Place) -> Result<Self, Failure> {
        let found = Found {
            target: place.target().to_path_buf(),
            flags: env::var_os("RUSTFLAGS"),
            mold: cfg!(target_os = "linux") && compiler_takes_mold(),
            openssl: Path::new("/usr/include/openssl/ssl.h").exists(),
        };
        let cargo = Self {
            root: place.root().to_path_buf(),
            environment: environment(found),
        };
        cargo.take_over_build_folder(place)?;
        Ok(cargo)
    }

    /// A cargo command over the whole workspace, in the one shape.
    pub(crate) fn workspace(&self, what: &str, verb: &str, targets: &[&str]) -> Step {
        self.step(what).args(workspace_arguments(verb, targets))
    }

    /// Any other cargo command.
    pub(crate) fn step(&self, what: &str) -> Step {
        let step = Step::new(what, "cargo").folder(&self.root);
        self.environment
            .iter()
            .fold(step, |step, (name, value)| step.env(name, value))
    }

    /// Cargo compares times, not contents: crates built from another clone in the same build folder could pass for
    /// ours. So when another clone was here last, what it built of the workspace is removed; dependencies stay.
    fn take_over_build_folder(&self, place: &Place) -> Result<(), Failure> {
        let marker = place.target().join("buurtboek-tree");
        let ours = self.root.display().to_string();
        let last = files::read(&marker)?;
        if last.as_deref() == Some(&ours) {
            return Ok(());
        }
        if last.is_some() {
            for profile in [&[][..], &["--profile", "bench-run"]] {
                self.step("another clone built here last: its crates are removed")
                    .args(["clean", "--quiet", "--workspace"])
                    .args(profile)
                    .run()?;
            }
        }
        files::write(&marker, &ours)
    }
}

/// What was found on the machine.
struct Found {
    target: PathBuf,
    flags: Option<OsString>,
    mold: bool,
    openssl: bool,
}

fn environment(found: Found) -> Vec<(&'static str, OsString)> {
    let mut environment = vec![("CARGO_TARGET_DIR", found.target.into_os_string())];
    if found.openssl {
        // The system's OpenSSL saves two minutes of building our own.
        environment.push(("OPENSSL_NO_VENDOR", "1".into()));
    }
    if found.mold && found.flags.is_none() {
        environment.push(("RUSTFLAGS", "-Clink-arg=-fuse-ld=mold".into()));
    }
    environment
}

fn workspace_arguments<'a>(verb: &'a str, targets: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = vec![verb, "--workspace"];
    arguments.extend(targets);
    arguments.extend(["--features", FEATURES]);
    arguments
}

/// Older compilers refuse the name of this linker.
fn compiler_takes_mold() -> bool {
    Command::new("cc")
        .args(["-fuse-ld=mold", "-Wl,--version"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{ALL, Found, environment, workspace_arguments};

    fn found() -> Found {
        Found {
            target: PathBuf::from("/cache/target"),
            flags: None,
            mold: true,
            openssl: true,
        }
    }

    fn names(found: Found) -> Vec<&'static str> {
        environment(found)
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn every_build_has_one_shape() {
        let arguments = workspace_arguments("clippy", ALL).join(" ");
        assert_eq!(
            arguments,
            "clippy --workspace --all-targets --features buurtboek-app/custom-protocol"
        );
    }

    #[test]
    fn a_machine_with_everything_builds_fast() {
        assert_eq!(
            names(found()),
            ["CARGO_TARGET_DIR", "OPENSSL_NO_VENDOR", "RUSTFLAGS"]
        );
    }

    #[test]
    fn what_is_not_there_is_not_asked_for() {
        let bare = Found {
            mold: false,
            openssl: false,
            ..found()
        };
        assert_eq!(names(bare), ["CARGO_TARGET_DIR"]);
    }

    #[test]
    fn flags_of_the_developer_are_left_alone() {
        let own = Found {
            flags: Some("-Ctarget-cpu=native".into()),
            ..found()
        };
        assert!(!names(own).contains(&"RUSTFLAGS"));
    }
}
