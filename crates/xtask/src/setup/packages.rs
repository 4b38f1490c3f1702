//! The system's packages, through apt.

use std::env;
use std::path::Path;

use crate::failure::Failure;
use crate::files;
use crate::step::Step;

/// Compiler, window, encryption, fast linker.
const BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "libssl-dev",
    "mold",
];

/// The real window without a screen: driver, display, fonts, native dialogs, links that open it.
const TEST: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "dbus",
    "fonts-liberation",
    "xdotool",
    "xdg-utils",
];

/// The browser tests. Only where it is a real package; Ubuntu has a snap under this name.
const TEST_ON_DEBIAN: &[&str] = &["chromium", "chromium-driver"];

/// What a command is going to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Build and run the programs.
    Build,
    /// Build them and test them in a real window.
    Test,
}

/// Installs the packages that are missing for a purpose.
pub(crate) fn ensure(purpose: Purpose) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        // The window and the encryption come with the system there; only the tests in the window are for Linux.
        return Ok(());
    }
    let wanted = wanted(purpose, is_debian()?);
    if !on_path("apt-get") || !on_path("dpkg-query") {
        return without_apt(&wanted);
    }
    let missing = missing(&wanted, &installed(&wanted)?);
    if missing.is_empty() {
        return Ok(());
    }
    println!(
        "Missing on this machine: {}. They are installed with apt.",
        missing.join(" ")
    );
    let asking = asking()?;
    apt(
        &asking,
        "apt: reads the list of packages",
        &["update", "--quiet"],
    )
    .run()?;
    apt(&asking, "apt: installs what is missing", INSTALL)
        .args(&missing)
        .live()
        .run()
}

const INSTALL: &[&str] = &["install", "--yes", "--quiet", "--no-install-recommends"];

fn apt(asking: &Asking, what: &str, arguments: &[&str]) -> Step {
    let step = match asking {
        Asking::Root => Step::new(what, "apt-get"),
        Asking::Sudo => Step::new(what, "sudo").args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]),
    };
    step.args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .advice("run that line by hand, see what apt says, and start again")
}

/// How root's work is done.
#[derive(Debug, PartialEq, Eq)]
enum Asking {
    Root,
    Sudo,
}

fn asking() -> Result<Asking, Failure> {
    let user = Step::new("who is the user", "id").args(["-u"]).output()?;
    match (user.trim(), on_path("sudo")) {
        ("0", _) => Ok(Asking::Root),
        (_, true) => Ok(Asking::Sudo),
        (_, false) => Err(
            Failure::new("packages must be installed, but there is no sudo here").advice(
                "as root, run `apt-get install --no-install-recommends` with the names above",
            ),
        ),
    }
}

fn without_apt(wanted: &[&str]) -> Result<(), Failure> {
    let known = Step::new("the libraries are there", "pkg-config")
        .args(["--exists", "webkit2gtk-4.1", "openssl"])
        .silent()
        .output();
    if known.is_ok() {
        return Ok(());
    }
    Err(
        Failure::new("this system has no apt, and WebKitGTK 4.1 or OpenSSL is not found").advice(
            format!(
                "install with your own package manager what Debian calls: {}. Then start again",
                wanted.join(" ")
            ),
        ),
    )
}

fn wanted(purpose: Purpose, debian: bool) -> Vec<&'static str> {
    let mut wanted = BUILD.to_vec();
    if purpose == Purpose::Test {
        wanted.extend(TEST);
        if debian {
            wanted.extend(TEST_ON_DEBIAN);
        }
    }
    wanted
}

/// One line a package: its state and its name. Names that dpkg does not know are not in the list.
fn installed(wanted: &[&str]) -> Result<String, Failure> {
    // It ends with an error when one of the names is unknown; the others are printed all the same.
    Step::new("which packages are there", "sh")
        .args([
            "-c",
            "dpkg-query -W -f '${Status} ${Package}\\n' \"$@\" 2>/dev/null || true",
            "sh",
        ])
        .args(wanted)
        .output()
}

fn missing<'a>(wanted: &[&'a str], installed: &str) -> Vec<&'a str> {
    let there = |name: &str| {
        installed.lines().any(|line| {
            line.strip_suffix(name)
                .is_some_and(|state| state == "install ok installed ")
        })
    };
    wanted.iter().copied().filter(|name| !there(name)).collect()
}

fn is_debian() -> Result<bool, Failure> {
    let about = files::read(Path::new("/etc/os-release"))?.unwrap_or_default();
    Ok(about.lines().any(|line| line == "ID=debian"))
}

fn on_path(program: &str) -> bool {
    env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

#[cfg(test)]
mod tests {
    use super::{Purpose, missing, wanted};

    #[test]
    fn only_what_is_missing_is_installed() {
        let known = "install ok installed mold\ndeinstall ok config-files xvfb\n";
        assert_eq!(
            missing(&["mold", "xvfb", "xauth"], known),
            ["xvfb", "xauth"]
        );
    }

    #[test]
    fn a_package_is_not_taken_for_one_whose_name_ends_the_same() {
        assert_eq!(missing(&["old"], "install ok installed mold\n"), ["old"]);
    }

    #[test]
    fn who_only_runs_the_app_installs_no_test_tools() {
        assert!(!wanted(Purpose::Build, true).contains(&"xvfb"));
        assert!(wanted(Purpose::Test, true).contains(&"xvfb"));
    }

    #[test]
    fn the_browser_is_not_asked_from_a_system_that_packs_it_differently() {
        assert!(wanted(Purpose::Test, true).contains(&"chromium"));
        assert!(!wanted(Purpose::Test, false).contains(&"chromium"));
    }
}
