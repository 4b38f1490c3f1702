//! The real sync server, with a team.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use testkit::disk::SmallDisk;

use crate::process::Process;
use crate::{Result, program};

/// The team of every journey.
pub const TEAM: &str = "Team Lindenbuurt";

/// A server with its own data folder; it keeps its address when it is started again.
#[derive(Debug)]
pub struct Server {
    process: Option<Process>,
    /// What its data is on, when that is not the disk of this machine.
    disk: Option<SmallDisk>,
    folder: TempDir,
    address: String,
}

impl Server {
    /// A new server with a team, running.
    ///
    /// # Errors
    /// When it cannot be set up or started.
    pub fn start() -> Result<Self> {
        Self::start_on(TempDir::new()?, None)
    }

    /// The same, with its data on a disk of so many KiB.
    ///
    /// # Errors
    /// When it cannot be set up or started.
    pub fn on_small_disk(kib: u64) -> Result<Self> {
        let folder = TempDir::new()?;
        let disk = SmallDisk::over(folder.path(), kib)?;
        Self::start_on(folder, Some(disk))
    }

    fn start_on(folder: TempDir, disk: Option<SmallDisk>) -> Result<Self> {
        let mut server = Self {
            process: None,
            disk,
            folder,
            address: "127.0.0.1:0".to_owned(),
        };
        server.administer(&["space", "add", TEAM, "--kind", "team"])?;
        server.start_again()?;
        Ok(server)
    }

    /// Starts it again where it was.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start_again(&mut self) -> Result<()> {
        let mut serve = self.command()?;
        serve.args(["serve", "--listen", &self.address]);
        let (process, address) = Process::start_and_read(&mut serve, |line| {
            Some(line.strip_prefix("listening on http://")?.to_owned())
        })?;
        self.process = Some(process);
        self.address = address;
        Ok(())
    }

    /// The disk that its data is on.
    ///
    /// # Errors
    /// When it is that of this machine.
    pub fn disk(&mut self) -> Result<&mut SmallDisk> {
        self.disk.as_mut().ok_or_else(|| "no small disk".into())
    }

    /// The folder with its data.
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// Ends it in the ordinary way.
    ///
    /// # Errors
    /// When it does not end.
    pub fn stop(&mut self) -> Result<()> {
        match self.process.take() {
            Some(mut process) => process.stop(),
            None => Ok(()),
        }
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.process = None;
    }

    /// The text of a new invitation to the team.
    ///
    /// # Errors
    /// When none can be made.
    pub fn invite(&self) -> Result<String> {
        self.invite_as("writer")
    }

    /// The same, with another role.
    ///
    /// # Errors
    /// When none can be made.
    pub fn invite_as(&self, role: &str) -> Result<String> {
        let server = format!("http://{}", self.address);
        let made = self.administer(&[
            "invite", "--space", TEAM, "--role", role, "--server", &server,
        ])?;
        let text = made.get("invitation").and_then(Value::as_str);
        Ok(text.ok_or("an invitation without text")?.to_owned())
    }

    /// Whether a word stands in any of its files, as it lies on the disk.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn holds(&self, word: &str) -> Result<bool> {
        for entry in std::fs::read_dir(self.folder.path())? {
            let bytes = std::fs::read(entry?.path())?;
            if bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes())
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Puts every device out of the team.
    ///
    /// # Errors
    /// When that cannot be done.
    pub fn revoke_all(&self) -> Result<()> {
        let listed = self.administer(&["device", "list"])?;
        let devices = listed.as_array().ok_or("no list of devices")?;
        for device in devices {
            let id = device["id"].as_str().ok_or("a device without id")?;
            self.administer(&["device", "revoke", id])?;
        }
        Ok(())
    }

    /// Runs a command of the administrator: whether it succeeded, and what it said to people.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn tell(&self, arguments: &[&str]) -> Result<(bool, String)> {
        let done = self.command()?.args(arguments).output()?;
        let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
        Ok((done.status.success(), said))
    }

    /// Makes another space, with these people as its managers.
    ///
    /// # Errors
    /// When it cannot be made, or somebody is not there.
    pub fn space(&self, name: &str, managers: &[&str]) -> Result<()> {
        self.administer(&["space", "add", name, "--kind", "partnership"])?;
        for manager in managers {
            self.administer(&[
                "member", "role", manager, "--space", name, "--role", "manager",
            ])?;
        }
        Ok(())
    }

    /// Gives somebody another role in the team.
    ///
    /// # Errors
    /// When they are not there.
    pub fn role(&self, name: &str, role: &str) -> Result<()> {
        self.administer(&["member", "role", name, "--space", TEAM, "--role", role])?;
        Ok(())
    }

    fn administer(&self, arguments: &[&str]) -> Result<Value> {
        let done = self
            .command()?
            .arg("--json")
            .args(arguments)
            .stderr(Stdio::inherit())
            .output()?;
        if !done.status.success() {
            return Err(format!("buurtboek-server {arguments:?} failed").into());
        }
        Ok(serde_json::from_slice(&done.stdout)?)
    }

    fn command(&self) -> Result<Command> {
        let program = program("buurtboek-server")?;
        let mut command = match &self.disk {
            Some(disk) => disk.command(program),
            None => Command::new(program),
        };
        command
            .arg("--data")
            .arg(self.folder.path())
            .args(["--log", "error"]);
        Ok(command)
    }
}
