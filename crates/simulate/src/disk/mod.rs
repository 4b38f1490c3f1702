//! Disks in memory, under the real SQLite: a VFS that counts storage steps, forgets what was not synced when the power
//! goes, tears what was half written, and fails when it is told to.
//!
//! A folder is a disk of its own. What is modelled and what is not stands in `docs/adr/`.

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use parking_lot::Mutex;

use crate::dice::Dice;
use vault::Vault;

mod index;
mod vault;

/// A region of the index of a write-ahead log.
const REGION: usize = 32_768;
/// Locks in the index of a write-ahead log.
const SLOTS: usize = 8;

type Result<T> = std::result::Result<T, Error>;

/// What goes wrong with a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The machine stops here: nothing is written, read or synced any more until it is started again.
    Stop,
    /// Writing fails for want of space, until there is space again.
    Full,
    /// This one step fails.
    Error,
}

/// How a machine went down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Down {
    /// The program was killed: what it wrote is there.
    Killed,
    /// The power went: of what was not synced, any part may be there, also half of a write.
    PowerCut,
}

/// The files of a disk at one moment.
#[derive(Debug, Clone, Default)]
pub struct Copied(BTreeMap<String, Vec<u8>>);

#[derive(Debug)]
enum Written {
    Bytes { at: usize, bytes: Vec<u8> },
    Length(usize),
}

#[derive(Debug, Default)]
struct File {
    content: Vec<u8>,
    durable: Vec<u8>,
    /// Written since the last sync, in order.
    pending: Vec<Written>,
    locks: Locks,
    index: Index,
}

#[derive(Debug, Default)]
struct Locks {
    shared: Vec<u64>,
    reserved: Option<u64>,
    exclusive: Option<u64>,
}

#[derive(Debug, Default)]
struct Index {
    regions: BTreeMap<u32, Box<[u8; REGION]>>,
    exclusive: [Option<u64>; SLOTS],
    shared: [Vec<u64>; SLOTS],
    users: usize,
}

#[derive(Debug, Default)]
struct Disk {
    files: BTreeMap<String, Arc<Mutex<File>>>,
    steps: u64,
    planned: Option<(u64, Trouble)>,
    stopped: bool,
    full: bool,
}

type SharedDisk = Arc<Mutex<Disk>>;

#[derive(Debug, Default)]
struct Disks {
    disks: BTreeMap<String, SharedDisk>,
    handles: u64,
    random: u64,
}

static DISKS: LazyLock<Mutex<Disks>> = LazyLock::new(|| {
    if let Err(problem) = sqlite_vfs::register("simulated", Vault, true) {
        tracing::error!(?problem, "SQLite does not take the simulated disks");
    }
    Mutex::default()
});

/// Puts the simulated disks under every database that is opened from now on.
pub fn install() {
    DISKS.lock().random = 0;
}

/// Forgets all disks.
pub fn clear() {
    DISKS.lock().disks.clear();
}

/// Plans trouble for this many storage steps from now.
pub fn plan(folder: &Path, after: u64, trouble: Trouble) {
    let disk = disk(&name(folder));
    let mut disk = disk.lock();
    disk.planned = Some((disk.steps + after, trouble));
}

/// Storage steps until now.
#[must_use]
pub fn steps(folder: &Path) -> u64 {
    disk(&name(folder)).lock().steps
}

/// Whether the machine stopped.
#[must_use]
pub fn is_stopped(folder: &Path) -> bool {
    disk(&name(folder)).lock().stopped
}

/// Whether the disk is full.
#[must_use]
pub fn is_full(folder: &Path) -> bool {
    disk(&name(folder)).lock().full
}

/// Takes back what is planned and makes space.
pub fn calm(folder: &Path) {
    let disk = disk(&name(folder));
    let mut disk = disk.lock();
    disk.planned = None;
    disk.full = false;
}

/// The machine stops now, whatever is under way.
pub fn stop(folder: &Path) {
    disk(&name(folder)).lock().stopped = true;
}

/// What the disk holds when the machine is started again.
pub fn restart(folder: &Path, down: Down, dice: &mut Dice) {
    let disk = disk(&name(folder));
    let mut disk = disk.lock();
    disk.stopped = false;
    disk.planned = None;
    disk.full = false;
    for file in disk.files.values() {
        let mut file = file.lock();
        let pending = std::mem::take(&mut file.pending);
        for written in pending {
            match down {
                Down::Killed => apply(&mut file.durable, &written),
                Down::PowerCut => survive(&mut file.durable, written, dice),
            }
        }
        file.content = file.durable.clone();
        file.locks = Locks::default();
        file.index = Index::default();
    }
}

/// Part of what was not synced is there, part is not.
fn survive(durable: &mut Vec<u8>, written: Written, dice: &mut Dice) {
    match dice.below(3) {
        0 => apply(durable, &written),
        1 => {}
        _ => {
            if let Written::Bytes { at, mut bytes } = written {
                bytes.truncate(dice.index(bytes.len()));
                apply(durable, &Written::Bytes { at, bytes });
            }
        }
    }
}

/// The files as they are.
#[must_use]
pub fn copy(folder: &Path) -> Copied {
    let disk = disk(&name(folder));
    let disk = disk.lock();
    let content = |file: &Arc<Mutex<File>>| file.lock().content.clone();
    Copied(
        disk.files
            .iter()
            .map(|(path, file)| (base(path).to_owned(), content(file)))
            .collect(),
    )
}

/// Puts a copy in the place of what is there. No program may be running on the disk.
///
/// # Errors
/// When the folder cannot be written.
pub fn put(folder: &Path, copied: &Copied) -> Result<()> {
    let disk = disk(&name(folder));
    let mut disk = disk.lock();
    disk.files.clear();
    for (base, content) in &copied.0 {
        let path = folder.join(base);
        mark(&path.to_string_lossy())?;
        let file = File {
            content: content.clone(),
            durable: content.clone(),
            ..File::default()
        };
        disk.files.insert(
            path.to_string_lossy().into_owned(),
            Arc::new(Mutex::new(file)),
        );
    }
    Ok(())
}

/// Takes a file away.
pub fn forget(folder: &Path, base: &str) {
    let path = folder.join(base);
    disk(&name(folder))
        .lock()
        .files
        .remove(&*path.to_string_lossy());
    // What is not there need not be taken away.
    drop(std::fs::remove_file(path));
}

/// Only one file of a copy, under another name.
#[must_use]
pub fn renamed(copied: &Copied, from: &str, to: &str) -> Copied {
    Copied(
        copied
            .0
            .iter()
            .filter(|(base, _)| *base == from)
            .map(|(_, content)| (to.to_owned(), content.clone()))
            .collect(),
    )
}

fn name(folder: &Path) -> String {
    folder.to_string_lossy().into_owned()
}

fn disk(folder: &str) -> SharedDisk {
    let mut disks = DISKS.lock();
    disks.disks.entry(folder.to_owned()).or_default().clone()
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn base(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, base)| base)
}

/// A database has a file in the real folder too, because programs look whether it is there before they open it.
fn mark(path: &str) -> Result<()> {
    std::fs::write(path, b"in memory")
}

fn apply(content: &mut Vec<u8>, written: &Written) {
    match written {
        Written::Length(length) => content.resize(*length, 0),
        Written::Bytes { at, bytes } => {
            let end = at + bytes.len();
            if content.len() < end {
                content.resize(end, 0);
            }
            if let Some(place) = content.get_mut(*at..end) {
                place.copy_from_slice(bytes);
            }
        }
    }
}

impl Disk {
    /// Counts a step and says whether it may happen.
    fn step(&mut self, takes_space: bool) -> Result<()> {
        if self.stopped {
            return Err(gone());
        }
        self.steps += 1;
        if let Some((at, trouble)) = self.planned
            && self.steps >= at
        {
            self.planned = None;
            match trouble {
                Trouble::Stop => self.stopped = true,
                Trouble::Full => self.full = true,
                Trouble::Error => return Err(Error::other("a simulated fault of the disk")),
            }
        }
        if self.stopped {
            Err(gone())
        } else if self.full && takes_space {
            Err(ErrorKind::WriteZero.into())
        } else {
            Ok(())
        }
    }
}

fn gone() -> Error {
    Error::other("the machine stopped")
}
