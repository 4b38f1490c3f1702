//! The use cases of Buurtboek: the one API that every shell calls, with the sync loop, the transport and the change
//! notices behind it.
//!
//! All functions block; a window calls them away from its own thread. What changes by itself is told through
//! [`App::events`].

#![expect(
    clippy::needless_pass_by_value,
    reason = "a command owns its words: they come through a door, and every command has the same shape"
)]

pub mod api;
mod audit;
mod auditing;
mod capture;
mod conflicts;
mod consent;
mod contacts;
mod crashes;
mod device;
mod edit;
mod erase;
mod erasing;
mod error;
mod event_lines;
mod exchanging;
mod exporting;
mod follow_ups;
mod following;
mod history;
mod home;
mod http;
mod importing;
mod invitation;
mod join;
mod joining;
mod key_store;
mod lease;
mod life;
mod lists;
mod lock;
mod mentions;
mod passphrase;
mod person_file;
mod portion;
mod preferences;
mod records;
mod redact;
mod redacting;
mod refusing;
mod repairing;
mod retention;
mod rights;
mod round_error;
mod scratch;
mod search;
mod shares;
mod signals;
mod spaces;
mod standing;
mod starter;
mod surroundings;
mod sync_loop;
mod sync_status;
mod team;
mod transport;
mod tries;
mod unsaved;
mod verify;
mod views;
mod watching;
mod wiping;
mod wire;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use domain::ids::DeviceId;
use parking_lot::{Mutex, RwLock};
use store::AuditRow;
use tokio::sync::broadcast;

pub use crashes::write_down_crashes;
pub use error::Error;
pub use exchanging::RoundReport;
pub use exporting::{ExportText, Written};
pub use store::{Findings, KeyCost};
pub use surroundings::{Fixed, Surroundings, System};
pub use verify::SpaceStand;
pub use watching::watch;
pub use wire::{Answer, Ask, Method, Wire, WireError};

use crate::api::Event;
use crate::device::Device;
use crate::importing::Imports;
use crate::lock::Presence;
use crate::sync_loop::SyncLoop;
use crate::wiping::Ending;

/// The version of the app, as the server and the screens are told.
pub const APP_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The environment variable that names another data folder than the account's own.
pub const FOLDER_VARIABLE: &str = "BUURTBOEK_DATA";

/// Where the data of this device is kept when nobody says otherwise: `BUURTBOEK_DATA`, or the platform's folder for
/// the data of programs.
#[must_use]
pub fn default_folder() -> PathBuf {
    if let Some(folder) = std::env::var_os(FOLDER_VARIABLE) {
        return PathBuf::from(folder);
    }
    dirs::data_dir()
        .unwrap_or_else(|| PathBuf::from("."))
        .join("nl.buurtboek.app")
}

/// Shorthand.
pub type Result<T> = std::result::Result<T, Error>;

/// Events kept for a slow listener; it re-reads everything when it missed some.
const EVENTS_KEPT: usize = 256;

/// The app on one device: its data folder and, once unlocked, its database and sync loop.
pub struct App {
    folder: PathBuf,
    surroundings: Arc<dyn Surroundings>,
    device: Arc<RwLock<Option<Arc<Device>>>>,
    sync: Mutex<Option<SyncLoop>>,
    imports: Mutex<Imports>,
    invitation: Mutex<Option<String>>,
    presence: Mutex<Presence>,
    /// When the last wrong try of this run was, by the clock that nobody can set.
    wrong_at: Mutex<Option<Duration>>,
    /// What was done while nothing could be written, kept while the book is locked; and on which device.
    late_audit: Mutex<Option<(DeviceId, Vec<AuditRow>)>>,
    ending: Ending,
    /// Exchanges without being asked.
    by_itself: bool,
    events: broadcast::Sender<Event>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl App {
    /// The app over a data folder, which is made when it is not there.
    ///
    /// # Errors
    /// `folder_unusable` when the folder cannot be made.
    pub fn new(folder: &Path, surroundings: Arc<dyn Surroundings>) -> Result<Self> {
        std::fs::create_dir_all(folder).map_err(|problem| {
            Error::new(
                "folder_unusable",
                "The data folder cannot be made. Nothing was changed. Look whether the disk is there, or choose another folder \
                 with --data.",
            )
            .with("path", folder.display().to_string())
            .because(problem)
        })?;
        keep_to_oneself(folder)?;
        let device = Arc::new(RwLock::new(None));
        let events = broadcast::channel(EVENTS_KEPT).0;
        let ending = Ending {
            folder: folder.to_owned(),
            key_name: key_store::name_of(folder),
            surroundings: surroundings.clone(),
            slot: device.clone(),
            events: events.clone(),
            unwritten: Arc::default(),
        };
        ending.finish()?;
        Ok(Self {
            folder: folder.to_owned(),
            surroundings,
            device,
            sync: Mutex::new(None),
            imports: Mutex::new(Imports::default()),
            invitation: Mutex::new(None),
            presence: Mutex::default(),
            wrong_at: Mutex::default(),
            late_audit: Mutex::default(),
            ending,
            by_itself: true,
            events,
        })
    }

    /// Exchanges only when asked, by [`App::sync_round`]: for a program that does one thing and ends.
    #[must_use]
    pub fn only_when_asked(mut self) -> Self {
        self.by_itself = false;
        self
    }

    /// Takes an invitation with which a link opened the app, at its start or while it runs, and tells the screens. It
    /// is remembered until it is used or another comes; what is no invitation is only said to be none.
    pub fn open_invitation(&self, invitation: String) {
        *self.invitation.lock() = Some(invitation);
        if let Err(problem) = self.tell_device() {
            // The screens ask for the status when they start, and it holds the invitation.
            tracing::warn!(%problem, "an invitation could not be told");
        }
    }

    /// What the app tells by itself, from now on.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn device(&self) -> Result<Arc<Device>> {
        self.device.read().clone().ok_or_else(|| {
            if self.ending.note().is_some() {
                return wiping::wiped_error();
            }
            Error::new("locked", "The app is locked. Open it with your passphrase.")
        })
    }
}

/// Other users of this computer have no business in the folder.
#[cfg(unix)]
fn keep_to_oneself(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let owner_only = std::fs::Permissions::from_mode(0o700);
    std::fs::set_permissions(folder, owner_only).or_else(|problem| {
        // A disk on which nothing can be changed now: whatever is to be written there says so.
        if problem.kind() == std::io::ErrorKind::ReadOnlyFilesystem {
            return Ok(());
        }
        Err(Error::new(
            "folder_unusable",
            "The data folder cannot be closed to other users. Nothing was changed. Make this account its owner, or choose \
             another folder with --data.",
        )
        .with("path", folder.display().to_string())
        .because(problem))
    })
}

/// Elsewhere the folder of a user is closed to others by itself.
#[cfg(not(unix))]
fn keep_to_oneself(_: &Path) -> Result<()> {
    Ok(())
}
