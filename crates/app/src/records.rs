//! Records of any kind: put, get, list, archive.

use chrono::Days;
use domain::document::DocumentError;
use domain::ids::RecordId as Id;
use domain::record::{Fields, KindSpec, kind};
use serde_json::Value;
use store::RecordRow;

use crate::api::{
    ArchiveQuery, RecordId, RecordList, RecordPage, RecordPut, RecordRef, RecordView, Saved,
};
use crate::device::Device;
use crate::edit::{parse_id, record_ref};
use crate::surroundings::day;
use crate::views::{Viewer, moment};
use crate::{App, Error, Result, audit};

/// Days after which a new signal asks for a move, when nobody chose a date.
const SIGNAL_DAYS: u64 = 7;

/// Rows of a page, at most.
const MOST_ROWS: u32 = 1_000;

impl App {
    /// Makes a record or edits fields of it.
    ///
    /// # Errors
    /// The rule it breaks, `unknown_kind`, `not_by_hand`, or `no_record`.
    pub fn record_put(&self, put: RecordPut) -> Result<Saved> {
        let device = self.device()?;
        let kind = kind_of(&put.kind)?;
        if !is_by_hand(kind.name) {
            return Err(not_by_hand(kind.name));
        }
        let id = put.id.as_deref().map(parse_id::<Id>).transpose()?;
        let (id, saved) = self.edit(&device, |action| {
            if let Some(id) = id
                && let Some((found, _)) = action.fields(id)?
            {
                if found.name != kind.name {
                    return Err(store::StoreError::OtherKind(id).into());
                }
                match &put.seen {
                    Some(seen) => action.edit_seen(id, &put.fields, seen)?,
                    None => action.edit(id, &put.fields)?,
                };
                return Ok(id);
            }
            let id = id.unwrap_or_else(|| device.new_record());
            let space = action.default_space()?;
            action.create(id, kind, space, &with_defaults(&device, kind, put.fields)?)?;
            Ok(id)
        })?;
        Ok(Saved {
            id: id.to_string(),
            ..saved
        })
    }

    /// A record with all its fields. Of a person, it is written down that somebody looked.
    ///
    /// # Errors
    /// `no_record`.
    pub fn record_get(&self, id: RecordId) -> Result<RecordView> {
        let device = self.device()?;
        let row = row(&device, &id.id)?;
        audit::looked_at(&device, &row)?;
        Ok(view(&Viewer::new(&device)?, row))
    }

    /// What a record is called, and nothing more of it.
    ///
    /// # Errors
    /// `no_record`.
    pub fn record_name(&self, id: RecordId) -> Result<RecordRef> {
        Ok(record_ref(&row(&*self.device()?, &id.id)?))
    }

    /// Records of a kind, in the order in which they came.
    ///
    /// # Errors
    /// `unknown_kind`.
    pub fn record_list(&self, list: RecordList) -> Result<RecordPage> {
        let device = self.device()?;
        if let Some(name) = &list.kind {
            kind_of(name)?;
        }
        let limit = list.limit.min(MOST_ROWS);
        let (total, rows) = device.store.records_of_kind(
            list.kind.as_deref(),
            list.archived,
            list.offset,
            limit,
        )?;
        let viewer = Viewer::new(&device)?;
        Ok(RecordPage {
            total,
            rows: rows.into_iter().map(|row| view(&viewer, row)).collect(),
        })
    }

    /// What is out of sight of a kind, the newest made first.
    ///
    /// # Errors
    /// `unknown_kind`.
    pub fn archive_list(&self, query: ArchiveQuery) -> Result<RecordPage> {
        let device = self.device()?;
        let (total, rows) = device.store.archived(
            kind_of(&query.kind)?.number,
            query.offset,
            query.limit.min(MOST_ROWS),
        )?;
        let viewer = Viewer::new(&device)?;
        Ok(RecordPage {
            total,
            rows: rows.into_iter().map(|row| view(&viewer, row)).collect(),
        })
    }

    /// Takes a record out of sight.
    ///
    /// # Errors
    /// `no_record`.
    pub fn record_archive(&self, id: RecordId) -> Result<Saved> {
        let device = self.device()?;
        let id: Id = parse_id(&id.id)?;
        let fields = Fields::from_iter([("archived".to_owned(), Value::Bool(true))]);
        let (_, saved) = self.edit(&device, |action| Ok(action.edit(id, &fields)?))?;
        Ok(saved)
    }
}

/// The kind of this name.
pub(crate) fn kind_of(name: &str) -> Result<&'static KindSpec> {
    kind(name).ok_or_else(|| {
        Error::new(
            "unknown_kind",
            format!("There is no kind of record called {name}."),
        )
        .with("kind", name)
    })
}

/// People write records of this kind themselves. A share follows from sharing, with the copy that it is about.
pub(crate) fn is_by_hand(kind: &str) -> bool {
    kind != "share"
}

pub(crate) fn not_by_hand(kind: &str) -> Error {
    Error::new(
        "not_by_hand",
        "The app makes records of this kind by itself. Nothing was changed.",
    )
    .with("kind", kind)
}

/// A record's row.
pub(crate) fn row(device: &Device, id: &str) -> Result<RecordRow> {
    device
        .store
        .record(parse_id(id)?)?
        .ok_or_else(|| Error::no_record(id))
}

/// What a new record gets when nobody said otherwise: a promise and a signal have an owner, and a signal a next date.
pub(crate) fn with_defaults(
    device: &Device,
    kind: &KindSpec,
    mut fields: Fields,
) -> Result<Fields> {
    let mut default = |name: &str, value: String| {
        if fields.get(name).is_none_or(Value::is_null) {
            fields.insert(name.to_owned(), Value::String(value));
        }
    };
    let now = device.surroundings.now();
    match kind.name {
        "note" => default("at", now.to_rfc3339()),
        "follow_up" => {
            default("state", "open".to_owned());
            default("owner", device.me()?.to_string());
        }
        "signal" => {
            default("state", "new".to_owned());
            default("owner", device.me()?.to_string());
            let next = day(now)
                .checked_add_days(Days::new(SIGNAL_DAYS))
                .unwrap_or_else(|| day(now));
            default("next", next.to_string());
        }
        _ => {}
    }
    Ok(fields)
}

/// Fields of a typed value, for a new record.
pub(crate) fn fields_of<T: serde::Serialize>(value: &T) -> Result<Fields> {
    match serde_json::to_value(value) {
        // Empty values say nothing: they are left out of the document.
        Ok(Value::Object(fields)) => Ok(fields
            .into_iter()
            .filter(|(_, value)| says_something(value))
            .collect()),
        Ok(_) | Err(_) => {
            Err(store::StoreError::Document(DocumentError::Headless("fields")).into())
        }
    }
}

pub(crate) fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(entries) => !entries.is_empty(),
        Value::Bool(true) | Value::Number(_) => true,
    }
}

pub(crate) fn view(viewer: &Viewer<'_>, row: RecordRow) -> RecordView {
    RecordView {
        id: row.id.to_string(),
        mark: viewer.mark(&row),
        author: viewer.author(&row),
        kind: row.kind,
        title: row.title,
        space: row.space.to_string(),
        fields: row.fields,
        made_at: moment(row.made_at),
    }
}
