//! Files in: a preview before anything is kept, and one action that can be undone.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::ids::{RecordId, SpaceId};
use domain::projection::fold;
use domain::record::Fields;
use exchange::{Format, Row, Unreadable};
use serde_json::Value;
use store::Action;

use crate::api::{
    ImportApply, ImportPreview, ImportRead, ImportRow, RecordRef, RowFate, Saved, UnreadableRow,
};
use crate::device::Device;
use crate::edit::{parse_id, record_ref};
use crate::records::{is_by_hand, kind_of, with_defaults};
use crate::views::line;
use crate::{App, Error, Result};

/// The fields that are one address together.
const ADDRESS: [&str; 4] = ["street", "house_number", "postcode", "town"];

/// Rows shown of a preview; the counts tell of the rest.
const SHOWN: usize = 1_000;
/// Files that were read and not yet kept; the last few.
#[derive(Debug, Default)]
pub(crate) struct Imports {
    read: HashMap<String, Read>,
    order: Vec<String>,
}

/// A file that was read.
#[derive(Debug, Clone)]
struct Read {
    format: Format,
    candidates: Vec<Candidate>,
}

/// A row and the record it is, or probably is.
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
        let read = only_by_hand(exchange::read(format, content));
        let mut candidates = Vec::with_capacity(read.rows.len());
        for row in read.rows {
            let duplicate = match known(&device, &row)? {
                Some(known) => Some(known),
                None => duplicate(&device, &row)?,
            };
            candidates.push(Candidate { row, duplicate });
        }
        let import = device.new_id().to_string();
        let preview = preview(&import, format, &candidates, read.unreadable);
        self.imports
            .lock()
            .keep(import, Read { format, candidates });
        Ok(preview)
    }

    /// Keeps what was read: all of it in one action, or nothing.
    ///
    /// # Errors
    /// `no_import` when the preview is gone, or the rule that a row breaks, with its line.
    pub fn import_apply(&self, apply: ImportApply) -> Result<Saved> {
        let device = self.device()?;
        let Read { format, candidates } = self.file(&apply.import)?;
        let decided = Decided::of(&apply);
        let space = match &apply.space {
            Some(space) => parse_id(space)?,
            None => device.store.default_space()?.id,
        };
        let (_, saved) = self.edit(&device, |action| {
            for (index, candidate) in (0_u32..).zip(&candidates) {
                let known = candidate.duplicate.as_ref();
                let chosen = decided.fate(index, known.is_some());
                if chosen == RowFate::Skip {
                    continue;
                }
                let fate = match known.filter(|_| chosen == RowFate::Merge) {
                    _ if format == Format::Jsonl && candidate.row.id.is_some() => Fate::Edit,
                    Some(known) => Fate::Complete(parse_id(&known.id)?),
                    None => Fate::New,
                };
                keep_row(&device, action, space, &candidate.row, fate)
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
        let read = only_by_hand(exchange::read(Format::Jsonl, content));
        let space = device.store.default_space()?.id;
        let mut loaded = 0;
        for part in read.rows.chunks(2_000) {
            let (_, changes) = device.store.transact(&device.stamp(), None, |action| {
                for row in part {
                    keep_row(&device, action, space, row, Fate::Edit)
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

    fn file(&self, import: &str) -> Result<Read> {
        let kept = self.imports.lock().read.get(import).cloned();
        kept.ok_or_else(|| {
            Error::new(
                "no_import",
                "This file was read too long ago. Choose it again.",
            )
        })
    }
}

/// What was decided about the rows: of some by name, of the other known ones all at once.
struct Decided {
    rows: HashMap<u32, RowFate>,
    known: RowFate,
}

impl Decided {
    fn of(apply: &ImportApply) -> Self {
        let lists = [
            (&apply.new, RowFate::New),
            (&apply.merge, RowFate::Merge),
            (&apply.skip, RowFate::Skip),
        ];
        let rows = lists
            .into_iter()
            .flat_map(|(rows, fate)| rows.iter().map(move |row| (*row, fate)));
        Self {
            rows: rows.collect(),
            known: apply.known.unwrap_or(RowFate::New),
        }
    }

    fn fate(&self, row: u32, is_known: bool) -> RowFate {
        let other = if is_known { self.known } else { RowFate::New };
        self.rows.get(&row).copied().unwrap_or(other)
    }
}

/// Without records that the app makes by itself, such as what was shared: in a file they are somebody's word.
fn only_by_hand(mut read: exchange::Read) -> exchange::Read {
    let (kept, others) = read.rows.into_iter().partition(|row| is_by_hand(&row.kind));
    read.rows = kept;
    let others: Vec<Row> = others;
    read.unreadable
        .extend(others.into_iter().map(|row| Unreadable {
            line: row.line,
            code: "not_by_hand",
            text: row.kind,
        }));
    read.unreadable.sort_by_key(|row| row.line);
    read
}

impl Imports {
    /// Previews kept at the same time.
    const KEPT: usize = 3;

    fn keep(&mut self, import: String, read: Read) {
        self.read.insert(import.clone(), read);
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
    for hit in device
        .store
        .search(word("name"), Some("contact"), false, 10)?
    {
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

/// The record of which a row brings the id, also when it is out of sight.
fn known(device: &Device, row: &Row) -> Result<Option<RecordRef>> {
    let Some(id) = row.id.as_deref() else {
        return Ok(None);
    };
    let known = device.store.record(parse_id(id)?)?;
    Ok(known
        .filter(|known| known.kind == row.kind)
        .map(|known| record_ref(&known)))
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy)]
enum Fate {
    /// A record of its own; an id that is taken is not used again.
    New,
    /// It completes this record: what is there stays.
    Complete(RecordId),
    /// As JSON Lines say: a known id changes the fields given.
    Edit,
}

fn keep_row(
    device: &Device,
    action: &mut Action<'_>,
    space: SpaceId,
    row: &Row,
    fate: Fate,
) -> Result<()> {
    if let Fate::Complete(id) = fate {
        let known = action.fields(id)?.map(|(_, fields)| fields);
        action.edit(id, &only_new(&known.unwrap_or_default(), &row.fields))?;
        return Ok(());
    }
    let kind = kind_of(&row.kind)?;
    let mut id = row.id.as_deref().map(parse_id::<RecordId>).transpose()?;
    if let Some(known) = id
        && let Some((found, _)) = action.fields(known)?
    {
        match fate {
            Fate::Edit if found.name == kind.name => {
                action.edit(known, &row.fields)?;
                return Ok(());
            }
            Fate::Edit => return Err(store::StoreError::OtherKind(known).into()),
            Fate::New | Fate::Complete(_) => id = None,
        }
    }
    let id = id.unwrap_or_else(|| device.new_record());
    let fields = with_defaults(device, kind, row.fields.clone())?;
    Ok(action.create(id, kind, space, &fields)?)
}

/// What a file adds to a contact that is known: entries come with what is there, single values only where there is
/// none, and an address as a whole. A contact that was out of sight comes back.
fn only_new(known: &Fields, row: &Fields) -> Fields {
    let street = |fields: &Fields| {
        let street = fields.get("street").and_then(Value::as_str);
        street.map(fold).unwrap_or_default()
    };
    // Half of one address and half of another would be a third.
    let moved =
        ADDRESS.iter().any(|name| known.contains_key(*name)) && street(known) != street(row);
    let mut new: Fields = row
        .iter()
        .filter(|(name, _)| match name.as_str() {
            "ways" | "talents" => true,
            name if ADDRESS.contains(&name) => !moved && !known.contains_key(name),
            name => !known.contains_key(name),
        })
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if known.get("archived") == Some(&Value::Bool(true)) {
        new.insert("archived".to_owned(), Value::Bool(false));
    }
    new
}

fn counted(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
