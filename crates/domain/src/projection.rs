//! What lists, search and links need of a record: everything that the read model keeps is made here.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::document::{Conflict, Document, DocumentError};
use crate::ids::{DeviceId, RecordId};
use crate::record::{Fields, Item, KindSpec, Shape};

/// The version of this projection. A database with another one rebuilds its read model.
pub const PROJECTION_VERSION: u32 = 1;

/// A record as the read model keeps it.
#[derive(Debug, Clone)]
pub struct Projection {
    /// The record.
    pub id: RecordId,
    /// Its kind.
    pub kind: &'static KindSpec,
    /// The line by which people recognise it.
    pub title: String,
    /// The title folded for sorting, as it is written: brokers know people by their first names.
    pub sort: String,
    /// The fields as JSON.
    pub fields: Fields,
    /// Ids it points at, with the name of the field.
    pub links: Vec<(&'static str, RecordId)>,
    /// Fields on which people disagree.
    pub conflicts: Vec<Conflict>,
    /// Out of sight.
    pub archived: bool,
    /// The device that made it.
    pub made_by: Option<DeviceId>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

/// Makes the projection of a record.
///
/// # Errors
/// When the document cannot be read.
pub fn project(document: &Document) -> Result<Projection, DocumentError> {
    let kind = document.kind();
    let fields = document.fields()?;
    let (made_by, made_at) = document.origin().unwrap_or_default();
    let title = (kind.title)(&fields);
    Ok(Projection {
        id: document.id(),
        kind,
        sort: fold(&title),
        title,
        links: links(kind, &fields),
        conflicts: document.conflicts()?,
        archived: fields
            .get("archived")
            .and_then(Value::as_bool)
            .unwrap_or(false),
        made_by,
        made_at,
        fields,
    })
}

/// The ids a record points at.
#[must_use]
pub fn links(kind: &'static KindSpec, fields: &Fields) -> Vec<(&'static str, RecordId)> {
    let mut links = Vec::new();
    for field in kind.fields {
        let ids: Vec<&str> = match (field.shape, fields.get(field.name)) {
            (Shape::Reference, Some(Value::String(id))) => vec![id],
            (Shape::Set(Item::Reference), Some(Value::Array(ids))) => {
                ids.iter().filter_map(Value::as_str).collect()
            }
            _ => continue,
        };
        links.extend(
            ids.into_iter()
                .filter_map(|id| Some((field.name, id.parse().ok()?))),
        );
    }
    links
}

/// Lower case without diacritics, for sorting and comparing.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(unaccented)
        .collect()
}

/// The letter without its accent, for the Latin letters that occur in names in the Netherlands.
const fn unaccented(letter: char) -> char {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        _ => letter,
    }
}
