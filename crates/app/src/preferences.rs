//! How the screens look and speak: a small file outside the database, because the lock screen follows it too.

use std::path::Path;

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
        // A damaged file costs a preference, never a note: fall back and go on.
        std::fs::read(self.folder().join(FILE))
            .ok()
            .and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_else(|| Preferences {
                language: "nl".to_owned(),
                theme: "auto".to_owned(),
                text_size: 100,
            })
    }
}

/// Writes a file as a whole or not at all.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<()> {
    use std::io::Write as _;
    let beside = path.with_extension("new");
    let written = std::fs::File::create(&beside).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    });
    written.map_err(|problem| {
        Error::new(
            "file_not_written",
            "A file could not be written. Nothing was changed.",
        )
        .with("path", path.display().to_string())
        .because(problem)
    })
}
