//! A device: the real app over a simulated disk, clock and line.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use app::api::{DeviceInit, DeviceJoin, DeviceUnlock, Nothing};
use app::{App, KeyCost, Surroundings, Wire, WireError};
use chrono::{DateTime, Utc};
use parking_lot::Mutex;

use crate::dice::Dice;
use crate::disk::{self, Copied, Down};
use crate::line::{Line, Net};
use crate::template::clean;

const PASSPHRASE: &str = "zonnebloem op de stoep";
const HOUR_MS: i64 = 3_600_000;

/// Clock, dice and line of a device.
pub(crate) struct Hands {
    world: Arc<AtomicI64>,
    offset: AtomicI64,
    dice: Mutex<Dice>,
    line: Arc<Line>,
    /// How often the file of the database was put in its place.
    files: AtomicU64,
}

impl Surroundings for Hands {
    fn now(&self) -> DateTime<Utc> {
        let now = self.world.load(Ordering::Relaxed) + self.offset.load(Ordering::Relaxed);
        DateTime::from_timestamp_millis(now).unwrap_or_default()
    }

    fn random(&self, bytes: &mut [u8]) {
        self.dice.lock().fill(bytes);
    }

    fn has_key_store(&self) -> bool {
        false
    }

    fn key_cost(&self) -> KeyCost {
        KeyCost {
            memory_kib: 8,
            passes: 1,
        }
    }

    fn mark_of_file(&self, _: &Path) -> Option<String> {
        Some(format!(
            "{}-{}",
            self.line.device(),
            self.files.load(Ordering::Relaxed)
        ))
    }

    fn wire(&self) -> Result<Arc<dyn Wire>, WireError> {
        Ok(self.line.clone())
    }
}

/// A device.
pub(crate) struct Device {
    pub(crate) folder: PathBuf,
    pub(crate) line: Arc<Line>,
    hands: Arc<Hands>,
    app: Option<App>,
    /// What the machine did when it went down, once it does.
    pub(crate) down: Down,
    /// Put out, or known to no server any more: nothing is expected of it.
    pub(crate) out: bool,
    pub(crate) member: String,
    /// The person's name, by which the server lists the device.
    pub(crate) name: String,
    pub(crate) copy: Option<(Image, u32)>,
    /// The last action that can be taken back, and its record.
    pub(crate) undoable: Option<(String, usize)>,
}

/// Everything a device keeps.
#[derive(Debug, Clone, Default)]
pub(crate) struct Image {
    pub(crate) database: Copied,
    pub(crate) key: Vec<u8>,
    pub(crate) member: String,
    pub(crate) name: String,
}

impl Device {
    /// A device of which nothing was made yet.
    pub(crate) fn new(
        root: &Path,
        no: usize,
        net: &Arc<Net>,
        world: &Arc<AtomicI64>,
        dice: Dice,
    ) -> Self {
        let line = Line::new(net.clone(), no);
        Self {
            folder: root.join(format!("device-{no}")),
            hands: Arc::new(Hands {
                world: world.clone(),
                offset: AtomicI64::new(0),
                dice: Mutex::new(dice),
                line: line.clone(),
                files: AtomicU64::new(0),
            }),
            line,
            app: None,
            down: Down::Killed,
            out: false,
            member: String::new(),
            name: String::new(),
            copy: None,
            undoable: None,
        }
    }

    /// The app, when the device is in use.
    pub(crate) const fn app(&self) -> Option<&App> {
        self.app.as_ref()
    }

    /// First start, alone.
    pub(crate) fn begin(&mut self, name: &str) -> app::Result<()> {
        let app = App::new(&self.folder, self.hands.clone())?.only_when_asked();
        app.device_init(DeviceInit {
            passphrase: PASSPHRASE.to_owned(),
            name: name.to_owned(),
            language: "nl".to_owned(),
        })?;
        self.app = Some(app);
        name.clone_into(&mut self.name);
        Ok(())
    }

    /// Joins with an invitation.
    pub(crate) fn join(&mut self, invitation: String) -> app::Result<()> {
        let Some(app) = &self.app else { return Ok(()) };
        app.device_join(DeviceJoin {
            invitation,
            name: String::new(),
        })?;
        self.learn_member();
        Ok(())
    }

    pub(crate) fn learn_member(&mut self) {
        if let Some(app) = &self.app
            && let Ok(status) = app.device_status(Nothing {})
            && let Some(me) = status.me
        {
            self.member = me.member;
        }
    }

    /// The program is started and opened.
    pub(crate) fn open(&mut self) -> app::Result<()> {
        let app = App::new(&self.folder, self.hands.clone())?.only_when_asked();
        app.device_unlock(DeviceUnlock {
            passphrase: PASSPHRASE.to_owned(),
        })?;
        self.app = Some(app);
        Ok(())
    }

    /// The program ends.
    pub(crate) fn close(&mut self) {
        self.app = None;
        self.undoable = None;
    }

    /// The machine is started again after it went down.
    pub(crate) fn restart(&mut self, dice: &mut Dice) -> app::Result<()> {
        disk::stop(&self.folder);
        self.close();
        disk::restart(&self.folder, self.down, dice);
        self.open()
    }

    /// Sets the clock.
    pub(crate) fn set_clock(&self, hours: i32) {
        self.hands
            .offset
            .store(i64::from(hours) * HOUR_MS, Ordering::Relaxed);
    }

    /// A copy of everything; also while the program runs.
    pub(crate) fn image(&self) -> Image {
        Image {
            database: disk::copy(&self.folder),
            key: std::fs::read(self.folder.join("buurtboek.key")).unwrap_or_default(),
            member: self.member.clone(),
            name: self.name.clone(),
        }
    }

    /// Puts a copy in the place of what is there; its file is another one than the one that was copied.
    pub(crate) fn put_back(&mut self, image: &Image) -> std::io::Result<()> {
        self.hands.files.fetch_add(1, Ordering::Relaxed);
        self.put(image)
    }

    /// Begins as this device was.
    pub(crate) fn put(&mut self, image: &Image) -> std::io::Result<()> {
        self.close();
        // What stands beside the database is real: the key, wrong tries, the end of a device.
        clean(&self.folder)?;
        std::fs::create_dir_all(&self.folder)?;
        disk::put(&self.folder, &image.database)?;
        std::fs::write(self.folder.join("buurtboek.key"), &image.key)?;
        self.member.clone_from(&image.member);
        self.name.clone_from(&image.name);
        Ok(())
    }
}
