//! A person's file (*inzage*): everything that is kept about one person, as a PDF to read or JSON to take along.

mod collect;
mod others;

use std::time::Duration;

use exchange::PersonFile;

use crate::api::{Exported, PersonFileAsk};
use crate::contacts::row_of;
use crate::edit::parse_id;
use crate::{App, Error, Result, audit, auditing};

/// So long a file waits for what others did; without it, it says that it holds only what was done on this device.
const PATIENCE: Duration = Duration::from_secs(2);

impl App {
    /// Writes a person's file to the downloads folder.
    ///
    /// # Errors
    /// `no_record`, `format_unknown`, or that the file cannot be written.
    pub fn person_file_write(&self, ask: PersonFileAsk) -> Result<Exported> {
        let (content, records) = self.person_file(&ask)?;
        let (path, ()) =
            self.write_to_downloads(&ask.format, |out| out.write_all(&content).map_err(not_made))?;
        Ok(Exported {
            path,
            records,
            archived: 0,
        })
    }

    /// A person's file as bytes, and how many records are in it.
    ///
    /// # Errors
    /// `no_record`, or `format_unknown`.
    pub fn person_file(&self, ask: &PersonFileAsk) -> Result<(Vec<u8>, u32)> {
        if !["pdf", "json"].contains(&ask.format.as_str()) {
            return Err(Error::new(
                "format_unknown",
                format!("There is no format {}.", ask.format),
            ));
        }
        let device = self.device()?;
        let language = self.preferences().language;
        // First, so that the file holds that it was made.
        audit::about(
            &device,
            audit::PERSON_FILE,
            &row_of(&device, &ask.id, "contact")?,
        )?;
        let heard = auditing::hear(&device, Some(parse_id(&ask.id)?), PATIENCE)?;
        let file = PersonFile {
            audit_of_all_devices: heard.reached,
            ..collect::collect(&device, &ask.id, &language, ask.with_names)?
        };
        let content = match ask.format.as_str() {
            "json" => exchange::person_file_json(&file).map_err(not_made)?,
            _ => exchange::person_file_pdf(&file, &language).map_err(not_made)?,
        };
        Ok((content, count(&file)))
    }
}

fn not_made(problem: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(
        "file_not_made",
        "The file could not be made. Nothing was changed.",
    )
    .because(problem)
}

fn count(file: &PersonFile) -> u32 {
    let lists = [
        &file.notes,
        &file.signals,
        &file.follow_ups,
        &file.relations,
        &file.groups,
        &file.other,
        &file.mentions,
    ];
    let records: usize = lists.into_iter().map(Vec::len).sum();
    u32::try_from(records + 1).unwrap_or(u32::MAX)
}
