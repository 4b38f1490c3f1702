//! The list of kinds, and what the rest of the house needs to know of each.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Field, Fields, Item, Shape};
use crate::kinds;
use crate::rejection::Rejection;

/// A kind of record. Implemented in one file per kind under `kinds/`.
pub trait Record: DeserializeOwned + Default {
    /// What the rest of the house needs to know.
    const SPEC: KindSpec;

    /// The line by which people recognise the record.
    fn title(&self) -> String;

    /// Words by which it can be found besides its title. Deterministic: the search index is cleaned with it.
    fn found_by(&self) -> String {
        String::new()
    }

    /// The rules of the kind, after an edit by a person. `before` is `None` for a new record.
    ///
    /// # Errors
    /// The rule that the edit breaks.
    fn check(&self, _before: Option<&Self>) -> Result<(), Rejection> {
        Ok(())
    }
}

/// What the rest of the house needs to know of a kind.
#[derive(Debug, Clone, Copy)]
pub struct KindSpec {
    /// The word in documents, commands and file formats.
    pub name: &'static str,
    /// Never changes and is never used again: the read model and search index number their rows by it (1 to 63).
    pub number: u8,
    /// The schema version this app writes; a document with a higher one opens read-only.
    pub schema: u32,
    /// The fields, in the order in which they are written.
    pub fields: &'static [Field],
    /// [`Record::title`] over JSON fields.
    pub title: fn(&Fields) -> String,
    /// [`Record::found_by`] over JSON fields.
    pub found_by: fn(&Fields) -> String,
    /// [`Record::check`] over JSON fields.
    pub check: fn(Option<&Fields>, &Fields) -> Result<(), Rejection>,
}

impl KindSpec {
    /// The specification of `T`; `const`, so that kinds are a plain table.
    #[must_use]
    pub const fn of<T: Record>(
        name: &'static str,
        number: u8,
        schema: u32,
        fields: &'static [Field],
    ) -> Self {
        Self {
            name,
            number,
            schema,
            fields,
            title: |fields| typed::<T>(fields).title(),
            found_by: |fields| typed::<T>(fields).found_by(),
            check: |before, after| {
                typed::<T>(after).check(before.map(|fields| typed::<T>(fields)).as_ref())
            },
        }
    }

    /// The field of this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Every kind, in the order in which search shows them.
#[must_use]
pub fn kinds() -> &'static [KindSpec] {
    const KINDS: &[KindSpec] = &[
        kinds::Contact::SPEC,
        kinds::Group::SPEC,
        kinds::Organisation::SPEC,
        kinds::Signal::SPEC,
        kinds::FollowUp::SPEC,
        kinds::Note::SPEC,
        kinds::Relation::SPEC,
        kinds::Theme::SPEC,
        kinds::Neighbourhood::SPEC,
        kinds::Holiday::SPEC,
        kinds::Share::SPEC,
        kinds::RetentionTerm::SPEC,
        kinds::RetentionHold::SPEC,
    ];
    KINDS
}

/// The kind of this name.
#[must_use]
pub fn kind(name: &str) -> Option<&'static KindSpec> {
    kinds().iter().find(|kind| kind.name == name)
}

/// The kind of this number.
#[must_use]
pub fn kind_by_number(number: u8) -> Option<&'static KindSpec> {
    kinds().iter().find(|kind| kind.number == number)
}

/// Reads JSON fields as a kind. A value that this version does not understand counts as missing, nothing else is lost.
#[must_use]
pub fn typed<T: Record>(fields: &Fields) -> T {
    // Nearly always everything is understood, and nothing has to be copied to leave something out.
    if let Ok(record) = T::deserialize(fields) {
        return record;
    }
    let known: Fields = T::SPEC
        .fields
        .iter()
        .filter_map(|field| {
            let value = understood(field.shape, fields.get(field.name)?)?;
            Some((field.name.to_owned(), value))
        })
        .collect();
    serde_json::from_value(Value::Object(known)).unwrap_or_default()
}

fn understood(shape: Shape, value: &Value) -> Option<Value> {
    match (shape, value) {
        (Shape::Choice(words), Value::String(word)) => {
            words.contains(&word.as_str()).then(|| value.clone())
        }
        (Shape::Set(Item::Choice(words)), Value::Array(items)) => Some(
            items
                .iter()
                .filter(|item| item.as_str().is_some_and(|word| words.contains(&word)))
                .cloned()
                .collect(),
        ),
        (Shape::Entries(fields), Value::Object(entries)) => Some(Value::Object(
            entries
                .iter()
                .filter_map(|(key, entry)| Some((key.clone(), understood_entry(fields, entry)?)))
                .collect(),
        )),
        (
            Shape::Line
            | Shape::Text
            | Shape::Date
            | Shape::Instant
            | Shape::Reference
            | Shape::Member
            | Shape::Space,
            Value::String(_),
        )
        | (Shape::Flag, Value::Bool(_))
        | (Shape::Number, Value::Number(_))
        | (Shape::Set(Item::Line | Item::Reference), Value::Array(_)) => Some(value.clone()),
        _ => None,
    }
}

fn understood_entry(fields: &[Field], entry: &Value) -> Option<Value> {
    let entry = entry.as_object()?;
    let known: Fields = fields
        .iter()
        .filter_map(|field| {
            Some((
                field.name.to_owned(),
                understood(field.shape, entry.get(field.name)?)?,
            ))
        })
        .collect();
    Some(Value::Object(known))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_field_takes_a_name_that_the_root_of_a_document_needs() {
        for kind in kinds() {
            for field in kind.fields {
                assert!(
                    !["id", "kind", "schema", "past"].contains(&field.name),
                    "{}.{}",
                    kind.name,
                    field.name
                );
            }
        }
    }

    #[test]
    fn every_kind_has_a_name_and_a_number_of_its_own() {
        let names: BTreeSet<_> = kinds().iter().map(|kind| kind.name).collect();
        let numbers: BTreeSet<_> = kinds().iter().map(|kind| kind.number).collect();
        assert_eq!((names.len(), numbers.len()), (kinds().len(), kinds().len()));
        assert!(numbers.iter().all(|number| (1..64).contains(number)));
    }
}
