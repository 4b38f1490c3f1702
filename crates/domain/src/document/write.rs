//! From normalised fields to Automerge operations: one user action, one change.

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{
    Automerge, AutomergeError, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value as Stored,
};
use serde_json::Value;

use super::{ID, KIND, SCHEMA, read};
use crate::ids::RecordId;
use crate::record::{Field, Fields, KindSpec, Shape};

/// Writes the first change. All containers are made here, so that two people adding the first phone number of a
/// contact at the same time write into one map and not into two of which one is hidden.
pub(super) fn create(
    doc: &mut Automerge,
    id: RecordId,
    kind: &KindSpec,
    fields: &Fields,
    options: CommitOptions,
) -> Result<(), AutomergeError> {
    doc.transact_with(
        |()| options,
        |tx| {
            tx.put(ROOT, ID, id.to_string())?;
            tx.put(ROOT, KIND, kind.name)?;
            tx.put(ROOT, SCHEMA, u64::from(kind.schema))?;
            for field in kind.fields {
                if let Some(container) = container(field.shape) {
                    tx.put_object(ROOT, field.name, container)?;
                }
            }
            edit(tx, kind, fields)
        },
    )
    .map(|_| ())
    .map_err(|failure| failure.error)
}

/// Writes what differs.
pub(super) fn edit(
    tx: &mut Transaction<'_>,
    kind: &KindSpec,
    fields: &Fields,
) -> Result<(), AutomergeError> {
    write_fields(tx, &ROOT, kind.fields, fields, false)
}

/// Writes also what seems equal: the operation that settles a disagreement.
pub(super) fn overwrite(
    tx: &mut Transaction<'_>,
    kind: &KindSpec,
    fields: &Fields,
) -> Result<(), AutomergeError> {
    write_fields(tx, &ROOT, kind.fields, fields, true)
}

const fn container(shape: Shape) -> Option<ObjType> {
    match shape {
        Shape::Text => Some(ObjType::Text),
        Shape::Set(_) | Shape::Entries(_) => Some(ObjType::Map),
        Shape::Line
        | Shape::Flag
        | Shape::Number
        | Shape::Date
        | Shape::Instant
        | Shape::Choice(_)
        | Shape::Reference
        | Shape::Member => None,
    }
}

fn write_fields(
    tx: &mut Transaction<'_>,
    object: &ObjId,
    known: &'static [Field],
    fields: &Fields,
    settle: bool,
) -> Result<(), AutomergeError> {
    for field in known {
        let Some(value) = fields.get(field.name) else {
            continue;
        };
        match field.shape {
            Shape::Text => text(tx, object, field.name, value)?,
            Shape::Set(_) => set(tx, object, field.name, value)?,
            Shape::Entries(fields) => entries(tx, object, field.name, fields, value, settle)?,
            Shape::Line
            | Shape::Flag
            | Shape::Number
            | Shape::Date
            | Shape::Instant
            | Shape::Choice(_)
            | Shape::Reference
            | Shape::Member => scalar(tx, object, field.name, value, settle)?,
        }
    }
    Ok(())
}

fn scalar(
    tx: &mut Transaction<'_>,
    object: &ObjId,
    name: &str,
    value: &Value,
    settle: bool,
) -> Result<(), AutomergeError> {
    let wanted = match value {
        Value::String(text) => Some(ScalarValue::Str(text.as_str().into())),
        Value::Bool(flag) => Some(ScalarValue::Boolean(*flag)),
        Value::Number(number) => number.as_i64().map(ScalarValue::Int),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    let current = tx.get_all(object, name)?;
    let unchanged = match (&wanted, current.as_slice()) {
        (None, []) => true,
        (Some(wanted), [(Stored::Scalar(now), _)]) => now.as_ref() == wanted,
        // The value that is shown is already the wanted one; writing it again would settle a disagreement unasked.
        (Some(wanted), [.., (Stored::Scalar(now), _)]) => !settle && now.as_ref() == wanted,
        _ => false,
    };
    match wanted {
        _ if unchanged => Ok(()),
        Some(wanted) => tx.put(object, name, wanted),
        None => tx.delete(object, name),
    }
}

fn text(
    tx: &mut Transaction<'_>,
    object: &ObjId,
    name: &str,
    value: &Value,
) -> Result<(), AutomergeError> {
    let wanted = value.as_str().unwrap_or_default();
    let body = object_or_new(tx, object, name, ObjType::Text)?;
    if tx.length(&body) == 0 {
        return if wanted.is_empty() {
            Ok(())
        } else {
            tx.splice_text(&body, 0, 0, wanted)
        };
    }
    tx.update_text(&body, wanted)
}

fn set(
    tx: &mut Transaction<'_>,
    object: &ObjId,
    name: &str,
    value: &Value,
) -> Result<(), AutomergeError> {
    let wanted: Vec<&str> = value
        .as_array()
        .map(|items| items.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    for map in read::objects(tx, object, name)? {
        let gone: Vec<String> = tx
            .keys(&map)
            .filter(|key| !wanted.contains(&key.as_str()))
            .collect();
        for key in gone {
            tx.delete(&map, key)?;
        }
    }
    let map = object_or_new(tx, object, name, ObjType::Map)?;
    for item in wanted {
        if tx.get(&map, item)?.is_none() {
            tx.put(&map, item, true)?;
        }
    }
    Ok(())
}

fn entries(
    tx: &mut Transaction<'_>,
    object: &ObjId,
    name: &str,
    fields: &'static [Field],
    value: &Value,
    settle: bool,
) -> Result<(), AutomergeError> {
    let Some(wanted) = value.as_object() else {
        return set(tx, object, name, value);
    };
    let map = object_or_new(tx, object, name, ObjType::Map)?;
    for (key, entry) in wanted {
        let Some(entry) = entry.as_object() else {
            for map in read::objects(tx, object, name)? {
                if tx.get(&map, key.as_str())?.is_some() {
                    tx.delete(&map, key.as_str())?;
                }
            }
            continue;
        };
        let holder = holder_of(tx, object, name, key)?.unwrap_or_else(|| map.clone());
        let entry_object = object_or_new(tx, &holder, key, ObjType::Map)?;
        write_fields(tx, &entry_object, fields, entry, settle)?;
    }
    Ok(())
}

/// The map that already holds the key, when there is one.
fn holder_of(
    tx: &Transaction<'_>,
    object: &ObjId,
    name: &str,
    key: &str,
) -> Result<Option<ObjId>, AutomergeError> {
    for map in read::objects(tx, object, name)?.into_iter().rev() {
        if tx.get(&map, key)?.is_some() {
            return Ok(Some(map));
        }
    }
    Ok(None)
}

fn object_or_new(
    tx: &mut Transaction<'_>,
    object: &ObjId,
    name: &str,
    wanted: ObjType,
) -> Result<ObjId, AutomergeError> {
    match tx.get(object, name)? {
        Some((Stored::Object(found), id)) if found == wanted => Ok(id),
        _ => tx.put_object(object, name, wanted),
    }
}
