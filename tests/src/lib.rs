//! What the journeys stand on: the real server, the real window under its own display, the browser door, and the
//! command line, each in folders of its own and gone when dropped.

use std::env;
use std::path::PathBuf;

pub mod account;
pub mod axe;
pub mod device;
pub mod door;
mod driver;
pub mod page;
pub mod process;
pub mod server;
pub mod shots;
pub mod wait;
pub mod window;

/// What went wrong, in words; a journey stops at the first.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// The result of a step of a journey.
pub type Result<T> = std::result::Result<T, Error>;

/// A program of this build: from `BUURTBOEK_BIN_DIR`, otherwise from the folder above the running test.
///
/// # Errors
/// When it has not been built.
pub fn program(name: &str) -> Result<PathBuf> {
    let folder = match env::var_os("BUURTBOEK_BIN_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => env::current_exe()?
            .ancestors()
            .nth(2)
            .map(PathBuf::from)
            .ok_or("the test stands in no folder")?,
    };
    let path = folder.join(name);
    if path.is_file() {
        return Ok(path);
    }
    Err(format!("{} is not built: run `cargo xtask test`", path.display()).into())
}

/// The top of the work tree that is under test. Asked for at run time: clones may share a build folder.
///
/// # Errors
/// When the journeys run outside a work tree.
pub fn root() -> Result<PathBuf> {
    let start = match env::var_os("CARGO_MANIFEST_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => env::current_dir()?,
    };
    start
        .ancestors()
        .find(|folder| folder.join("ui/package.json").is_file())
        .map(PathBuf::from)
        .ok_or_else(|| format!("{} is not in the work tree", start.display()).into())
}
