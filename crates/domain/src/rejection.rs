//! Why an edit by a person is not accepted. Nothing of the record changes when one is returned.

use thiserror::Error;

/// Why an edit is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Rejection {
    /// The text holds a citizen service number (BSN). The law allows it only to bodies that need it for their task.
    #[error("{field}: this holds a citizen service number")]
    Bsn {
        /// Path of the field.
        field: String,
    },
    /// More characters than the field holds.
    #[error("{field}: longer than {limit} characters")]
    TooLong {
        /// Path of the field.
        field: String,
        /// The most it holds, in characters.
        limit: usize,
    },
    /// The value has another shape than the field.
    #[error("{field}: expected {expected}")]
    WrongShape {
        /// Path of the field.
        field: String,
        /// What was expected, in words for a developer.
        expected: &'static str,
    },
    /// The kind has no such field.
    #[error("{kind} has no field {field}")]
    UnknownField {
        /// The kind.
        kind: &'static str,
        /// The name that was given.
        field: String,
    },
    /// A field that the kind cannot do without is empty.
    #[error("{field} is needed")]
    Missing {
        /// The field.
        field: &'static str,
    },
    /// An open signal has one owner and a next date.
    #[error("an open signal needs an owner and a next date")]
    SignalLetGo,
    /// A signal is closed with the answer to "does the person who told us know?".
    #[error("closing a signal asks whether the reporter knows")]
    ReporterNotAsked,
    /// What is not done counts too, with its reason.
    #[error("not doing it needs a reason")]
    ReasonMissing,
    /// Details are kept because the person agreed, and they did not.
    #[error("consent cannot be the reason while it is not given")]
    BasisWithoutConsent,
    /// What has a first and a last day ends on its first day or later.
    #[error("it ends before it begins")]
    EndsBeforeItBegins,
    /// The document was written by a newer app; it can be read, not changed.
    #[error("written by a newer version: schema {schema}")]
    NewerSchema {
        /// The schema of the document.
        schema: u32,
    },
}
