//! What goes wrong, and the number with which the program ends.

use std::process::ExitCode;

use serde_json::{Value, json};

/// What the numbers mean, for `--help`; the same table is in `docs/cli.md`.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  an error; its code is printed
  2  the command line cannot be understood
  3  the passphrase is wrong or missing
  4  no connection with the server; everything is safe on this device
  5  done in part: rows that cannot be read, changes that the server refused, a difference that changed meanwhile,
     or a device that waits until a manager has looked
  6  verify found problems";

/// How a command ended that gave an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was done.
    Done,
    /// Something was left out; the answer says what.
    InPart,
    /// The database does not agree with itself.
    Unsound,
}

impl Outcome {
    pub(crate) fn exit_code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::InPart => 5,
            Self::Unsound => 6,
        })
    }
}

/// Why a command gave no answer.
#[derive(Debug)]
pub(crate) struct Failure(app::Error);

impl From<app::Error> for Failure {
    fn from(error: app::Error) -> Self {
        Self(error)
    }
}

impl Failure {
    /// An error of the command line itself.
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self(app::Error::new(code, message))
    }

    /// A file that cannot be read or written.
    pub(crate) fn file(
        code: &'static str,
        path: &std::path::Path,
        problem: std::io::Error,
    ) -> Self {
        let message = format!("{}: {problem}. Nothing was changed.", path.display());
        Self(
            app::Error::new(code, message)
                .with("path", path.display().to_string())
                .because(problem),
        )
    }

    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self.0.code {
            "wrong_passphrase" | "passphrase_needed" | "too_many_tries" => 3,
            "offline" | "needs_connection" => 4,
            "conflict_changed" | "no_conflict" => 5,
            _ => 1,
        })
    }

    /// For programs.
    pub(crate) fn json(&self) -> Value {
        json!({ "error": self.0 })
    }

    /// For people.
    pub(crate) fn text(&self) -> String {
        let mut text = format!("buurtboek: {} [{}]\n", self.0.message, self.0.code);
        for (name, value) in &self.0.details {
            let value = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            text.push_str(&format!("  {name}: {value}\n"));
        }
        text
    }
}

/// Shorthand.
pub(crate) type Result<T> = std::result::Result<T, Failure>;
