//! Files out: contacts, follow-ups and everything, as text.

use std::io::Write;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use domain::ids::{MemberId, RecordId};
use domain::kinds::{Contact, FollowUp};
use domain::record::Fields;
use exchange::FollowUpEvent;
use serde_json::{Value, json};
use store::{RecordRow, Refused, Snapshot};

use crate::api::{Export, Exported};
use crate::device::Device;
use crate::edit::parse_id;
use crate::preferences::write_whole_by;
use crate::views::fields;
use crate::{App, Error, Result, audit};

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

/// How much was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
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
        let extension = match export.format.as_str() {
            "vcard" => "vcf",
            "ics" => "ics",
            _ => "jsonl",
        };
        let (path, written) =
            self.write_to_downloads(extension, |out| self.export_to(&export, out))?;
        Ok(exported(path, written))
    }

    /// Writes these records to the downloads folder, one JSON object a line; and what this person wrote in them that is
    /// kept aside, and so stands in none of them.
    pub(crate) fn export_records(&self, device: &Device, ids: &[RecordId]) -> Result<Exported> {
        for row in device.store.records(ids)? {
            audit::about(device, audit::EXPORTED, &row)?;
        }
        let (path, written) = self.write_to_downloads("jsonl", |out| {
            device.store.snapshot(|book| {
                let mut lines = Lines::new(out);
                for row in book.records(ids)? {
                    lines.add(&json_line(&row))?;
                }
                book.each_refused(|change| {
                    if change.said.is_some() && ids.contains(&change.document) {
                        lines.write(&refused_line(&change))?;
                    }
                    Ok::<(), Error>(())
                })?;
                Ok(lines.written)
            })
        })?;
        Ok(exported(path, written))
    }

    /// Writes a file under a name of today that is free, and says where it stands.
    pub(crate) fn write_to_downloads<T>(
        &self,
        extension: &str,
        write: impl FnOnce(&mut dyn Write) -> Result<T>,
    ) -> Result<(String, T)> {
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
        let done = write_whole_by(&path, |out| write(out))?;
        Ok((path.display().to_string(), done))
    }

    /// An export as text; see [`App::export_to`].
    ///
    /// # Errors
    /// `format_unknown`.
    pub fn export_text(&self, export: &Export) -> Result<ExportText> {
        let mut text = Vec::new();
        let Written { records, archived } = self.export_to(export, &mut text)?;
        let text = String::from_utf8(text).map_err(|problem| {
            Error::new(
                "storage",
                "The file could not be made. Nothing was changed.",
            )
            .because(problem)
        })?;
        Ok(ExportText {
            text,
            records,
            archived,
        })
    }

    /// Writes an export, record by record, and says how many are in it. All of it is as the book was at one moment.
    /// Contacts and follow-ups for other programs are those in sight; how many are left out for that reason is told.
    /// A calendar is of one's own follow-ups unless everybody's are asked for. `jsonl` holds everything.
    ///
    /// # Errors
    /// `format_unknown`, or `file_not_written` when `out` takes no more.
    pub fn export_to(&self, export: &Export, out: &mut dyn Write) -> Result<Written> {
        let device = self.device()?;
        let only = export.id.as_deref().map(parse_id).transpose()?;
        let write = match export.format.as_str() {
            "vcard" => write_cards,
            "ics" => write_calendar,
            "jsonl" => write_records,
            "refused" => write_refused,
            unknown => {
                return Err(Error::new(
                    "format_unknown",
                    format!("There is no format {unknown}."),
                ));
            }
        };
        audit_export(&device, only)?;
        let of_everybody = export.everyone || only.is_some();
        let asked = Asked {
            only,
            owner: (!of_everybody).then(|| device.me()).transpose()?,
            now: self.surroundings.now(),
        };
        let mut lines = Lines::new(out);
        device
            .store
            .snapshot(|book| write(book, &asked, &mut lines))?;
        Ok(lines.written)
    }

    /// The documents themselves, as Automerge saves them: id and bytes, one by one, as they were at one moment.
    ///
    /// # Errors
    /// What `each` says, or the database.
    pub fn export_documents(&self, mut each: impl FnMut(&str, &[u8]) -> Result<()>) -> Result<u32> {
        let device = self.device()?;
        audit_export(&device, None)?;
        let mut records = 0;
        device.store.snapshot(|book| {
            book.each_record(None, |row| {
                records += 1;
                each(&row.id.to_string(), &book.document_bytes(row.id)?)
            })
        })?;
        Ok(records)
    }

    pub(crate) fn downloads(&self) -> PathBuf {
        dirs::download_dir().unwrap_or_else(|| self.folder().join("exports"))
    }
}

impl Export {
    /// All that goes into this format by itself.
    pub fn of(format: &str) -> Self {
        Self {
            format: format.to_owned(),
            id: None,
            everyone: false,
        }
    }
}

/// What is asked for, and when.
struct Asked {
    /// This record alone.
    only: Option<RecordId>,
    /// Follow-ups of this person alone.
    owner: Option<MemberId>,
    now: DateTime<Utc>,
}

impl Asked {
    fn is_of_owner(&self, row: &RecordRow) -> bool {
        self.owner.is_none() || fields::<FollowUp>(row).owner == self.owner
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

/// A file under way, and how much of it there is.
struct Lines<'a> {
    out: &'a mut dyn Write,
    written: Written,
}

impl<'a> Lines<'a> {
    fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            written: Written::default(),
        }
    }

    /// Writes one record.
    fn add(&mut self, text: &str) -> Result<()> {
        self.written.records += 1;
        self.write(text)
    }

    fn write(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(|problem| {
            Error::new(
                "file_not_written",
                "The file could not be written. Nothing was lost.",
            )
            .because(problem)
        })
    }
}

/// The records of a kind that are in sight, or the one that is asked for whether it is in sight or not.
fn each_in_sight(
    book: &Snapshot<'_>,
    kind: &str,
    only: Option<RecordId>,
    wanted: impl Fn(&RecordRow) -> bool,
    lines: &mut Lines<'_>,
    mut each: impl FnMut(RecordRow, &mut Lines<'_>) -> Result<()>,
) -> Result<()> {
    each_row(book, Some(kind), only, |row| {
        if !wanted(&row) {
            return Ok(());
        }
        if only.is_none() && row.archived {
            lines.written.archived += 1;
            return Ok(());
        }
        each(row, lines)
    })
}

fn each_row(
    book: &Snapshot<'_>,
    kind: Option<&str>,
    only: Option<RecordId>,
    mut each: impl FnMut(RecordRow) -> Result<()>,
) -> Result<()> {
    match only {
        Some(id) => book.records(&[id])?.into_iter().try_for_each(each),
        None => book.each_record(kind, &mut each),
    }
}

fn write_cards(book: &Snapshot<'_>, asked: &Asked, lines: &mut Lines<'_>) -> Result<()> {
    each_in_sight(
        book,
        "contact",
        asked.only,
        |_| true,
        lines,
        |row, lines| {
            let card = (row.id.to_string(), fields::<Contact>(&row));
            lines.add(&exchange::write_vcard(std::iter::once(card)))
        },
    )
}

/// A calendar is written at once: its end stands under all that is in it.
fn write_calendar(book: &Snapshot<'_>, asked: &Asked, lines: &mut Lines<'_>) -> Result<()> {
    let mut events = Vec::new();
    let wanted = |row: &RecordRow| crate::contacts::is_open(row) && asked.is_of_owner(row);
    each_in_sight(
        book,
        "follow_up",
        asked.only,
        wanted,
        lines,
        |row, lines| {
            lines.written.records += 1;
            events.push(event(book, &row)?);
            Ok(())
        },
    )?;
    lines.write(&exchange::write_icalendar(events.into_iter(), asked.now))
}

fn event(book: &Snapshot<'_>, row: &RecordRow) -> Result<FollowUpEvent> {
    let follow_up: FollowUp = fields(row);
    let about: Vec<RecordId> = follow_up.about.iter().copied().collect();
    let about = book.records(&about)?.into_iter();
    Ok(FollowUpEvent {
        id: row.id.to_string(),
        follow_up,
        about: about.map(|row| row.title).collect(),
    })
}

fn write_records(book: &Snapshot<'_>, asked: &Asked, lines: &mut Lines<'_>) -> Result<()> {
    each_row(book, None, asked.only, |row| lines.add(&json_line(&row)))
}

fn write_refused(book: &Snapshot<'_>, _: &Asked, lines: &mut Lines<'_>) -> Result<()> {
    book.each_refused(|change| lines.add(&refused_line(&change)))
}

fn refused_line(change: &Refused) -> String {
    let line = json!({
        "record": change.document.to_string(), "code": change.code,
        "mine": change.mine, "at": crate::views::moment(change.at),
        "change": STANDARD.encode(&change.bytes), "said": change.said.as_deref().map(said),
    });
    format!("{line}\n")
}

fn exported(path: String, written: Written) -> Exported {
    Exported {
        path,
        records: written.records,
        archived: written.archived,
    }
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
