//! From normalised fields to Automerge operations: one user action, one change.

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{
    Automerge, AutomergeError, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value as Stored,
};
use serde_json::Value;

use super::{ID, KIND, SCHEMA, read, words};
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
        |tx| create_in(tx, id, (kind, kind.schema), fields),
    )
    .map(|_| ())
    .map_err(|failure| failure.error)
}

/// The same, as part of a change.
pub(super) fn create_in(
    tx: &mut Transaction<'_>,
    id: RecordId,
    (kind, schema): (&KindSpec, u32),
    fields: &Fields,
) -> Result<(), AutomergeError> {
    tx.put(ROOT, ID, id.to_string())?;
    tx.put(ROOT, KIND, kind.name)?;
    tx.put(ROOT, SCHEMA, u64::from(schema))?;
    for field in kind.fields {
        if let Some(container) = container(field.shape) {
            tx.put_object(ROOT, field.name, container)?;
        }
    }
    edit(tx, kind, fields)
}

/// Writes what differs.
pub(super) fn edit(
    tx: &mut Transaction<'_>,
    kind: &KindSpec,
    fields: &Fields,
) -> Result<(), AutomergeError> {
    write_fields(tx, &[ROOT], kind.fields, fields, false)
}

/// Writes also what seems equal: the operation that settles a disagreement.
pub(super) fn overwrite(
    tx: &mut Transaction<'_>,
    kind: &KindSpec,
    fields: &Fields,
) -> Result<(), AutomergeError> {
    write_fields(tx, &[ROOT], kind.fields, fields, true)
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
        | Shape::Member
        | Shape::Space => None,
    }
}

/// Writes fields. They normally stand in one place; where two people made the same entry at the same time there are
/// several, and what is written goes to the last one while the others give it up.
fn write_fields(
    tx: &mut Transaction<'_>,
    places: &[ObjId],
    known: &'static [Field],
    fields: &Fields,
    settle: bool,
) -> Result<(), AutomergeError> {
    for field in known {
        let Some(value) = fields.get(field.name) else {
            continue;
        };
        match field.shape {
            Shape::Text => text(tx, places, field.name, value)?,
            Shape::Set(_) => set(tx, places, field.name, value)?,
            Shape::Entries(fields) => entries(tx, places, field.name, fields, value, settle)?,
            Shape::Line
            | Shape::Flag
            | Shape::Number
            | Shape::Date
            | Shape::Instant
            | Shape::Choice(_)
            | Shape::Reference
            | Shape::Member
            | Shape::Space => scalar(tx, places, field.name, value, settle)?,
        }
    }
    Ok(())
}

fn scalar(
    tx: &mut Transaction<'_>,
    places: &[ObjId],
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
    let current = read::values(tx, places, name)?;
    let is_wanted = |now: &Stored<'_>| matches!((now, &wanted), (Stored::Scalar(now), Some(wanted)) if now.as_ref() == wanted);
    let unchanged = match (&wanted, current.as_slice()) {
        (None, []) => true,
        (Some(_), [(now, _)]) => is_wanted(now),
        // The value that is shown is already the wanted one; writing it again would settle a disagreement unasked.
        (Some(_), [.., (now, _)]) => !settle && is_wanted(now),
        _ => false,
    };
    if unchanged {
        return Ok(());
    }
    let Some((last, others)) = places.split_last() else {
        return Ok(());
    };
    match wanted {
        Some(wanted) => tx.put(last, name, wanted)?,
        None => give_up(tx, last, name)?,
    }
    others.iter().try_for_each(|place| give_up(tx, place, name))
}

fn give_up(tx: &mut Transaction<'_>, place: &ObjId, name: &str) -> Result<(), AutomergeError> {
    if tx.get(place, name)?.is_some() {
        tx.delete(place, name)?;
    }
    Ok(())
}

fn text(
    tx: &mut Transaction<'_>,
    places: &[ObjId],
    name: &str,
    value: &Value,
) -> Result<(), AutomergeError> {
    let wanted = value.as_str().unwrap_or_default();
    let bodies = read::texts(tx, places, name)?;
    let Some((body, others)) = bodies.split_last() else {
        return match new_object(tx, places, name, ObjType::Text)? {
            Some(body) if !wanted.is_empty() => tx.splice_text(&body, 0, 0, wanted),
            _ => Ok(()),
        };
    };
    if !others.is_empty() {
        let texts = bodies
            .iter()
            .map(|body| tx.text(body))
            .collect::<Result<Vec<_>, _>>()?;
        if read::joined(&texts) == wanted {
            return Ok(());
        }
        for other in others {
            words::rewrite(tx, other, "")?;
        }
    }
    if tx.length(body) == 0 {
        return if wanted.is_empty() {
            Ok(())
        } else {
            tx.splice_text(body, 0, 0, wanted)
        };
    }
    words::rewrite(tx, body, wanted)
}

fn set(
    tx: &mut Transaction<'_>,
    places: &[ObjId],
    name: &str,
    value: &Value,
) -> Result<(), AutomergeError> {
    let wanted: Vec<&str> = value
        .as_array()
        .map(|items| items.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let mut maps = read::maps(tx, places, name)?;
    for map in &maps {
        let gone: Vec<String> = tx
            .keys(map)
            .filter(|key| !wanted.contains(&key.as_str()))
            .collect();
        for key in gone {
            tx.delete(map, key)?;
        }
    }
    if maps.is_empty() {
        maps.extend(new_object(tx, places, name, ObjType::Map)?);
    }
    let Some(map) = maps.last() else {
        return Ok(());
    };
    for item in wanted {
        if tx.get(map, item)?.is_none() {
            tx.put(map, item, true)?;
        }
    }
    Ok(())
}

fn entries(
    tx: &mut Transaction<'_>,
    places: &[ObjId],
    name: &str,
    fields: &'static [Field],
    value: &Value,
    settle: bool,
) -> Result<(), AutomergeError> {
    let Some(wanted) = value.as_object() else {
        return set(tx, places, name, value);
    };
    let mut maps = read::maps(tx, places, name)?;
    if maps.is_empty() {
        maps.extend(new_object(tx, places, name, ObjType::Map)?);
    }
    for (key, entry) in wanted {
        let Some(entry) = entry.as_object() else {
            maps.iter().try_for_each(|map| give_up(tx, map, key))?;
            continue;
        };
        let mut found = read::maps(tx, &maps, key)?;
        if found.is_empty() {
            found.extend(new_object(tx, &maps, key, ObjType::Map)?);
        }
        write_fields(tx, &found, fields, entry, settle)?;
    }
    Ok(())
}

/// Makes an object in the last of these places.
fn new_object(
    tx: &mut Transaction<'_>,
    places: &[ObjId],
    name: &str,
    wanted: ObjType,
) -> Result<Option<ObjId>, AutomergeError> {
    let place = places.last();
    place
        .map(|place| tx.put_object(place, name, wanted))
        .transpose()
}
