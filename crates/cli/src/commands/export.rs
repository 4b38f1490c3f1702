//! Files out.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use app::{App, ExportText};
use clap::{Args, ValueEnum};
use serde_json::json;

use crate::failure::{Failure, Result};
use crate::output::Answer;
use crate::table::count;

/// Words of `export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Which kind of file
    #[arg(long, value_enum)]
    pub(crate) format: Format,
    /// The file to write, or for automerge the folder; a file that is there is replaced
    #[arg(long, value_name = "FILE|DIR", required_if_eq("format", "automerge"))]
    pub(crate) out: Option<PathBuf>,
    /// Only this record
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// Follow-ups of the whole team, not only mine
    #[arg(long)]
    pub(crate) all: bool,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// All records, one JSON object a line
    Jsonl,
    /// Contacts, vCard 4.0
    Vcard,
    /// My open follow-ups, iCalendar
    Ics,
    /// The documents themselves with their history, one file each
    Automerge,
}

/// Writes records to a file, a folder or standard output.
pub(crate) fn export(app: &App, words: &Export) -> Result<Answer> {
    let format = match words.format {
        Format::Jsonl => "jsonl",
        Format::Vcard => "vcard",
        Format::Ics => "ics",
        Format::Automerge => return documents(app, words),
    };
    let asked = app::api::Export {
        id: words.id.clone(),
        everyone: words.all,
        ..app::api::Export::of(format)
    };
    let Some(file) = &words.out else {
        let ExportText {
            text,
            records,
            archived,
        } = app.export_text(&asked)?;
        let json =
            json!({ "format": format, "records": records, "archived": archived, "content": text });
        return Answer::new(&json, text);
    };
    let count = write_whole_by(file, |out| Ok(app.export_to(&asked, out)?))?;
    written(format, file, count.records, count.archived)
}

/// The documents themselves, one file each, named by their ids.
fn documents(app: &App, words: &Export) -> Result<Answer> {
    let Some(folder) = &words.out else {
        return Err(Failure::new(
            "bad_arguments",
            "Say in which folder: --out DIR.",
        ));
    };
    if words.id.is_some() {
        return Err(Failure::new(
            "bad_arguments",
            "All documents are written, not one of them.",
        ));
    }
    fs::create_dir_all(folder)
        .map_err(|problem| Failure::file("file_not_written", folder, problem))?;
    let records = app.export_documents(|id, bytes| {
        let file = folder.join(format!("{id}.automerge"));
        fs::write(&file, bytes).map_err(|problem| {
            app::Error::new(
                "file_not_written",
                format!("{}: {problem}.", file.display()),
            )
        })
    })?;
    written("automerge", folder, records, 0)
}

fn written(format: &str, path: &Path, records: u32, archived: u32) -> Result<Answer> {
    let path = path.display().to_string();
    let mut text = format!("Wrote {} to {path}.\n", count(records, "record", "records"));
    if archived > 0 {
        text.push_str(&format!(
            "{} out of sight and not in it.\n",
            count(archived, "record is", "records are")
        ));
    }
    Answer::new(
        &json!({ "format": format, "records": records, "archived": archived, "path": path }),
        text,
    )
}

/// A file that is there is replaced as a whole or not at all.
pub(crate) fn write_whole(file: &Path, content: &[u8]) -> Result<()> {
    write_whole_by(file, |out| {
        out.write_all(content)
            .map_err(|problem| Failure::file("file_not_written", file, problem))
    })
}

fn write_whole_by<T>(
    file: &Path,
    write: impl FnOnce(&mut BufWriter<fs::File>) -> Result<T>,
) -> Result<T> {
    let failed = |problem| Failure::file("file_not_written", file, problem);
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let beside = file.with_file_name(name);
    let mut part = BufWriter::new(fs::File::create(&beside).map_err(failed)?);
    let done = write(&mut part)?;
    part.flush()
        .and_then(|()| part.get_ref().sync_all())
        .and_then(|()| fs::rename(&beside, file))
        .map_err(failed)?;
    Ok(done)
}
