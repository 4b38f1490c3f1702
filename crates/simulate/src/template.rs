//! How every history begins: a server with its spaces, and devices that joined and are up to date. Made once for each
//! size and copied after that;
//! the first start and joining happen in histories too.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use protocol::Role;
use tokio::runtime::{Builder, Runtime};

use crate::device::{Device, Image};
use crate::dice::Dice;
use crate::disk;
use crate::line::{Net, Promise};
use crate::server::{Server, ServerImage};

/// Wednesday 25 November 2026, half past eight in the morning in Utrecht.
pub(crate) const START_MS: i64 = 1_795_591_800_000;

/// Why a beginning could not be made; never the fault of what is simulated.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// A folder cannot be made.
    #[error("no folder for the simulation")]
    Folder(#[from] std::io::Error),
    /// The server does not start.
    #[error("the server does not begin")]
    Server(#[from] sync_server::log::LogError),
    /// A device does not start.
    #[error("a device does not begin: {0}")]
    Device(#[from] app::Error),
    /// Something is not there.
    #[error("the beginning lacks {0}")]
    Lacks(&'static str),
}

/// The beginning of a history.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    pub(crate) server: ServerImage,
    pub(crate) devices: Vec<Image>,
    /// What the server said to have, so that it is known whose changes stand in its log.
    pub(crate) promises: Vec<Promise>,
}

/// Where histories are played: a folder, a runtime, and the beginnings made so far.
pub struct Stage {
    folder: tempfile::TempDir,
    runtime: Runtime,
    templates: BTreeMap<(u8, u8), Arc<Template>>,
}

impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stage").finish_non_exhaustive()
    }
}

impl Stage {
    /// An empty stage. One at a time in a process: the disks under SQLite are shared.
    ///
    /// # Errors
    /// When there is no folder or runtime for it.
    pub fn new() -> Result<Self, StageError> {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            tempfile::tempdir_in(memory)?
        } else {
            tempfile::tempdir()?
        };
        Ok(Self {
            folder,
            runtime: Builder::new_current_thread().enable_all().build()?,
            templates: BTreeMap::new(),
        })
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    pub(crate) const fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    pub(crate) fn template(
        &mut self,
        devices: u8,
        spaces: u8,
    ) -> Result<Arc<Template>, StageError> {
        if let Some(made) = self.templates.get(&(devices, spaces)) {
            return Ok(made.clone());
        }
        let made = Arc::new(self.make(devices, spaces)?);
        self.templates.insert((devices, spaces), made.clone());
        Ok(made)
    }

    fn make(&self, devices: u8, spaces: u8) -> Result<Template, StageError> {
        disk::install();
        disk::clear();
        let root = self.root();
        let world = Arc::new(AtomicI64::new(START_MS));
        let net = Arc::new(Net::default());
        let dice = |purpose| Dice::of(7, purpose);
        let mut server = Server::new(root.join("server"), &world, &net, dice(1_000));
        clean(&server.folder)?;
        server.put(&ServerImage::default())?;
        server.start()?;
        server.begin(usize::from(spaces), &self.runtime)?;
        let mut all = Vec::new();
        for no in 0..usize::from(devices) {
            let mut device = Device::new(&root, no, &net, &world, dice(no as u64));
            clean(&device.folder)?;
            device.begin(&format!("Maker {no}"))?;
            let home = no % usize::from(spaces);
            let invitation = server.invite(home, Role::Writer)?;
            device.join(invitation.ok_or(StageError::Lacks("an invitation"))?)?;
            // A neighbour of the next space reads there; everybody else writes.
            for space in (0..usize::from(spaces)).filter(|space| *space != home) {
                let role = if (no + space).is_multiple_of(3) {
                    continue;
                } else if (no + space) % 3 == 1 {
                    Role::Writer
                } else {
                    Role::Reader
                };
                server.set_role(&device.member, space, Some(role));
            }
            all.push(device);
        }
        for _ in 0..2 {
            for device in &all {
                device.app().map(app::App::sync_round).transpose()?;
            }
        }
        server.stop();
        let images = all
            .iter_mut()
            .map(|device| {
                device.close();
                device.image()
            })
            .collect();
        Ok(Template {
            server: server.image(),
            devices: images,
            promises: net.promises(),
        })
    }
}

/// Empties a folder.
pub(crate) fn clean(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => Err(problem),
        _ => Ok(()),
    }
}
