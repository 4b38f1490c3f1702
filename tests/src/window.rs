//! The real window, on a display of its own, driven through WebKitWebDriver.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Map, Value, json};

use crate::device::{Device, PASSPHRASE, isolate};
use crate::page::Page;
use crate::process::{Process, signal};
use crate::wait::until;
use crate::{Result, driver, program};

/// A running window. Dropping it ends the app, its driver and its display.
#[derive(Debug)]
pub struct Window {
    page: Page,
    program: PathBuf,
    data: String,
    _driver: Process,
    _display: Display,
}

impl Window {
    /// Opens the app on this device.
    ///
    /// # Errors
    /// When the window does not come up.
    pub async fn open(device: &Device) -> Result<Self> {
        let window = Self::of(&program("buurtboek-app")?, &device.data(), device.home()).await?;
        window.page.size(1280, 800).await?;
        Ok(window)
    }

    /// Opens the window of any Tauri program on a data folder, with this home folder.
    ///
    /// # Errors
    /// When the window does not come up.
    pub async fn of(program: &Path, data: &Path, home: &Path) -> Result<Self> {
        let display = Display::start()?;
        let data = data.to_string_lossy().into_owned();
        let options = json!({ "binary": program, "args": ["--data", data] });
        let (driver, page) = drive(&options, &display, home, &[]).await?;
        Ok(Self {
            page,
            program: program.to_owned(),
            data,
            _driver: driver,
            _display: display,
        })
    }

    /// Opens the app on a device that has a book, and unlocks it.
    ///
    /// # Errors
    /// When it stays locked.
    pub async fn unlocked(device: &Device) -> Result<Self> {
        let window = Self::open(device).await?;
        window.page.fill("Wachtzin of pincode", PASSPHRASE).await?;
        window.page.click("button", "Open").await?;
        window.page.see("navigation", "Onderdelen").await?;
        Ok(window)
    }

    /// What is on the screen.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// Ends the app itself as `kill -9` does, and waits until it is gone.
    ///
    /// # Errors
    /// When there is no such process, or it stays.
    pub async fn kill(self) -> Result<()> {
        let process = self.process().ok_or("the app is not running")?;
        signal("KILL", &process);
        until("the app to be gone", async || {
            Ok(self.process().is_none().then_some(()))
        })
        .await
    }

    /// The number of the program's process: the one that was given this data folder.
    pub fn process(&self) -> Option<String> {
        fs::read_dir("/proc").ok()?.flatten().find_map(|entry| {
            let number = entry.file_name().into_string().ok()?;
            let words = fs::read_to_string(entry.path().join("cmdline")).ok()?;
            let mut words = words.split('\0');
            let ours = Path::new(words.next()?) == self.program;
            (ours && words.any(|word| word == self.data)).then_some(number)
        })
    }
}

/// A screen that nobody sees.
#[derive(Debug)]
pub(crate) struct Display {
    /// How programs find it.
    pub(crate) name: String,
    _process: Process,
}

impl Display {
    pub(crate) fn start() -> Result<Self> {
        let (process, number) = Process::start_and_read(
            Command::new("Xvfb")
                .args([
                    "-displayfd",
                    "1",
                    "-screen",
                    "0",
                    "1400x1300x24",
                    "-nolisten",
                    "tcp",
                ])
                .stderr(Stdio::null()),
            |line| line.trim().parse::<u32>().ok(),
        )?;
        Ok(Self {
            name: format!(":{number}"),
            _process: process,
        })
    }
}

/// Has the driver open the program with these options; `more` is added to what stands in its environment.
pub(crate) async fn drive(
    options: &Value,
    display: &Display,
    home: &Path,
    more: &[(&str, &str)],
) -> Result<(Process, Page)> {
    let port = driver::free_port()?;
    let mut command = Command::new("WebKitWebDriver");
    isolate(&mut command, home);
    let driver = Process::start(
        command
            .arg(format!("--port={port}"))
            .arg("--host=127.0.0.1")
            .env("DISPLAY", &display.name)
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env_remove("WAYLAND_DISPLAY")
            .envs(more.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::null()),
    )?;
    let mut capabilities = Map::new();
    capabilities.insert("webkitgtk:browserOptions".to_owned(), options.clone());
    let client = driver::session(port, capabilities).await?;
    Ok((driver, Page::new(client)))
}

/// The element in an answer of the driver, if it is one.
pub(crate) fn element(answer: &Value) -> Option<&str> {
    answer.get("element-6066-11e4-a52e-4f735466cecf")?.as_str()
}
