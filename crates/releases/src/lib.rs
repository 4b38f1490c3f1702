//! A book, a server and an exchange of every release, in `kept/VERSION`. **Never update one: add a version.** A device in a
//! drawer still holds such a book and speaks such words; if a test of them fails, the code of today is wrong.
//!
//! `cargo xtask fixture` adds the version that is about to be released. All people in them are invented.

mod host;
mod kept;
mod line;
mod make;
mod shown;
mod then;

use std::sync::Arc;

use app::{App, Wire};

pub use host::Host;
pub use kept::{About, Copy, kept_versions, open_copy};
pub use line::{Crossing, Line, Played, crossings};
pub use make::{add, ask_around};
pub use shown::{Shown, shown};
pub use then::Then;

/// The passphrase of every book that is kept.
pub const PASSPHRASE: &str = "zonnebloem op de stoep";

/// The address of the server in every book that is kept; nobody listens there.
pub const ADDRESS: &str = "http://localhost";

/// What went wrong, in words.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// Shorthand.
pub type Result<T> = std::result::Result<T, Error>;

/// The app of today over a book, at the moment that its clock showed, with this line to the server. The book is locked.
///
/// # Errors
/// When the folder cannot be used.
pub fn app_over(folder: &std::path::Path, about: &About, wire: Arc<dyn Wire>) -> Result<App> {
    let then = Then::new(about.at, wire);
    Ok(App::new(folder, Arc::new(then))?.only_when_asked())
}
