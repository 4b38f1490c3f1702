//! A program that runs beside this one and never outlives it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::files;

/// How long a program may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// A running program with its log. It is ended when this value goes, whatever the reason.
#[derive(Debug)]
pub(super) struct Process {
    name: String,
    child: Child,
    log: PathBuf,
}

impl Process {
    /// Starts a program; what it prints goes to the log.
    pub(super) fn start(name: &str, mut command: Command, log: &Path) -> Result<Self, Failure> {
        let file = File::create(log).map_err(|problem| files::about("write", log, &problem))?;
        let copy = file
            .try_clone()
            .map_err(|problem| files::about("write", log, &problem))?;
        let child = command
            .stdin(Stdio::null())
            .stdout(file)
            .stderr(copy)
            .spawn()
            .map_err(|problem| Failure::new(format!("{name} does not start: {problem}")))?;
        Ok(Self {
            name: name.to_owned(),
            child,
            log: log.to_path_buf(),
        })
    }

    /// Whether it still runs.
    pub(super) fn runs(&mut self) -> Result<bool, Failure> {
        let ended = self.child.try_wait().map_err(|problem| {
            Failure::new(format!("cannot see whether {} runs: {problem}", self.name))
        })?;
        Ok(ended.is_none())
    }

    /// The failure of a program that ended although it was needed, with the end of its log.
    pub(super) fn ended_early(&self) -> Failure {
        let log = files::read(&self.log).ok().flatten().unwrap_or_default();
        let failure = Failure::new(format!(
            "{} ended by itself:\n{}",
            self.name,
            tail(&log, 12)
        ));
        failure.advice(format!("see {}", self.log.display()))
    }

    /// Asks the program to end, waits, and ends it by force when it does not.
    pub(super) fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if self.has_ended() {
            return;
        }
        ask_to_end(&self.child);
        let asked = Instant::now();
        while asked.elapsed() < PATIENCE {
            if self.has_ended() {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let forced = self.child.kill().and_then(|()| self.child.wait());
        if let Err(problem) = forced {
            eprintln!(
                "{} (process {}) does not end: {problem}",
                self.name,
                self.child.id()
            );
        }
    }

    fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// The standard library only knows how to end by force; on Unix the program `kill` asks first.
fn ask_to_end(child: &Child) {
    if cfg!(unix) {
        let asked = Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status();
        if let Err(problem) = asked {
            eprintln!("cannot ask process {} to end: {problem}", child.id());
        }
    }
}

fn tail(text: &str, count: usize) -> String {
    let lines: Vec<_> = text.lines().collect();
    let skipped = lines.len().saturating_sub(count);
    lines
        .into_iter()
        .skip(skipped)
        .map(|line| format!("    {line}\n"))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::process::Command;

    use super::{Process, tail};

    #[test]
    fn only_the_end_of_a_log_is_shown() {
        assert_eq!(tail("a\nb\nc\n", 2), "    b\n    c\n");
        assert_eq!(tail("", 2), "");
    }

    #[test]
    fn a_program_does_not_outlive_the_one_that_started_it() {
        let log = env::temp_dir().join(format!("buurtboek-xtask-{}.log", std::process::id()));
        let mut sleep = Command::new("sleep");
        sleep.arg("60");
        let mut process = Process::start("sleep", sleep, &log).unwrap();
        assert!(process.runs().unwrap());
        let id = process.child.id().to_string();
        drop(process);
        let alive = Command::new("kill")
            .args(["-0", &id])
            .output()
            .unwrap()
            .status
            .success();
        assert!(!alive);
        std::fs::remove_file(log).unwrap();
    }
}
