//! An edit by somebody who looked at an older state: a form that was open while colleagues went on. Nothing that was
//! written since is written over.

use automerge::{Change, ChangeHash};
use serde_json::Value;

use super::difference::{merged_set, merged_text};
use super::{Document, DocumentError, Stamp, patch, read, write};
use crate::record::{Field, Fields, Shape};

/// A single value that changed since the writer saw it.
struct Overtaken {
    path: String,
    seen: Option<Value>,
    wanted: Value,
}

impl Document {
    /// Edits as [`Document::edit`] does, for somebody who saw `seen` in these fields when they began. What changed since
    /// stays: running text and sets take both edits; of a single value both stand side by side, as of any edit made at
    /// the same time, until a person chooses. Fields that `seen` does not name are edited as they are.
    ///
    /// # Errors
    /// The rule that the edit breaks.
    pub fn edit_seen(
        &mut self,
        fields: &Fields,
        seen: &Fields,
        stamp: &Stamp,
    ) -> Result<Vec<Change>, DocumentError> {
        self.check_schema()?;
        let mut wanted = patch::normalise(self.kind, fields)?;
        let before = self.fields()?;
        let after = patch::merged(self.kind, &before, &wanted);
        if before != after {
            (self.kind.check)(Some(&before), &after)?;
        }
        let mut overtaken = Vec::new();
        let known = self.kind.fields;
        set_apart(known, &mut wanted, [seen, &before], "", &mut overtaken)?;
        let mut changes = Vec::new();
        for Overtaken { path, seen, wanted } in overtaken {
            changes.extend(self.beside(&path, seen.as_ref(), wanted, stamp)?);
        }
        let kind = self.kind;
        changes.extend(self.write(stamp, |tx| write::edit(tx, kind, &wanted))?);
        Ok(changes)
    }

    /// Writes a value as somebody who still saw `seen` at this path.
    fn beside(
        &mut self,
        path: &str,
        seen: Option<&Value>,
        wanted: Value,
        stamp: &Stamp,
    ) -> Result<Option<Change>, DocumentError> {
        let kind = self.kind;
        let fields = patch::at_path(path, wanted);
        match self.last_with(path, seen)? {
            Some(hash) => {
                let past = self.doc.fork_at(&[hash])?;
                self.write_in(past, stamp, |tx| write::edit(tx, kind, &fields))
            }
            // It never was so, as far as this document tells: what is wanted counts.
            None => self.write(stamp, |tx| write::edit(tx, kind, &fields)),
        }
    }

    /// The last change after which this value stood at a path.
    fn last_with(
        &self,
        path: &str,
        value: Option<&Value>,
    ) -> Result<Option<ChangeHash>, DocumentError> {
        for change in self.doc.get_changes_meta(&[]).iter().rev() {
            let fields = read::fields_at(&self.doc, &[change.hash], self.kind.fields)?;
            if same(patch::value_at(&fields, path), value) {
                return Ok(Some(change.hash));
            }
        }
        Ok(None)
    }
}

/// Takes the single values that changed since out of an edit, and merges text and sets with what is there now.
fn set_apart(
    known: &'static [Field],
    wanted: &mut Fields,
    [seen, now]: [&Fields; 2],
    prefix: &str,
    overtaken: &mut Vec<Overtaken>,
) -> Result<(), DocumentError> {
    for field in known {
        let name = field.name;
        let Some(value) = wanted
            .get_mut(name)
            .filter(|_| seen.contains_key(name) || !prefix.is_empty())
        else {
            continue;
        };
        let (old, current) = (seen.get(name), now.get(name));
        if same(old, current) || same(Some(&*value), current) {
            continue;
        }
        match field.shape {
            Shape::Text => {
                let words = |value: Option<&Value>| {
                    value.and_then(Value::as_str).unwrap_or_default().to_owned()
                };
                let merged = merged_text(&words(old), &words(Some(value)), &words(current))?;
                *value = Value::String(merged);
            }
            Shape::Set(_) => *value = merged_set(old, Some(value), current),
            Shape::Entries(known) => {
                let by_key = |value: Option<&Value>| {
                    value
                        .and_then(Value::as_object)
                        .cloned()
                        .unwrap_or_default()
                };
                let (old, current) = (by_key(old), by_key(current));
                for (key, entry) in value.as_object_mut().into_iter().flatten() {
                    let Some(entry) = entry.as_object_mut() else {
                        continue;
                    };
                    let (old, current) = (by_key(old.get(key)), by_key(current.get(key)));
                    let prefix = format!("{prefix}{name}/{key}/");
                    set_apart(known, entry, [&old, &current], &prefix, overtaken)?;
                }
            }
            Shape::Line
            | Shape::Flag
            | Shape::Number
            | Shape::Date
            | Shape::Instant
            | Shape::Choice(_)
            | Shape::Reference
            | Shape::Member
            | Shape::Space => {
                overtaken.push(Overtaken {
                    path: format!("{prefix}{name}"),
                    seen: old.cloned(),
                    wanted: value.take(),
                });
                wanted.remove(name);
            }
        }
    }
    Ok(())
}

/// The same to whoever looks at it: nothing and empty are one.
fn same(one: Option<&Value>, other: Option<&Value>) -> bool {
    let something = |value: &&Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(entries) => !entries.is_empty(),
        Value::Bool(true) | Value::Number(_) => true,
    };
    one.filter(something) == other.filter(something)
}
