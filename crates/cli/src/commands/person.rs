//! The rights of the person written about: their file.

use app::App;
use app::api::PersonFileAsk;
use serde_json::json;

use super::export::write_whole;
use crate::args::{File, FileFormat};
use crate::failure::Result;
use crate::output::Answer;
use crate::table::count;

/// Writes everything about one person.
pub(crate) fn file(app: &App, words: &File) -> Result<Answer> {
    let format = match words.format {
        FileFormat::Pdf => "pdf",
        FileFormat::Json => "json",
    };
    let (content, records) = app.person_file(&PersonFileAsk {
        id: words.contact.clone(),
        format: format.to_owned(),
        with_names: words.with_names,
    })?;
    write_whole(&words.out, &content)?;
    let path = words.out.display().to_string();
    let text = format!("Wrote {} to {path}.\n", count(records, "record", "records"));
    Answer::new(
        &json!({ "format": format, "records": records, "path": path }),
        text,
    )
}
