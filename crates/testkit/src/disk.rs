//! A small filesystem that fills up, is made larger, and becomes read-only, under the folder of a real program.
//!
//! A tmpfs of its own where this account may mount one (as root, also in most CI). Elsewhere the programs get a limit on the
//! size of their files (`RLIMIT_FSIZE`), which fails at the same places with another error; [`SmallDisk::way`] says which of
//! the two it is.

use std::ffi::OsStr;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// How a disk is made small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A filesystem of its own.
    Mounted,
    /// A limit on the size of files.
    FileSizes,
}

/// A small filesystem; what is on it goes with it.
#[derive(Debug)]
pub struct SmallDisk {
    folder: PathBuf,
    kib: u64,
    way: Way,
}

impl SmallDisk {
    /// Puts a disk of so many KiB in the place of this folder, which is made when it is not there. Every account may write
    /// on it.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn over(folder: &Path, kib: u64) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let size = format!("size={kib}k,mode=0777");
        let mounted = run(
            "mount",
            &["-t", "tmpfs", "-o", &size, "buurtboek-test", &text(folder)],
        )?;
        let way = if mounted.status.success() {
            Way::Mounted
        } else {
            Way::FileSizes
        };
        Ok(Self {
            folder: folder.to_owned(),
            kib,
            way,
        })
    }

    /// How it is made small.
    #[must_use]
    pub const fn way(&self) -> Way {
        self.way
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes it larger or smaller; what is on it stays.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn resize(&mut self, kib: u64) -> Result<()> {
        self.kib = kib;
        self.remount(&format!("remount,size={kib}k"))
    }

    /// Leaves only so many KiB free.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn leave_free(&mut self, kib: u64) -> Result<()> {
        let used = used(&self.folder, self.way)?;
        self.resize(used + kib)
    }

    /// Forbids writing, or allows it again. False where this account cannot do that.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn read_only(&self, forbidden: bool) -> Result<bool> {
        let how = if forbidden {
            "remount,ro"
        } else {
            "remount,rw"
        };
        self.remount(how)?;
        Ok(self.way == Way::Mounted)
    }

    /// A program as it has to be started to meet the end of this disk.
    #[must_use]
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        if self.way == Way::Mounted {
            return Command::new(program);
        }
        // Without a handler the signal would end the program before the write fails.
        let bytes = self.kib * 1024;
        let script = format!("trap '' XFSZ; exec prlimit --fsize={bytes} -- \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &script]).arg(program);
        command
    }

    fn remount(&self, how: &str) -> Result<()> {
        if self.way == Way::FileSizes {
            return Ok(());
        }
        let done = run("mount", &["-o", how, &text(&self.folder)])?;
        if done.status.success() {
            return Ok(());
        }
        Err(Error::other(format!(
            "mount -o {how}: {}",
            String::from_utf8_lossy(&done.stderr)
        )))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if self.way == Way::Mounted {
            // A program that still has it open keeps it until it ends.
            drop(run("umount", &["-l", &text(&self.folder)]));
        }
    }
}

/// KiB in use: of the filesystem, or of the largest file.
fn used(folder: &Path, way: Way) -> Result<u64> {
    if way == Way::Mounted {
        let told = run("df", &["--output=used", "-k", &text(folder)])?;
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        let used = told
            .lines()
            .nth(1)
            .and_then(|line| line.trim().parse().ok());
        return used.ok_or_else(|| Error::other(format!("df says {told}")));
    }
    let mut largest = 0;
    for entry in std::fs::read_dir(folder)? {
        largest = largest.max(entry?.metadata()?.len().div_ceil(1024));
    }
    Ok(largest)
}

fn run(program: &str, arguments: &[&str]) -> Result<Output> {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
