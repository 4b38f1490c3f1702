//! How the screens look and speak: a small file outside the database, because the lock screen follows it too.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use store::StoreError;

use crate::api::Preferences;
use crate::{App, Error, Result};

const FILE: &str = "preferences.json";

impl App {
    /// Changes how the screens look and speak.
    ///
    /// # Errors
    /// `preference_unknown`, or that the file cannot be written.
    pub fn preferences_set(&self, preferences: Preferences) -> Result<Preferences> {
        let known = ["nl", "en"].contains(&preferences.language.as_str())
            && ["auto", "light", "dark", "contrast"].contains(&preferences.theme.as_str())
            && (100..=200).contains(&preferences.text_size);
        if !known {
            return Err(Error::new(
                "preference_unknown",
                "This choice is not known. Nothing was changed.",
            ));
        }
        let text = serde_json::to_vec_pretty(&preferences).map_err(Error::bad_arguments)?;
        write_whole(&self.folder().join(FILE), &text)?;
        Ok(preferences)
    }

    pub(crate) fn preferences(&self) -> Preferences {
        read(self.folder())
    }
}

/// The preferences in this folder. A damaged file costs a preference, never a note: fall back and go on.
pub(crate) fn read(folder: &Path) -> Preferences {
    std::fs::read(folder.join(FILE))
        .ok()
        .and_then(|text| serde_json::from_slice(&text).ok())
        .unwrap_or_else(|| Preferences {
            language: "nl".to_owned(),
            theme: "auto".to_owned(),
            text_size: 100,
        })
}

/// Writes a file as a whole or not at all. Nobody else on this computer may read it: exports name residents.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<()> {
    write_whole_by(path, |file| {
        file.write_all(content)
            .map_err(|problem| not_written(path, problem))
    })
}

/// The same, by who writes it part by part. What was written of a file that is not finished goes.
pub(crate) fn write_whole_by<T>(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<T>,
) -> Result<T> {
    let beside = path.with_extension("new");
    let written = create_private(&beside)
        .map_err(|problem| not_written(path, problem))
        .and_then(|file| {
            let mut file = BufWriter::new(file);
            let done = write(&mut file)?;
            let placed = file.flush().and_then(|()| {
                file.get_ref().sync_all()?;
                std::fs::rename(&beside, path)?;
                keep_names(path)
            });
            placed.map_err(|problem| not_written(path, problem))?;
            Ok(done)
        });
    if written.is_err()
        && let Err(problem) = std::fs::remove_file(&beside)
        && problem.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%problem, "half a file stays");
    }
    written
}

pub(crate) fn not_written(path: &Path, problem: std::io::Error) -> Error {
    let problem = StoreError::from(problem);
    if matches!(problem, StoreError::DiskFull) {
        return problem.into();
    }
    Error::new(
        "file_not_written",
        "A file could not be written. Nothing was changed.",
    )
    .with("path", path.display().to_string())
    .because(problem)
}

#[cfg(unix)]
fn create_private(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options.open(path)
}

/// Elsewhere the folder of the person keeps others out.
#[cfg(not(unix))]
fn create_private(path: &Path) -> std::io::Result<File> {
    File::create(path)
}

/// After a power cut a file has the name it was given last: on Unix the folder is written down as well.
#[cfg(unix)]
fn keep_names(path: &Path) -> std::io::Result<()> {
    match path.parent() {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

/// Elsewhere a folder cannot be written down by itself.
#[cfg(not(unix))]
fn keep_names(_: &Path) -> std::io::Result<()> {
    Ok(())
}
