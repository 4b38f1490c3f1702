//! The same screens in a browser, through the browser door: faster than the window, and of any size.

use std::process::{Command, Stdio};

use serde_json::{Map, json};
use tempfile::TempDir;

use crate::device::{Device, PASSPHRASE, isolate};
use crate::page::Page;
use crate::process::Process;
use crate::{Result, driver, program, root};

/// A door and the browser before it. Dropping it ends both.
#[derive(Debug)]
pub struct Door {
    page: Page,
    address: String,
    _door: Option<Process>,
    _driver: Process,
    _profile: TempDir,
}

impl Door {
    /// Opens the screens of this device in a browser of this size.
    ///
    /// # Errors
    /// When door or browser does not come up.
    pub async fn open(device: &Device, width: u32, height: u32) -> Result<Self> {
        let (door, address) = Self::door(device)?;
        let mut opened = Self::browser(&address, width, height, &[]).await?;
        opened._door = Some(door);
        Ok(opened)
    }

    /// Opens another browser before the same door; it lasts as long as this one.
    ///
    /// # Errors
    /// When the browser does not come up.
    pub async fn beside(&self, width: u32, height: u32) -> Result<Self> {
        self.another(width, height, &[]).await
    }

    /// The same, in colours that the device forces on every page, as high contrast does on Windows.
    ///
    /// # Errors
    /// When the browser does not come up.
    pub async fn beside_in_forced_colours(&self, width: u32, height: u32) -> Result<Self> {
        self.another(width, height, &["--force-high-contrast"])
            .await
    }

    /// Opens a page of a server in a browser, without an app behind it.
    ///
    /// # Errors
    /// When the browser does not come up.
    pub async fn before(address: &str, width: u32, height: u32) -> Result<Self> {
        Self::browser(address, width, height, &[]).await
    }

    async fn another(&self, width: u32, height: u32, more: &[&str]) -> Result<Self> {
        let another = Self::browser(&self.address, width, height, more).await?;
        another.page.see("navigation", "Onderdelen").await?;
        Ok(another)
    }

    async fn browser(address: &str, width: u32, height: u32, more: &[&str]) -> Result<Self> {
        let profile = TempDir::new()?;
        let (driver, port) = Self::driver(&profile)?;
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ];
        let arguments = [&arguments[..], more].concat();
        let options = json!({
            "binary": "/usr/bin/chromium",
            "args": arguments,
            "mobileEmulation": { "deviceMetrics": {
                "width": width, "height": height, "pixelRatio": 1, "mobile": false, "touch": false
            } },
        });
        let mut capabilities = Map::new();
        capabilities.insert("goog:chromeOptions".to_owned(), options);
        let client = driver::session(port, capabilities).await?;
        client.goto(address).await?;
        Ok(Self {
            page: Page::new(client),
            address: address.to_owned(),
            _door: None,
            _driver: driver,
            _profile: profile,
        })
    }

    /// Opens the screens of a device that has a book, and unlocks it.
    ///
    /// # Errors
    /// When it stays locked.
    pub async fn unlocked(device: &Device, width: u32, height: u32) -> Result<Self> {
        let door = Self::open(device, width, height).await?;
        door.page.fill("Wachtzin of pincode", PASSPHRASE).await?;
        door.page.click("button", "Open").await?;
        door.page.see("navigation", "Onderdelen").await?;
        Ok(door)
    }

    /// What is on the screen.
    pub fn page(&self) -> &Page {
        &self.page
    }

    fn door(device: &Device) -> Result<(Process, String)> {
        let mut command = Command::new(program("buurtboek-door")?);
        isolate(&mut command, device.home());
        command
            .arg("--data")
            .arg(device.data())
            .arg("--ui")
            .arg(root()?.join("ui/dist"));
        Process::start_and_read(&mut command, |line| {
            Some(line.strip_prefix("open ")?.to_owned())
        })
    }

    /// Starts a driver. Its own choice of a free port is at times taken before it listens: then it ends, and is started anew.
    fn driver(profile: &TempDir) -> Result<(Process, u16)> {
        const TRIES: u8 = 3;
        let mut last = None;
        for _try in 0..TRIES {
            let mut command = Command::new("chromedriver");
            isolate(&mut command, profile.path());
            command.arg("--port=0").stderr(Stdio::null());
            let started = Process::start_and_read(&mut command, |line| {
                let port = line.split("started successfully on port ").nth(1)?;
                port.trim_end_matches('.').parse().ok()
            });
            match started {
                Ok(started) => return Ok(started),
                Err(problem) => last = Some(problem),
            }
        }
        Err(last.unwrap_or_else(|| "no driver was started".into()))
    }
}
