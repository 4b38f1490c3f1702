//! Which operations a document holds, as far as the changes being judged refer to them.
//!
//! Read from the saved bytes: automerge has no way to ask for an operation by its id.

use std::collections::{HashMap, HashSet};

use crate::chunk::{self, ChunkType};
use crate::columns::{self, Columns, DocumentBody, spec};
use crate::limits::MAX_DEPTH;
use crate::operation::{self, Action, Ids, Key, Keys, OpId, Operation};
use crate::refusal::Refusal;
use crate::runs::{Deltas, Flags, Runs};

/// Type of a counter in the metadata of a value.
pub(crate) const COUNTER: u64 = 8;

/// The operations that are referred to, and all objects.
#[derive(Debug, Default)]
pub(crate) struct Ledger<'a> {
    wanted: HashSet<OpId>,
    values: HashMap<OpId, Value<'a>>,
    objects: HashMap<OpId, Object>,
}

/// An operation that put a value somewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value<'a> {
    pub(crate) object: Option<OpId>,
    pub(crate) key: Key<'a>,
    pub(crate) insert: bool,
    pub(crate) is_counter: bool,
}

/// An object that an operation made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Object {
    pub(crate) kind: ObjectKind,
    pub(crate) depth: u8,
}

/// What an object holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ObjectKind {
    Map,
    List,
    Text,
}

/// Says how the actors of some bytes are numbered here.
pub(crate) type Numbers<'n> = &'n dyn Fn(u32) -> Option<u32>;

impl<'a> Ledger<'a> {
    /// Asks for the operations that these refer to.
    pub(crate) fn want(&mut self, ids: impl Iterator<Item = OpId>) {
        self.wanted.extend(ids);
    }

    pub(crate) fn wants_something(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// The root, or an object that was made.
    pub(crate) fn object(&self, id: Option<OpId>) -> Option<Object> {
        match id {
            None => Some(Object {
                kind: ObjectKind::Map,
                depth: 0,
            }),
            Some(id) => self.objects.get(&id).copied(),
        }
    }

    pub(crate) fn value(&self, id: OpId) -> Option<Value<'a>> {
        self.values.get(&id).copied()
    }

    /// Notes an operation of which all ids are numbered as here.
    pub(crate) fn note(
        &mut self,
        id: OpId,
        action: Action,
        value: Value<'a>,
    ) -> Result<(), Refusal> {
        let kind = match action {
            Action::MakeMap => Some(ObjectKind::Map),
            Action::MakeList => Some(ObjectKind::List),
            Action::MakeText => Some(ObjectKind::Text),
            Action::Set => None,
            Action::Delete | Action::Increment => return Ok(()),
        };
        if let Some(kind) = kind {
            let parent = self.object(value.object).ok_or(NO_OBJECT)?;
            if parent.depth >= MAX_DEPTH {
                return Err(Refusal::Shape("it lies too deep"));
            }
            let depth = parent.depth + 1;
            self.objects.insert(id, Object { kind, depth });
        }
        if self.wanted.contains(&id) {
            self.values.insert(id, value);
        }
        Ok(())
    }

    /// Takes back what was noted of a change that is not let in after all.
    pub(crate) fn forget(&mut self, actor: u32, from: u32, count: u64) {
        for counter in (from..).take(usize::try_from(count).unwrap_or(usize::MAX)) {
            let id = OpId { counter, actor };
            self.values.remove(&id);
            self.objects.remove(&id);
        }
    }

    /// Reads a saved document.
    pub(crate) fn read_document(
        &mut self,
        body: &DocumentBody<'a>,
        numbers: Numbers<'_>,
    ) -> Result<(), Refusal> {
        let mut rows = DocumentRows::new(&body.operations);
        while !rows.id.counter.is_done() {
            let (id, action, value) = rows.next(numbers)?;
            if let Some(action) = action {
                self.note(id, action, value)?;
            }
        }
        Ok(())
    }

    /// Reads our own saved document from its chunk; `number` knows every actor in it.
    pub(crate) fn read_saved(
        &mut self,
        bytes: &'a [u8],
        number: &dyn Fn(&[u8]) -> Option<u32>,
    ) -> Result<(), Refusal> {
        let body = columns::walk_document(chunk::open(bytes, ChunkType::Document)?)?;
        let actors: Vec<Option<u32>> = body.actors.iter().map(|actor| number(actor)).collect();
        self.read_document(&body, &|place| {
            actors.get(place as usize).copied().flatten()
        })
    }

    /// Reads our own change that is stored beside its document; `number` knows every actor in it.
    pub(crate) fn read_change(
        &mut self,
        raw: &'a [u8],
        number: &dyn Fn(&[u8]) -> Option<u32>,
    ) -> Result<(), Refusal> {
        let body = columns::walk_change(chunk::open(raw, ChunkType::Change)?)?;
        let actors: Vec<Option<u32>> = std::iter::once(&body.actor)
            .chain(&body.other_actors)
            .map(|actor| number(actor))
            .collect();
        let numbers = |place: u32| actors.get(place as usize).copied().flatten();
        let start = u32::try_from(body.start_op).map_err(|_| NO_OBJECT)?;
        for (counter, operation) in (start..).zip(&operation::read(&body)?.list) {
            let id = numbered(OpId { counter, actor: 0 }, &numbers)?;
            self.note(id, operation.action, value_of(operation, &numbers)?)?;
        }
        Ok(())
    }
}

const NO_OBJECT: Refusal = Refusal::Shape("it works in an object that is not there");

/// The id with the number its actor has here.
pub(crate) fn numbered(id: OpId, numbers: Numbers<'_>) -> Result<OpId, Refusal> {
    let actor = numbers(id.actor).ok_or(Refusal::Columns("an actor that is not in its table"))?;
    Ok(OpId { actor, ..id })
}

/// The place where an operation puts something, with the actors as they are numbered here.
pub(crate) fn value_of<'a>(
    operation: &Operation<'a>,
    numbers: Numbers<'_>,
) -> Result<Value<'a>, Refusal> {
    let object = operation.object.map(|id| numbered(id, numbers));
    Ok(Value {
        object: object.transpose()?,
        key: key(operation.key, numbers)?,
        insert: operation.insert,
        is_counter: operation.action == Action::Set && operation.value.kind == COUNTER,
    })
}

fn key<'a>(key: Key<'a>, numbers: Numbers<'_>) -> Result<Key<'a>, Refusal> {
    match key {
        Key::Element(id) => numbered(id, numbers).map(Key::Element),
        Key::Text(_) | Key::Head => Ok(key),
    }
}

/// The operations of a saved document, row by row; deletions have no row.
struct DocumentRows<'a> {
    id: Ids<'a, Deltas<'a>>,
    object: Ids<'a, Runs<'a, u64>>,
    key: Keys<'a>,
    insert: Flags<'a>,
    action: Runs<'a, u64>,
    meta: Runs<'a, u64>,
}

impl<'a> DocumentRows<'a> {
    fn new(columns: &Columns<'a>) -> Self {
        Self {
            id: Ids {
                actor: Runs::numbers(columns.get(spec::ID_ACTOR)),
                counter: Deltas::new(columns.get(spec::ID_COUNTER)),
            },
            object: Ids {
                actor: Runs::numbers(columns.get(spec::OBJECT_ACTOR)),
                counter: Runs::numbers(columns.get(spec::OBJECT_COUNTER)),
            },
            key: Keys::new(columns),
            insert: Flags::new(columns.get(spec::INSERT)),
            action: Runs::numbers(columns.get(spec::ACTION)),
            meta: Runs::numbers(columns.get(spec::VALUE_META)),
        }
    }

    fn next(&mut self, numbers: Numbers<'_>) -> Result<(OpId, Option<Action>, Value<'a>), Refusal> {
        let id = self.id.next()?;
        let id = id.ok_or(Refusal::Columns("an operation without an id"))?;
        let action = self.action.next()?.and_then(Action::of);
        let is_counter = self.meta.next()?.unwrap_or_default() & 0b1111 == COUNTER;
        let object = self.object.next()?.map(|id| numbered(id, numbers));
        let value = Value {
            object: object.transpose()?,
            key: key(self.key.next()?, numbers)?,
            insert: self.insert.next()?,
            is_counter,
        };
        Ok((numbered(id, numbers)?, action, value))
    }
}
