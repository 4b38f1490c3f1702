//! The rights of the person written about: their file.

use std::path::PathBuf;

use app::App;
use app::api::PersonFileAsk;
use serde_json::json;

use super::export::write_whole;
use crate::failure::Result;
use crate::output::Answer;
use crate::table::count;
use clap::{Args, ValueEnum};

/// Words of `file`.
#[derive(Debug, Args)]
pub(crate) struct File {
    /// The id of the contact
    pub(crate) contact: String,
    /// Which kind of file
    #[arg(long, value_enum, default_value_t = FileFormat::Pdf)]
    pub(crate) format: FileFormat,
    /// The file to write; a file that is there is replaced
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// With the names of other residents, which are taken out otherwise
    #[arg(long)]
    pub(crate) with_names: bool,
}

/// A kind of file of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FileFormat {
    /// To read, print and hand over: tagged PDF (PDF/UA-1)
    Pdf,
    /// To take along to another program
    Json,
}

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
