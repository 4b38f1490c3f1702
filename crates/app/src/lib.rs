//! The use cases of Buurtboek: the one API that every shell calls.

pub mod api;
mod error;

pub use error::Error;

/// The app.
#[derive(Debug)]
pub struct App;
