//! What one state of a record says differently from another, put onto a third: how an edit is made again elsewhere, and
//! how an action is taken back without what colleagues did since.

use std::collections::BTreeSet;

use automerge::transaction::Transactable as _;
use automerge::{ActorId, Automerge, AutomergeError, ObjType, ROOT, ReadDoc as _};
use serde_json::Value;

use super::words;
use crate::record::{Field, Fields, Shape};

/// What to do with a single value that is no longer as it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Touched {
    /// Write over it.
    Overwrite,
    /// Leave it, and say so.
    Leave,
}

/// A difference, put onto a state.
#[derive(Debug, Default)]
pub(super) struct Onto {
    /// The edit that does it.
    pub(super) patch: Fields,
    /// Paths that were left as they are.
    pub(super) left: Vec<String>,
}

/// Two states of a record: what lies between them is the difference.
#[derive(Debug, Clone, Copy)]
pub(super) struct Between<'a> {
    pub(super) before: &'a Fields,
    pub(super) after: &'a Fields,
}

impl Between<'_> {
    /// The edit that does to `current` what lies between the two: text by the places where it changed, sets and entries
    /// item by item, single values whole.
    pub(super) fn onto(
        self,
        known: &'static [Field],
        current: &Fields,
        touched: Touched,
        disputed: &[String],
    ) -> Result<Onto, AutomergeError> {
        let mut onto = Onto::default();
        let mut walk = Walk {
            touched,
            disputed,
            left: &mut onto.left,
        };
        onto.patch = walk.fields(known, self, current, "")?;
        Ok(onto)
    }
}

struct Walk<'a> {
    touched: Touched,
    disputed: &'a [String],
    left: &'a mut Vec<String>,
}

impl Walk<'_> {
    fn fields(
        &mut self,
        known: &'static [Field],
        Between { before, after }: Between<'_>,
        current: &Fields,
        prefix: &str,
    ) -> Result<Fields, AutomergeError> {
        let mut patch = Fields::new();
        for field in known {
            let name = field.name;
            let (old, new) = (before.get(name), after.get(name));
            if old == new {
                continue;
            }
            let (path, now) = (format!("{prefix}{name}"), current.get(name));
            let value = match field.shape {
                Shape::Text => Some(text(old, new, now)?),
                Shape::Set(_) => Some(merged_set(old, new, now)),
                Shape::Entries(known) => Some(self.entries(known, [old, new, now], &path)?),
                Shape::Line
                | Shape::Flag
                | Shape::Number
                | Shape::Date
                | Shape::Instant
                | Shape::Choice(_)
                | Shape::Reference
                | Shape::Member
                | Shape::Space => self.single([old, new, now], path),
            };
            if let Some(value) = value {
                patch.insert(name.to_owned(), value);
            }
        }
        Ok(patch)
    }

    fn single(&mut self, [old, new, now]: [Option<&Value>; 3], path: String) -> Option<Value> {
        let untouched = now == old && !self.disputed.contains(&path);
        if now == new && !self.disputed.contains(&path) {
            None
        } else if untouched || self.touched == Touched::Overwrite {
            Some(new.cloned().unwrap_or_default())
        } else {
            self.left.push(path);
            None
        }
    }

    fn entries(
        &mut self,
        known: &'static [Field],
        [old, new, now]: [Option<&Value>; 3],
        path: &str,
    ) -> Result<Value, AutomergeError> {
        let (old, new, now) = (by_key(old), by_key(new), by_key(now));
        let mut patch = Fields::new();
        for key in keys(&[&old, &new]) {
            let entry = |entries: &Fields| entries.get(key).and_then(Value::as_object).cloned();
            let (before, after, current) = (entry(&old), entry(&new), entry(&now));
            if before == after {
                continue;
            }
            let path = format!("{path}/{key}");
            match (after, current) {
                // Taken out: when nobody wrote in it since, or whatever was written.
                (None, Some(current)) => {
                    if self.touched == Touched::Overwrite || before.as_ref() == Some(&current) {
                        patch.insert(key.clone(), Value::Null);
                    } else {
                        self.left.push(path);
                    }
                }
                (None, None) => {}
                // A colleague took the entry out: what is written in it goes with it.
                (Some(_), None) if before.is_some() => {}
                (Some(after), current) => {
                    let between = Between {
                        before: &before.unwrap_or_default(),
                        after: &after,
                    };
                    let current = current.unwrap_or_default();
                    let fields = self.fields(known, between, &current, &format!("{path}/"))?;
                    patch.insert(key.clone(), Value::Object(fields));
                }
            }
        }
        Ok(Value::Object(patch))
    }
}

fn by_key(value: Option<&Value>) -> Fields {
    value
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}

fn keys<'a>(of: &[&'a Fields]) -> BTreeSet<&'a String> {
    of.iter().flat_map(|fields| fields.keys()).collect()
}

/// A set: what was added is added, what was taken out is taken out, the rest is as it is.
pub(super) fn merged_set(old: Option<&Value>, new: Option<&Value>, now: Option<&Value>) -> Value {
    let items = |value: Option<&Value>| -> BTreeSet<String> {
        let items = value.and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let (old, new, mut now) = (items(old), items(new), items(now));
    now.extend(new.difference(&old).cloned());
    now.retain(|item| new.contains(item) || !old.contains(item));
    Value::Array(now.into_iter().map(Value::String).collect())
}

fn text(
    old: Option<&Value>,
    new: Option<&Value>,
    now: Option<&Value>,
) -> Result<Value, AutomergeError> {
    let words =
        |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(Value::String(merged_text(
        &words(old),
        &words(new),
        &words(now),
    )?))
}

/// The text in which both edits of `base` are made, `mine` and `theirs`, as the documents themselves merge text.
pub(super) fn merged_text(base: &str, mine: &str, theirs: &str) -> Result<String, AutomergeError> {
    if base == theirs || mine == theirs {
        return Ok(mine.to_owned());
    }
    let mut one = Automerge::new().with_actor(ActorId::from([1; 16]));
    let body = one
        .transact(|tx| {
            let body = tx.put_object(ROOT, "text", ObjType::Text)?;
            tx.splice_text(&body, 0, 0, base)?;
            Ok::<_, AutomergeError>(body)
        })
        .map_err(|failure| failure.error)?
        .result;
    let mut other = one.fork().with_actor(ActorId::from([2; 16]));
    for (copy, wanted) in [(&mut one, theirs), (&mut other, mine)] {
        copy.transact(|tx| words::rewrite(tx, &body, wanted))
            .map_err(|failure| failure.error)?;
    }
    one.merge(&mut other)?;
    one.text(&body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_holds_what_both_wrote() {
        let merged = merged_text(
            "Bij school.",
            "Om 08:20 bij school.",
            "Bij school. Fatima belt.",
        );
        assert_eq!(merged.unwrap(), "Om 08:20 bij school. Fatima belt.");
    }

    #[test]
    fn two_words_in_one_place_stay_two_words() {
        let merged = merged_text("bel 3 december", "bel 16 december", "bel 19 december").unwrap();
        let mut words: Vec<&str> = merged.split_whitespace().collect();
        words.sort_unstable();
        assert_eq!(words, ["16", "19", "bel", "december"]);
    }

    #[test]
    fn words_that_are_gone_do_not_come_back_with_an_edit_beside_them() {
        let base = "Fatima woont op nummer 6. Oversteek is gevaarlijk.";
        let mine = "Fatima woont op nummer 6. Oversteek is heel gevaarlijk.";
        let theirs = "Oversteek is gevaarlijk.";
        let merged = merged_text(base, mine, theirs).unwrap();
        assert_eq!(merged, "Oversteek is heel gevaarlijk.");
    }
}
