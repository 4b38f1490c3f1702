//! Programs that end with the journey, together with everything they started.

use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc;
use std::thread;

use crate::Result;
use crate::wait::PATIENCE;

/// A running program, in a process group of its own.
#[derive(Debug)]
pub struct Process {
    child: Child,
    name: String,
}

impl Process {
    /// Starts it; what it prints is not looked at.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(|problem| format!("{name} cannot be started: {problem}"))?;
        Ok(Self { child, name })
    }

    /// Starts it and waits for the first line for which `read` has an answer.
    ///
    /// # Errors
    /// When it ends, or stays silent, before that line.
    pub fn start_and_read<T: Send + 'static>(
        command: &mut Command,
        read: impl Fn(&str) -> Option<T> + Send + 'static,
    ) -> Result<(Self, T)> {
        let mut process = Self::start(command.stdout(Stdio::piped()))?;
        let output = process.child.stdout.take().ok_or("no output to read")?;
        let (found, answer) = mpsc::channel();
        thread::spawn(move || {
            drain(output, |line| {
                read(line).is_some_and(|it| found.send(it).is_ok())
            });
        });
        match answer.recv_timeout(PATIENCE) {
            Ok(answer) => Ok((process, answer)),
            Err(problem) => {
                Err(format!("{} did not say it was ready: {problem}", process.name).into())
            }
        }
    }

    /// Ends it as a power cut would, with everything it started.
    pub fn kill(&mut self) {
        signal("KILL", &format!("-{}", self.child.id()));
        let _gone = self.child.wait();
    }

    /// Asks it to end, and waits until it has.
    ///
    /// # Errors
    /// When its end cannot be awaited.
    pub fn stop(&mut self) -> Result<()> {
        signal("TERM", &self.child.id().to_string());
        self.child.wait()?;
        Ok(())
    }

    /// Waits for its end; whether it ended well.
    ///
    /// # Errors
    /// When its end cannot be awaited.
    pub fn ended_well(&mut self) -> Result<bool> {
        Ok(self.child.wait()?.success())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Reads on until the end, so that the program never waits for a reader.
fn drain(output: ChildStdout, mut look: impl FnMut(&str) -> bool) {
    let mut looking = true;
    for line in BufReader::new(output)
        .lines()
        .map_while(std::io::Result::ok)
    {
        if looking {
            looking = !look(&line);
        }
    }
}

/// Sends a signal through the shell, which has `kill` built in everywhere.
pub(crate) fn signal(name: &str, process: &str) {
    let _sent = Command::new("sh")
        .args(["-c", &format!("kill -s {name} -- {process} 2>/dev/null")])
        .status();
}
