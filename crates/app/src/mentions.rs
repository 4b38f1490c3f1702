//! Where a text names a person: the words of the name, and the ways to reach them.

use std::collections::BTreeSet;

use domain::document::TakeOut;
use domain::projection::fold;
use domain::record::{Field, Fields, Item, Shape, kind};
use serde_json::Value;
use store::RecordRow;

use crate::api::TextPart;

/// Letters of the shortest word of a name that is looked for: shorter ones are in every other sentence.
const SHORTEST: usize = 3;

/// Characters shown before and after a mention.
const AROUND: usize = 40;

/// Small words between the parts of a name. They are not looked for, and go with the words beside them.
const PARTICLES: &[&str] = &[
    "van", "de", "der", "den", "het", "ter", "ten", "te", "von", "el", "al", "bin", "ben", "la",
    "le", "da", "dos", "di",
];

/// The words by which something erased is recognised in other records.
pub(crate) struct Words {
    /// Words of the name, folded.
    names: BTreeSet<String>,
    /// Numbers and addresses, folded, without spaces.
    ways: BTreeSet<String>,
}

impl Words {
    /// The words of a contact; nothing is looked for after other kinds, which no other text has to forget.
    pub(crate) fn of(record: &RecordRow) -> Self {
        let mut words = Self {
            names: BTreeSet::new(),
            ways: BTreeSet::new(),
        };
        if record.kind != "contact" {
            return words;
        }
        words.names = runs(&record.title)
            .into_iter()
            .filter(|run| run.is_word)
            .map(|run| fold(&run.text))
            .filter(|word| word.chars().count() >= SHORTEST && !PARTICLES.contains(&word.as_str()))
            .collect();
        let ways = record.fields.get("ways").and_then(Value::as_object);
        for way in ways.into_iter().flat_map(Fields::values) {
            let value = way.get("value").and_then(Value::as_str).unwrap_or_default();
            let value = packed(value);
            if value.chars().count() >= 6 {
                words.ways.extend(written(&value));
                words.ways.insert(value);
            }
        }
        words
    }

    /// Words to ask the search index for: what holds none of them names nobody.
    pub(crate) fn searched(&self) -> Vec<String> {
        let parts = self.ways.iter().flat_map(|way| {
            way.split(|letter: char| !letter.is_alphanumeric())
                .filter(|part| part.chars().count() >= SHORTEST)
                .map(str::to_owned)
        });
        // "06-12345678" is two words.
        let rest = self.ways.iter().filter_map(|way| {
            let is_number = way.chars().all(|letter| letter.is_ascii_digit());
            is_number.then(|| way.chars().skip(2).collect::<String>())
        });
        self.names
            .iter()
            .cloned()
            .chain(parts)
            .chain(rest)
            .collect()
    }

    /// Whether a record names them.
    pub(crate) fn are_in(&self, row: &RecordRow) -> bool {
        texts(row)
            .iter()
            .any(|(_, text)| !self.spans(text).is_empty())
    }

    /// Whether a text plainly names them: a number or address, or a word of the name with its capital.
    pub(crate) fn plainly_in(&self, text: &str) -> bool {
        let letters: Vec<char> = text.chars().collect();
        self.spans(text).into_iter().any(|(from, to)| {
            let mut span = letters.iter().skip(from).take(to - from);
            span.any(|letter| letter.is_uppercase() || letter.is_ascii_digit() || *letter == '@')
        })
    }

    /// Takes them out of every text of a record: something neutral stands there instead.
    pub(crate) fn take_out_of(&self, row: &RecordRow, instead: &str) -> Vec<TakeOut> {
        let mut takes = Vec::new();
        for (path, text) in texts(row) {
            let letters: Vec<char> = text.chars().collect();
            let mut found: Vec<String> = self
                .spans(&text)
                .into_iter()
                .map(|(from, to)| letters.iter().skip(from).take(to - from).collect())
                .collect();
            // A whole name goes before a part of it that stands elsewhere.
            found.sort_by_key(|words| std::cmp::Reverse(words.chars().count()));
            found.dedup();
            takes.extend(found.into_iter().map(|words| TakeOut {
                path: path.clone(),
                words: Some(words),
                instead: instead.to_owned(),
            }));
        }
        takes
    }

    /// The pieces of a record's text in which they stand, with the words marked.
    pub(crate) fn pieces(&self, row: &RecordRow) -> Vec<Vec<TextPart>> {
        texts(row)
            .iter()
            .flat_map(|(_, text)| self.pieces_of(text))
            .collect()
    }

    /// The pieces of a text in which they stand.
    pub(crate) fn pieces_of(&self, text: &str) -> Vec<Vec<TextPart>> {
        let letters: Vec<char> = text.chars().collect();
        let between = |from: usize, to: usize| -> String {
            letters
                .iter()
                .skip(from)
                .take(to.saturating_sub(from))
                .collect()
        };
        let part = |text, hit| TextPart { text, hit };
        self.spans(text)
            .into_iter()
            .map(|(from, to)| {
                let (start, end) = around(&letters, from, to);
                let before = if start > 0 { "…" } else { "" };
                let after = if end < letters.len() { "…" } else { "" };
                [
                    part(format!("{before}{}", between(start, from)), false),
                    part(between(from, to), true),
                    part(format!("{}{after}", between(to, end)), false),
                ]
                .into_iter()
                .filter(|part| !part.text.is_empty())
                .collect()
            })
            .collect()
    }

    /// Where they stand in a text, in characters.
    fn spans(&self, text: &str) -> Vec<(usize, usize)> {
        let mut spans: Vec<(usize, usize)> = Vec::new();
        let runs = runs(text);
        let mut bridge = false;
        for run in &runs {
            let folded = fold(&run.text);
            if run.is_word && self.is_name(&folded) {
                match spans.last_mut() {
                    Some(last) if bridge => last.1 = run.end(),
                    _ => spans.push((run.at, run.end())),
                }
                bridge = true;
            } else {
                // Only small words and spaces lie between two parts of one name.
                bridge = bridge
                    && (run
                        .text
                        .chars()
                        .all(|letter| letter == ' ' || letter == '-')
                        || PARTICLES.contains(&folded.as_str()));
            }
        }
        spans.extend(self.ways_in(text));
        spans.sort_unstable();
        merged(spans)
    }

    /// A part of the name, also with the s of a possessive.
    fn is_name(&self, word: &str) -> bool {
        self.names.contains(word)
            || word
                .strip_suffix('s')
                .is_some_and(|stem| self.names.contains(stem))
    }

    /// Numbers and addresses, whatever spaces and dashes were typed in them.
    fn ways_in(&self, text: &str) -> Vec<(usize, usize)> {
        let letters: Vec<(usize, char)> = text
            .chars()
            .enumerate()
            .filter(|(_, letter)| is_kept(*letter))
            .flat_map(|(at, letter)| {
                fold(&letter.to_string())
                    .chars()
                    .map(move |one| (at, one))
                    .collect::<Vec<_>>()
            })
            .collect();
        let mut found = Vec::new();
        for way in &self.ways {
            let wanted: Vec<char> = way.chars().collect();
            for window in letters.windows(wanted.len()) {
                let same = window.iter().map(|(_, letter)| letter).eq(wanted.iter());
                if let (true, Some(first), Some(last)) = (same, window.first(), window.last()) {
                    found.push((first.0, last.0 + 1));
                }
            }
        }
        found
    }
}

/// What is kept of a number or an address when it is compared.
fn is_kept(letter: char) -> bool {
    !letter.is_whitespace() && !matches!(letter, '-' | '(' | ')')
}

fn packed(text: &str) -> String {
    fold(
        &text
            .chars()
            .filter(|letter| is_kept(*letter))
            .collect::<String>(),
    )
}

/// The ways in which a Dutch number is written: with and without the country before it.
fn written(number: &str) -> Vec<String> {
    let rest = ["+31", "0031", "0"]
        .iter()
        .find_map(|before| number.strip_prefix(before));
    let is_number =
        |rest: &&str| rest.len() == 9 && rest.bytes().all(|digit| digit.is_ascii_digit());
    rest.filter(is_number)
        .map(|rest| {
            ["+31", "0031", "0", ""]
                .map(|before| format!("{before}{rest}"))
                .to_vec()
        })
        .unwrap_or_default()
}

/// Some characters before and after a mention, in whole words.
fn around(letters: &[char], from: usize, to: usize) -> (usize, usize) {
    let is_space = |at: usize| letters.get(at).is_some_and(|letter| letter.is_whitespace());
    let mut start = from.saturating_sub(AROUND);
    if start > 0 {
        start = (start..from)
            .find(|at| is_space(*at))
            .map_or(from, |at| at + 1);
    }
    let mut end = (to + AROUND).min(letters.len());
    if end < letters.len() {
        end = (to..=end).rev().find(|at| is_space(*at)).unwrap_or(to);
    }
    (start, end)
}

fn merged(spans: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.0 < last.1 => last.1 = last.1.max(span.1),
            _ => merged.push(span),
        }
    }
    merged
}

/// A word, or what stands between two words.
struct Run {
    at: usize,
    text: String,
    is_word: bool,
}

impl Run {
    fn end(&self) -> usize {
        self.at + self.text.chars().count()
    }
}

fn runs(text: &str) -> Vec<Run> {
    let letters: Vec<char> = text.chars().collect();
    let mut at = 0;
    letters
        .chunk_by(|a, b| a.is_alphanumeric() == b.is_alphanumeric())
        .map(|run| {
            let start = at;
            at += run.len();
            Run {
                at: start,
                text: run.iter().collect(),
                is_word: run.first().is_some_and(|first| first.is_alphanumeric()),
            }
        })
        .collect()
}

/// The texts of a record, by path.
pub(crate) fn texts(row: &RecordRow) -> Vec<(String, String)> {
    kind(&row.kind)
        .map(|kind| texts_of(kind.fields, &row.fields, ""))
        .unwrap_or_default()
}

fn texts_of(known: &'static [Field], fields: &Fields, prefix: &str) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for field in known {
        let path = format!("{prefix}{}", field.name);
        match (field.shape, fields.get(field.name)) {
            (Shape::Line | Shape::Text, Some(Value::String(text))) => {
                texts.push((path, text.clone()));
            }
            (Shape::Set(Item::Line), Some(Value::Array(items))) => {
                let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
                texts.push((path, items.join(", ")));
            }
            (Shape::Entries(inner), Some(Value::Object(entries))) => {
                for (key, entry) in entries {
                    if let Value::Object(entry) = entry {
                        texts.extend(texts_of(inner, entry, &format!("{path}/{key}/")));
                    }
                }
            }
            _ => {}
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        Words {
            names: ["fatima", "amrani"].map(str::to_owned).into(),
            ways: ["0612345678".to_owned()].into(),
        }
    }

    fn marked(text: &str) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        words()
            .spans(text)
            .into_iter()
            .map(|(from, to)| letters[from..to].iter().collect())
            .collect()
    }

    #[test]
    fn a_whole_name_is_one_mention_with_its_small_words() {
        assert_eq!(
            marked("Bij Fatima el Amrani thuis; Fátima belde, 'el' niet."),
            ["Fatima el Amrani", "Fátima"]
        );
    }

    #[test]
    fn a_number_is_found_whatever_way_it_was_typed() {
        assert_eq!(marked("bel 06 - 1234 5678 op"), ["06 - 1234 5678"]);
    }

    #[test]
    fn a_piece_begins_and_ends_with_a_whole_word_and_says_where_there_is_more() {
        let text = "Gisteren bij de ingang van het winkelcentrum sprak Fatima over de oversteek bij de school aan de gracht";
        let piece: Vec<String> = words()
            .pieces_of(text)
            .remove(0)
            .into_iter()
            .map(|part| part.text)
            .collect();
        assert_eq!(
            piece,
            [
                "…de ingang van het winkelcentrum sprak ",
                "Fatima",
                " over de oversteek bij de school aan de…"
            ]
        );
        let short: Vec<String> = words()
            .pieces_of("Zag Fatima.")
            .remove(0)
            .into_iter()
            .map(|part| part.text)
            .collect();
        assert_eq!(short, ["Zag ", "Fatima", "."]);
    }

    #[test]
    fn a_number_is_found_with_and_without_the_country_before_it() {
        for number in ["+31612345678", "0612345678", "0031612345678"] {
            let written = written(number);
            assert!(written.contains(&"0612345678".to_owned()), "{written:?}");
            assert!(written.contains(&"+31612345678".to_owned()), "{written:?}");
        }
        assert_eq!(written("kees@voorbeeld.nl"), Vec::<String>::new());
        assert_eq!(written("0800123"), Vec::<String>::new());
    }

    #[test]
    fn a_word_that_only_begins_like_the_name_is_no_mention() {
        assert_eq!(marked("de Fatimastraat"), Vec::<String>::new());
    }
}
