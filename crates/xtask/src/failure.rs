//! What went wrong, with which command, and what to do.

use std::fmt;

/// A failed step, told to the developer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    what: String,
    command: Option<String>,
    advice: Option<String>,
}

impl Failure {
    /// What failed, in one sentence.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            command: None,
            advice: None,
        }
    }

    /// The command line that failed, ready to be pasted into a shell.
    pub(crate) fn command(mut self, line: impl Into<String>) -> Self {
        self.command = Some(line.into());
        self
    }

    /// What to do about it.
    pub(crate) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed: {}", self.what)?;
        if let Some(command) = &self.command {
            write!(f, "\n    ran: {command}")?;
        }
        if let Some(advice) = &self.advice {
            write!(f, "\n  to do: {advice}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Failure;

    #[test]
    fn a_failure_says_what_ran_and_what_to_do() {
        let told = Failure::new("the lints")
            .command("cargo clippy")
            .advice("mend it")
            .to_string();
        assert_eq!(
            told,
            "failed: the lints\n    ran: cargo clippy\n  to do: mend it"
        );
    }
}
