//! Where people disagree: fields that hold more than one distinct value after a merge.

use std::borrow::Cow;
use std::collections::BTreeSet;

use automerge::{Automerge, AutomergeError, ObjId, ROOT, ReadDoc, Value as Stored, ValueRef};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::read;
use crate::ids::DeviceId;
use crate::record::{Field, KindSpec, Shape};

/// A field on which people disagree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// Path of the field, such as `street` or `ways/k1/value`.
    pub path: String,
    /// The distinct values; the last one is shown until a person chooses.
    pub values: Vec<ConflictValue>,
    /// Both can be kept in the one field.
    pub can_hold_both: bool,
}

/// One of the values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConflictValue {
    /// The value.
    pub value: Value,
    /// The device that wrote it, 16 hex digits.
    pub device: Option<String>,
    /// When, by that device's clock.
    pub at: Option<DateTime<Utc>>,
}

/// All disagreements of a record, in the order of its fields.
pub(super) fn conflicts(doc: &Automerge, kind: &KindSpec) -> Result<Vec<Conflict>, AutomergeError> {
    let mut found = Vec::new();
    collect(doc, &[ROOT], kind.fields, "", &mut found)?;
    Ok(found)
}

fn collect(
    doc: &Automerge,
    places: &[ObjId],
    fields: &'static [Field],
    prefix: &str,
    found: &mut Vec<Conflict>,
) -> Result<(), AutomergeError> {
    let worth = worth_a_look(doc, places);
    let worth_it = |name: &str| worth.as_ref().is_none_or(|worth| worth.contains(name));
    for field in fields.iter().filter(|field| worth_it(field.name)) {
        if let Shape::Entries(known) = field.shape {
            let maps = read::maps(doc, places, field.name)?;
            let keys: BTreeSet<String> = maps.iter().flat_map(|map| doc.keys(map)).collect();
            for key in keys {
                let entry = read::maps(doc, &maps, &key)?;
                let prefix = format!("{prefix}{}/{key}/", field.name);
                collect(doc, &entry, known, &prefix, found)?;
            }
        } else if field.shape.can_conflict() {
            found.extend(conflict(doc, places, field, prefix)?);
        }
    }
    Ok(())
}

/// The names under which people can disagree in this place: those with several values, or with something inside. `None`:
/// several maps stand here, any two of which may differ.
fn worth_a_look<'a>(doc: &'a Automerge, places: &[ObjId]) -> Option<BTreeSet<Cow<'a, str>>> {
    let [place] = places else {
        return None;
    };
    let names = doc
        .map_range(place, ..)
        .filter(|item| item.conflict || matches!(item.value, ValueRef::Object(_)))
        .map(|item| item.key);
    Some(names.collect())
}

fn conflict(
    doc: &Automerge,
    places: &[ObjId],
    field: &Field,
    prefix: &str,
) -> Result<Option<Conflict>, AutomergeError> {
    let all = read::values(doc, places, field.name)?;
    if all.len() < 2 {
        return Ok(None);
    }
    let mut values: Vec<ConflictValue> = Vec::new();
    for (stored, operation) in all {
        let Stored::Scalar(scalar) = stored else {
            continue;
        };
        let Some(value) = read::json(scalar.as_ref()) else {
            continue;
        };
        let change = doc
            .hash_for_opid(&operation)
            .and_then(|hash| doc.get_change_meta_by_hash(&hash));
        // The same value written by two people is no disagreement; the later writer stands for both.
        values.retain(|other| other.value != value);
        values.push(ConflictValue {
            value,
            device: change
                .as_ref()
                .and_then(|change| DeviceId::of_actor(change.actor.to_bytes()))
                .map(|device| device.to_string()),
            at: change.and_then(|change| DateTime::from_timestamp(change.timestamp, 0)),
        });
    }
    Ok((values.len() > 1).then(|| Conflict {
        path: format!("{prefix}{}", field.name),
        values,
        can_hold_both: field.shape.can_hold_both(),
    }))
}
