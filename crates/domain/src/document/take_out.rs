//! Taking words out of the fields of a record.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::projection::fold;
use crate::record::{Field, Fields, KindSpec, Shape, entry_key};

/// What is to be taken out of a record for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeOut {
    /// Path of the field, such as `text` or `ways/k1/value`.
    pub path: String,
    /// The words that go, wherever they stand in the field, in whatever case; none: all that stands there.
    pub words: Option<String>,
    /// What stands there instead; may be empty.
    pub instead: String,
}

impl TakeOut {
    /// The name of the field.
    #[must_use]
    pub fn field(&self) -> &str {
        self.path.split('/').next().unwrap_or_default()
    }
}

/// The fields without what is taken out.
#[must_use]
pub fn without(kind: &KindSpec, fields: &Fields, takes: &[TakeOut]) -> Fields {
    let mut left = fields.clone();
    for take in takes {
        let Some(field) = kind.field(take.field()) else {
            continue;
        };
        let inner: Vec<&str> = take.path.split('/').skip(1).collect();
        if let Some(value) = left.remove(field.name) {
            let value = match (field.shape, inner.as_slice()) {
                (Shape::Entries(known), inner) => in_entries(known, value, inner, take),
                (_, []) => in_value(field.shape, value, take),
                (_, _) => Some(value),
            };
            left.extend(value.map(|value| (field.name.to_owned(), value)));
        }
    }
    left
}

/// The edit that leads from the one to the other; an entry that says something else gets another key.
#[must_use]
pub fn edit_between(kind: &KindSpec, before: &Fields, after: &Fields) -> Fields {
    let mut patch = Fields::new();
    for field in kind.fields {
        let (old, new) = (before.get(field.name), after.get(field.name));
        if old == new {
            continue;
        }
        let value = match (field.shape, old) {
            (Shape::Entries(_), Some(Value::Object(old))) => {
                let mut entries: Fields =
                    old.keys().map(|key| (key.clone(), Value::Null)).collect();
                let new = new.and_then(Value::as_object).into_iter().flatten();
                entries.extend(new.map(|(key, entry)| (key.clone(), entry.clone())));
                Value::Object(entries)
            }
            _ => new.cloned().unwrap_or_default(),
        };
        patch.insert(field.name.to_owned(), value);
    }
    patch
}

fn in_value(shape: Shape, value: Value, take: &TakeOut) -> Option<Value> {
    let instead = || Some(take.instead.clone()).filter(|text| !text.is_empty());
    match (shape, value, &take.words) {
        (Shape::Line | Shape::Text, Value::String(text), Some(words)) => {
            Some(replaced(&text, words, &take.instead))
                .filter(|text| !text.is_empty())
                .map(Value::String)
        }
        (Shape::Line | Shape::Text, Value::String(_), None) => instead().map(Value::String),
        (Shape::Set(_), Value::Array(items), Some(words)) => {
            let left: Vec<Value> = items
                .into_iter()
                .filter_map(|item| {
                    let text = replaced(item.as_str()?, words, &take.instead);
                    (!text.is_empty()).then_some(Value::String(text))
                })
                .collect();
            (!left.is_empty()).then_some(Value::Array(left))
        }
        (_, _, None) => None,
        (_, value, Some(_)) => Some(value),
    }
}

fn in_entries(known: &[Field], value: Value, inner: &[&str], take: &TakeOut) -> Option<Value> {
    let Value::Object(entries) = value else {
        return Some(value);
    };
    let mut left = Fields::new();
    for (key, entry) in entries {
        let (named, name) = match inner {
            [] => (true, None),
            [one] => (*one == key, None),
            [one, name, ..] => (*one == key, Some(*name)),
        };
        if !named {
            left.insert(key, entry);
            continue;
        }
        let Some(said) = entry
            .as_object()
            .filter(|_| take.words.is_some() || name.is_some())
        else {
            continue;
        };
        let mut after = said.clone();
        for field in known
            .iter()
            .filter(|field| name.is_none_or(|name| name == field.name))
        {
            if let Some(value) = after.remove(field.name) {
                let value = in_value(field.shape, value, take);
                after.extend(value.map(|value| (field.name.to_owned(), value)));
            }
        }
        if after == *said {
            left.insert(key, entry);
        } else if !after.is_empty() {
            // The key is made of what the entry said, and could be guessed back to it.
            left.insert(entry_key(&after), Value::Object(after));
        }
    }
    (!left.is_empty()).then_some(Value::Object(left))
}

/// A text with the words replaced, wherever they stand as words; where they never do, wherever their letters stand.
fn replaced(text: &str, words: &str, instead: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut places = places(&letters, words.trim(), true);
    if places.is_empty() {
        places = self::places(&letters, words.trim(), false);
    }
    let mut left = String::new();
    let mut from = 0;
    for (start, end) in places {
        left.extend(letters.iter().take(start).skip(from));
        left.push_str(instead);
        from = end;
        // Where nothing comes instead, not two spaces stay.
        let is_space = |at: usize| letters.get(at).is_some_and(|letter| *letter == ' ');
        if instead.is_empty() && is_space(end) && (start == 0 || is_space(start - 1)) {
            from += 1;
        }
    }
    left.extend(letters.iter().skip(from));
    if instead.is_empty() && from > 0 {
        return left.trim_end().to_owned();
    }
    left
}

/// From where to where the words stand, in characters.
fn places(letters: &[char], words: &str, whole: bool) -> Vec<(usize, usize)> {
    let folded = |letter: &char| fold(&letter.to_string());
    let wanted: Vec<String> = words.chars().map(|letter| folded(&letter)).collect();
    let there: Vec<String> = letters.iter().map(folded).collect();
    let mut places = Vec::new();
    let mut at = 0;
    while !wanted.is_empty() && at + wanted.len() <= there.len() {
        let end = at + wanted.len();
        let same = there.get(at..end).is_some_and(|part| part == wanted);
        if same && (!whole || stands_alone(letters, at, end)) {
            places.push((at, end));
            at = end;
        } else {
            at += 1;
        }
    }
    places
}

/// No letter stands before it, and none after it but the s of a possessive.
fn stands_alone(letters: &[char], at: usize, end: usize) -> bool {
    let is_letter = |at: Option<usize>| {
        at.and_then(|at| letters.get(at))
            .is_some_and(|letter| letter.is_alphanumeric())
    };
    let possessive =
        letters.get(end).is_some_and(|letter| *letter == 's') && !is_letter(Some(end + 1));
    !is_letter(at.checked_sub(1)) && (!is_letter(Some(end)) || possessive)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::record::kind;

    fn object(value: &Value) -> Fields {
        value.as_object().cloned().unwrap_or_default()
    }

    fn take(path: &str, words: Option<&str>, instead: &str) -> TakeOut {
        TakeOut {
            path: path.to_owned(),
            words: words.map(str::to_owned),
            instead: instead.to_owned(),
        }
    }

    fn left(name: &str, fields: &Value, takes: &[TakeOut]) -> Value {
        Value::Object(without(kind(name).unwrap(), &object(fields), takes))
    }

    #[test]
    fn words_go_wherever_they_stand_in_whatever_case_and_no_other_words() {
        for (text, expected) in [
            (
                "Jan kwam. Jans fiets ook, JAN zei het.",
                "iemand kwam. iemands fiets ook, iemand zei het.",
            ),
            ("In januari kwam Ján.", "In januari kwam iemand."),
            ("Janneke kwam", "iemandneke kwam"),
        ] {
            let left = left(
                "note",
                &json!({ "text": text }),
                &[take("text", Some("jan"), "iemand")],
            );
            assert_eq!(left["text"], expected);
        }
    }

    #[test]
    fn where_nothing_comes_instead_the_sentence_stays_whole() {
        let takes = [take("text", Some("van nummer 6"), "")];
        let left = left(
            "note",
            &json!({ "text": "Kees van nummer 6 belde" }),
            &takes,
        );
        assert_eq!(left["text"], "Kees belde");
    }

    #[test]
    fn a_whole_field_goes_or_becomes_what_stands_there_instead() {
        let fields = json!({ "name": "Kees", "street": "Balistraat", "languages": ["nl"] });
        let takes = [
            take("name", None, "(weggehaald)"),
            take("street", None, ""),
            take("languages", None, ""),
        ];
        assert_eq!(
            left("contact", &fields, &takes),
            json!({ "name": "(weggehaald)" })
        );
    }

    #[test]
    fn an_entry_that_says_something_else_has_another_key() {
        let fields = json!({ "ways": {
            "k1": { "kind": "phone", "value": "06 1", "label": "zus Fatima" },
            "k2": { "kind": "phone", "value": "06 2" },
        } });
        let one = left(
            "contact",
            &fields,
            &[take("ways/k1/label", Some("Fatima"), "")],
        );
        let ways = one["ways"].as_object().unwrap();
        assert!(!ways.contains_key("k1") && ways.contains_key("k2") && ways.len() == 2);
        let none = left("contact", &fields, &[take("ways/k1", None, "")]);
        assert_eq!(
            none["ways"],
            json!({ "k2": { "kind": "phone", "value": "06 2" } })
        );
    }
}
