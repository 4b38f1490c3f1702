//! What is kept in `kept/VERSION`: `device/` and `newcomer/` (books), `server/`, `wire.jsonl`, `before.json`, `after.json`
//! and `about.json`. A test works on copies.

use std::path::{Path, PathBuf};
use std::{env, fs};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::line::{Crossing, crossings};
use crate::shown::Shown;
use crate::{Error, Result};

/// What a version was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The version of app and server.
    pub version: String,
    /// What their clocks showed.
    pub at: DateTime<Utc>,
    /// The version of the wire.
    pub wire: u32,
}

/// A copy of what is kept of one version; it goes when dropped.
#[derive(Debug)]
pub struct Copy {
    /// What the version was.
    pub about: About,
    /// What a broker saw on the device before the exchange.
    pub before: Shown,
    /// And after it.
    pub after: Shown,
    /// What the newcomer saw after their first exchange.
    pub first: Shown,
    /// The exchange.
    pub crossed: Vec<Crossing>,
    folder: TempDir,
}

impl Copy {
    /// The folder of the device, before the exchange.
    #[must_use]
    pub fn device(&self) -> PathBuf {
        self.folder.path().join("device")
    }

    /// The folder of a device that joined and exchanged nothing yet.
    #[must_use]
    pub fn newcomer(&self) -> PathBuf {
        self.folder.path().join("newcomer")
    }

    /// The folder of the server, before the exchange.
    #[must_use]
    pub fn server(&self) -> PathBuf {
        self.folder.path().join("server")
    }
}

/// Where everything is kept. Asked for at run time: clones may share a build folder.
pub(crate) fn kept() -> Result<PathBuf> {
    let start = match env::var_os("CARGO_MANIFEST_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => env::current_dir()?,
    };
    let found = start
        .ancestors()
        .map(|folder| folder.join("crates/releases/kept"))
        .find(|folder| folder.is_dir());
    found.ok_or_else(|| Error::from(format!("{} is not in the work tree", start.display())))
}

/// The versions that are kept.
///
/// # Errors
/// When they cannot be listed.
pub fn kept_versions() -> Result<Vec<String>> {
    let mut versions = Vec::new();
    for entry in fs::read_dir(kept()?)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            versions.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    versions.sort();
    Ok(versions)
}

/// Copies what is kept of a version.
///
/// # Errors
/// When it is not there, or there is no room.
pub fn open_copy(version: &str) -> Result<Copy> {
    let from = kept()?.join(version);
    let folder = TempDir::new()?;
    for part in ["device", "newcomer", "server"] {
        copy_folder(&from.join(part), &folder.path().join(part))?;
    }
    let text = |name: &str| {
        let path = from.join(name);
        fs::read_to_string(&path)
            .map_err(|problem| Error::from(format!("{}: {problem}", path.display())))
    };
    Ok(Copy {
        about: serde_json::from_str(&text("about.json")?)?,
        before: serde_json::from_str(&text("before.json")?)?,
        after: serde_json::from_str(&text("after.json")?)?,
        first: serde_json::from_str(&text("first.json")?)?,
        crossed: crossings(&text("wire.jsonl")?)?,
        folder,
    })
}

/// Copies the files of a folder; locks and passing files stay behind.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let passing = [".lock", "-wal", "-shm"];
        let passes = passing
            .iter()
            .any(|end| name.to_string_lossy().ends_with(end));
        if entry.file_type()?.is_file() && !passes {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}
