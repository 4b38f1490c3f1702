//! The one error that shells see: a code, and what a sentence about it needs. Sentences live in the screens.

use serde::Serialize;
use serde_json::{Map, Value};
use thiserror::Error;

/// An error as shells see it. The code is stable; the message is for logs and the command line.
#[derive(Debug, Error, Serialize)]
#[error("{message}")]
pub struct Error {
    /// Stable code, such as `wrong_passphrase`. The list is in `docs/errors.md`.
    pub code: &'static str,
    /// An English sentence: what happened, that nothing was lost, what to do.
    pub message: String,
    /// What a sentence needs besides the code, such as the field.
    pub details: Map<String, Value>,
    /// What lies behind it, for diagnosis.
    #[serde(skip)]
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error with a code and a sentence.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), details: Map::new(), source: None }
    }

    /// Adds what a sentence needs.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.details.insert(name.to_owned(), value.into());
        self
    }

    /// Adds what lies behind it.
    #[must_use]
    pub fn because(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// The command's words do not fit.
    #[must_use]
    pub fn bad_arguments(source: serde_json::Error) -> Self {
        Self::new("bad_arguments", format!("The request cannot be understood: {source}."))
            .because(source)
    }

    /// There is no such command.
    #[must_use]
    pub fn unknown_command(name: &str) -> Self {
        Self::new("unknown_command", format!("There is no command {name}."))
    }
}
