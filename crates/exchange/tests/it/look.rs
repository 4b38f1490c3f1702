//! Looks at what was read.

use exchange::{Format, Row};
use serde_json::{Value, json};

/// The contacts of a file that has nothing unreadable.
pub(crate) fn rows(format: Format, content: &[u8]) -> Vec<Row> {
    let read = exchange::read(format, content);
    assert_eq!(read.unreadable, [], "{}", String::from_utf8_lossy(content));
    read.rows
}

/// The one contact of a file.
pub(crate) fn one(format: Format, content: &[u8]) -> Row {
    let mut rows = rows(format, content);
    assert_eq!(rows.len(), 1, "{}", String::from_utf8_lossy(content));
    rows.remove(0)
}

/// A row as JSON with its ways and talents as lists without keys, ordered by value.
pub(crate) fn shown(row: &Row) -> Value {
    let mut fields = row.fields.clone();
    for (name, by) in [("ways", "value"), ("talents", "text")] {
        if let Some(entries) = fields.get_mut(name) {
            let mut list: Vec<Value> = entries.as_object().unwrap().values().cloned().collect();
            list.sort_by_key(|entry| entry[by].as_str().unwrap().to_owned());
            *entries = json!(list);
        }
    }
    json!(fields)
}
