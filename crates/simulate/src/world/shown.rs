//! The words of a history that a screen shows.

use serde_json::{Map, Value};

use crate::history::Kind;
use crate::truth::{Seen, words_in};

/// The words that the fields of a record show.
pub(crate) fn seen_in(kind: Kind, fields: &Map<String, Value>) -> Seen {
    let mut seen = Seen::new();
    for field in kind.lines().iter().copied().chain([kind.text()]) {
        let shown = fields
            .get(field)
            .and_then(Value::as_str)
            .unwrap_or_default();
        seen.insert(field, words_in(shown).collect());
    }
    seen
}

/// Adds the words of a disagreement.
pub(crate) fn add_conflict(
    seen: &mut Seen,
    kind: Kind,
    path: &str,
    values: &[app::api::ConflictValueView],
) {
    let field = kind.lines().iter().copied().find(|field| *field == path);
    let Some(field) = field else { return };
    let shown = seen.entry(field).or_default();
    for value in values {
        shown.extend(value.value.as_str().into_iter().flat_map(words_in));
    }
}
