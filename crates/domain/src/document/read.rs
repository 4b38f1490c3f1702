//! From Automerge to JSON fields. What this version does not know is left where it is.

use automerge::{
    Automerge, AutomergeError, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue,
    Value as Stored,
};
use serde_json::Value;

use crate::record::{Field, Fields, Shape};

/// A string at the root.
pub(super) fn root_string(doc: &Automerge, name: &str) -> Result<Option<String>, AutomergeError> {
    let found = doc.get(ROOT, name)?;
    Ok(found.and_then(|(value, _)| value.as_str().map(str::to_owned)))
}

/// A small number at the root.
pub(super) fn root_number(doc: &Automerge, name: &str) -> Result<Option<u32>, AutomergeError> {
    let found = doc.get(ROOT, name)?;
    Ok(found
        .and_then(|(value, _)| value.as_u64())
        .and_then(|number| number.try_into().ok()))
}

/// The fields of an object.
pub(super) fn fields<D: ReadDoc>(
    doc: &D,
    object: &ObjId,
    known: &'static [Field],
) -> Result<Fields, AutomergeError> {
    read_fields(&Reader { doc, at: None }, object, known)
}

/// The fields of the record as they stood after these changes.
pub(super) fn fields_at<D: ReadDoc>(
    doc: &D,
    heads: &[ChangeHash],
    known: &'static [Field],
) -> Result<Fields, AutomergeError> {
    read_fields(
        &Reader {
            doc,
            at: Some(heads),
        },
        &ROOT,
        known,
    )
}

/// All objects that stand under a name: normally one, several when two people made it at the same time.
pub(super) fn objects<D: ReadDoc>(
    doc: &D,
    object: &ObjId,
    name: &str,
) -> Result<Vec<ObjId>, AutomergeError> {
    Reader { doc, at: None }.maps(object, name)
}

/// A scalar as JSON, when it is of a type that fields use.
pub(super) fn json(value: &ScalarValue) -> Option<Value> {
    match value {
        ScalarValue::Str(text) => Some(Value::String(text.to_string())),
        ScalarValue::Boolean(flag) => Some(Value::Bool(*flag)),
        ScalarValue::Int(number) => Some(Value::from(*number)),
        ScalarValue::Uint(number) => Some(Value::from(*number)),
        ScalarValue::Bytes(_)
        | ScalarValue::F64(_)
        | ScalarValue::Counter(_)
        | ScalarValue::Timestamp(_)
        | ScalarValue::Unknown { .. }
        | ScalarValue::Null => None,
    }
}

struct Reader<'a, D> {
    doc: &'a D,
    at: Option<&'a [ChangeHash]>,
}

impl<D: ReadDoc> Reader<'_, D> {
    fn get(
        &self,
        object: &ObjId,
        name: &str,
    ) -> Result<Option<(Stored<'_>, ObjId)>, AutomergeError> {
        match self.at {
            Some(heads) => self.doc.get_at(object, name, heads),
            None => self.doc.get(object, name),
        }
    }

    fn maps(&self, object: &ObjId, name: &str) -> Result<Vec<ObjId>, AutomergeError> {
        let all = match self.at {
            Some(heads) => self.doc.get_all_at(object, name, heads)?,
            None => self.doc.get_all(object, name)?,
        };
        Ok(all
            .into_iter()
            .filter_map(|(value, id)| matches!(value, Stored::Object(ObjType::Map)).then_some(id))
            .collect())
    }

    fn keys(&self, object: &ObjId) -> Vec<String> {
        match self.at {
            Some(heads) => self.doc.keys_at(object, heads).collect(),
            None => self.doc.keys(object).collect(),
        }
    }

    fn text(&self, object: &ObjId) -> Result<String, AutomergeError> {
        match self.at {
            Some(heads) => self.doc.text_at(object, heads),
            None => self.doc.text(object),
        }
    }
}

fn read_fields<D: ReadDoc>(
    reader: &Reader<'_, D>,
    object: &ObjId,
    known: &'static [Field],
) -> Result<Fields, AutomergeError> {
    let mut fields = Fields::new();
    for field in known {
        let value = match field.shape {
            Shape::Set(_) => set(reader, object, field.name)?,
            Shape::Entries(known) => entries(reader, object, field.name, known)?,
            Shape::Text
            | Shape::Line
            | Shape::Flag
            | Shape::Number
            | Shape::Date
            | Shape::Instant
            | Shape::Choice(_)
            | Shape::Reference
            | Shape::Member => single(reader, object, field.name)?,
        };
        if let Some(value) = value {
            fields.insert(field.name.to_owned(), value);
        }
    }
    Ok(fields)
}

fn single<D: ReadDoc>(
    reader: &Reader<'_, D>,
    object: &ObjId,
    name: &str,
) -> Result<Option<Value>, AutomergeError> {
    Ok(match reader.get(object, name)? {
        Some((Stored::Scalar(value), _)) => json(value.as_ref()),
        Some((Stored::Object(ObjType::Text), id)) => Some(reader.text(&id)?)
            .filter(|text| !text.is_empty())
            .map(Value::String),
        _ => None,
    })
}

fn set<D: ReadDoc>(
    reader: &Reader<'_, D>,
    object: &ObjId,
    name: &str,
) -> Result<Option<Value>, AutomergeError> {
    let mut items: Vec<String> = Vec::new();
    for map in reader.maps(object, name)? {
        items.extend(reader.keys(&map));
    }
    items.sort();
    items.dedup();
    Ok((!items.is_empty()).then(|| Value::Array(items.into_iter().map(Value::String).collect())))
}

fn entries<D: ReadDoc>(
    reader: &Reader<'_, D>,
    object: &ObjId,
    name: &str,
    known: &'static [Field],
) -> Result<Option<Value>, AutomergeError> {
    let mut entries = Fields::new();
    for map in reader.maps(object, name)? {
        for key in reader.keys(&map) {
            if let Some((Stored::Object(ObjType::Map), entry)) = reader.get(&map, &key)? {
                let fields = read_fields(reader, &entry, known)?;
                entries.insert(key, Value::Object(fields));
            }
        }
    }
    Ok((!entries.is_empty()).then_some(Value::Object(entries)))
}
