//! Other residents in a person's file: their names, numbers and addresses are not the person's to see.

use std::collections::{BTreeMap, BTreeSet};

use domain::ContactRole;
use domain::ids::RecordId;
use domain::kinds::Contact;
use domain::projection::links;
use domain::record::{Fields, Item, Shape, kind};
use domain::unnamed::{Person, Unnamed};
use serde_json::Value;
use store::RecordRow;

use crate::Result;
use crate::device::Device;
use crate::views::fields;

/// Contacts read at once.
const PAGE: u32 = 1_000;

/// Takes other residents out of what a file says.
#[derive(Debug, Default)]
pub(super) struct Others {
    unnamed: Unnamed,
    /// What stands instead of the name of a contact, by id.
    instead: BTreeMap<RecordId, String>,
    /// Nobody is taken out.
    all_named: bool,
}

impl Others {
    /// Takes nobody out.
    pub(super) fn nobody() -> Self {
        Self {
            all_named: true,
            ..Self::default()
        }
    }

    /// Takes all other residents out. Who stands in the same records as the person is told apart by a number, and
    /// recognised by a part of their name, too.
    pub(super) fn around<'a>(
        device: &Device,
        person: &RecordRow,
        rows: impl Iterator<Item = &'a RecordRow>,
        language: &str,
    ) -> Result<Self> {
        let close: BTreeSet<RecordId> = rows.flat_map(linked).collect();
        let word = if language == "en" {
            "another resident"
        } else {
            "andere bewoner"
        };
        let mut others = Self::default();
        others.unnamed.keep(&person.title);
        let mut number = 0;
        let mut far = Vec::new();
        for row in contacts(device)? {
            let contact: Contact = fields(&row);
            let is_same = row.id == person.id || contact.merged_into == Some(person.id);
            if is_same || !is_resident(&contact) {
                continue;
            }
            if close.contains(&row.id) {
                number += 1;
                others.take_out(&row, &contact, true, format!("[{word} {number}]"));
            } else {
                far.push((row, contact));
            }
        }
        // Who is close wins where two people share a name.
        for (row, contact) in far {
            others.take_out(&row, &contact, false, format!("[{word}]"));
        }
        Ok(others)
    }

    fn take_out(&mut self, row: &RecordRow, contact: &Contact, by_parts: bool, instead: String) {
        let has_address = !contact.street.is_empty() && !contact.house_number.is_empty();
        self.unnamed.add(&Person {
            name: contact.name.clone(),
            by_parts,
            ways: contact.ways.values().map(|way| way.value.clone()).collect(),
            address: if by_parts && has_address {
                format!("{} {}", contact.street, contact.house_number)
            } else {
                String::new()
            },
            instead: instead.clone(),
        });
        self.instead.insert(row.id, instead);
    }

    /// The name of a record that is referred to.
    pub(super) fn name(&self, row: &RecordRow) -> String {
        self.instead
            .get(&row.id)
            .cloned()
            .unwrap_or_else(|| self.text(&row.title))
    }

    /// Running text.
    pub(super) fn text(&self, text: &str) -> String {
        if self.all_named {
            text.to_owned()
        } else {
            self.unnamed.apply(text)
        }
    }

    /// The words in the fields of a record; dates, ids and words of closed lists stay as they are.
    pub(super) fn fields(&self, kind_name: &str, fields: &Fields) -> Fields {
        fields
            .iter()
            .map(|(name, value)| {
                let shape = kind(kind_name)
                    .and_then(|kind| kind.field(name))
                    .map(|field| field.shape);
                let holds_words = matches!(
                    shape,
                    None | Some(
                        Shape::Line | Shape::Text | Shape::Set(Item::Line) | Shape::Entries(_)
                    )
                );
                let value = if holds_words {
                    self.value(value)
                } else {
                    value.clone()
                };
                (name.clone(), value)
            })
            .collect()
    }

    /// All words in a value.
    pub(super) fn value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(items) => items.iter().map(|item| self.value(item)).collect(),
            Value::Object(entries) => Value::Object(
                entries
                    .iter()
                    .map(|(name, value)| (name.clone(), self.value(value)))
                    .collect(),
            ),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}

fn linked(row: &RecordRow) -> Vec<RecordId> {
    let links = kind(&row.kind).map(|kind| links(kind, &row.fields));
    links.into_iter().flatten().map(|(_, id)| id).collect()
}

/// Whoever is only known from their work is no private person here.
fn is_resident(contact: &Contact) -> bool {
    let at_work = [
        ContactRole::Professional,
        ContactRole::Official,
        ContactRole::Politician,
    ];
    contact.roles.is_empty() || contact.roles.iter().any(|role| !at_work.contains(role))
}

fn contacts(device: &Device) -> Result<Vec<RecordRow>> {
    let mut all: Vec<RecordRow> = Vec::new();
    loop {
        let offset = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let (_, page) = device
            .store
            .records_of_kind(Some("contact"), true, offset, PAGE)?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}
