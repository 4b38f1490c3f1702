//! Step 5: the operations of a change make sense, where they work and after what they know.
//!
//! Automerge believes them: an operation in an object that is not there, a predecessor under another key or one that the
//! change cannot know panics, is lost on saving, or means something else on a device where changes came in another
//! order. So everything an operation refers to must be what it is taken for, and be in the change's own past.

use crate::causality::Placed;
use crate::chunk::Reader;
use crate::columns::ChangeBody;
use crate::ledger::{COUNTER, Ledger, Object, ObjectKind, Value, numbered, value_of};
use crate::limits::{MAX_COUNT, MAX_KEY_BYTES};
use crate::operation::{Action, Key, OpId, Operation, Operations, Stored};
use crate::refusal::Refusal;

/// Judges the operations of a placed change and notes them in the ledger; `actors` is its table of actors, as they are
/// numbered here.
pub(crate) fn check<'a>(
    body: &ChangeBody<'a>,
    operations: &Operations<'a>,
    actors: &[u32],
    placed: &Placed,
    ledger: &mut Ledger<'a>,
) -> Result<(), Refusal> {
    if operations.list.is_empty() {
        return Err(Refusal::Shape("it holds no operation"));
    }
    Judge {
        body,
        operations,
        actors,
        placed,
    }
    .all(ledger)
}

/// Every id that a change refers to, as it is numbered here.
pub(crate) fn references<'o>(
    operations: &'o Operations<'_>,
    actors: &'o [u32],
) -> impl Iterator<Item = OpId> + 'o {
    let of_row = |row: &'o Operation<'_>| {
        let element = match row.key {
            Key::Element(id) => Some(id),
            Key::Text(_) | Key::Head => None,
        };
        row.object.into_iter().chain(element)
    };
    operations
        .list
        .iter()
        .flat_map(of_row)
        .chain(operations.predecessors.iter().copied())
        .filter_map(|id| numbered(id, &|place| actors.get(place as usize).copied()).ok())
}

struct Judge<'j, 'a> {
    body: &'j ChangeBody<'a>,
    operations: &'j Operations<'a>,
    actors: &'j [u32],
    placed: &'j Placed,
}

impl<'a> Judge<'_, 'a> {
    fn all(&self, ledger: &mut Ledger<'a>) -> Result<(), Refusal> {
        let actor = self.placed.actor;
        for (counter, operation) in (self.placed.start_op..).zip(&self.operations.list) {
            let id = OpId { counter, actor };
            let place = value_of(operation, &|place| self.number(place))?;
            self.one(id, operation, &place, ledger)?;
            ledger.note(id, operation.action, place)?;
        }
        Ok(())
    }

    fn number(&self, place: u32) -> Option<u32> {
        self.actors.get(place as usize).copied()
    }

    fn one(
        &self,
        id: OpId,
        operation: &Operation<'a>,
        place: &Value<'a>,
        ledger: &Ledger<'a>,
    ) -> Result<(), Refusal> {
        if place.object.is_some_and(|object| !self.knows(object, id)) {
            return Err(Refusal::Shape("it works in an object it cannot know"));
        }
        let object = ledger.object(place.object);
        let object = object.ok_or(Refusal::Shape("it works in an object that is not there"))?;
        value(operation.action, operation.value)?;
        self.key(id, place, object, ledger)?;
        fits(object, operation)?;
        self.predecessors(id, operation, place, ledger)
    }

    /// Whether an operation is in the past of the change, or earlier in it.
    fn knows(&self, wanted: OpId, by: OpId) -> bool {
        let is_own = wanted.actor == by.actor && wanted.counter >= self.placed.start_op;
        if is_own {
            wanted.counter < by.counter
        } else {
            self.placed.past.contains(wanted)
        }
    }

    fn key(
        &self,
        id: OpId,
        place: &Value<'a>,
        object: Object,
        ledger: &Ledger<'a>,
    ) -> Result<(), Refusal> {
        match (object.kind, place.key) {
            (ObjectKind::Map, Key::Text(text)) => {
                if text.is_empty() || text.len() > MAX_KEY_BYTES {
                    return Err(Refusal::Shape("a key that is empty or too long"));
                }
                Ok(())
            }
            (ObjectKind::Map, Key::Head | Key::Element(_)) => {
                Err(Refusal::Shape("a place in a list as key of a map"))
            }
            (ObjectKind::List | ObjectKind::Text, Key::Text(_)) => {
                Err(Refusal::Shape("a text as key of a list"))
            }
            (ObjectKind::List | ObjectKind::Text, Key::Head) if place.insert => Ok(()),
            (ObjectKind::List | ObjectKind::Text, Key::Head) => {
                Err(Refusal::Shape("the front of a list is no element"))
            }
            (ObjectKind::List | ObjectKind::Text, Key::Element(element)) => {
                let is_there = ledger
                    .value(element)
                    .is_some_and(|value| value.insert && value.object == place.object);
                if is_there && self.knows(element, id) {
                    Ok(())
                } else {
                    Err(Refusal::Shape("an element that is not there"))
                }
            }
        }
    }

    fn predecessors(
        &self,
        id: OpId,
        operation: &Operation<'a>,
        place: &Value<'a>,
        ledger: &Ledger<'a>,
    ) -> Result<(), Refusal> {
        let predecessors = self.operations.predecessors_of(operation);
        if predecessors.is_empty() {
            // A value under a key of a map may be the first there; everything else changes something.
            let may_be_first = operation.insert
                || matches!(place.key, Key::Text(_))
                    && !matches!(operation.action, Action::Delete | Action::Increment);
            return if may_be_first {
                Ok(())
            } else {
                Err(Refusal::Shape("it changes nothing"))
            };
        }
        if operation.insert {
            return Err(Refusal::Shape("an insertion that replaces something"));
        }
        if !predecessors.is_sorted_by(|one, next| self.order(*one) < self.order(*next)) {
            return Err(Refusal::Shape("its predecessors are not in order"));
        }
        for predecessor in predecessors {
            let predecessor = numbered(*predecessor, &|place| self.number(place))?;
            let value = ledger.value(predecessor).filter(|value| {
                value.object == place.object && is_same_place(predecessor, value, place.key)
            });
            let value = value.filter(|_| self.knows(predecessor, id));
            let value = value.ok_or(Refusal::Shape("it replaces what is not there"))?;
            if operation.action == Action::Increment && !value.is_counter {
                return Err(Refusal::Shape("it counts what is no counter"));
            }
        }
        Ok(())
    }

    /// Automerge orders operations by number, then by the bytes of the actor.
    fn order(&self, id: OpId) -> (u32, &[u8]) {
        let actor = match (id.actor as usize).checked_sub(1) {
            None => Some(&self.body.actor),
            Some(place) => self.body.other_actors.get(place),
        };
        (id.counter, actor.copied().unwrap_or_default())
    }
}

/// Whether a value stands at this key: under the same text, or on the same element.
fn is_same_place(id: OpId, value: &Value<'_>, key: Key<'_>) -> bool {
    match key {
        Key::Text(_) => value.key == key && !value.insert,
        Key::Element(element) if value.insert => id == element,
        Key::Element(_) => value.key == key,
        Key::Head => false,
    }
}

/// Insertions belong in lists and texts; a text holds text only, and its characters are not replaced.
fn fits(object: Object, operation: &Operation<'_>) -> Result<(), Refusal> {
    let fits = match (object.kind, operation.insert, operation.action) {
        (ObjectKind::Text, true, Action::Set) => {
            operation.value.kind == TEXT && !operation.value.bytes.is_empty()
        }
        (ObjectKind::Text, false, Action::Delete) => true,
        (ObjectKind::Text, ..) | (ObjectKind::Map, true, _) => false,
        (ObjectKind::List, true, action) => !matches!(action, Action::Delete | Action::Increment),
        (ObjectKind::Map | ObjectKind::List, false, _) => true,
    };
    if fits {
        Ok(())
    } else {
        Err(Refusal::Shape("an operation that does not fit its object"))
    }
}

/// Types in the metadata of a value.
const NULL: u64 = 0;
const FALSE: u64 = 1;
const TRUE: u64 = 2;
const UNSIGNED: u64 = 3;
const SIGNED: u64 = 4;
const FLOAT: u64 = 5;
const TEXT: u64 = 6;
const BYTES: u64 = 7;
const TIMESTAMP: u64 = 9;

fn value(action: Action, value: Stored<'_>) -> Result<(), Refusal> {
    let is_right = match action {
        Action::MakeMap | Action::MakeList | Action::MakeText | Action::Delete => {
            value.kind == NULL && value.bytes.is_empty()
        }
        Action::Increment => value.kind == SIGNED && is_count(value.bytes),
        Action::Set => match value.kind {
            NULL | FALSE | TRUE => value.bytes.is_empty(),
            UNSIGNED => whole(value.bytes, Reader::uleb).is_some(),
            SIGNED | TIMESTAMP => signed(value.bytes).is_some(),
            FLOAT => <[u8; 8]>::try_from(value.bytes)
                .is_ok_and(|bytes| f64::from_le_bytes(bytes).is_finite()),
            TEXT => std::str::from_utf8(value.bytes).is_ok(),
            BYTES => true,
            COUNTER => is_count(value.bytes),
            _ => false,
        },
    };
    if is_right {
        Ok(())
    } else {
        Err(Refusal::Shape("a value that is none"))
    }
}

fn is_count(bytes: &[u8]) -> bool {
    signed(bytes).is_some_and(|number| number.unsigned_abs() <= MAX_COUNT)
}

/// The number these bytes are the shortest form of.
fn signed(bytes: &[u8]) -> Option<i64> {
    let number = whole(bytes, Reader::sleb)?;
    let mut shortest = Vec::with_capacity(10);
    crate::runs::write_sleb(&mut shortest, number);
    (shortest == bytes).then_some(number)
}

fn whole<'a, T>(bytes: &'a [u8], read: fn(&mut Reader<'a>) -> Result<T, Refusal>) -> Option<T> {
    let mut reader = Reader::new(bytes);
    let value = read(&mut reader).ok()?;
    reader.is_empty().then_some(value)
}
