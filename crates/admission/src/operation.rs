//! The operations of a change, read from its counted columns.

use crate::columns::{ChangeBody, Columns, spec};
use crate::refusal::Refusal;
use crate::runs::{Deltas, Flags, Runs};

/// The id of an operation: its number, and its actor by the place in a table of actors (of the change when it was just
/// read, of the history once it is judged).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct OpId {
    pub(crate) counter: u32,
    pub(crate) actor: u32,
}

/// Where in its object an operation works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key<'a> {
    /// A key of a map.
    Text(&'a str),
    /// The front of a list or text.
    Head,
    /// The element that this operation inserted.
    Element(OpId),
}

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    MakeMap,
    Set,
    MakeList,
    Delete,
    MakeText,
    Increment,
}

impl Action {
    /// Tables (6) and marks (7) are not among them: no Buurtboek writes them.
    pub(crate) const fn of(number: u64) -> Option<Self> {
        match number {
            0 => Some(Self::MakeMap),
            1 => Some(Self::Set),
            2 => Some(Self::MakeList),
            3 => Some(Self::Delete),
            4 => Some(Self::MakeText),
            5 => Some(Self::Increment),
            _ => None,
        }
    }

    pub(crate) const fn number(self) -> u64 {
        match self {
            Self::MakeMap => 0,
            Self::Set => 1,
            Self::MakeList => 2,
            Self::Delete => 3,
            Self::MakeText => 4,
            Self::Increment => 5,
        }
    }
}

/// A value as it is stored: its type, and bytes in the form of that type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stored<'a> {
    pub(crate) kind: u64,
    pub(crate) bytes: &'a [u8],
}

impl Stored<'_> {
    /// Type and length, as the column of value metadata holds them.
    pub(crate) const fn meta(self) -> u64 {
        (self.bytes.len() as u64) << 4 | self.kind
    }
}

/// One operation of a change.
#[derive(Debug, Clone)]
pub(crate) struct Operation<'a> {
    /// `None`: the root.
    pub(crate) object: Option<OpId>,
    pub(crate) key: Key<'a>,
    pub(crate) insert: bool,
    pub(crate) action: Action,
    pub(crate) value: Stored<'a>,
    /// Its first and one past its last predecessor in [`Operations::predecessors`].
    predecessors: (usize, usize),
}

/// All operations of a change, with the actors as the change numbers them.
#[derive(Debug, Default)]
pub(crate) struct Operations<'a> {
    pub(crate) list: Vec<Operation<'a>>,
    pub(crate) predecessors: Vec<OpId>,
}

impl<'a> Operations<'a> {
    pub(crate) fn predecessors_of(&self, operation: &Operation<'a>) -> &[OpId] {
        let (first, end) = operation.predecessors;
        self.predecessors.get(first..end).unwrap_or_default()
    }
}

/// Reads all operations. There are no more than the limits of [`crate::columns::walk_change`].
pub(crate) fn read<'a>(body: &ChangeBody<'a>) -> Result<Operations<'a>, Refusal> {
    let mut rows = Rows::new(&body.columns);
    let mut operations = Operations::default();
    for _ in 0..body.operations {
        let operation = rows.next(&mut operations.predecessors)?;
        operations.list.push(operation);
    }
    if rows.values.is_empty() {
        Ok(operations)
    } else {
        Err(Refusal::Columns("values that belong to nothing"))
    }
}

struct Rows<'a> {
    object: Ids<'a, Runs<'a, u64>>,
    key: Keys<'a>,
    insert: Flags<'a>,
    action: Runs<'a, u64>,
    meta: Runs<'a, u64>,
    values: &'a [u8],
    predecessors: Runs<'a, u64>,
    predecessor: Ids<'a, Deltas<'a>>,
}

impl<'a> Rows<'a> {
    fn new(columns: &Columns<'a>) -> Self {
        Self {
            object: Ids {
                actor: Runs::numbers(columns.get(spec::OBJECT_ACTOR)),
                counter: Runs::numbers(columns.get(spec::OBJECT_COUNTER)),
            },
            key: Keys::new(columns),
            insert: Flags::new(columns.get(spec::INSERT)),
            action: Runs::numbers(columns.get(spec::ACTION)),
            meta: Runs::numbers(columns.get(spec::VALUE_META)),
            values: columns.get(spec::VALUE),
            predecessors: Runs::numbers(columns.get(spec::PREDECESSORS)),
            predecessor: Ids {
                actor: Runs::numbers(columns.get(spec::PREDECESSOR_ACTOR)),
                counter: Deltas::new(columns.get(spec::PREDECESSOR_COUNTER)),
            },
        }
    }

    fn next(&mut self, predecessors: &mut Vec<OpId>) -> Result<Operation<'a>, Refusal> {
        let action = self.action.next()?.and_then(Action::of);
        let meta = self.meta.next()?.ok_or(NO_VALUE)?;
        let length = usize::try_from(meta >> 4).map_err(|_| NO_VALUE)?;
        let (bytes, rest) = self.values.split_at_checked(length).ok_or(NO_VALUE)?;
        self.values = rest;
        let first = predecessors.len();
        // Their sum was counted before.
        for _ in 0..self.predecessors.next()?.unwrap_or_default() {
            let id = self.predecessor.next()?;
            predecessors.push(id.ok_or(Refusal::Columns("a predecessor is missing"))?);
        }
        Ok(Operation {
            object: self.object.next()?,
            key: self.key.next()?,
            insert: self.insert.next()?,
            action: action.ok_or(Refusal::Shape("an unknown action"))?,
            value: Stored {
                kind: meta & 0b1111,
                bytes,
            },
            predecessors: (first, predecessors.len()),
        })
    }
}

const NO_VALUE: Refusal = Refusal::Columns("a value is missing");

/// The keys of a change or document, row by row.
#[derive(Debug)]
pub(crate) struct Keys<'a> {
    element: Ids<'a, Deltas<'a>>,
    text: Runs<'a, &'a str>,
}

impl<'a> Keys<'a> {
    pub(crate) fn new(columns: &Columns<'a>) -> Self {
        Self {
            element: Ids {
                actor: Runs::numbers(columns.get(spec::KEY_ACTOR)),
                counter: Deltas::new(columns.get(spec::KEY_COUNTER)),
            },
            text: Runs::strings(columns.get(spec::KEY_TEXT)),
        }
    }

    pub(crate) fn next(&mut self) -> Result<Key<'a>, Refusal> {
        let (actor, counter) = (self.element.actor.next()?, self.element.counter.next()?);
        match (self.text.next()?, actor, counter) {
            (Some(text), None, None) => Ok(Key::Text(text)),
            (None, None, Some(0)) => Ok(Key::Head),
            (None, Some(actor), Some(counter)) => op_id(actor, counter).map(Key::Element),
            _ => Err(Refusal::Columns("an operation without one clear key")),
        }
    }
}

/// Two columns that make ids.
#[derive(Debug)]
pub(crate) struct Ids<'a, C> {
    pub(crate) actor: Runs<'a, u64>,
    pub(crate) counter: C,
}

impl Ids<'_, Runs<'_, u64>> {
    pub(crate) fn next(&mut self) -> Result<Option<OpId>, Refusal> {
        let counter = self.counter.next()?.map(i64::try_from);
        let counter = counter.transpose().map_err(|_| NO_ID)?;
        both(self.actor.next()?, counter)
    }
}

impl Ids<'_, Deltas<'_>> {
    pub(crate) fn next(&mut self) -> Result<Option<OpId>, Refusal> {
        both(self.actor.next()?, self.counter.next()?)
    }
}

const NO_ID: Refusal = Refusal::Columns("an id that cannot be one");

fn both(actor: Option<u64>, counter: Option<i64>) -> Result<Option<OpId>, Refusal> {
    match (actor, counter) {
        (None, None) => Ok(None),
        (Some(actor), Some(counter)) => op_id(actor, counter).map(Some),
        _ => Err(NO_ID),
    }
}

/// Operations count from 1; automerge keeps both numbers in 32 bits.
fn op_id(actor: u64, counter: i64) -> Result<OpId, Refusal> {
    match (u32::try_from(actor), u32::try_from(counter)) {
        (Ok(actor), Ok(counter @ 1..)) => Ok(OpId { counter, actor }),
        _ => Err(NO_ID),
    }
}
