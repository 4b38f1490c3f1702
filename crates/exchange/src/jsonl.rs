//! JSON Lines: one record of any kind per line, `{"kind":…,"id"?:…,fields…}`.
//!
//! Which fields a kind has, and its rules, are checked where the record is made; here a line only has to be a record of
//! a known kind, and texts that hold a citizen service number or are too long are left out.

use std::borrow::Cow;

use domain::RecordId;
use domain::record::{Field, Fields, Item, KindSpec, Shape, kind as kind_of};
use serde_json::Value;

use crate::collect::Collector;
use crate::draft::refused;
use crate::{MAX_LINE, MAX_ROW, MAX_TEXT, text};

/// Reads the lines of a file.
pub(crate) fn read(content: &[u8], found: &mut Collector) {
    let content = match text::utf16(content) {
        Some(text) => Cow::Owned(text.into_bytes()),
        None => Cow::Borrowed(content),
    };
    let content = content
        .strip_prefix("\u{feff}".as_bytes())
        .unwrap_or(&content);
    let mut lines = content.split(|&byte| byte == b'\n').zip(1_u32..).peekable();
    while let Some((line, number)) = lines.next() {
        if found.is_full() {
            return;
        }
        let line = line.trim_ascii();
        if !line.is_empty() {
            read_line(line, number, lines.peek().is_none(), found);
        }
    }
}

fn read_line(line: &[u8], number: u32, is_last: bool, found: &mut Collector) {
    match record(line, is_last) {
        Ok((kind, id, fields, left_out)) => found.row(number, kind.name, id, fields, left_out),
        Err(code) => {
            let start = line.get(..MAX_LINE).unwrap_or(line);
            found.unreadable(number, code, &text::decode_bytes(start));
        }
    }
}

/// A record's kind, id and fields, and what was left out of them.
type Record = (&'static KindSpec, Option<String>, Fields, Vec<String>);

/// The record on a line, or the code that says why there is none.
fn record(line: &[u8], is_last: bool) -> Result<Record, &'static str> {
    if line.len() > MAX_ROW {
        return Err("too_long");
    }
    let line = std::str::from_utf8(line).map_err(|_| "bad_encoding")?;
    let mut fields: Fields = serde_json::from_str(line).map_err(|error| {
        if error.is_eof() && is_last {
            "truncated"
        } else {
            "bad_json"
        }
    })?;
    let kind = fields.remove("kind");
    let kind = kind
        .as_ref()
        .and_then(Value::as_str)
        .and_then(kind_of)
        .ok_or("unknown_kind")?;
    let id = match fields.remove("id") {
        None | Some(Value::Null) => None,
        Some(id) => Some(id.as_str().and_then(|id| id.parse().ok()).ok_or("bad_id")?),
    };
    let had_title = !(kind.title)(&fields).is_empty();
    let mut left_out = Vec::new();
    leave_out(kind, &mut fields, &mut left_out);
    if had_title && !left_out.is_empty() && (kind.title)(&fields).is_empty() {
        // Without the line by which people recognise it, there is nothing to keep.
        let is_bsn = left_out.iter().any(|code| code.starts_with("bsn:"));
        return Err(if is_bsn { "bsn" } else { "too_long" });
    }
    Ok((
        kind,
        id.map(|id: RecordId| id.to_string()),
        fields,
        left_out,
    ))
}

/// Takes out the texts that the domain refuses, and names them. Of a set or of entries only the one goes.
fn leave_out(kind: &KindSpec, fields: &mut Fields, left_out: &mut Vec<String>) {
    fields.retain(|name, value| {
        let Some(field) = kind.field(name) else {
            return true;
        };
        let mut keep = |reason: Option<&str>| {
            let code = reason.map(|reason| format!("{reason}:{name}"));
            left_out.extend(code.filter(|code| !left_out.contains(code)));
            reason.is_none()
        };
        match (field.shape, value) {
            (Shape::Line | Shape::Text, value) => keep(why_refused(field.shape, value)),
            (Shape::Set(Item::Line), Value::Array(items)) => {
                items.retain(|item| keep(why_refused(Shape::Line, item)));
                true
            }
            (Shape::Entries(inner), Value::Object(entries)) => {
                entries.retain(|_, entry| keep(why_entry_refused(inner, entry)));
                true
            }
            (Shape::Entries(inner), Value::Array(entries)) => {
                entries.retain(|entry| keep(why_entry_refused(inner, entry)));
                true
            }
            _ => true,
        }
    });
}

fn why_refused(shape: Shape, value: &Value) -> Option<&'static str> {
    match (shape, value) {
        (Shape::Line, Value::String(text)) => refused(text.trim(), MAX_LINE),
        (Shape::Text, Value::String(text)) => refused(text, MAX_TEXT),
        _ => None,
    }
}

fn why_entry_refused(fields: &[Field], entry: &Value) -> Option<&'static str> {
    let entry = entry.as_object()?;
    fields
        .iter()
        .filter_map(|field| Some((field.shape, entry.get(field.name)?)))
        .find_map(|(shape, value)| why_refused(shape, value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{Format, read};

    #[test]
    fn a_line_is_a_record_with_its_kind_id_and_fields() {
        let file = "\u{feff}{\"kind\":\"note\",\"text\":\"a\"}\r\n\n  {\"kind\":\"contact\",\
                    \"id\":\"0190B6A0-0000-7000-8000-000000000001\",\"name\":\"Ans\"}";
        let read = read(Format::Jsonl, file.as_bytes());
        assert_eq!(read.unreadable, []);
        let rows: Vec<_> = read
            .rows
            .iter()
            .map(|row| (row.line, row.kind.as_str(), row.id.as_deref()))
            .collect();
        let id = Some("0190b6a0-0000-7000-8000-000000000001");
        assert_eq!(rows, [(1, "note", None), (3, "contact", id)]);
        assert_eq!(json!(read.rows[1].fields), json!({"name": "Ans"}));
    }

    #[test]
    fn each_bad_line_is_named_with_its_reason_and_the_rest_is_read() {
        for (line, code) in [
            (&b"[1]"[..], "bad_json"),
            (b"{\"kind\":\"note\",}", "bad_json"),
            (b"hello", "bad_json"),
            (b"{\"text\":\"a\"}", "unknown_kind"),
            (b"{\"kind\":\"unicorn\"}", "unknown_kind"),
            (b"{\"kind\":7}", "unknown_kind"),
            (b"{\"kind\":\"note\",\"id\":\"1\"}", "bad_id"),
            (b"{\"kind\":\"note\",\"text\":\"bsn 123456782\"}", "bsn"),
            (b"{\"kind\":\"note\",\"text\":\"caf\xe9\"}", "bad_encoding"),
        ] {
            let file = [line, b"\n{\"kind\":\"note\",\"text\":\"a\"}"].concat();
            let read = read(Format::Jsonl, &file);
            assert_eq!(read.unreadable.len(), 1, "{code}");
            assert_eq!(
                (read.unreadable[0].line, read.unreadable[0].code),
                (1, code)
            );
            assert_eq!(read.rows.len(), 1, "{code}");
        }
        let cut = read(Format::Jsonl, b"{\"kind\":\"note\",\"te");
        assert_eq!(cut.unreadable[0].code, "truncated");
    }

    #[test]
    fn only_the_text_that_is_refused_is_left_out() {
        let line = json!({
            "kind": "contact",
            "name": "Ans",
            "met": "haar nummer is 123456782",
            "languages": ["Turks", "123456782"],
            "ways": [{"kind": "phone", "value": "+31600123456"}, {"kind": "other", "value": "123456782"}],
            "talents": {"a": {"text": "x".repeat(501)}, "b": {"text": "koken"}},
            "nonsense": "123456782",
        });
        let read = read(Format::Jsonl, line.to_string().as_bytes());
        let row = &read.rows[0];
        assert_eq!(
            json!(row.fields),
            json!({
                "name": "Ans",
                "languages": ["Turks"],
                "ways": [{"kind": "phone", "value": "+31600123456"}],
                "talents": {"b": {"text": "koken"}},
                "nonsense": "123456782",
            })
        );
        assert_eq!(
            row.left_out,
            ["bsn:languages", "bsn:met", "too_long:talents", "bsn:ways"]
        );
    }
}
