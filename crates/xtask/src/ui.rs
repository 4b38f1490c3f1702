//! The screens: packages from npm, the build, and the checks of TypeScript.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::failure::Failure;
use crate::files;
use crate::place::Place;
use crate::step::Step;

/// The oldest Node that builds the screens.
const NODE: (u32, u32) = (20, 19);

/// Installs the packages of the lock file, when it changed since the last time.
pub(crate) fn install(place: &Place) -> Result<(), Failure> {
    let ui = place.ui();
    let Some(lock) = files::read(&ui.join("package-lock.json"))? else {
        return Err(Failure::new("ui/package-lock.json is not there")
            .advice("take it from the repository: `git checkout -- ui/package-lock.json`"));
    };
    // The stamp is the lock file itself: nothing to compute, and a difference can be looked at.
    let stamp = ui.join("node_modules/.buurtboek-lock.json");
    if files::read(&stamp)?.as_deref() == Some(&lock) {
        return Ok(());
    }
    check_node()?;
    npm(place, "npm: the packages of the lock file")
        .args(["ci", "--no-fund", "--no-audit"])
        .live()
        .advice("when the lock file does not fit, run `npm install` in ui/; else see whether npm is reached")
        .run()?;
    files::write(&stamp, &lock)
}

/// Builds the screens into `ui/dist`, when something changed since the last time. An unchanged folder is not written
/// again, because the app that embeds it would be compiled again too.
pub(crate) fn build(place: &Place) -> Result<(), Failure> {
    let ui = place.ui();
    let stamp = ui.join("node_modules/.buurtboek-built");
    let page = ui.join("dist/index.html");
    let newest = files::newest(&sources(&files::entries(&ui)?))?;
    if page.is_file() && !is_stale(newest, files::changed(&stamp)?) {
        return Ok(());
    }
    script(place, "vite: builds the screens", "build", &[]).run()?;
    files::write(&stamp, "")
}

/// Runs one script of `ui/package.json`.
pub(crate) fn script(place: &Place, what: &str, name: &str, extra: &[&str]) -> Step {
    let step = npm(place, what).args(["run", "--silent", name]);
    if extra.is_empty() {
        step
    } else {
        step.arg("--").args(extra)
    }
}

/// Gives TypeScript the layout of the house, as the file at `path` in `ui/` would have.
pub(crate) fn formatted(place: &Place, path: &str, text: &str) -> Result<String, Failure> {
    Step::new("prettier", place.ui().join("node_modules/.bin/prettier"))
        .args(["--stdin-filepath", path])
        .folder(place.ui())
        .output_with(text)
}

fn npm(place: &Place, what: &str) -> Step {
    Step::new(what, "npm").folder(place.ui())
}

fn check_node() -> Result<(), Failure> {
    let advice = format!(
        "install Node {}.{} or newer, with npm, and start again",
        NODE.0, NODE.1
    );
    let found = Step::new("Node is there", "node")
        .args(["--version"])
        .output()
        .map_err(|_| Failure::new("Node is not installed").advice(&advice))?;
    if version(&found).is_some_and(|version| version >= NODE) {
        return Ok(());
    }
    Err(Failure::new(format!("Node {} is too old", found.trim())).advice(advice))
}

fn version(answer: &str) -> Option<(u32, u32)> {
    let mut numbers = answer.trim().strip_prefix('v')?.split('.').map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => Some((major, minor)),
        _ => None,
    }
}

/// What the build reads: everything in the folder but what is installed, built or hidden.
fn sources(entries: &[PathBuf]) -> Vec<PathBuf> {
    let is_source = |path: &Path| {
        path.file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| !name.starts_with('.') && name != "node_modules" && name != "dist")
    };
    entries
        .iter()
        .filter(|path| is_source(path))
        .cloned()
        .collect()
}

fn is_stale(newest: Option<SystemTime>, built: Option<SystemTime>) -> bool {
    built.is_none() || newest > built
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;
    use std::time::{Duration, SystemTime};

    use super::{is_stale, sources, version};

    #[test]
    fn screens_are_built_again_only_after_a_change() {
        let built = SystemTime::UNIX_EPOCH + Duration::from_secs(10);
        assert!(!is_stale(Some(built - Duration::from_secs(1)), Some(built)));
        assert!(is_stale(Some(built + Duration::from_secs(1)), Some(built)));
        assert!(is_stale(Some(built), None));
    }

    #[test]
    fn what_is_built_or_installed_is_no_source() {
        let entries = [
            "ui/src",
            "ui/dist",
            "ui/node_modules",
            "ui/.npmrc",
            "ui/index.html",
        ];
        let entries = entries.map(PathBuf::from);
        assert_eq!(
            sources(&entries),
            ["ui/src", "ui/index.html"].map(PathBuf::from)
        );
    }

    #[test]
    fn the_version_of_node_is_read() {
        assert_eq!(version("v20.20.2\n"), Some((20, 20)));
        assert_eq!(version("command not found"), None);
    }
}
