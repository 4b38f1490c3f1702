//! What people and files hand in, brought to the shape of the kind: checked, trimmed, sets and entries by key.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::bsn;
use crate::record::{Field, Fields, Item, KindSpec, Shape, entry_key};
use crate::rejection::Rejection;

/// The most characters of a line.
pub(crate) const LINE_LIMIT: usize = 500;
/// The most characters of a running text.
pub(crate) const TEXT_LIMIT: usize = 20_000;

/// Checks every value against its field. `null` stays: it empties the field.
pub(crate) fn normalise(kind: &'static KindSpec, fields: &Fields) -> Result<Fields, Rejection> {
    normalise_fields(kind.name, kind.fields, fields, "")
}

/// The fields as they will stand after the patch, for the rules of the kind.
pub(crate) fn merged(kind: &KindSpec, before: &Fields, wanted: &Fields) -> Fields {
    let mut after = before.clone();
    for (name, value) in wanted {
        let shape = kind.field(name).map(|field| field.shape);
        let value = match (shape, value) {
            (Some(Shape::Entries(_)), Value::Object(entries)) => {
                merged_entries(after.get(name), entries)
            }
            _ => value.clone(),
        };
        put_or_remove(&mut after, name, value);
    }
    after
}

/// The patch that puts `value` at a path such as `street` or `ways/k1/value`.
pub(crate) fn at_path(path: &str, value: Value) -> Fields {
    let mut value = value;
    let mut names: Vec<&str> = path.split('/').collect();
    let first = if names.is_empty() {
        path
    } else {
        names.remove(0)
    };
    for name in names.into_iter().rev() {
        value = Value::Object(Fields::from_iter([(name.to_owned(), value)]));
    }
    Fields::from_iter([(first.to_owned(), value)])
}

/// Puts a value at such a path, beside what stands there already.
pub(crate) fn add_at_path(fields: &mut Fields, path: &str, value: Value) {
    let (first, rest) = path
        .split_once('/')
        .map_or((path, None), |(first, rest)| (first, Some(rest)));
    let Some(rest) = rest else {
        fields.insert(first.to_owned(), value);
        return;
    };
    let inner = fields
        .entry(first)
        .or_insert_with(|| Value::Object(Fields::new()));
    if let Value::Object(inner) = inner {
        add_at_path(inner, rest, value);
    }
}

/// Takes away what stands at such a path.
pub(crate) fn remove_at_path(fields: &mut Fields, path: &str) {
    match path.split_once('/') {
        None => {
            fields.remove(path);
        }
        Some((first, rest)) => {
            if let Some(Value::Object(inner)) = fields.get_mut(first) {
                remove_at_path(inner, rest);
            }
        }
    }
}

/// The value at such a path.
pub(crate) fn value_at<'a>(fields: &'a Fields, path: &str) -> Option<&'a Value> {
    let mut names = path.split('/');
    let first = names.next().and_then(|name| fields.get(name));
    names.fold(first, |value, name| value.and_then(|value| value.get(name)))
}

fn merged_entries(before: Option<&Value>, wanted: &Fields) -> Value {
    let mut entries = before
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    for (key, entry) in wanted {
        let Value::Object(entry) = entry else {
            entries.remove(key);
            continue;
        };
        let mut after = entries
            .get(key)
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default();
        for (name, value) in entry {
            put_or_remove(&mut after, name, value.clone());
        }
        entries.insert(key.clone(), Value::Object(after));
    }
    Value::Object(entries)
}

fn put_or_remove(fields: &mut Fields, name: &str, value: Value) {
    let empty = match &value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    };
    if empty {
        fields.remove(name);
    } else {
        fields.insert(name.to_owned(), value);
    }
}

fn normalise_fields(
    kind: &'static str,
    known: &'static [Field],
    fields: &Fields,
    prefix: &str,
) -> Result<Fields, Rejection> {
    let mut normal = Fields::new();
    for (name, value) in fields {
        let path = format!("{prefix}{name}");
        let Some(field) = known.iter().find(|field| field.name == name) else {
            return Err(Rejection::UnknownField { kind, field: path });
        };
        let value = if value.is_null() {
            Value::Null
        } else {
            normalise_value(kind, field.shape, value, &path)?
        };
        normal.insert(name.clone(), value);
    }
    Ok(normal)
}

fn normalise_value(
    kind: &'static str,
    shape: Shape,
    value: &Value,
    path: &str,
) -> Result<Value, Rejection> {
    match (shape, value) {
        (Shape::Line, Value::String(text)) => line(text, path),
        (Shape::Text, Value::String(text)) => running_text(text, path),
        (Shape::Flag, Value::Bool(_)) => Ok(value.clone()),
        (Shape::Number, Value::Number(number)) if number.is_i64() => Ok(value.clone()),
        (Shape::Date, Value::String(text)) => date(text, path),
        (Shape::Instant, Value::String(text)) => instant(text, path),
        (Shape::Choice(words), Value::String(word)) => choice(words, word, path),
        (Shape::Reference | Shape::Member | Shape::Space, Value::String(text)) => {
            reference(text, path)
        }
        (Shape::Set(item), Value::Array(items)) => set(item, items, path),
        (Shape::Entries(fields), Value::Object(entries)) => {
            entries_by_key(kind, fields, entries, path)
        }
        (Shape::Entries(fields), Value::Array(items)) => {
            entries_by_content(kind, fields, items, path)
        }
        _ => Err(wrong(path, expected(shape))),
    }
}

const fn expected(shape: Shape) -> &'static str {
    match shape {
        Shape::Line | Shape::Text => "text",
        Shape::Flag => "true or false",
        Shape::Number => "a whole number",
        Shape::Date => "a date YYYY-MM-DD",
        Shape::Instant => "a moment in RFC 3339",
        Shape::Choice(_) => "a word of the list",
        Shape::Reference | Shape::Member | Shape::Space => "an id",
        Shape::Set(_) => "an array",
        Shape::Entries(_) => "an object by key or an array",
    }
}

fn wrong(path: &str, expected: &'static str) -> Rejection {
    Rejection::WrongShape {
        field: path.to_owned(),
        expected,
    }
}

fn checked(text: &str, limit: usize, path: &str) -> Result<(), Rejection> {
    if text.chars().count() > limit {
        return Err(Rejection::TooLong {
            field: path.to_owned(),
            limit,
        });
    }
    if bsn::find(text).is_some() {
        return Err(Rejection::Bsn {
            field: path.to_owned(),
        });
    }
    Ok(())
}

/// A line loses white space around it and line breaks within; an empty one empties the field.
fn line(text: &str, path: &str) -> Result<Value, Rejection> {
    let text = text
        .split(['\n', '\r', '\0'])
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ");
    let text = text.trim();
    checked(text, LINE_LIMIT, path)?;
    Ok(if text.is_empty() {
        Value::Null
    } else {
        Value::String(text.to_owned())
    })
}

/// Running text is kept to the letter.
fn running_text(text: &str, path: &str) -> Result<Value, Rejection> {
    checked(text, TEXT_LIMIT, path)?;
    Ok(Value::String(text.to_owned()))
}

fn date(text: &str, path: &str) -> Result<Value, Rejection> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| wrong(path, expected(Shape::Date)))?;
    Ok(Value::String(date.to_string()))
}

fn instant(text: &str, path: &str) -> Result<Value, Rejection> {
    let at =
        DateTime::parse_from_rfc3339(text).map_err(|_| wrong(path, expected(Shape::Instant)))?;
    Ok(Value::String(
        at.with_timezone(&Utc)
            .to_rfc3339_opts(SecondsFormat::Secs, true),
    ))
}

fn choice(words: &[&str], word: &str, path: &str) -> Result<Value, Rejection> {
    if words.contains(&word) {
        return Ok(Value::String(word.to_owned()));
    }
    Err(wrong(path, "a word of the list"))
}

fn reference(text: &str, path: &str) -> Result<Value, Rejection> {
    let id: Uuid = text
        .parse()
        .map_err(|_| wrong(path, expected(Shape::Reference)))?;
    Ok(Value::String(id.to_string()))
}

fn set(item: Item, items: &[Value], path: &str) -> Result<Value, Rejection> {
    let mut normal = Vec::new();
    for value in items {
        let text = value
            .as_str()
            .ok_or_else(|| wrong(path, "an array of words"))?;
        let value = match item {
            Item::Line => line(text, path)?,
            Item::Choice(words) => choice(words, text, path)?,
            Item::Reference => reference(text, path)?,
        };
        if !value.is_null() && !normal.contains(&value) {
            normal.push(value);
        }
    }
    normal.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    Ok(Value::Array(normal))
}

fn entries_by_key(
    kind: &'static str,
    fields: &'static [Field],
    entries: &Fields,
    path: &str,
) -> Result<Value, Rejection> {
    let mut normal = Fields::new();
    for (key, entry) in entries {
        let value = match entry {
            Value::Null => Value::Null,
            Value::Object(entry) => Value::Object(normalise_fields(
                kind,
                fields,
                entry,
                &format!("{path}/{key}/"),
            )?),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                return Err(wrong(path, "an object by key"));
            }
        };
        if !is_made_key(key) && bsn::find(key).is_some() {
            return Err(Rejection::Bsn {
                field: path.to_owned(),
            });
        }
        if key.is_empty() || key.len() > 64 || key.contains('/') {
            return Err(wrong(path, "a key of at most 64 characters without /"));
        }
        normal.insert(key.clone(), value);
    }
    Ok(Value::Object(normal))
}

/// A key that a device made, by chance or of what the entry says: digits in it are nobody's number. Of such keys one in
/// some hundreds holds nine digits in a row that pass the eleven test.
fn is_made_key(key: &str) -> bool {
    let is_of_content = key.len() == 16 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_of_content || key.parse::<Uuid>().is_ok()
}

/// Entries without keys, as files hold them: the content makes the key, so that reading a file twice adds nothing.
fn entries_by_content(
    kind: &'static str,
    fields: &'static [Field],
    items: &[Value],
    path: &str,
) -> Result<Value, Rejection> {
    let mut normal = Fields::new();
    for item in items {
        let entry = item
            .as_object()
            .ok_or_else(|| wrong(path, "an array of objects"))?;
        let entry = normalise_fields(kind, fields, entry, &format!("{path}/"))?;
        let entry = Value::Object(entry);
        normal.insert(entry_key(&entry), entry);
    }
    Ok(Value::Object(normal))
}
