//! Step 6: written again, the change is the same bytes.
//!
//! Documents do not keep changes but write them anew from their operations. A change in any other form would then have
//! another hash, and the document that holds it could not be loaded again.

use crate::columns::{ChangeBody, spec};
use crate::operation::{Key, OpId, Operation, Operations};
use crate::refusal::Refusal;
use crate::runs::{write_deltas, write_flags, write_runs, write_uleb};

/// Refuses a change whose columns, actors or dependencies are not in the one form automerge writes.
pub(crate) fn check(body: &ChangeBody<'_>, operations: &Operations<'_>) -> Result<(), Refusal> {
    if !body.dependencies.is_sorted_by(|one, next| one < next) {
        return Err(Refusal::NotCanonical("its dependencies are not in order"));
    }
    if !body.other_actors.is_sorted_by(|one, next| one < next) {
        return Err(Refusal::NotCanonical("its actors are not in order"));
    }
    if body.other_actors.contains(&body.actor) || !all_are_used(body, operations) {
        return Err(Refusal::NotCanonical("it names actors it does not need"));
    }
    for (specification, write) in COLUMNS {
        let mut written = Vec::new();
        write(operations, &mut written);
        if written != body.columns.get(specification) {
            return Err(Refusal::NotCanonical("its columns are written differently"));
        }
    }
    Ok(())
}

fn all_are_used(body: &ChangeBody<'_>, operations: &Operations<'_>) -> bool {
    let mut used = vec![false; body.other_actors.len()];
    let mut mark = |id: OpId| {
        let place = (id.actor as usize).wrapping_sub(1);
        if let Some(used) = used.get_mut(place) {
            *used = true;
        }
    };
    operations.predecessors.iter().copied().for_each(&mut mark);
    for operation in &operations.list {
        operation.object.iter().copied().for_each(&mut mark);
        if let Key::Element(id) = operation.key {
            mark(id);
        }
    }
    used.into_iter().all(|used| used)
}

type Write = fn(&Operations<'_>, &mut Vec<u8>);

/// How each column is written.
const COLUMNS: [(u64, Write); 12] = [
    (spec::OBJECT_ACTOR, |operations, out| {
        numbers(out, rows(operations).map(|row| actor(row.object)));
    }),
    (spec::OBJECT_COUNTER, |operations, out| {
        let counter = |row: &Operation<'_>| row.object.map(|id| u64::from(id.counter));
        numbers(out, rows(operations).map(counter));
    }),
    (spec::KEY_ACTOR, |operations, out| {
        numbers(out, rows(operations).map(|row| actor(element(row))));
    }),
    (spec::KEY_COUNTER, |operations, out| {
        let counter = |row: &Operation<'_>| match row.key {
            Key::Text(_) => None,
            Key::Head => Some(0),
            Key::Element(id) => Some(i64::from(id.counter)),
        };
        write_deltas(out, rows(operations).map(counter));
    }),
    (spec::KEY_TEXT, |operations, out| {
        write_runs(out, rows(operations).map(text), |out, text| {
            write_uleb(out, text.len() as u64);
            out.extend_from_slice(text.as_bytes());
        });
    }),
    (spec::INSERT, |operations, out| {
        write_flags(out, rows(operations).map(|row| row.insert));
    }),
    (spec::ACTION, |operations, out| {
        numbers(out, rows(operations).map(|row| Some(row.action.number())));
    }),
    (spec::VALUE_META, |operations, out| {
        numbers(out, rows(operations).map(|row| Some(row.value.meta())));
    }),
    (spec::VALUE, |operations, out| {
        rows(operations).for_each(|row| out.extend_from_slice(row.value.bytes));
    }),
    (spec::PREDECESSORS, |operations, out| {
        let count = |row| Some(operations.predecessors_of(row).len() as u64);
        numbers(out, rows(operations).map(count));
    }),
    (spec::PREDECESSOR_ACTOR, |operations, out| {
        numbers(
            out,
            operations.predecessors.iter().map(|id| actor(Some(*id))),
        );
    }),
    (spec::PREDECESSOR_COUNTER, |operations, out| {
        let counter = |id: &OpId| Some(i64::from(id.counter));
        write_deltas(out, operations.predecessors.iter().map(counter));
    }),
];

fn rows<'o, 'a>(operations: &'o Operations<'a>) -> impl Iterator<Item = &'o Operation<'a>> + Clone {
    operations.list.iter()
}

fn numbers(out: &mut Vec<u8>, rows: impl Iterator<Item = Option<u64>> + Clone) {
    write_runs(out, rows, write_uleb);
}

fn actor(id: Option<OpId>) -> Option<u64> {
    id.map(|id| u64::from(id.actor))
}

const fn text<'a>(row: &Operation<'a>) -> Option<&'a str> {
    match row.key {
        Key::Text(text) => Some(text),
        Key::Head | Key::Element(_) => None,
    }
}

const fn element(row: &Operation<'_>) -> Option<OpId> {
    match row.key {
        Key::Element(id) => Some(id),
        Key::Text(_) | Key::Head => None,
    }
}
