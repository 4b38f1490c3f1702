//! Files in and out: a preview before anything is kept, one action that can be undone, and exports.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ids::RecordId;
use domain::kinds::{Contact, FollowUp};
use domain::projection::fold;
use domain::record::Fields;
use exchange::{FollowUpEvent, Format, Row, Unreadable};
use serde_json::{Value, json};
use store::RecordRow;

use crate::api::{
    Export, Exported, ImportApply, ImportPreview, ImportRead, ImportRow, RecordRef, Saved,
    UnreadableRow,
};
use crate::device::Device;
use crate::edit::{parse_id, record_ref};
use crate::preferences::write_whole;
use crate::records::{kind_of, with_defaults};
use crate::views::{fields, line};
use crate::{App, Error, Result};

/// Rows shown of a preview; the counts tell of the rest.
const SHOWN: usize = 1_000;
/// Records read at once while exporting.
const PAGE: u32 = 1_000;

/// Files that were read and not yet kept; the last few.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    read: HashMap<String, Vec<Candidate>>,
    order: Vec<String>,
}

/// A row and the record it probably is.
#[derive(Debug, Clone)]
struct Candidate {
    row: Row,
    duplicate: Option<RecordRef>,
}

impl App {
    /// Reads a file and says what is in it; keeps nothing yet.
    ///
    /// # Errors
    /// `file_unknown` when it is no file of contacts or records.
    pub fn import_read(&self, read: ImportRead) -> Result<ImportPreview> {
        let content = STANDARD.decode(&read.content).map_err(|problem| {
            Error::new(
                "bad_arguments",
                "The file did not come through whole. Choose it again.",
            )
            .because(problem)
        })?;
        self.import_preview(&read.file_name, &content)
    }

    /// Reads a file's bytes and says what is in it; keeps nothing yet.
    ///
    /// # Errors
    /// `file_unknown` when it is no file of contacts or records.
    pub fn import_preview(&self, file_name: &str, content: &[u8]) -> Result<ImportPreview> {
        let device = self.device()?;
        let format = exchange::detect(file_name, content).ok_or_else(|| {
            Error::new(
                "file_unknown",
                "This is not a file with contacts. Choose a vCard (.vcf) or CSV file; nothing was kept.",
            )
            .with("file", file_name)
        })?;
        let read = exchange::read(format, content);
        let mut candidates = Vec::with_capacity(read.rows.len());
        for row in read.rows {
            let duplicate = duplicate(&device, &row)?;
            candidates.push(Candidate { row, duplicate });
        }
        let import = device.new_id().to_string();
        let preview = preview(&import, format, &candidates, read.unreadable);
        self.imports.lock().keep(import, candidates);
        Ok(preview)
    }

    /// The rows of a file that are probably known already, also beyond those that a preview shows.
    ///
    /// # Errors
    /// `no_import` when the preview is gone.
    pub fn import_duplicates(&self, import: &str) -> Result<Vec<u32>> {
        Ok((0_u32..)
            .zip(self.candidates(import)?)
            .filter(|(_, candidate)| candidate.duplicate.is_some())
            .map(|(index, _)| index)
            .collect())
    }

    /// Keeps what was read: all of it in one action, or nothing.
    ///
    /// # Errors
    /// `no_import` when the preview is gone, or the rule that a row breaks, with its line.
    pub fn import_apply(&self, apply: ImportApply) -> Result<Saved> {
        let device = self.device()?;
        let candidates = self.candidates(&apply.import)?;
        let skip: HashSet<u32> = apply.skip.iter().copied().collect();
        let merge: HashSet<u32> = apply.merge.iter().copied().collect();
        let space = device.store.default_space()?.id;
        let (_, saved) = self.edit(&device, |action| {
            for (index, candidate) in (0_u32..).zip(&candidates) {
                if skip.contains(&index) {
                    continue;
                }
                let merge = candidate
                    .duplicate
                    .as_ref()
                    .filter(|_| merge.contains(&index));
                keep_row(&device, action, space, &candidate.row, merge)
                    .map_err(|problem| problem.with("line", candidate.row.line))?;
            }
            Ok(())
        })?;
        self.imports.lock().forget(&apply.import);
        Ok(saved)
    }

    /// Loads many records from JSON Lines: in parts of two thousand, without an undo, for filling a device.
    ///
    /// # Errors
    /// The rule that a row breaks, with its line; the parts before it are kept.
    pub fn load_records(&self, content: &[u8]) -> Result<(u32, Vec<UnreadableRow>)> {
        let device = self.device()?;
        let read = exchange::read(Format::Jsonl, content);
        let space = device.store.default_space()?.id;
        let mut loaded = 0;
        for part in read.rows.chunks(2_000) {
            let (_, changes) = device.store.transact(&device.stamp(), None, |action| {
                for row in part {
                    keep_row(&device, action, space, row, None)
                        .map_err(|problem| problem.with("line", row.line))?;
                    loaded += 1;
                }
                Ok::<(), Error>(())
            })?;
            self.tell_changed(&changes, false);
        }
        self.sync_word(crate::sync_loop::Word::Edited);
        Ok((
            loaded,
            read.unreadable.into_iter().map(unreadable).collect(),
        ))
    }

    /// Writes a file to the downloads folder.
    ///
    /// # Errors
    /// `format_unknown`, or that the file cannot be written.
    pub fn export_write(&self, export: Export) -> Result<Exported> {
        let (text, records) = self.export_text(&export.format, export.id.as_deref())?;
        let extension = match export.format.as_str() {
            "vcard" => "vcf",
            "ics" => "ics",
            _ => "jsonl",
        };
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
        write_whole(&path, text.as_bytes())?;
        Ok(Exported {
            path: path.display().to_string(),
            records,
        })
    }

    /// The text of an export, and how many records are in it.
    ///
    /// # Errors
    /// `format_unknown`.
    pub fn export_text(&self, format: &str, id: Option<&str>) -> Result<(String, u32)> {
        let device = self.device()?;
        let only = id.map(parse_id::<RecordId>).transpose()?;
        match format {
            "vcard" => {
                let rows = rows(&device, Some("contact"), only)?;
                let count = rows.len();
                let contacts = rows
                    .into_iter()
                    .map(|row| (row.id.to_string(), fields::<Contact>(&row)));
                Ok((exchange::write_vcard(contacts), counted(count)))
            }
            "ics" => {
                let events = events(&device, only)?;
                let count = events.len();
                let text = exchange::write_icalendar(events.into_iter(), device.surroundings.now());
                Ok((text, counted(count)))
            }
            "jsonl" => {
                let rows = rows(&device, None, only)?;
                let count = rows.len();
                Ok((rows.iter().map(json_line).collect(), counted(count)))
            }
            "refused" => {
                let refused = device.store.all_refused()?;
                let lines = refused.iter().map(|change| {
                    let line = json!({
                        "record": change.document.to_string(), "code": change.code,
                        "mine": change.mine, "at": crate::views::moment(change.at),
                        "change": STANDARD.encode(&change.bytes),
                    });
                    format!("{line}\n")
                });
                Ok((lines.collect(), counted(refused.len())))
            }
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
        let rows = rows(&device, None, None)?;
        for row in &rows {
            each(&row.id.to_string(), &device.store.document_bytes(row.id)?)?;
        }
        Ok(counted(rows.len()))
    }

    fn candidates(&self, import: &str) -> Result<Vec<Candidate>> {
        let kept = self.imports.lock().read.get(import).cloned();
        kept.ok_or_else(|| {
            Error::new(
                "no_import",
                "This file was read too long ago. Choose it again.",
            )
        })
    }

    fn downloads(&self) -> PathBuf {
        dirs::download_dir().unwrap_or_else(|| self.folder().join("exports"))
    }
}

impl Imports {
    /// Previews kept at the same time.
    const KEPT: usize = 3;

    fn keep(&mut self, import: String, candidates: Vec<Candidate>) {
        self.read.insert(import.clone(), candidates);
        self.order.push(import);
        if self.order.len() > Self::KEPT {
            let oldest = self.order.remove(0);
            self.read.remove(&oldest);
        }
    }

    fn forget(&mut self, import: &str) {
        self.read.remove(import);
        self.order.retain(|other| other != import);
    }
}

fn preview(
    import: &str,
    format: Format,
    candidates: &[Candidate],
    broken: Vec<Unreadable>,
) -> ImportPreview {
    let duplicates = candidates
        .iter()
        .filter(|candidate| candidate.duplicate.is_some())
        .count();
    ImportPreview {
        import: import.to_owned(),
        format: match format {
            Format::Vcard => "vcard",
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
        }
        .to_owned(),
        rows: (0_u32..)
            .zip(candidates)
            .take(SHOWN)
            .map(|(index, candidate)| import_row(index, candidate))
            .collect(),
        readable: counted(candidates.len()),
        new: counted(candidates.len() - duplicates),
        duplicates: counted(duplicates),
        unreadable: broken.into_iter().map(unreadable).collect(),
    }
}

fn import_row(index: u32, candidate: &Candidate) -> ImportRow {
    let Candidate { row, duplicate } = candidate;
    let word = |name: &str| {
        row.fields
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let title = ["name", "title", "what", "text"]
        .into_iter()
        .map(word)
        .find(|word| !word.is_empty());
    let address = format!("{} {}", word("street"), word("house_number"));
    let ways = row.fields.get("ways").map(ways_of).unwrap_or_default();
    let detail: Vec<&str> = [address.trim(), word("town")]
        .into_iter()
        .chain(ways.iter().map(String::as_str))
        .filter(|word| !word.is_empty())
        .collect();
    ImportRow {
        row: index,
        line: row.line,
        title: title.unwrap_or_default().to_owned(),
        detail: detail.join(", "),
        duplicate: duplicate.clone(),
        left_out: row.left_out.clone(),
    }
}

fn unreadable(row: Unreadable) -> UnreadableRow {
    UnreadableRow {
        line: row.line,
        code: row.code.to_owned(),
        text: row.text,
    }
}

/// The values of ways to reach somebody, whether by key or in a row.
fn ways_of(ways: &Value) -> Vec<String> {
    let value = |entry: &Value| {
        entry
            .get("value")
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    match ways {
        Value::Object(entries) => entries.values().filter_map(value).collect(),
        Value::Array(entries) => entries.iter().filter_map(value).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

/// The contact that a row probably is: the same name, with a phone number or e-mail address in common, or the same
/// street, or nothing that speaks against it.
fn duplicate(device: &Device, row: &Row) -> Result<Option<RecordRef>> {
    if row.kind != "contact" {
        return Ok(None);
    }
    let word = |name: &str| {
        row.fields
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let name = fold(word("name"));
    let ways = row.fields.get("ways").map(ways_of).unwrap_or_default();
    for hit in device.store.search(word("name"), Some("contact"), 10)? {
        let known = &hit.record;
        if fold(&known.title) != name {
            continue;
        }
        let known_ways = known.fields.get("ways").map(ways_of).unwrap_or_default();
        let shares_way = ways.iter().any(|way| known_ways.contains(way));
        let (street, known_street) = (fold(word("street")), fold(&line(known, "street")));
        if shares_way || street == known_street || street.is_empty() || known_street.is_empty() {
            return Ok(Some(record_ref(known)));
        }
    }
    Ok(None)
}

fn keep_row(
    device: &Device,
    action: &mut store::Action<'_>,
    space: domain::ids::SpaceId,
    row: &Row,
    merge: Option<&RecordRef>,
) -> Result<()> {
    if let Some(known) = merge {
        let id: RecordId = parse_id(&known.id)?;
        let known = action
            .fields(id)?
            .map(|(_, fields)| fields)
            .unwrap_or_default();
        action.edit(id, &only_new(&known, &row.fields))?;
        return Ok(());
    }
    let kind = kind_of(&row.kind)?;
    let id = row.id.as_deref().map(parse_id::<RecordId>).transpose()?;
    if let Some(id) = id
        && let Some((found, _)) = action.fields(id)?
    {
        if found.name != kind.name {
            return Err(store::StoreError::OtherKind(id).into());
        }
        action.edit(id, &row.fields)?;
        return Ok(());
    }
    let id = id.unwrap_or_else(|| device.new_record());
    action.create(
        id,
        kind,
        space,
        &with_defaults(device, kind, row.fields.clone())?,
    )?;
    Ok(())
}

/// What a file adds to a contact that is known: entries come with what is there, single values only where there is
/// none.
fn only_new(known: &Fields, row: &Fields) -> Fields {
    row.iter()
        .filter(|(name, _)| {
            matches!(name.as_str(), "ways" | "talents") || !known.contains_key(*name)
        })
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn rows(device: &Device, kind: Option<&str>, only: Option<RecordId>) -> Result<Vec<RecordRow>> {
    if let Some(id) = only {
        return Ok(device.store.record(id)?.into_iter().collect());
    }
    let mut all = Vec::new();
    loop {
        let offset = counted(all.len());
        let (_, page) = device.store.records_of_kind(kind, false, offset, PAGE)?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

fn events(device: &Device, only: Option<RecordId>) -> Result<Vec<FollowUpEvent>> {
    let mut events = Vec::new();
    for row in rows(device, Some("follow_up"), only)?
        .iter()
        .filter(|row| crate::contacts::is_open(row))
    {
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
