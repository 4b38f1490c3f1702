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
    read_fields(
        &Reader { doc, at: None },
        std::slice::from_ref(object),
        known,
    )
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
        &[ROOT],
        known,
    )
}

/// All maps that stand under a name: normally one, several when two people made it at the same time.
pub(super) fn maps<D: ReadDoc>(
    doc: &D,
    places: &[ObjId],
    name: &str,
) -> Result<Vec<ObjId>, AutomergeError> {
    Reader { doc, at: None }.objects(places, name, ObjType::Map)
}

/// All texts that stand under a name.
pub(super) fn texts<D: ReadDoc>(
    doc: &D,
    places: &[ObjId],
    name: &str,
) -> Result<Vec<ObjId>, AutomergeError> {
    Reader { doc, at: None }.objects(places, name, ObjType::Text)
}

/// Everything that stands under a name, the value that is shown last.
pub(super) fn values<'a, D: ReadDoc>(
    doc: &'a D,
    places: &[ObjId],
    name: &str,
) -> Result<Vec<(Stored<'a>, ObjId)>, AutomergeError> {
    Reader { doc, at: None }.values(places, name)
}

/// What is read where several texts stand in one place: every one that is not part of another.
pub(super) fn joined(texts: &[String]) -> String {
    let mut whole: Vec<&str> = Vec::new();
    for text in texts {
        if whole.iter().all(|other| !other.contains(text.as_str())) {
            whole.retain(|other| !text.contains(other));
            whole.push(text);
        }
    }
    whole.join("\n")
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

/// The fields of a record stand in its root, those of an entry in a map. Where two people made the same entry at the same
/// time there are several maps, each with what is written in it: they are read as one, the latest writer first.
impl<'a, D: ReadDoc> Reader<'a, D> {
    fn values(
        &self,
        places: &[ObjId],
        name: &str,
    ) -> Result<Vec<(Stored<'a>, ObjId)>, AutomergeError> {
        let mut all = Vec::new();
        for place in places {
            all.extend(match self.at {
                Some(heads) => self.doc.get_all_at(place, name, heads)?,
                None => self.doc.get_all(place, name)?,
            });
        }
        if places.len() > 1 {
            all.sort_by(|(_, one), (_, other)| one.cmp(other));
        }
        Ok(all)
    }

    fn objects(
        &self,
        places: &[ObjId],
        name: &str,
        wanted: ObjType,
    ) -> Result<Vec<ObjId>, AutomergeError> {
        let all = self.values(places, name)?.into_iter();
        Ok(all
            .filter_map(|(value, id)| (value == Stored::Object(wanted)).then_some(id))
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
    places: &[ObjId],
    known: &'static [Field],
) -> Result<Fields, AutomergeError> {
    let mut fields = Fields::new();
    // One walk over what is there, instead of looking for all that could be.
    let there: Vec<String> = places.iter().flat_map(|place| reader.keys(place)).collect();
    for field in known {
        if there.iter().all(|key| key != field.name) {
            continue;
        }
        let value = match field.shape {
            Shape::Set(_) => set(reader, places, field.name)?,
            Shape::Entries(known) => entries(reader, places, field.name, known)?,
            Shape::Text
            | Shape::Line
            | Shape::Flag
            | Shape::Number
            | Shape::Date
            | Shape::Instant
            | Shape::Choice(_)
            | Shape::Reference
            | Shape::Member
            | Shape::Space => single(reader, places, field.name)?,
        };
        if let Some(value) = value {
            fields.insert(field.name.to_owned(), value);
        }
    }
    Ok(fields)
}

fn single<D: ReadDoc>(
    reader: &Reader<'_, D>,
    places: &[ObjId],
    name: &str,
) -> Result<Option<Value>, AutomergeError> {
    let all = reader.values(places, name)?;
    Ok(match all.last() {
        Some((Stored::Scalar(value), _)) => json(value.as_ref()),
        Some((Stored::Object(ObjType::Text), _)) => {
            let texts = all
                .iter()
                .filter(|(value, _)| *value == Stored::Object(ObjType::Text))
                .map(|(_, id)| reader.text(id))
                .collect::<Result<Vec<_>, _>>()?;
            Some(joined(&texts))
                .filter(|text| !text.is_empty())
                .map(Value::String)
        }
        _ => None,
    })
}

fn set<D: ReadDoc>(
    reader: &Reader<'_, D>,
    places: &[ObjId],
    name: &str,
) -> Result<Option<Value>, AutomergeError> {
    let mut items: Vec<String> = Vec::new();
    for map in reader.objects(places, name, ObjType::Map)? {
        items.extend(reader.keys(&map));
    }
    items.sort();
    items.dedup();
    Ok((!items.is_empty()).then(|| Value::Array(items.into_iter().map(Value::String).collect())))
}

fn entries<D: ReadDoc>(
    reader: &Reader<'_, D>,
    places: &[ObjId],
    name: &str,
    known: &'static [Field],
) -> Result<Option<Value>, AutomergeError> {
    let mut entries = Fields::new();
    let maps = reader.objects(places, name, ObjType::Map)?;
    for map in &maps {
        for key in reader.keys(map) {
            if entries.contains_key(&key) {
                continue;
            }
            let entry = reader.objects(&maps, &key, ObjType::Map)?;
            if !entry.is_empty() {
                let fields = read_fields(reader, &entry, known)?;
                entries.insert(key, Value::Object(fields));
            }
        }
    }
    Ok((!entries.is_empty()).then_some(Value::Object(entries)))
}
