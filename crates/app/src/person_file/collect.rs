//! What stands in the book about one person.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::SecondsFormat;
use domain::ids::{RecordId, SpaceId};
use domain::record::{Fields, Item, Shape, kind};
use domain::unnamed::{Person, Unnamed};
use exchange::{
    FileConflict, FileConflictValue, FileEvent, FileRecord, FileShare, FileStep, PersonFile,
};
use serde_json::Value;
use store::RecordRow;

use super::others::Others;
use crate::contacts::row_of;
use crate::device::Device;
use crate::history::changed;
use crate::views::{Viewer, moment};
use crate::{Result, audit, shares};

/// Records that may hold the name of the person without being about them.
const MENTIONS: u32 = 500;

/// Lines of the audit in a file; the newest.
const EVENTS: u32 = 2_000;

/// Collects everything about a contact.
pub(super) fn collect(
    device: &Device,
    id: &str,
    language: &str,
    with_names: bool,
) -> Result<PersonFile> {
    let person = row_of(device, id, "contact")?;
    let about = about(device, &person)?;
    let mentions = mentions(device, &person, &about)?;
    let rows = || std::iter::once(&person).chain(&about).chain(&mentions);
    let others = if with_names {
        Others::nobody()
    } else {
        Others::around(device, &person, rows(), language)?
    };
    let viewer = Viewer::new(device)?;
    let writer = Writer {
        spaces: space_names(device)?,
        others: &others,
        viewer: &viewer,
    };
    let mut file = PersonFile {
        made_at: device.surroundings.now(),
        made_by: viewer.people.name_of_member(&device.me()?.to_string()),
        others_unnamed: !with_names,
        person: writer.record(&person)?,
        notes: Vec::new(),
        signals: Vec::new(),
        follow_ups: Vec::new(),
        relations: Vec::new(),
        groups: Vec::new(),
        other: Vec::new(),
        mentions: Vec::new(),
        shared: shared(&writer, rows())?,
        audit: events(&writer, &person, &about)?,
        audit_of_all_devices: false,
        names: BTreeMap::new(),
    };
    for row in about.iter().rev().filter(|row| row.kind != "share") {
        let list = match row.kind.as_str() {
            "note" => &mut file.notes,
            "signal" => &mut file.signals,
            "follow_up" => &mut file.follow_ups,
            "relation" => &mut file.relations,
            "group" => &mut file.groups,
            _ => &mut file.other,
        };
        list.push(writer.record(row)?);
    }
    for row in &mentions {
        file.mentions.push(writer.record(row)?);
    }
    file.names = writer.names(rows())?;
    Ok(file)
}

/// Copies of these records in other spaces, and of what they are a copy; the oldest first.
fn shared<'a>(
    writer: &Writer<'_>,
    rows: impl Iterator<Item = &'a RecordRow>,
) -> Result<Vec<FileShare>> {
    let rows: HashMap<RecordId, &RecordRow> = rows.map(|row| (row.id, row)).collect();
    let mut known = shares::all(writer.viewer.device)?;
    // Where both ends of a share are here, the one beside the original says most.
    known.sort_by_key(|(row, share)| (share.of.is_none(), row.made_at));
    let mut told = BTreeSet::new();
    let mut list = Vec::new();
    for (row, share) in &known {
        let shared = [share.of, share.copy].into_iter().flatten();
        let Some(record) = shared.filter_map(|id| rows.get(&id)).next() else {
            continue;
        };
        let Some(share) = shares::believed(writer.viewer.device, row, share)? else {
            continue;
        };
        if !told.insert(share.copy) {
            continue;
        }
        let to = share.to.unwrap_or(record.space);
        list.push(FileShare {
            with: writer.spaces.get(&to).cloned().unwrap_or_default(),
            what: writer.others.text(&record.title),
            fields: share.shared.iter().cloned().collect(),
            by: writer.viewer.people.name_of(share.by),
            at: moment(row.made_at),
            until: share.until.map(|until| until.to_string()),
            revoked_at: share
                .revoked_at
                .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true)),
        });
    }
    list.sort_by(|one, other| one.at.cmp(&other.at));
    Ok(list)
}

/// What was done with the person's details and with what is about them, oldest first.
fn events(writer: &Writer<'_>, person: &RecordRow, about: &[RecordRow]) -> Result<Vec<FileEvent>> {
    let store = &writer.viewer.device.store;
    let mut events = Vec::new();
    for row in std::iter::once(person).chain(about) {
        let (_, lines) = store.audit_list(Some(row.id), 0, EVENTS)?;
        let record = (row.id != person.id).then(|| writer.others.text(&row.title));
        events.extend(lines.into_iter().map(|line| (line, record.clone())));
    }
    events.sort_by_key(|(line, _)| (line.at, line.id));
    Ok(events
        .into_iter()
        .map(|(line, record)| FileEvent {
            by: writer.viewer.people.name_of(line.member),
            at: audit::moment_of(&line),
            action: line.action,
            record,
        })
        .collect())
}

/// What points at the person, oldest first: at the contact itself and at those that turned out to be the same person.
fn about(device: &Device, person: &RecordRow) -> Result<Vec<RecordRow>> {
    let mut seen = BTreeSet::from([person.id]);
    let mut found = Vec::new();
    let mut same = vec![person.id];
    while let Some(id) = same.pop() {
        for (through, row) in device.store.linked_through(id)? {
            if through == "merged_into" && !seen.contains(&row.id) {
                same.push(row.id);
            }
            if seen.insert(row.id) {
                found.push(row);
            }
        }
    }
    found.sort_by_key(|row| row.at);
    Ok(found)
}

/// What holds the person's name and does not point at them.
fn mentions(device: &Device, person: &RecordRow, about: &[RecordRow]) -> Result<Vec<RecordRow>> {
    let mut named = Unnamed::default();
    named.add(&Person {
        name: person.title.clone(),
        ..Person::default()
    });
    let mut rows = device.store.holding_words(&person.title, MENTIONS)?;
    rows.retain(|row| {
        let known = row.id == person.id || about.iter().any(|other| other.id == row.id);
        // Another contact of the same name is another person.
        !known && row.kind != "contact" && named.finds(&words_of(row))
    });
    Ok(rows)
}

fn words_of(row: &RecordRow) -> String {
    let found_by = kind(&row.kind).map(|kind| (kind.found_by)(&row.fields));
    format!("{}\n{}", row.title, found_by.unwrap_or_default())
}

fn space_names(device: &Device) -> Result<HashMap<SpaceId, String>> {
    let spaces = device.store.spaces()?;
    Ok(spaces
        .into_iter()
        .map(|space| (space.id, space.name))
        .collect())
}

struct Writer<'a> {
    viewer: &'a Viewer<'a>,
    others: &'a Others,
    spaces: HashMap<SpaceId, String>,
}

impl Writer<'_> {
    fn record(&self, row: &RecordRow) -> Result<FileRecord> {
        let versions = self.viewer.device.store.history(row.id)?;
        let history = versions
            .iter()
            .skip(1)
            .map(|version| FileStep {
                by: version
                    .device
                    .map(|device| self.viewer.people.name_of_device(&device.to_string()))
                    .unwrap_or_default(),
                at: version.at.to_rfc3339_opts(SecondsFormat::Secs, true),
                changed: self
                    .others
                    .fields(&row.kind, &changed(&version.before, &version.after)),
            })
            .filter(|step| !step.changed.is_empty())
            .collect();
        Ok(FileRecord {
            id: row.id.to_string(),
            kind: row.kind.clone(),
            title: self.others.text(&row.title),
            space: self.spaces.get(&row.space).cloned().unwrap_or_default(),
            archived: row.archived,
            recorded_by: self.viewer.author(row),
            recorded_at: moment(row.made_at),
            fields: self.others.fields(&row.kind, &row.fields),
            history,
            conflicts: self.conflicts(row)?,
        })
    }

    fn conflicts(&self, row: &RecordRow) -> Result<Vec<FileConflict>> {
        let conflicts = self.viewer.conflicts(row)?;
        Ok(conflicts
            .into_iter()
            .map(|conflict| FileConflict {
                values: conflict
                    .values
                    .into_iter()
                    .map(|value| FileConflictValue {
                        value: self.others.value(&value.value),
                        by: value.author,
                        at: value.at,
                    })
                    .collect(),
                path: conflict.path,
            })
            .collect())
    }

    /// The names behind the ids that the records hold now or held before.
    fn names<'a>(
        &self,
        rows: impl Iterator<Item = &'a RecordRow>,
    ) -> Result<BTreeMap<String, String>> {
        let mut ids = BTreeSet::new();
        let mut names: BTreeMap<String, String> = self
            .viewer
            .people
            .all()
            .into_iter()
            .map(|person| (person.member, person.name))
            .collect();
        for row in rows {
            for version in self.viewer.device.store.history(row.id)? {
                ids.extend(references(&row.kind, &version.after));
            }
        }
        let ids: Vec<RecordId> = ids.into_iter().collect();
        for row in self.viewer.device.store.records(&ids)? {
            names.insert(row.id.to_string(), self.others.name(&row));
        }
        Ok(names)
    }
}

fn references(kind_name: &str, fields: &Fields) -> Vec<RecordId> {
    let known = kind(kind_name).map_or(&[][..], |kind| kind.fields);
    known
        .iter()
        .filter_map(|field| Some((field.shape, fields.get(field.name)?)))
        .flat_map(|(shape, value)| match (shape, value) {
            (Shape::Reference, Value::String(id)) => id.parse().into_iter().collect(),
            (Shape::Set(Item::Reference), Value::Array(ids)) => ids
                .iter()
                .filter_map(|id| id.as_str()?.parse().ok())
                .collect(),
            _ => Vec::new(),
        })
        .collect()
}
