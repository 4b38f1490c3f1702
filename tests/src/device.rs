//! A device: its folder with data, and the command line on it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{fs, io};

use serde_json::Value;
use tempfile::TempDir;
use testkit::disk::SmallDisk;

use crate::process::Process;
use crate::{Result, program};

/// The passphrase of every device under test.
pub const PASSPHRASE: &str = "zonnebloem in de regen";

/// A device with a home of its own: nothing of whoever runs the tests is read or written.
#[derive(Debug)]
pub struct Device {
    /// What its data is on, when that is not the disk of this machine.
    disk: Option<SmallDisk>,
    home: TempDir,
}

impl Device {
    /// A device on which the app was never started.
    ///
    /// # Errors
    /// When there is no room for its folder.
    pub fn new() -> Result<Self> {
        let home = TempDir::new()?;
        fs::write(home.path().join("passphrase"), PASSPHRASE)?;
        Ok(Self { disk: None, home })
    }

    /// The same, with its data on a disk of so many KiB.
    ///
    /// # Errors
    /// When there is no such disk.
    pub fn on_small_disk(kib: u64) -> Result<Self> {
        let mut device = Self::new()?;
        device.disk = Some(SmallDisk::over(&device.data(), kib)?);
        Ok(device)
    }

    /// The disk that its data is on.
    ///
    /// # Errors
    /// When it is that of this machine.
    pub fn disk(&mut self) -> Result<&mut SmallDisk> {
        self.disk.as_mut().ok_or_else(|| "no small disk".into())
    }

    /// A device of this person, alone.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn of(name: &str) -> Result<Self> {
        let device = Self::new()?;
        device.run(&["init", "--name", name, "--language", "nl"])?;
        Ok(device)
    }

    /// A device of this person, in a team.
    ///
    /// # Errors
    /// When it cannot join.
    pub fn joined(name: &str, invitation: &str) -> Result<Self> {
        let device = Self::of(name)?;
        device.run(&["enroll", invitation, "--name", name])?;
        Ok(device)
    }

    /// A device with the invented neighbourhood.
    ///
    /// # Errors
    /// When it cannot be filled.
    pub fn with_neighbourhood(name: &str) -> Result<Self> {
        let device = Self::of(name)?;
        let sample = Command::new(program("sample")?).output()?;
        let file = device.file("sample.jsonl", &sample.stdout)?;
        device.run(&["import", &file])?;
        Ok(device)
    }

    /// Puts a file in the home folder and says where.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn file(&self, name: &str, content: &[u8]) -> Result<String> {
        let path = self.home().join(name);
        fs::write(&path, content)?;
        Ok(path.to_string_lossy().into_owned())
    }

    /// Has the system ask every program for more contrast, as GTK passes it on to a window.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn ask_for_contrast(&self) -> Result<()> {
        let folder = self.home().join("config/gtk-3.0");
        fs::create_dir_all(&folder)?;
        let settings = "[Settings]\ngtk-theme-name=HighContrast\n";
        Ok(fs::write(folder.join("settings.ini"), settings)?)
    }

    /// Its home folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The folder that the app is started on.
    pub fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    /// Runs a command of the command line and reads its answer.
    ///
    /// # Errors
    /// When it fails, with what it says.
    pub fn run(&self, arguments: &[&str]) -> Result<Value> {
        self.run_with(arguments, "")
    }

    /// The same, with something on standard input.
    ///
    /// # Errors
    /// When it fails, with what it says.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Result<Value> {
        let done = self.output(arguments, input)?;
        // 5 is an answer, too: done in part, or waiting for somebody.
        if done.status.success() || done.status.code() == Some(5) {
            return Ok(serde_json::from_slice(&done.stdout)?);
        }
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        Err(format!("buurtboek {arguments:?} ended with {}: {said}", done.status).into())
    }

    fn output(&self, arguments: &[&str], input: &str) -> Result<Output> {
        let mut running = self
            .command(arguments)?
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = running.stdin.take() {
            match stdin.write_all(input.as_bytes()) {
                Err(problem) if problem.kind() != io::ErrorKind::BrokenPipe => {
                    return Err(problem.into());
                }
                _ => {}
            }
        }
        Ok(running.wait_with_output()?)
    }

    /// Runs a command that has to fail: the code of its error, and the sentence.
    ///
    /// # Errors
    /// When it succeeds, or says nothing that can be read.
    pub fn fails(&self, arguments: &[&str], input: &str) -> Result<(String, String)> {
        match self.answer(arguments, input)? {
            Ok(answer) => Err(format!("buurtboek {arguments:?} succeeded: {answer}").into()),
            Err(error) => Ok(error),
        }
    }

    /// Runs a command: its answer, or the code and the sentence of its error.
    ///
    /// # Errors
    /// When it says nothing that can be read.
    pub fn answer(
        &self,
        arguments: &[&str],
        input: &str,
    ) -> Result<std::result::Result<Value, (String, String)>> {
        let done = self.output(arguments, input)?;
        if matches!(done.status.code(), Some(0 | 5 | 6)) {
            return Ok(Ok(serde_json::from_slice(&done.stdout)?));
        }
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        let error: Value = serde_json::from_str(&said)
            .map_err(|problem| format!("{arguments:?} {}: {problem}: {said}", done.status))?;
        let word = |name: &str| {
            error
                .pointer(&format!("/error/{name}"))
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        Ok(Err((word("code"), word("message"))))
    }

    /// Starts a command and leaves it running.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start(&self, arguments: &[&str]) -> Result<Process> {
        Process::start(
            self.command(arguments)?
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        )
    }

    fn command(&self, arguments: &[&str]) -> Result<Command> {
        let program = program("buurtboek")?;
        let mut command = match &self.disk {
            Some(disk) => disk.command(program),
            None => Command::new(program),
        };
        isolate(&mut command, self.home());
        command
            .arg("--data")
            .arg(self.data())
            .arg("--passphrase-file")
            .arg(self.home().join("passphrase"))
            .arg("--json")
            .args(arguments);
        Ok(command)
    }
}

/// Keeps a program away from the account it runs under: its folders, its key store, its settings.
pub(crate) fn isolate(command: &mut Command, home: &Path) {
    command
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("share"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_RUNTIME_DIR", home)
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .env("GSETTINGS_BACKEND", "memory")
        .env("TZ", "Europe/Amsterdam");
}
