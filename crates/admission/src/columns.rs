//! Step 3: counts what the columns would expand to, without expanding them.
//!
//! A change stores its operations as run-length encoded columns: 113 bytes can say ten million operations. Every
//! column is walked run by run, so this costs as much as there are bytes, whatever they claim.

use crate::chunk::Reader;
use crate::limits::{MAX_CHANGE_OPS, MAX_CHANGE_PREDECESSORS, MAX_DEPENDENCIES};
use crate::refusal::Refusal;

/// Bit in a column specification that says its data is deflated.
const DEFLATED: u64 = 0b1000;

/// Reads the body of a change chunk and refuses what would expand beyond the limits.
pub(crate) fn walk_change(data: Reader<'_>) -> Result<(), Refusal> {
    let mut data = data;
    let dependencies = data.uleb()?;
    if dependencies > MAX_DEPENDENCIES {
        return Err(Refusal::TooMany("dependencies"));
    }
    data.take(dependencies * 32)?;
    let actor = data.uleb()?;
    data.take(actor)?;
    data.uleb()?; // seq
    data.uleb()?; // start_op
    data.sleb()?; // time
    let message = data.uleb()?;
    if message > 0 {
        return Err(Refusal::Baggage("a message"));
    }
    let other_actors = data.uleb()?;
    for _ in 0..other_actors {
        let actor = data.uleb()?;
        data.take(actor)?;
    }
    walk_columns(&mut data)?;
    // What is left over is the author or an unknown extension: neither is ours to spread.
    if data.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Baggage("an author or other extra bytes"))
    }
}

/// Refuses a document chunk with deflated columns: `save_nocompress` writes none, and they can be bombs.
pub(crate) fn walk_document(data: Reader<'_>) -> Result<(), Refusal> {
    let mut data = data;
    let actors = data.uleb()?;
    for _ in 0..actors {
        let actor = data.uleb()?;
        data.take(actor)?;
    }
    let heads = data.uleb()?;
    data.take(heads.saturating_mul(32))?;
    for _ in ["changes", "operations"] {
        specifications(&mut data)?;
    }
    Ok(())
}

fn walk_columns(data: &mut Reader<'_>) -> Result<(), Refusal> {
    for (specification, length) in specifications(data)? {
        let column = Reader::new(data.take(length)?);
        let (id, kind) = (specification >> 4, specification & 0b111);
        let count = match kind {
            0 => walk_group(column)?,
            1 | 2 | 6 => walk_runs(column, |reader| reader.uleb().map(drop))?,
            3 => walk_runs(column, |reader| reader.sleb().map(drop))?,
            4 => walk_booleans(column)?,
            5 => walk_runs(column, |reader| {
                reader
                    .uleb()
                    .and_then(|length| reader.take(length))
                    .map(drop)
            })?,
            _ => 0, // raw values: as many bytes as there are
        };
        // Columns that belong to a group (predecessors) may hold several values for each operation.
        let (max, what) = if id == PREDECESSORS {
            (MAX_CHANGE_PREDECESSORS, "predecessors")
        } else {
            (MAX_CHANGE_OPS, "operations")
        };
        if count > max {
            return Err(Refusal::TooMany(what));
        }
    }
    Ok(())
}

/// Column id of the predecessors: the group and its two members.
const PREDECESSORS: u64 = 7;

fn specifications(data: &mut Reader<'_>) -> Result<Vec<(u64, u64)>, Refusal> {
    let count = data.uleb()?;
    let mut columns = Vec::new();
    for _ in 0..count {
        let (specification, length) = (data.uleb()?, data.uleb()?);
        if specification & DEFLATED != 0 {
            return Err(Refusal::Columns("a deflated column"));
        }
        columns.push((specification, length));
    }
    Ok(columns)
}

/// Run-length: `n > 0`: one value, n times; `n < 0`: −n values; `0`: a count of nulls follows.
fn walk_runs(
    mut column: Reader<'_>,
    mut value: impl FnMut(&mut Reader<'_>) -> Result<(), Refusal>,
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
        let values = match run {
            0 => 0,
            1.. => 1,
            ..0 => length,
        };
        for _ in 0..values {
            value(&mut column)?;
        }
    }
    Ok(count)
}

/// A group column holds how many members each operation has; what matters is their sum and how many there are.
fn walk_group(mut column: Reader<'_>) -> Result<u64, Refusal> {
    let (mut rows, mut members) = (0_u64, 0_u64);
    while !column.is_empty() {
        let run = column.sleb()?;
        let length = if run == 0 {
            column.uleb()?
        } else {
            run.unsigned_abs()
        };
        rows = rows.saturating_add(length);
        match run {
            0 => {}
            1.. => members = members.saturating_add(column.uleb()?.saturating_mul(length)),
            ..0 => {
                for _ in 0..length {
                    members = members.saturating_add(column.uleb()?);
                }
            }
        }
    }
    if rows > MAX_CHANGE_OPS {
        Err(Refusal::TooMany("operations"))
    } else {
        Ok(members)
    }
}

/// Alternating runs of false and true.
fn walk_booleans(mut column: Reader<'_>) -> Result<u64, Refusal> {
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
        let mut data = vec![
            0,
            1,
            7,
            1,
            1,
            0,
            0,
            0,
            1,
            specification,
            u8::try_from(column.len()).unwrap(),
        ];
        data.extend_from_slice(column);
        data
    }

    fn walk(specification: u8, column: &[u8]) -> Result<(), Refusal> {
        walk_change(Reader::new(&change_with_column(specification, column)))
    }

    #[test]
    fn ten_million_operations_in_a_few_bytes_are_counted_and_refused() {
        let ten_million = [0x80, 0xad, 0xe2, 0x04, 1]; // run of 10,000,000 × 1
        assert_eq!(
            walk(0x42, &ten_million),
            Err(Refusal::TooMany("operations"))
        );
        assert_eq!(
            walk(0x34, &ten_million[..4]),
            Err(Refusal::TooMany("operations")),
            "booleans"
        );
        assert_eq!(
            walk(0x01, &[0, 0xff, 0xff, 0xff, 0x7f]),
            Err(Refusal::TooMany("operations")),
            "nulls"
        );
        assert_eq!(
            walk(0x70, &[2, 0xff, 0xff, 0xff, 0x7f]),
            Err(Refusal::TooMany("predecessors"))
        );
        assert_eq!(walk(0x42, &[3, 1]), Ok(()));
    }

    #[test]
    fn deflated_columns_and_baggage_are_refused() {
        assert_eq!(
            walk(0x4a, &[3, 1]),
            Err(Refusal::Columns("a deflated column"))
        );
        let mut extra = change_with_column(0x42, &[3, 1]);
        extra.push(1);
        assert!(matches!(
            walk_change(Reader::new(&extra)),
            Err(Refusal::Baggage(_))
        ));
        assert_eq!(
            walk(0x42, &[0x7d, 1]),
            Err(Refusal::Columns("the bytes stop early"))
        );
    }
}
