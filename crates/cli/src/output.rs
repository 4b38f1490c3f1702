//! Answers on standard output, errors on standard error; a reader that went away is no error.

use std::io::{ErrorKind, Write};

use serde::Serialize;
use serde_json::Value;

use crate::failure::{Failure, Outcome, Result};

/// What a command has to say, in both forms.
#[derive(Debug)]
pub(crate) struct Answer {
    json: Value,
    text: String,
    outcome: Outcome,
}

impl Answer {
    /// An answer for programs and for people.
    pub(crate) fn new(json: &impl Serialize, text: impl Into<String>) -> Result<Self> {
        let json = serde_json::to_value(json).map_err(app::Error::bad_arguments)?;
        Ok(Self {
            json,
            text: text.into(),
            outcome: Outcome::Done,
        })
    }

    /// Another end than all done.
    pub(crate) fn ending(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }
}

/// Prints an answer.
pub(crate) fn print(answer: &Answer, json: bool) -> Result<Outcome> {
    let text = if json {
        format!("{}\n", answer.json)
    } else {
        answer.text.clone()
    };
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(answer.outcome),
        // `buurtboek … | head`: what was done is done, nobody reads the rest.
        Err(problem) if problem.kind() == ErrorKind::BrokenPipe => Ok(answer.outcome),
        Err(problem) => Err(Failure::new(
            "file_not_written",
            format!("The command was carried out, but its answer cannot be written: {problem}."),
        )),
    }
}

/// Prints where the program broke off.
pub(crate) fn print_crash(what: &str) {
    // Nowhere is left to complain when standard error is closed too.
    drop(writeln!(std::io::stderr(), "buurtboek: {what} [crashed]"));
}

/// Prints an error.
pub(crate) fn print_failure(failure: &Failure, json: bool) {
    let text = if json {
        format!("{}\n", failure.json())
    } else {
        failure.text()
    };
    // Nowhere is left to complain when standard error is closed too; the exit code still tells.
    drop(std::io::stderr().lock().write_all(text.as_bytes()));
}
