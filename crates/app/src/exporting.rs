//! Files out: contacts, follow-ups and everything, as text.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ids::RecordId;
use domain::kinds::{Contact, FollowUp};
use domain::record::Fields;
use exchange::FollowUpEvent;
use serde_json::{Value, json};
use store::RecordRow;

use crate::api::{Export, Exported};
use crate::device::Device;
use crate::edit::parse_id;
use crate::preferences::write_whole;
use crate::views::fields;
use crate::{App, Error, Result, audit};

/// Records read at once while exporting.
const PAGE: u32 = 1_000;

/// A file before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportText {
    /// What stands in it.
    pub text: String,
    /// Records in it.
    pub records: u32,
    /// Records that are not in it because they are out of sight.
    pub archived: u32,
}

impl App {
    /// Writes a file to the downloads folder.
    ///
    /// # Errors
    /// `format_unknown`, or that the file cannot be written.
    pub fn export_write(&self, export: Export) -> Result<Exported> {
        let file = self.export_text(&export.format, export.id.as_deref())?;
        let extension = match export.format.as_str() {
            "vcard" => "vcf",
            "ics" => "ics",
            _ => "jsonl",
        };
        self.keep_export(extension, &file)
    }

    /// Writes these records to the downloads folder, one JSON object a line.
    pub(crate) fn export_records(&self, device: &Device, ids: &[RecordId]) -> Result<Exported> {
        let rows = device.store.records(ids)?;
        for row in &rows {
            audit::about(device, audit::EXPORTED, row)?;
        }
        self.keep_export("jsonl", &lines(rows.iter().map(json_line)))
    }

    fn keep_export(&self, extension: &str, file: &ExportText) -> Result<Exported> {
        let path = self.write_to_downloads(extension, file.text.as_bytes())?;
        Ok(Exported {
            path,
            records: file.records,
            archived: file.archived,
        })
    }

    /// Writes a file under a name of today that is free, and says where it stands.
    pub(crate) fn write_to_downloads(&self, extension: &str, content: &[u8]) -> Result<String> {
        let today = crate::surroundings::day(self.surroundings.now());
        let folder = self.downloads();
        std::fs::create_dir_all(&folder).map_err(|problem| {
            Error::new(
                "file_not_written",
                "The file could not be written. Nothing was lost.",
            )
            .because(problem)
        })?;
        let path = free_name(&folder.join(format!("buurtboek-{today}.{extension}")));
        write_whole(&path, content)?;
        Ok(path.display().to_string())
    }

    /// The text of an export, and how many records are in it. Contacts and follow-ups for other programs are those in
    /// sight; how many are left out for that reason is told. `jsonl` holds everything.
    ///
    /// # Errors
    /// `format_unknown`.
    pub fn export_text(&self, format: &str, id: Option<&str>) -> Result<ExportText> {
        let device = self.device()?;
        let only = id.map(parse_id::<RecordId>).transpose()?;
        audit_export(&device, only)?;
        match format {
            "vcard" => {
                let Rows { rows, archived } = in_sight(&device, "contact", only)?;
                let records = counted(rows.len());
                let contacts = rows
                    .into_iter()
                    .map(|row| (row.id.to_string(), fields::<Contact>(&row)));
                Ok(ExportText {
                    text: exchange::write_vcard(contacts),
                    records,
                    archived,
                })
            }
            "ics" => {
                let Rows { mut rows, archived } = in_sight(&device, "follow_up", only)?;
                rows.retain(crate::contacts::is_open);
                let events = events(&device, &rows)?;
                let now = device.surroundings.now();
                Ok(ExportText {
                    records: counted(events.len()),
                    text: exchange::write_icalendar(events.into_iter(), now),
                    archived,
                })
            }
            "jsonl" => Ok(lines(rows(&device, None, only)?.iter().map(json_line))),
            "refused" => Ok(lines(device.store.all_refused()?.iter().map(|change| {
                let line = json!({
                    "record": change.document.to_string(), "code": change.code,
                    "mine": change.mine, "at": crate::views::moment(change.at),
                    "change": STANDARD.encode(&change.bytes), "said": change.said.as_deref().map(said),
                });
                format!("{line}\n")
            }))),
            _ => Err(Error::new(
                "format_unknown",
                format!("There is no format {format}."),
            )),
        }
    }

    /// The documents themselves, as Automerge saves them: id and bytes, one by one.
    ///
    /// # Errors
    /// What `each` says, or the database.
    pub fn export_documents(&self, mut each: impl FnMut(&str, &[u8]) -> Result<()>) -> Result<u32> {
        let device = self.device()?;
        audit_export(&device, None)?;
        let rows = rows(&device, None, None)?;
        for row in &rows {
            each(&row.id.to_string(), &device.store.document_bytes(row.id)?)?;
        }
        Ok(counted(rows.len()))
    }

    fn downloads(&self) -> PathBuf {
        dirs::download_dir().unwrap_or_else(|| self.folder().join("exports"))
    }
}

/// What an edit wrote that is kept aside.
fn said(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// Records that details leave the app, before they do.
fn audit_export(device: &Device, only: Option<RecordId>) -> Result<()> {
    match only
        .map(|id| device.store.record(id))
        .transpose()?
        .flatten()
    {
        Some(row) => audit::about(device, audit::EXPORTED, &row),
        None => audit::about_all(device, audit::EXPORTED),
    }
}

fn lines(lines: impl Iterator<Item = String>) -> ExportText {
    let mut records = 0;
    let text = lines.inspect(|_| records += 1).collect();
    ExportText {
        text,
        records,
        archived: 0,
    }
}

/// Records in sight, and how many are not.
struct Rows {
    rows: Vec<RecordRow>,
    archived: u32,
}

/// The records of a kind that are in sight, or the one that is asked for whether it is in sight or not.
fn in_sight(device: &Device, kind: &str, only: Option<RecordId>) -> Result<Rows> {
    let mut rows = rows(device, Some(kind), only)?;
    let all = rows.len();
    rows.retain(|row| only.is_some() || !row.archived);
    Ok(Rows {
        archived: counted(all - rows.len()),
        rows,
    })
}

fn rows(device: &Device, kind: Option<&str>, only: Option<RecordId>) -> Result<Vec<RecordRow>> {
    if let Some(id) = only {
        return Ok(device.store.record(id)?.into_iter().collect());
    }
    let mut all = Vec::new();
    loop {
        let offset = counted(all.len());
        let (_, page) = device.store.records_of_kind(kind, true, offset, PAGE)?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

fn events(device: &Device, rows: &[RecordRow]) -> Result<Vec<FollowUpEvent>> {
    let mut events = Vec::with_capacity(rows.len());
    for row in rows {
        let follow_up: FollowUp = fields(row);
        let about: Vec<RecordId> = follow_up.about.iter().copied().collect();
        let about = device
            .store
            .records(&about)?
            .into_iter()
            .map(|row| row.title)
            .collect();
        events.push(FollowUpEvent {
            id: row.id.to_string(),
            follow_up,
            about,
        });
    }
    Ok(events)
}

fn json_line(row: &RecordRow) -> String {
    let mut line = Fields::from_iter([
        ("kind".to_owned(), Value::String(row.kind.clone())),
        ("id".to_owned(), Value::String(row.id.to_string())),
    ]);
    line.extend(row.fields.clone());
    format!("{}\n", Value::Object(line))
}

/// A name that is not taken yet: nothing is overwritten.
fn free_name(path: &std::path::Path) -> PathBuf {
    if !path.exists() {
        return path.to_owned();
    }
    let stem = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or("buurtboek");
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or("txt");
    (2..)
        .map(|number| path.with_file_name(format!("{stem}-{number}.{extension}")))
        .find(|path| !path.exists())
        .unwrap_or_else(|| path.to_owned())
}

fn counted(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
