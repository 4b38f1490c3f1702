//! Step 3: counts what the columns would expand to, without expanding them.
//!
//! Operations are stored as run-length encoded columns: 113 bytes can say ten million operations. Every column is
//! walked run by run, so this costs as much as there are bytes, whatever they claim.

use crate::Hash;
use crate::chunk::Reader;
use crate::limits::{
    MAX_CHANGE_KEY_BYTES, MAX_CHANGE_OPS, MAX_CHANGE_PREDECESSORS, MAX_DEPENDENCIES,
    MAX_DOCUMENT_ACTORS, MAX_DOCUMENT_CHANGES, MAX_DOCUMENT_DEPENDENCIES, MAX_DOCUMENT_KEY_BYTES,
    MAX_DOCUMENT_OPS, MAX_DOCUMENT_PREDECESSORS,
};
use crate::refusal::Refusal;

/// Bit in a column specification that says its data is deflated.
const DEFLATED: u64 = 0b1000;

/// Columns of operations: `id << 4 | type`. Changes know predecessors, documents ids and successors.
pub(crate) mod spec {
    pub(crate) const OBJECT_ACTOR: u64 = 0x01;
    pub(crate) const OBJECT_COUNTER: u64 = 0x02;
    pub(crate) const KEY_ACTOR: u64 = 0x11;
    pub(crate) const KEY_COUNTER: u64 = 0x13;
    pub(crate) const KEY_TEXT: u64 = 0x15;
    pub(crate) const ID_ACTOR: u64 = 0x21;
    pub(crate) const ID_COUNTER: u64 = 0x23;
    pub(crate) const INSERT: u64 = 0x34;
    pub(crate) const ACTION: u64 = 0x42;
    pub(crate) const VALUE_META: u64 = 0x56;
    pub(crate) const VALUE: u64 = 0x57;
    pub(crate) const PREDECESSORS: u64 = 0x70;
    pub(crate) const PREDECESSOR_ACTOR: u64 = 0x71;
    pub(crate) const PREDECESSOR_COUNTER: u64 = 0x73;
    pub(crate) const SUCCESSORS: u64 = 0x80;
    pub(crate) const SUCCESSOR_ACTOR: u64 = 0x81;
    pub(crate) const SUCCESSOR_COUNTER: u64 = 0x83;
}

/// The columns a change may have. Marks (0x94, 0xa5) are not among them: no Buurtboek writes them.
const OF_CHANGES: [u64; 12] = [
    spec::OBJECT_ACTOR,
    spec::OBJECT_COUNTER,
    spec::KEY_ACTOR,
    spec::KEY_COUNTER,
    spec::KEY_TEXT,
    spec::INSERT,
    spec::ACTION,
    spec::VALUE_META,
    spec::VALUE,
    spec::PREDECESSORS,
    spec::PREDECESSOR_ACTOR,
    spec::PREDECESSOR_COUNTER,
];

/// The columns the operations of a document may have.
const OF_DOCUMENTS: [u64; 14] = [
    spec::OBJECT_ACTOR,
    spec::OBJECT_COUNTER,
    spec::KEY_ACTOR,
    spec::KEY_COUNTER,
    spec::KEY_TEXT,
    spec::ID_ACTOR,
    spec::ID_COUNTER,
    spec::INSERT,
    spec::ACTION,
    spec::VALUE_META,
    spec::VALUE,
    spec::SUCCESSORS,
    spec::SUCCESSOR_ACTOR,
    spec::SUCCESSOR_COUNTER,
];

/// Column of the messages of a document's changes.
const MESSAGE: u64 = 0x35;
/// Column group with the dependencies of a document's changes.
const DEPENDENCIES: u64 = 0x40;
const DEPENDENCY: u64 = 0x43;
/// Column with what a document's changes carry besides.
const EXTRA: u64 = 0x57;
/// The columns the changes of a document may have: actor, seq, last operation, time, message, dependencies, extra.
const OF_HISTORY: [u64; 9] = [
    0x01,
    0x03,
    0x13,
    0x23,
    MESSAGE,
    DEPENDENCIES,
    DEPENDENCY,
    0x56,
    EXTRA,
];

/// Columns by their specification.
#[derive(Debug, Clone, Default)]
pub(crate) struct Columns<'a>(Vec<(u64, &'a [u8])>);

impl<'a> Columns<'a> {
    /// The bytes of a column; none when it is not there.
    pub(crate) fn get(&self, wanted: u64) -> &'a [u8] {
        self.0
            .iter()
            .find(|(specification, _)| *specification == wanted)
            .map(|(_, bytes)| *bytes)
            .unwrap_or_default()
    }
}

/// A change whose columns were counted and not yet read.
#[derive(Debug)]
pub(crate) struct ChangeBody<'a> {
    pub(crate) dependencies: Vec<Hash>,
    pub(crate) actor: &'a [u8],
    pub(crate) seq: u64,
    pub(crate) start_op: u64,
    pub(crate) time: i64,
    pub(crate) other_actors: Vec<&'a [u8]>,
    /// How many operations there are.
    pub(crate) operations: u64,
    pub(crate) columns: Columns<'a>,
}

/// Reads the body of a change chunk and refuses what would expand beyond the limits.
pub(crate) fn walk_change(mut data: Reader<'_>) -> Result<ChangeBody<'_>, Refusal> {
    let count = data.uleb()?;
    if count > MAX_DEPENDENCIES {
        return Err(Refusal::TooMany("dependencies"));
    }
    let dependencies = (0..count)
        .map(|_| data.array::<32>())
        .collect::<Result<_, _>>()?;
    let actor = prefixed(&mut data)?;
    let (seq, start_op, time) = (data.uleb()?, data.uleb()?, data.sleb()?);
    if data.uleb()? > 0 {
        return Err(Refusal::Baggage("a message"));
    }
    let count = data.uleb()?;
    let mut other_actors = Vec::new();
    for _ in 0..count {
        other_actors.push(prefixed(&mut data)?);
    }
    let table = specifications(&mut data, &OF_CHANGES)?;
    let columns = split(&mut data, &table)?;
    let limits = RowLimits {
        rows: MAX_CHANGE_OPS,
        members: MAX_CHANGE_PREDECESSORS,
        key_bytes: MAX_CHANGE_KEY_BYTES,
        what: "operations",
        what_members: "predecessors",
    };
    let operations = limits.walk(&columns)?;
    // What is left over is the author or an unknown extension: neither is ours to spread.
    if !data.is_empty() {
        return Err(Refusal::Baggage("an author or other extra bytes"));
    }
    Ok(ChangeBody {
        dependencies,
        actor,
        seq,
        start_op,
        time,
        other_actors,
        operations,
        columns,
    })
}

/// A document whose columns were counted and not yet read.
#[derive(Debug)]
pub(crate) struct DocumentBody<'a> {
    pub(crate) actors: Vec<&'a [u8]>,
    pub(crate) operations: Columns<'a>,
}

/// Reads the body of a document chunk and refuses deflated columns (`save_nocompress` writes none, and they can be
/// bombs) and what would expand beyond the limits.
pub(crate) fn walk_document(mut data: Reader<'_>) -> Result<DocumentBody<'_>, Refusal> {
    let count = data.uleb()?;
    if count > MAX_DOCUMENT_ACTORS as u64 {
        return Err(Refusal::DocumentFull("actors"));
    }
    let actors = (0..count)
        .map(|_| prefixed(&mut data))
        .collect::<Result<Vec<_>, _>>()?;
    let heads = data.uleb()?;
    data.take(heads.saturating_mul(32))?;
    let history = specifications(&mut data, &OF_HISTORY)?;
    let operations = specifications(&mut data, &OF_DOCUMENTS)?;
    let history = split(&mut data, &history)?;
    if !history.get(EXTRA).is_empty() {
        return Err(Refusal::Baggage("an author or other extra bytes"));
    }
    let limits = RowLimits {
        rows: MAX_DOCUMENT_CHANGES,
        members: MAX_DOCUMENT_DEPENDENCIES,
        key_bytes: 0, // messages
        what: "changes",
        what_members: "dependencies",
    };
    limits.walk(&history).map_err(full)?;
    let operations = split(&mut data, &operations)?;
    let limits = RowLimits {
        rows: MAX_DOCUMENT_OPS,
        members: MAX_DOCUMENT_PREDECESSORS,
        key_bytes: MAX_DOCUMENT_KEY_BYTES,
        what: "operations",
        what_members: "predecessors",
    };
    limits.walk(&operations).map_err(full)?;
    Ok(DocumentBody { actors, operations })
}

/// The same limit, of a document.
fn full(refusal: Refusal) -> Refusal {
    if let Refusal::TooMany(what) = refusal {
        Refusal::DocumentFull(what)
    } else {
        refusal
    }
}

fn prefixed<'a>(data: &mut Reader<'a>) -> Result<&'a [u8], Refusal> {
    let length = data.uleb()?;
    data.take(length)
}

fn specifications(data: &mut Reader<'_>, known: &[u64]) -> Result<Vec<(u64, u64)>, Refusal> {
    let count = data.uleb()?;
    let mut columns = Vec::new();
    let mut last = None;
    for _ in 0..count {
        let (specification, length) = (data.uleb()?, data.uleb()?);
        if specification & DEFLATED != 0 {
            return Err(Refusal::Columns("a deflated column"));
        }
        if !known.contains(&specification) {
            return Err(Refusal::Columns("an unknown column"));
        }
        if last.is_some_and(|last| last >= specification) {
            return Err(Refusal::Columns("columns out of order"));
        }
        last = Some(specification);
        columns.push((specification, length));
    }
    Ok(columns)
}

fn split<'a>(data: &mut Reader<'a>, table: &[(u64, u64)]) -> Result<Columns<'a>, Refusal> {
    let column = |(specification, length): &(u64, u64)| Ok((*specification, data.take(*length)?));
    table
        .iter()
        .map(column)
        .collect::<Result<_, _>>()
        .map(Columns)
}

/// The most that a table of columns may expand to.
struct RowLimits {
    rows: u64,
    members: u64,
    key_bytes: u64,
    what: &'static str,
    what_members: &'static str,
}

impl RowLimits {
    /// Counts every column; returns the most rows that one has.
    fn walk(&self, columns: &Columns<'_>) -> Result<u64, Refusal> {
        let mut rows = 0;
        let mut group = None;
        for (specification, bytes) in &columns.0 {
            let (id, kind) = (specification >> 4, specification & 0b111);
            let column = Reader::new(bytes);
            let mut weight = 0;
            let count = match kind {
                0 => {
                    group = Some(id);
                    let (count, members) = walk_group(column)?;
                    self.members(members)?;
                    count
                }
                1 | 2 | 6 => walk_runs(column, |reader, _| reader.uleb().map(drop))?,
                3 => walk_runs(column, |reader, _| reader.sleb().map(drop))?,
                4 => walk_flags(column)?,
                5 => walk_runs(column, |reader, times| {
                    let text = prefixed(reader)?;
                    weight = (text.len() as u64)
                        .saturating_mul(times)
                        .saturating_add(weight);
                    Ok(())
                })?,
                _ => 0, // raw values: as many bytes as there are
            };
            // What belongs to a group may have several values for each row.
            if kind != 0 && group == Some(id) {
                self.members(count)?;
                continue;
            }
            if count > self.rows {
                return Err(Refusal::TooMany(self.what));
            }
            rows = rows.max(count);
            if weight > self.key_bytes {
                return Err(if self.key_bytes == 0 {
                    Refusal::Baggage("a message")
                } else {
                    Refusal::TooMany("bytes in keys")
                });
            }
        }
        Ok(rows)
    }

    const fn members(&self, count: u64) -> Result<(), Refusal> {
        if count > self.members {
            Err(Refusal::TooMany(self.what_members))
        } else {
            Ok(())
        }
    }
}

/// Counts the rows of a run-length column; `value` reads one value and hears how many rows have it.
fn walk_runs<'a>(
    mut column: Reader<'a>,
    mut value: impl FnMut(&mut Reader<'a>, u64) -> Result<(), Refusal>,
) -> Result<u64, Refusal> {
    let mut count = 0_u64;
    while !column.is_empty() {
        let run = column.sleb()?;
        let length = if run == 0 {
            column.uleb()?
        } else {
            run.unsigned_abs()
        };
        count = count.saturating_add(length);
        match run {
            0 => {}
            1.. => value(&mut column, length)?,
            ..0 => {
                for _ in 0..length {
                    value(&mut column, 1)?;
                }
            }
        }
    }
    Ok(count)
}

/// A group column holds how many members each row has; what matters is how many rows there are, and their sum.
fn walk_group(column: Reader<'_>) -> Result<(u64, u64), Refusal> {
    let mut members = 0_u64;
    let rows = walk_runs(column, |reader, times| {
        members = members.saturating_add(reader.uleb()?.saturating_mul(times));
        Ok(())
    })?;
    Ok((rows, members))
}

/// Alternating runs of false and true.
fn walk_flags(mut column: Reader<'_>) -> Result<u64, Refusal> {
    let mut count = 0_u64;
    while !column.is_empty() {
        count = count.saturating_add(column.uleb()?);
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change_with_column(specification: u8, column: &[u8]) -> Vec<u8> {
        // no dependencies, actor of one byte, seq 1, start 1, time 0, no message, no other actors, one column
        let length = u8::try_from(column.len()).unwrap();
        let mut data = vec![0, 1, 7, 1, 1, 0, 0, 0, 1, specification, length];
        data.extend_from_slice(column);
        data
    }

    fn walk(specification: u8, column: &[u8]) -> Result<u64, Refusal> {
        let data = change_with_column(specification, column);
        walk_change(Reader::new(&data)).map(|body| body.operations)
    }

    #[test]
    fn ten_million_operations_in_a_few_bytes_are_counted_and_refused() {
        let ten_million = [0x80, 0xad, 0xe2, 0x04, 1]; // run of 10,000,000 × 1
        let too_many = Err(Refusal::TooMany("operations"));
        assert_eq!(walk(0x42, &ten_million), too_many);
        assert_eq!(walk(0x34, &ten_million[..4]), too_many, "booleans");
        assert_eq!(walk(0x01, &[0, 0xff, 0xff, 0xff, 0x7f]), too_many, "nulls");
        assert_eq!(
            walk(0x70, &[2, 0xff, 0xff, 0xff, 0x7f]),
            Err(Refusal::TooMany("predecessors"))
        );
        assert_eq!(walk(0x42, &[3, 1]), Ok(3));
    }

    #[test]
    fn a_long_key_in_a_long_run_is_counted_as_often_as_it_is_used() {
        let mut column = vec![0xa0, 0x9c, 0x01, 100]; // run of 20,000 × a key of 100 bytes
        column.extend_from_slice(&[b'k'; 100]);
        assert_eq!(walk(0x15, &column), Err(Refusal::TooMany("bytes in keys")));
        assert_eq!(walk(0x15, &[3, 1, b'k']), Ok(3));
    }

    #[test]
    fn deflated_and_unknown_columns_and_baggage_are_refused() {
        let refused = |reason| Err(Refusal::Columns(reason));
        assert_eq!(walk(0x4a, &[3, 1]), refused("a deflated column"));
        assert_eq!(walk(0x94, &[3]), refused("an unknown column"), "marks");
        assert_eq!(walk(0x00, &[3, 1]), refused("an unknown column"));
        assert_eq!(walk(0x42, &[0x7d, 1]), refused("the bytes stop early"));
        let mut extra = change_with_column(0x42, &[3, 1]);
        extra.push(1);
        assert!(matches!(
            walk_change(Reader::new(&extra)),
            Err(Refusal::Baggage(_))
        ));
    }
}
