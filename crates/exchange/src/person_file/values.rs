//! Values of records as people say them.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, NaiveDate, Timelike as _};
use chrono_tz::Europe::Amsterdam;
use domain::record::{Field, Fields, Item, Shape, kind};
use serde_json::Value;

use super::words::Words;

/// What is needed to say values.
#[derive(Clone, Copy)]
pub(super) struct Speaker<'a> {
    pub(super) words: &'static Words,
    pub(super) names: &'a BTreeMap<String, String>,
}

impl Speaker<'_> {
    /// The fields of a record that say something, in the order of the kind, by their names in words.
    pub(super) fn facts(
        self,
        kind_name: &str,
        fields: &Fields,
        leave: &[&str],
    ) -> Vec<(String, String)> {
        let known = kind(kind_name).map_or(&[][..], |kind| kind.fields);
        known
            .iter()
            .filter(|field| !leave.contains(&field.name))
            .filter_map(|field| {
                let words = self.value(kind_name, field, fields.get(field.name)?);
                (!words.is_empty()).then(|| (self.words.field(kind_name, field.name), words))
            })
            .collect()
    }

    /// What one field says, if it says anything.
    pub(super) fn said(self, kind_name: &str, name: &str, fields: &Fields) -> Option<String> {
        let field = kind(kind_name)?.field(name)?;
        Some(self.value(kind_name, field, fields.get(name)?))
    }

    /// A field that changed, as "name: value".
    pub(super) fn change(self, kind_name: &str, name: &str, value: &Value) -> String {
        let field = kind(kind_name).and_then(|kind| kind.field(name));
        let said = match (field, value) {
            (_, Value::Null) => self.words.emptied.to_owned(),
            (Some(field), value) => self.value(kind_name, field, value),
            (None, value) => value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned),
        };
        let said = if said.is_empty() {
            self.words.emptied.to_owned()
        } else {
            said
        };
        format!("{}: {said}", self.words.field(kind_name, name))
    }

    /// A value of a field at a path such as `street` or `ways/k1/value`.
    pub(super) fn at_path(self, kind_name: &str, path: &str, value: &Value) -> String {
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        let last = rest.rsplit('/').next().filter(|name| !name.is_empty());
        let Some(field) = kind(kind_name).and_then(|kind| kind.field(first)) else {
            return value.to_string();
        };
        match (field.shape, last) {
            (Shape::Entries(fields), Some(last)) => {
                fields.iter().find(|field| field.name == last).map_or_else(
                    || value.to_string(),
                    |field| self.value(kind_name, field, value),
                )
            }
            _ => self.value(kind_name, field, value),
        }
    }

    fn value(self, kind_name: &str, field: &Field, value: &Value) -> String {
        match (field.shape, value) {
            (_, Value::Null) | (Shape::Flag, Value::Bool(false)) => String::new(),
            (Shape::Flag, _) => self.words.yes.to_owned(),
            (Shape::Date, Value::String(day)) => self.day(day),
            (Shape::Instant, Value::String(at)) => self.moment(at),
            (Shape::Choice(_), Value::String(word)) => self.words.word(kind_name, field.name, word),
            (Shape::Reference | Shape::Member | Shape::Space, Value::String(id)) => self.name(id),
            (Shape::Set(item), Value::Array(items)) => self.set(kind_name, field, item, items),
            (Shape::Entries(fields), Value::Object(entries)) => entries
                .values()
                .filter_map(Value::as_object)
                .map(|entry| self.entry(kind_name, fields, entry))
                .filter(|words| !words.is_empty())
                .collect::<Vec<_>>()
                .join("\n"),
            (_, Value::String(text)) => text.clone(),
            (_, other) => other.to_string(),
        }
    }

    fn set(self, kind_name: &str, field: &Field, item: Item, items: &[Value]) -> String {
        items
            .iter()
            .filter_map(Value::as_str)
            .map(|word| match item {
                Item::Line => word.to_owned(),
                Item::Choice(_) => self.words.word(kind_name, field.name, word),
                Item::Reference => self.name(word),
            })
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// What an entry says first, and the rest in brackets: "06-12345678 (telefoon, werk)".
    fn entry(self, kind_name: &str, fields: &[Field], entry: &Fields) -> String {
        let main = ["value", "text"]
            .into_iter()
            .find_map(|name| entry.get(name)?.as_str())
            .unwrap_or_default();
        let rest: Vec<String> = fields
            .iter()
            .filter(|field| !["value", "text"].contains(&field.name))
            .filter_map(|field| {
                let value = entry.get(field.name)?;
                if matches!(field.shape, Shape::Flag) {
                    return (value == true).then(|| self.words.field(kind_name, field.name));
                }
                Some(self.value(kind_name, field, value))
            })
            .filter(|words| !words.is_empty())
            .collect();
        if rest.is_empty() {
            main.to_owned()
        } else {
            format!("{main} ({})", rest.join(", "))
        }
    }

    fn name(self, id: &str) -> String {
        let name = self.names.get(id).filter(|name| !name.is_empty());
        name.map_or_else(|| self.words.not_here.to_owned(), Clone::clone)
    }

    /// A day in words, from `YYYY-MM-DD`.
    pub(super) fn day(self, text: &str) -> String {
        text.parse::<NaiveDate>()
            .map_or_else(|_| text.to_owned(), |day| self.day_of(day))
    }

    /// A moment in words, on the clock of the people here.
    pub(super) fn moment(self, text: &str) -> String {
        DateTime::parse_from_rfc3339(text).map_or_else(
            |_| text.to_owned(),
            |at| {
                let at = at.with_timezone(&Amsterdam);
                let time = format!("{}:{:02}", at.hour(), at.minute());
                format!("{}, {time}", self.day_of(at.date_naive()))
            },
        )
    }

    fn day_of(self, day: NaiveDate) -> String {
        let month = self
            .words
            .months
            .get(day.month0() as usize)
            .copied()
            .unwrap_or_default();
        format!("{} {month} {}", day.day(), day.year())
    }
}
