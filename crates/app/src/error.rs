//! The one error that shells see: a code, and what a sentence about it needs. The screens word it from the code.

use domain::Rejection;
use domain::document::DocumentError;
use serde::Serialize;
use serde_json::{Map, Value};
use store::StoreError;
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
        Self {
            code,
            message: message.into(),
            details: Map::new(),
            source: None,
        }
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
        Self::new(
            "bad_arguments",
            format!("The request cannot be understood: {source}."),
        )
        .because(source)
    }

    /// There is no such command.
    #[must_use]
    pub fn unknown_command(name: &str) -> Self {
        Self::new("unknown_command", format!("There is no command {name}."))
    }

    pub(crate) fn no_record(id: &str) -> Self {
        Self::new(
            "no_record",
            "This record is not on this device. It may have been erased.",
        )
        .with("id", id)
    }

    fn of_rejection(rejection: Rejection) -> Self {
        let error = match &rejection {
            Rejection::Bsn { field } => Self::new(
                "bsn",
                "This text holds a citizen service number (BSN). We do not keep those. Take the number out; the rest \
                 of your text is still there.",
            )
            .with("field", field.as_str()),
            Rejection::TooLong { field, limit } => Self::new(
                "too_long",
                format!("This text is longer than {limit} characters. Your text is still there: make it shorter."),
            )
            .with("field", field.as_str())
            .with("limit", *limit),
            Rejection::WrongShape { field, expected } => Self::new(
                "wrong_shape",
                format!("{field} needs {expected}. Nothing was changed."),
            )
            .with("field", field.as_str()),
            Rejection::UnknownField { kind, field } => {
                Self::new("unknown_field", format!("{kind} has no field {field}. Nothing was changed."))
                    .with("field", field.as_str())
            }
            Rejection::Missing { field } => {
                Self::new("missing_field", format!("{field} is still empty. Fill it in and save again."))
                    .with("field", *field)
            }
            Rejection::SignalLetGo => Self::new(
                "signal_let_go",
                "An open signal has one owner and a next date. Choose both and save again.",
            ),
            Rejection::ReporterNotAsked => Self::new(
                "reporter_not_asked",
                "Say whether the person who told us knows how it ended, and close it again.",
            ),
            Rejection::ReasonMissing => {
                Self::new("reason_missing", "Say in a few words why, and save again.")
            }
            Rejection::BasisWithoutConsent => Self::new(
                "basis_without_consent",
                "The reason cannot be consent while the person did not agree. Ask them, or choose another reason. \
                 Nothing was changed.",
            ),
            Rejection::EndsBeforeItBegins => Self::new(
                "ends_before_it_begins",
                "The last day is before the first. Nothing was changed. Choose another day and save again.",
            ),
            Rejection::NewerSchema { .. } => Self::new(
                "newer_schema",
                "This was written by a newer version of the app. You can read it; update the app to change it.",
            ),
        };
        error.because(rejection)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let (code, message) = match error {
            StoreError::Document(DocumentError::Rejected(rejection)) => {
                return Self::of_rejection(rejection);
            }
            StoreError::NoRecord(id) => return Self::no_record(&id.to_string()).because(error),
            StoreError::WrongPassphrase => (
                "wrong_passphrase",
                "That passphrase does not open the book. Nothing was changed; try again.",
            ),
            StoreError::DeviceSecretMissing => (
                "device_secret_missing",
                "This book belongs to another computer or user: the secret that this device kept is not here.",
            ),
            StoreError::Exists => (
                "exists",
                "There is a book on this device already. It was left as it is.",
            ),
            StoreError::Absent => ("absent", "There is no book on this device yet."),
            StoreError::KeyFile => (
                "key_file",
                "The file with the key of the book is damaged or gone. Nothing was changed. Put the file back from a \
                 copy, or start over and join the team again.",
            ),
            StoreError::Newer { .. } => (
                "newer_database",
                "This book was written by a newer version of the app. Nothing was changed. Update the app.",
            ),
            StoreError::Locked => (
                "database_busy",
                "Another program uses the book at this moment. Nothing was changed; close it and try again.",
            ),
            StoreError::DiskFull => (
                "disk_full",
                "The disk is full. What was saved before is safe, this is not saved yet. Make room and save again.",
            ),
            StoreError::NotWritable => (
                "not_writable",
                "The book may not be written on this device. What was saved is safe; this is not saved yet. Give this account \
                 the right to write the folder and save again.",
            ),
            StoreError::Damaged(_) | StoreError::Empty => (
                "damaged",
                "A part of the book on this device is damaged. Nothing was overwritten, and what was sent is safe with the \
                 team. `buurtboek repair`, or Herstel on the lock screen, saves what can be read.",
            ),
            StoreError::Erased(_) => ("erased", "This record was erased. It is not made again."),
            StoreError::NothingThere(_) => (
                "nothing_there",
                "These words are not in this record, and never were. Nothing was changed.",
            ),
            StoreError::Full(_) => (
                "record_full",
                "So much was written and changed in this record that nothing more fits. Your words are still in the field: \
                 put them in a new record.",
            ),
            StoreError::NoUndo => ("no_undo", "This can no longer be taken back."),
            StoreError::NoSpace(_) => (
                "no_space",
                "This device no longer takes part in that space.",
            ),
            StoreError::ReadOnly(_) => (
                "space_read_only",
                "You may only read in that space. Nothing was changed.",
            ),
            StoreError::OtherKind(_) => (
                "other_kind",
                "There is a record of another kind with this id.",
            ),
            StoreError::Taken(_)
            | StoreError::Document(_)
            | StoreError::File(_)
            | StoreError::Stored(_)
            | StoreError::Sqlite(_) => (
                "storage",
                "The book could not be read or written. Nothing was overwritten; try again.",
            ),
        };
        Self::new(code, message).because(error)
    }
}
