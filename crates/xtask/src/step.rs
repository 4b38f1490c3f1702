//! One command of the developer's work: run, timed and told in one line.

use std::env;
use std::ffi::OsStr;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::failure::Failure;

/// A child process with the sentence that says what it is for.
#[derive(Debug)]
pub(crate) struct Step {
    what: String,
    command: Command,
    show: Show,
    advice: Option<String>,
}

/// What the developer sees of a step's own output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    Always,
    WhenItFails,
    Never,
}

impl Step {
    /// A step that runs `program` and keeps its output to itself unless it fails.
    pub(crate) fn new(what: impl Into<String>, program: impl AsRef<OsStr>) -> Self {
        Self {
            what: what.into(),
            command: clean_command(program),
            show: Show::WhenItFails,
            advice: None,
        }
    }

    /// Adds arguments.
    pub(crate) fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.command.args(args);
        self
    }

    /// Adds one argument.
    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    /// Sets a variable of the environment.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Takes a variable out of the environment.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    /// Runs in this folder.
    pub(crate) fn folder(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Shows the output while it comes: for steps that take long or that are read by a person.
    pub(crate) fn live(mut self) -> Self {
        self.show = Show::Always;
        self
    }

    /// Never shows the output: for questions that may be answered with no.
    pub(crate) fn silent(mut self) -> Self {
        self.show = Show::Never;
        self
    }

    /// What to do when it fails.
    pub(crate) fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// The command line, ready to be pasted into a shell.
    pub(crate) fn line(&self) -> String {
        line(&self.command)
    }

    /// Runs the step and tells how it went.
    pub(crate) fn run(mut self) -> Result<(), Failure> {
        let started = Instant::now();
        let result = if self.show == Show::Always {
            self.run_live()
        } else {
            self.run_quietly(None).map(drop)
        };
        let mark = if result.is_ok() { "ok" } else { "FAIL" };
        println!("{mark:>6} {:>12}  {}", spoken(started.elapsed()), self.what);
        result
    }

    /// Runs the step without telling and gives what it printed.
    pub(crate) fn output(mut self) -> Result<String, Failure> {
        self.run_quietly(None)
    }

    /// Runs the step with a text on its standard input and gives what it printed.
    pub(crate) fn output_with(mut self, input: &str) -> Result<String, Failure> {
        self.run_quietly(Some(input))
    }

    fn run_live(&mut self) -> Result<(), Failure> {
        println!("{:>6} {:>12}  {}", "...", "", self.what);
        let status = self
            .command
            .status()
            .map_err(|problem| self.not_started(&problem))?;
        if status.success() {
            Ok(())
        } else {
            Err(self.failed())
        }
    }

    fn run_quietly(&mut self, input: Option<&str>) -> Result<String, Failure> {
        let output =
            talk(&mut self.command, input).map_err(|problem| self.not_started(&problem))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        if self.show != Show::Never {
            eprint!("{}", String::from_utf8_lossy(&output.stdout));
            eprint!("{}", String::from_utf8_lossy(&output.stderr));
        }
        Err(self.failed())
    }

    fn failed(&self) -> Failure {
        let failure = Failure::new(&self.what).command(self.line());
        match &self.advice {
            Some(advice) => failure.advice(advice),
            None => failure,
        }
    }

    fn not_started(&self, problem: &std::io::Error) -> Failure {
        let program = self.command.get_program().display().to_string();
        Failure::new(format!(
            "{} ({program} does not start: {problem})",
            self.what
        ))
        .command(self.line())
        .advice(format!(
            "install {program}, or run `cargo xtask setup` again"
        ))
    }
}

/// A command without what `cargo run` left in the environment: build scripts watch some of those variables and would
/// compile again each time that a build is started from here instead of from a shell.
pub(crate) fn clean_command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(is_left_by_cargo) {
            command.env_remove(name);
        }
    }
    command
}

/// A duration as a person says it.
pub(crate) fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    }
}

fn talk(command: &mut Command, input: Option<&str>) -> std::io::Result<Output> {
    let Some(input) = input else {
        return command.stdin(Stdio::null()).output();
    };
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes())?;
    }
    child.wait_with_output()
}

fn is_left_by_cargo(name: &str) -> bool {
    matches!(
        name,
        "CARGO_MANIFEST_DIR" | "CARGO_MANIFEST_PATH" | "CARGO_PRIMARY_PACKAGE"
    ) || name.starts_with("CARGO_PKG_")
}

fn line(command: &Command) -> String {
    let mut words = Vec::new();
    if let Some(folder) = command.get_current_dir() {
        words.push(format!("cd {} &&", quoted(&folder.to_string_lossy())));
    }
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            words.push(format!(
                "{}={}",
                name.display(),
                quoted(&value.to_string_lossy())
            ));
        }
    }
    words.push(quoted(&command.get_program().to_string_lossy()));
    words.extend(
        command
            .get_args()
            .map(|word| quoted(&word.to_string_lossy())),
    );
    words.join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Step, is_left_by_cargo, spoken};

    #[test]
    fn a_command_line_can_be_pasted_into_a_shell() {
        let step = Step::new("test", "cargo")
            .args(["test", "--", "it's a name"])
            .env("RUSTDOCFLAGS", "-D warnings")
            .folder("/some where");
        assert_eq!(
            step.line(),
            r"cd '/some where' && RUSTDOCFLAGS='-D warnings' cargo test -- 'it'\''s a name'"
        );
    }

    #[test]
    fn what_cargo_run_leaves_behind_is_known() {
        assert!(is_left_by_cargo("CARGO_PKG_VERSION"));
        assert!(is_left_by_cargo("CARGO_MANIFEST_DIR"));
        assert!(!is_left_by_cargo("CARGO_TARGET_DIR"));
        assert!(!is_left_by_cargo("CARGO_HOME"));
    }

    #[test]
    fn times_are_told_as_people_say_them() {
        assert_eq!(spoken(Duration::from_millis(1250)), "1.2 s");
        assert_eq!(spoken(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn a_step_that_fails_names_its_command_and_the_way_out() {
        let failure = Step::new("the check", "false")
            .advice("mend it")
            .run()
            .unwrap_err();
        assert_eq!(
            failure.to_string(),
            "failed: the check\n    ran: false\n  to do: mend it"
        );
    }

    #[test]
    fn a_step_hands_its_input_over_and_gives_the_output_back() {
        assert_eq!(
            Step::new("echo", "cat").output_with("buurt").unwrap(),
            "buurt"
        );
    }
}
