//! The end of a book on this device: by order of a manager, or because the person leaves. Key and database are
//! destroyed, the server is told, and a small file remembers it, so that an end that was interrupted is finished at the
//! next start and a copy that is put back does not open (docs/adr/0014).

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::{Mutex, RwLock};
use protocol::{ErrorCode, ending_secret};
use serde::{Deserialize, Serialize};
use store::StoreError;
use tokio::sync::broadcast;

use crate::api::{DeviceStatus, Event, Nothing, Phase, WipedBy, WipedNote};
use crate::device::{DATABASE, Device, KEY, meta};
use crate::importing::Imports;
use crate::preferences::{self, write_whole};
use crate::surroundings::Surroundings;
use crate::sync_loop::runtime_here;
use crate::transport::{Transport, TransportError};
use crate::{APP_VERSION, App, Error, Result, key_store};

/// What remains. No secret of the book is in it; what it keeps of the token can end this device and do nothing else.
const REMAINS: &str = "wiped.json";

/// Everything needed to end a book, also from the sync loop.
#[derive(Clone)]
pub(crate) struct Ending {
    pub(crate) folder: PathBuf,
    pub(crate) key_name: String,
    pub(crate) surroundings: Arc<dyn Surroundings>,
    /// The open device, which is closed first.
    pub(crate) slot: Arc<RwLock<Option<Arc<Device>>>>,
    pub(crate) events: broadcast::Sender<Event>,
    /// What remains and could not be written, for the disk is full; `None` is what the file says. One change at a time.
    pub(crate) unwritten: Arc<Mutex<Option<Vec<Ended>>>>,
}

/// The books that ended in this folder.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Remains {
    ended: Vec<Ended>,
}

/// A book that ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Ended {
    device: String,
    by: WipedBy,
    at: String,
    unsent: u32,
    server: Option<String>,
    /// By this the server is told, and then it goes.
    ending: Option<String>,
    /// Nothing of it is on the disk any more.
    destroyed: bool,
    /// The server knows.
    confirmed: bool,
    /// The person read it, and starts anew.
    read: bool,
}

impl Ending {
    /// Destroys the book of this device. First it is written down that it must be, so that a power cut only delays it; a
    /// full disk or a damaged book does not keep it from being destroyed.
    pub(crate) fn carry_out(&self, device: &Device, by: WipedBy) -> Result<()> {
        let ended = self.of(device, by);
        if let Err(problem) = self.change(|all| all.push(ended)) {
            tracing::warn!(%problem, "that the book ends is written down after it has made room");
        }
        *self.slot.write() = None;
        let finished = self.finish();
        self.tell();
        finished
    }

    /// What will remain of a book.
    fn of(&self, device: &Device, by: WipedBy) -> Ended {
        let unsent = device
            .is_joined()
            .and_then(|joined| Ok(if joined { device.store.unsent(0)?.0 } else { 0 }));
        let meta = |name| readable(device.store.meta(name).map_err(Into::into)).flatten();
        Ended {
            device: device.id.to_string(),
            read: by == WipedBy::Myself,
            by,
            at: self.surroundings.now().to_rfc3339(),
            unsent: readable(unsent).unwrap_or_default(),
            server: meta(meta::SERVER),
            ending: meta(meta::TOKEN).map(|token| ending_secret(&token)),
            destroyed: false,
            confirmed: false,
        }
    }

    /// Destroys what an interrupted end left. Harmless when there is nothing.
    pub(crate) fn finish(&self) -> Result<()> {
        if self.ended().iter().all(|ended| ended.destroyed) {
            return Ok(());
        }
        destroy(&self.folder, &self.key_name, &*self.surroundings).map_err(StoreError::from)?;
        // Nothing is left to destroy, also when no file can say so.
        if let Err(problem) =
            self.change(|all| all.iter_mut().for_each(|ended| ended.destroyed = true))
        {
            tracing::warn!(%problem, "that the book ended is not written down");
        }
        Ok(())
    }

    /// Tells the server that it is done. True when nothing is left to tell.
    pub(crate) async fn confirm(&self) -> Result<bool> {
        let mut all_told = true;
        for ended in self.ended().iter().filter(|ended| ended.destroyed) {
            let (Some(server), Some(ending)) = (&ended.server, &ended.ending) else {
                continue;
            };
            let told = match self.surroundings.wire() {
                Ok(wire) => Transport::new(wire, server).wiped(ending).await,
                Err(problem) => Err(problem.into()),
            };
            let confirmed = match told {
                Ok(()) => true,
                // A server that does not know the device has nothing to be told.
                Err(TransportError::Refused { reply, .. })
                    if reply.code == ErrorCode::Unauthorized =>
                {
                    false
                }
                Err(problem) => {
                    tracing::warn!(%problem, "the server does not know yet that this device is wiped");
                    all_told = false;
                    continue;
                }
            };
            self.change(|all| {
                for same in all.iter_mut().filter(|same| same.device == ended.device) {
                    same.ending = None;
                    same.confirmed = confirmed;
                }
            })?;
            self.tell_from_runtime().await;
        }
        Ok(all_told)
    }

    /// The server was not told yet.
    pub(crate) fn is_untold(&self) -> bool {
        self.ended().iter().any(|ended| ended.ending.is_some())
    }

    /// What to say on the screen, until the person has read it.
    pub(crate) fn note(&self) -> Option<WipedNote> {
        let ended = self.ended().pop().filter(|ended| !ended.read)?;
        Some(WipedNote {
            by: ended.by,
            at: ended.at,
            unsent: ended.unsent,
            confirmed: ended.confirmed,
        })
    }

    /// A book of this device ended here before: what opens now is a copy that was put back.
    pub(crate) fn has_ended(&self, device: &Device) -> bool {
        let id = device.id.to_string();
        self.ended().iter().any(|ended| ended.device == id)
    }

    /// The key store is asked by waiting for it, and nobody may wait on a thread of the runtime: there that is a panic.
    async fn tell_from_runtime(&self) {
        let ending = self.clone();
        if let Err(problem) = tokio::task::spawn_blocking(move || ending.tell()).await {
            tracing::error!(%problem, "the screens do not hear that the device is wiped");
        }
    }

    fn tell(&self) {
        let status = DeviceStatus {
            phase: if self.note().is_some() {
                Phase::Wiped
            } else {
                Phase::New
            },
            preferences: preferences::read(&self.folder),
            app_version: APP_VERSION.to_owned(),
            invitation: None,
            me: None,
            spaces: Vec::new(),
            kept_here: None,
            wait_seconds: None,
            wiped: self.note(),
            joining: None,
            pin_is_enough: key_store::answers(&self.key_name, &*self.surroundings),
            ask_longer: false,
        };
        drop(self.events.send(Event::Device(status)));
    }

    fn ended(&self) -> Vec<Ended> {
        self.unwritten
            .lock()
            .clone()
            .unwrap_or_else(|| self.written())
    }

    fn written(&self) -> Vec<Ended> {
        let remains = std::fs::read(self.folder.join(REMAINS))
            .ok()
            .and_then(|text| serde_json::from_slice::<Remains>(&text).ok());
        remains.map(|remains| remains.ended).unwrap_or_default()
    }

    /// Changes what remains. It is so from now on, also when it cannot be written: then the next change writes it.
    fn change(&self, change: impl FnOnce(&mut Vec<Ended>)) -> Result<()> {
        let mut unwritten = self.unwritten.lock();
        let mut remains = Remains {
            ended: unwritten.take().unwrap_or_else(|| self.written()),
        };
        change(&mut remains.ended);
        let written = serde_json::to_vec_pretty(&remains)
            .map_err(|problem| StoreError::from(problem).into())
            .and_then(|text| write_whole(&self.folder.join(REMAINS), &text));
        if written.is_err() {
            *unwritten = Some(remains.ended);
        }
        written
    }
}

/// What a book that ends can still tell. One that is damaged ends without it.
fn readable<T>(told: Result<T>) -> Option<T> {
    told.inspect_err(|problem| tracing::warn!(%problem, "the book that ends cannot be read"))
        .ok()
}

impl App {
    /// After a wipe: the person has read it, and this device may become a new one, with an invitation of its own.
    ///
    /// # Errors
    /// What the disk says.
    pub fn device_renew(&self, _: Nothing) -> Result<DeviceStatus> {
        self.ending.finish()?;
        self.ending
            .change(|all| all.iter_mut().for_each(|ended| ended.read = true))?;
        let status = self.device_status(Nothing {})?;
        self.tell(Event::Device(status.clone()));
        Ok(status)
    }

    /// Destroys the book because the server says so, and tells the server.
    pub(crate) fn wipe(&self, device: &Device) -> Error {
        *self.sync.lock() = None;
        *self.imports.lock() = Imports::default();
        if let Err(problem) = self.ending.carry_out(device, WipedBy::Manager) {
            return problem;
        }
        self.confirm_wiped();
        wiped_error()
    }

    /// Tells the server, when it was not told yet; a server that cannot be reached is told later.
    pub(crate) fn confirm_wiped(&self) {
        if !self.ending.is_untold() {
            return;
        }
        let told = runtime_here().and_then(|runtime| runtime.block_on(self.ending.confirm()));
        if let Err(problem) = told {
            tracing::warn!(%problem, "the server could not be told that this device is wiped");
        }
    }
}

/// What every use case answers on a device that was wiped.
pub(crate) fn wiped_error() -> Error {
    Error::new(
        "wiped",
        "A manager of the team has put this device out. The book on it was destroyed. What was sent is safe with the \
         team.",
    )
}

/// Nothing of the book stays: first what makes it readable, then the rest. What cannot be removed keeps nothing else from
/// going; the first problem is told when all was tried.
fn destroy(folder: &Path, key_name: &str, surroundings: &dyn Surroundings) -> std::io::Result<()> {
    key_store::forget(key_name, surroundings);
    let keys = [KEY, "buurtboek.new"].map(|name| destroy_key(&folder.join(name)));
    empty(&folder.join(DATABASE));
    let pages = ["", "-wal", "-shm", "-journal"]
        .map(|ending| remove(&folder.join(format!("{DATABASE}{ending}"))));
    let damaged = store::forget_damaged(&folder.join(DATABASE));
    let tries = remove(&folder.join("unlocking.json"));
    keys.into_iter()
        .chain(pages)
        .chain([damaged, tries])
        .collect()
}

fn destroy_key(path: &Path) -> std::io::Result<()> {
    if let Err(problem) = overwrite(path) {
        tracing::warn!(%problem, "the key is removed without being written over");
    }
    remove(path)
}

/// The bytes of the key, not only its name. A disk that spreads its writes may keep an old copy; it is sealed.
fn overwrite(path: &Path) -> std::io::Result<()> {
    let length = match std::fs::metadata(path) {
        Ok(found) => found.len(),
        Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(problem) => return Err(problem),
    };
    let mut file = std::fs::OpenOptions::new().write(true).open(path)?;
    file.write_all(&vec![0; usize::try_from(length).unwrap_or(0)])?;
    file.sync_all()
}

/// Gives back its room at once: a file that something still has open keeps it until it is closed, and on a full disk what
/// remains cannot be written before.
fn empty(path: &Path) {
    let emptied = std::fs::OpenOptions::new()
        .write(true)
        .open(path)
        .and_then(|file| file.set_len(0));
    match emptied {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(%problem, "the book is removed without being emptied");
        }
        Ok(()) | Err(_) => {}
    }
}

fn remove(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => Err(problem),
        Ok(()) | Err(_) => Ok(()),
    }
}
