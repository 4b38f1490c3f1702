//! Where things are: the work tree, the build folder, the tools.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The folders that the commands work in.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    root: PathBuf,
    home: PathBuf,
    target: PathBuf,
}

impl Place {
    /// Finds the folders from the environment.
    pub(crate) fn find() -> Result<Self, Failure> {
        let home = env::home_dir().ok_or_else(|| {
            Failure::new("this account has no home folder")
                .advice("set HOME to a folder of your own")
        })?;
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| cache(&home).join("target"), PathBuf::from);
        let root = root()?;
        let target = root.join(target);
        Ok(Self { root, home, target })
    }

    /// The top of the work tree.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the screens.
    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// The build folder: outside the work tree, so that a new clone need not compile the dependencies again.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// The folder with the programs of a profile (`debug`, `release`).
    pub(crate) fn programs(&self, profile: &str) -> PathBuf {
        self.target.join(profile)
    }

    /// One program of a profile.
    pub(crate) fn program(&self, profile: &str, name: &str) -> PathBuf {
        self.programs(profile)
            .join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// Where tools of our own are installed (`bin/` in it).
    pub(crate) fn tools(&self) -> PathBuf {
        cache(&self.home).join("tools")
    }

    /// Where `run` keeps the data of its teams and devices.
    pub(crate) fn development_data(&self) -> PathBuf {
        env::var_os("XDG_DATA_HOME")
            .map(PathBuf::from)
            .filter(|folder| folder.is_absolute())
            .unwrap_or_else(|| self.home.join(".local/share"))
            .join("buurtboek-dev")
    }
}

fn cache(home: &Path) -> PathBuf {
    home.join(".cache/buurtboek")
}

/// The work tree is asked for at run time: a path compiled in would be that of another clone when both share a build
/// folder.
fn root() -> Result<PathBuf, Failure> {
    let start = match env::var_os("CARGO_MANIFEST_DIR") {
        Some(crate_folder) => PathBuf::from(crate_folder),
        None => env::current_dir()
            .map_err(|problem| Failure::new(format!("there is no current folder: {problem}")))?,
    };
    start
        .ancestors()
        .find(|folder| folder.join("crates/xtask/Cargo.toml").is_file())
        .map(Path::to_path_buf)
        .ok_or_else(|| {
            Failure::new(format!(
                "{} is not in Buurtboek's work tree",
                start.display()
            ))
            .advice("go into the clone and run `cargo xtask` again")
        })
}
