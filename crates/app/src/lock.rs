//! The lock: opening it, the pause after wrong tries, and locking by itself.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use store::{KeyFile, StoreError};

use crate::api::{LockSettings, Nothing};
use crate::device::meta;
use crate::preferences::write_whole;
use crate::tries::Tries;
use crate::{App, Error, Result, key_store};

/// The count of wrong tries. Its name shares no part with another file: what is written beside it is its own.
const TRIES: &str = "unlocking.json";
/// Held during a try, so that two programs cannot try for the price of one.
const TURN: &str = "unlocking.lock";

/// Minutes away that can be chosen.
const MINUTES: std::ops::RangeInclusive<u32> = 1..=120;
/// Minutes away when nobody chose.
const MINUTES_DEFAULT: u32 = 10;

/// When somebody was last here.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Presence {
    /// By the clock on the wall, milliseconds since 1970; it also counts the time that a phone sleeps.
    wall_ms: i64,
    /// By the clock that nobody can set.
    running: Duration,
    /// Lock after this.
    minutes: u32,
}

impl App {
    /// When the app locks itself.
    ///
    /// # Errors
    /// What the database says.
    pub fn lock_get(&self, _: Nothing) -> Result<LockSettings> {
        let device = self.device()?;
        let minutes = device.store.meta(meta::LOCK_MINUTES)?;
        Ok(LockSettings {
            minutes: minutes
                .and_then(|minutes| minutes.parse().ok())
                .filter(|minutes| MINUTES.contains(minutes))
                .unwrap_or(MINUTES_DEFAULT),
        })
    }

    /// Chooses when the app locks itself. Kept inside the database: whoever has only the files cannot change it.
    ///
    /// # Errors
    /// `preference_unknown` when it is no number of minutes from 1 to 120.
    pub fn lock_set(&self, settings: LockSettings) -> Result<LockSettings> {
        if !MINUTES.contains(&settings.minutes) {
            return Err(Error::new(
                "preference_unknown",
                "Choose from 1 to 120 minutes. Nothing was changed.",
            ));
        }
        let device = self.device()?;
        let minutes = settings.minutes.to_string();
        device
            .store
            .set_meta(&[(meta::LOCK_MINUTES, Some(&minutes))])?;
        self.somebody_is_here()?;
        Ok(settings)
    }

    /// Somebody touched the screen or a key.
    ///
    /// # Errors
    /// `locked`.
    pub fn device_active(&self, _: Nothing) -> Result<Nothing> {
        self.device()?;
        self.presence.lock().touch(&*self.surroundings);
        Ok(Nothing {})
    }

    /// The book was opened, or the choice of minutes changed.
    pub(crate) fn somebody_is_here(&self) -> Result<()> {
        let minutes = self.lock_get(Nothing {})?.minutes;
        let mut presence = self.presence.lock();
        presence.minutes = minutes;
        presence.touch(&*self.surroundings);
        Ok(())
    }

    /// Locks when nobody was here for the minutes chosen. Says whether it did.
    ///
    /// # Errors
    /// What the disk says.
    pub fn lock_when_away(&self) -> Result<bool> {
        let away = self.presence.lock().away(&*self.surroundings);
        if !away || self.device.read().is_none() {
            return Ok(false);
        }
        self.device_lock(Nothing {})?;
        Ok(true)
    }

    /// Opens the key with a passphrase, when its turn has come.
    pub(crate) fn open_key(&self, file: &KeyFile, passphrase: &str) -> Result<store::DatabaseKey> {
        let _turn = self.take_turn()?;
        let secret = key_store::secret(&self.key_store_name(), &*self.surroundings);
        self.try_passphrase(|| file.open(passphrase, secret.as_deref()))
    }

    /// How long until the next try, in whole seconds.
    pub(crate) fn wait_seconds(&self) -> u32 {
        let wait = self.wait(self.read_tries());
        u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX)
    }

    pub(crate) fn try_passphrase<T>(
        &self,
        attempt: impl FnOnce() -> store::Result<T>,
    ) -> Result<T> {
        let now_ms = self.surroundings.now().timestamp_millis();
        let before = self.read_tries();
        let tries = before.at(now_ms);
        let wait = self.wait(tries);
        if !wait.is_zero() {
            if tries != before {
                self.keep_tries(tries)?;
            }
            return Err(too_many_tries(wait));
        }
        self.keep_tries(tries.and_one(now_ms))?;
        match attempt() {
            Ok(opened) => {
                self.keep_tries(Tries::NONE)?;
                *self.wrong_at.lock() = None;
                Ok(opened)
            }
            Err(StoreError::WrongPassphrase) => {
                *self.wrong_at.lock() = Some(self.surroundings.running());
                Err(Error::from(StoreError::WrongPassphrase).with("wait", self.wait_seconds()))
            }
            // It was not the passphrase that was wrong.
            Err(problem) => {
                self.keep_tries(before)?;
                Err(problem.into())
            }
        }
    }

    /// How long to wait: by the clock on the wall and, while the program runs, by the one that nobody can set.
    fn wait(&self, tries: Tries) -> Duration {
        let now_ms = self.surroundings.now().timestamp_millis();
        let by_wall = tries.at(now_ms).wait(now_ms);
        let by_running = self.wrong_at.lock().map_or(Duration::ZERO, |at| {
            let passed = self.surroundings.running().saturating_sub(at);
            tries.pause().saturating_sub(passed)
        });
        by_wall.max(by_running)
    }

    /// One try at a time, also of other programs over this folder; it goes with the file that is returned.
    pub(crate) fn take_turn(&self) -> Result<File> {
        let file = File::create(self.folder().join(TURN)).map_err(StoreError::from)?;
        file.lock().map_err(StoreError::from)?;
        Ok(file)
    }

    fn read_tries(&self) -> Tries {
        std::fs::read(self.folder().join(TRIES))
            .ok()
            .and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or(Tries::UNKNOWN)
    }

    pub(crate) fn keep_tries(&self, tries: Tries) -> Result<()> {
        let text = serde_json::to_vec(&tries).map_err(StoreError::from)?;
        let path = self.folder().join(TRIES);
        match write_whole(&path, &text) {
            // The room that the file takes already is enough: a full disk may not keep anybody out of what they saved, and
            // a right try may not count as a wrong one.
            Err(problem) if problem.code == "disk_full" => {
                write_over(&path, text).map_err(|_| problem)
            }
            Err(_) => Err(StoreError::NotWritable.into()),
            Ok(()) => Ok(()),
        }
    }
}

impl Presence {
    fn touch(&mut self, surroundings: &dyn crate::Surroundings) {
        self.wall_ms = surroundings.now().timestamp_millis();
        self.running = surroundings.running();
    }

    /// Nobody was here for so long: by either clock, since one stands still while a phone sleeps and the other can be
    /// set back.
    fn away(&self, surroundings: &dyn crate::Surroundings) -> bool {
        let by_wall = surroundings.now().timestamp_millis() - self.wall_ms;
        let by_wall = Duration::from_millis(u64::try_from(by_wall).unwrap_or(0));
        let by_running = surroundings.running().saturating_sub(self.running);
        by_wall.max(by_running) >= Duration::from_secs(u64::from(self.minutes) * 60)
    }
}

/// Writes in the place of what is there, as long as that was: spaces after JSON mean nothing. A power cut in the middle of
/// it leaves a count that cannot be read, which buys one try.
fn write_over(path: &Path, mut text: Vec<u8>) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(0);
    text.resize(length.max(text.len()), b' ');
    file.write_all(&text)?;
    file.sync_all()
}

fn too_many_tries(wait: Duration) -> Error {
    let seconds = u32::try_from(wait.as_millis().div_ceil(1_000)).unwrap_or(u32::MAX);
    Error::new(
        "too_many_tries",
        format!("There were too many wrong tries. Wait {seconds} seconds and try again. Nothing was changed."),
    )
    .with("wait", seconds)
}
