//! Words that were taken out of a record, as another copy of it can tell: an edit that would bring one back is not made
//! again by itself.

use std::collections::{BTreeSet, HashSet};

use automerge::ChangeHash;
use serde_json::Value;

use super::{Document, DocumentError, read};
use crate::projection::fold;
use crate::record::Fields;

/// Words of fewer letters are in every other sentence.
const SHORTEST: usize = 3;

/// Digits of the shortest number that is looked for whatever spaces stand in it.
const SHORTEST_NUMBER: usize = 6;

/// Words that say nothing of anybody.
const SMALL: &[&str] = &[
    "aan", "als", "bij", "dan", "dat", "den", "der", "des", "die", "dit", "door", "een", "eens",
    "haar", "heb", "hebben", "heeft", "het", "hier", "hij", "hoe", "hun", "kan", "maar", "mee",
    "meer", "met", "mijn", "naar", "niet", "nog", "nog", "ons", "ook", "over", "per", "pas", "ten",
    "ter", "toe", "tot", "uit", "van", "veel", "voor", "want", "was", "wat", "wel", "wie", "wij",
    "wil", "zei", "zich", "zij", "zijn", "zou",
];

/// Words that stood in fields from which something was taken out, and stand in the record no more.
#[derive(Debug, Default)]
pub struct Gone {
    words: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

impl Gone {
    /// What `old` held and `anew` does not, in the fields out of which it says words were taken. What only changes in
    /// `unsent` wrote does not count: nobody else has seen it.
    ///
    /// # Errors
    /// When a document cannot be read.
    pub fn between(
        old: &Document,
        anew: &Document,
        unsent: &HashSet<ChangeHash>,
    ) -> Result<Self, DocumentError> {
        let out = anew.taken_out()?;
        let mut gone = Self::default();
        for change in old.automerge().get_changes_meta(&[]) {
            if unsent.contains(&change.hash) {
                continue;
            }
            let mut fields = read::fields_at(old.automerge(), &[change.hash], old.kind().fields)?;
            fields.retain(|name, _| out.contains(name));
            gone.add(&fields);
        }
        let mut left = Self::default();
        left.add(&anew.fields()?);
        gone.words.retain(|word| !left.words.contains(word));
        gone.numbers.retain(|number| !left.numbers.contains(number));
        Ok(gone)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.numbers.is_empty()
    }

    /// Whether one of them stands in these fields, also with letters after it.
    pub(super) fn is_in(&self, fields: &Fields) -> bool {
        let mut there = Self::default();
        there.add(fields);
        let is_gone = |word: &String| {
            self.words.contains(word)
                || self
                    .words
                    .iter()
                    .any(|gone| gone.chars().count() > SHORTEST && word.starts_with(gone.as_str()))
        };
        let has_number = |number: &String| {
            self.numbers
                .iter()
                .any(|gone| number.contains(gone.as_str()))
        };
        there.words.iter().any(is_gone) || there.numbers.iter().any(has_number)
    }

    fn add(&mut self, fields: &Fields) {
        for value in fields.values() {
            self.add_value(value);
        }
    }

    fn add_value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.add_text(text),
            Value::Array(items) => items.iter().for_each(|item| self.add_value(item)),
            Value::Object(entries) => entries.values().for_each(|entry| self.add_value(entry)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn add_text(&mut self, text: &str) {
        let folded = fold(text);
        let words = folded.split(|letter: char| !letter.is_alphanumeric());
        self.words.extend(
            words
                .filter(|word| {
                    let has_digit = word.chars().any(|letter| letter.is_ascii_digit());
                    (word.chars().count() >= SHORTEST || has_digit) && !SMALL.contains(word)
                })
                .map(str::to_owned),
        );
        let mut number = String::new();
        for letter in folded.chars().chain(['.']) {
            match letter {
                '0'..='9' => number.push(letter),
                ' ' | '-' | '(' | ')' => {}
                _ => {
                    if number.len() >= SHORTEST_NUMBER {
                        self.numbers.insert(number.clone());
                    }
                    number.clear();
                }
            }
        }
    }
}
