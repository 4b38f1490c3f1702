//! One broker's device: a folder with its own database.

use std::path::{Path, PathBuf};

use super::process::Process;
use crate::failure::Failure;
use crate::step::{Step, clean_command};

/// The brokers of the development team.
const BROKERS: [&str; 9] = [
    "Noor", "Samir", "Els", "Yusuf", "Mila", "Joost", "Aylin", "Ruben", "Chaima",
];

/// A device and the programs that open it.
#[derive(Debug, Clone)]
pub(super) struct Device {
    number: u8,
    folder: PathBuf,
    passphrase_file: PathBuf,
    cli: PathBuf,
    app: PathBuf,
}

impl Device {
    /// The device with this number (from one) in the folder of a team.
    pub(super) fn new(
        number: u8,
        team: &Path,
        passphrase_file: &Path,
        programs: &Programs,
    ) -> Self {
        Self {
            number,
            folder: team.join(format!("device-{number}")),
            passphrase_file: passphrase_file.to_path_buf(),
            cli: programs.cli.clone(),
            app: programs.app.clone(),
        }
    }

    /// How it is called on the screen.
    pub(super) fn title(&self) -> String {
        format!("Device {}", self.number)
    }

    /// Whose it is.
    pub(super) fn broker(&self) -> &'static str {
        let at = usize::from(self.number.saturating_sub(1)) % BROKERS.len();
        BROKERS.get(at).copied().unwrap_or("Noor")
    }

    /// Where its database is.
    pub(super) fn data(&self) -> &Path {
        &self.folder
    }

    /// A call of the command line on this device.
    pub(super) fn cli(&self, what: impl Into<String>, arguments: &[&str]) -> Step {
        Step::new(format!("{}: {}", self.title(), what.into()), &self.cli)
            .arg("--data")
            .arg(&self.folder)
            .arg("--passphrase-file")
            .arg(&self.passphrase_file)
            .args(arguments)
    }

    /// Opens the window of the app.
    pub(super) fn open_window(&self) -> Result<Process, Failure> {
        let mut command = clean_command(&self.app);
        command.arg("--data").arg(&self.folder);
        let log = self.folder.with_extension("log");
        Process::start(&format!("the app of {}", self.title()), command, &log)
    }
}

/// Where the programs of a device are.
#[derive(Debug, Clone)]
pub(super) struct Programs {
    /// `buurtboek`.
    pub(super) cli: PathBuf,
    /// `buurtboek-app`.
    pub(super) app: PathBuf,
}
