//! What this version of the app does not know is copied as it is: a newer one may have written it.

use automerge::transaction::{Transactable, Transaction};
use automerge::{Automerge, AutomergeError, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};

use super::anew::HOUSE;
use super::read;
use crate::record::{Field, KindSpec, Shape};

/// Copies what the kind does not name into a document that holds the rest already: at the root, and in entries that are
/// still there.
pub(super) fn unknown(
    from: &Automerge,
    tx: &mut Transaction<'_>,
    kind: &KindSpec,
) -> Result<(), AutomergeError> {
    for name in from.keys(ROOT) {
        let is_known = HOUSE.contains(&name.as_str()) || kind.field(&name).is_some();
        if !is_known && let Some((value, id)) = from.get(ROOT, &name)? {
            put(from, (&value, &id), tx, &ROOT, &name)?;
        }
    }
    for field in kind.fields {
        if let Shape::Entries(known) = field.shape {
            in_entries(from, tx, field.name, known)?;
        }
    }
    Ok(())
}

fn in_entries(
    from: &Automerge,
    tx: &mut Transaction<'_>,
    name: &str,
    known: &[Field],
) -> Result<(), AutomergeError> {
    let maps = read::maps(from, &[ROOT], name)?;
    let Some((_, target)) = tx.get(ROOT, name)? else {
        return Ok(());
    };
    let keys: Vec<String> = maps.iter().flat_map(|map| from.keys(map)).collect();
    for key in keys {
        let Some((_, entry)) = tx.get(&target, &key)? else {
            continue;
        };
        for place in read::maps(from, &maps, &key)? {
            for name in from.keys(&place) {
                let is_known = known.iter().any(|field| field.name == name);
                if !is_known && let Some((value, id)) = from.get(&place, &name)? {
                    put(from, (&value, &id), tx, &entry, &name)?;
                }
            }
        }
    }
    Ok(())
}

fn put(
    from: &Automerge,
    (value, id): (&Value<'_>, &ObjId),
    tx: &mut Transaction<'_>,
    target: &ObjId,
    name: &str,
) -> Result<(), AutomergeError> {
    match value {
        Value::Scalar(scalar) => tx.put(target, name, scalar_of(scalar)),
        Value::Object(kind) => {
            let made = tx.put_object(target, name, *kind)?;
            fill(from, id, *kind, tx, &made)
        }
    }
}

fn fill(
    from: &Automerge,
    id: &ObjId,
    kind: ObjType,
    tx: &mut Transaction<'_>,
    made: &ObjId,
) -> Result<(), AutomergeError> {
    match kind {
        ObjType::Text => tx.splice_text(made, 0, 0, &from.text(id)?),
        ObjType::List => {
            for index in 0..from.length(id) {
                match from.get(id, index)? {
                    Some((Value::Scalar(scalar), _)) => {
                        tx.insert(made, tx.length(made), scalar_of(&scalar))?;
                    }
                    Some((Value::Object(kind), inner)) => {
                        let object = tx.insert_object(made, tx.length(made), kind)?;
                        fill(from, &inner, kind, tx, &object)?;
                    }
                    None => {}
                }
            }
            Ok(())
        }
        ObjType::Map | ObjType::Table => {
            for name in from.keys(id) {
                if let Some((value, inner)) = from.get(id, &name)? {
                    put(from, (&value, &inner), tx, made, &name)?;
                }
            }
            Ok(())
        }
    }
}

/// A counter goes on from where it is.
fn scalar_of(scalar: &ScalarValue) -> ScalarValue {
    match scalar {
        ScalarValue::Counter(counter) => ScalarValue::counter(i64::from(counter)),
        ScalarValue::Bytes(_)
        | ScalarValue::Str(_)
        | ScalarValue::Int(_)
        | ScalarValue::Uint(_)
        | ScalarValue::F64(_)
        | ScalarValue::Timestamp(_)
        | ScalarValue::Boolean(_)
        | ScalarValue::Unknown { .. }
        | ScalarValue::Null => scalar.clone(),
    }
}
