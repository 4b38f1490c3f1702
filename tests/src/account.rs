//! The app as it is installed for an account: on the folder that is its own, with links of the system that open it.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::json;
use tempfile::TempDir;

use crate::device::isolate;
use crate::page::Page;
use crate::process::Process;
use crate::wait::until;
use crate::window::{Display, drive};
use crate::{Result, program};

/// An account with a bus and a screen of its own, on which the app runs.
#[derive(Debug)]
pub struct Account {
    page: Page,
    home: TempDir,
    bus: String,
    display: Display,
    _driver: Process,
    _bus: Process,
}

impl Account {
    /// Opens the app as its icon does: with no argument.
    ///
    /// # Errors
    /// When the window does not come up.
    pub async fn open() -> Result<Self> {
        let home = TempDir::new()?;
        let display = Display::start()?;
        let (running, bus) = Process::start_and_read(
            Command::new("dbus-daemon")
                .args(["--session", "--nofork", "--print-address=1"])
                .stderr(Stdio::null()),
            |line| line.starts_with("unix:").then(|| line.trim().to_owned()),
        )?;
        let options = json!({ "binary": program("buurtboek-app")? });
        let more = [("DBUS_SESSION_BUS_ADDRESS", bus.as_str())];
        let (driver, page) = drive(&options, &display, home.path(), &more).await?;
        Ok(Self {
            page,
            home,
            bus,
            display,
            _driver: driver,
            _bus: running,
        })
    }

    /// What is on the screen.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// Has the system open a link, as a browser does; whether it has a program for it.
    ///
    /// # Errors
    /// When the system does not know, in time, which program it is for.
    pub async fn open_link(&self, link: &str) -> Result<bool> {
        until("the system to know whose these links are", async || {
            let list = std::fs::read_to_string(self.list()).unwrap_or_default();
            Ok(list.contains("x-scheme-handler/buurtboek").then_some(()))
        })
        .await?;
        let mut command = Command::new("gio");
        isolate(&mut command, self.home.path());
        let opened = command
            .args(["open", link])
            .env("DISPLAY", &self.display.name)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        Ok(opened.success())
    }

    fn list(&self) -> PathBuf {
        self.home.path().join("config/mimeapps.list")
    }
}
