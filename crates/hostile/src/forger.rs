//! Changes as an attacker with a stolen, enrolled phone would make them.

use crate::change::{Parts, leb, read_leb, seal, signed_leb};
use crate::{Dice, mutate};

/// What a forged change tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attack {
    /// Any bytes of it changed, the checksum right.
    Bytes,
    /// The bytes of one column changed.
    Column,
    /// One number in one column changed.
    Number,
    /// A column of another change.
    Transplant,
    /// A run of millions in a few bytes.
    RunLengthBomb,
    /// A DEFLATE chunk or column, a document, a bundle.
    OtherChunk,
    /// The checksum of something else.
    Checksum,
    /// Somebody else's actor, or one of another length.
    Actor,
    /// A gap in the numbers, or a number that was used before.
    Seq,
    /// First operations, times and counters at the end of what fits in a number.
    HugeNumber,
    /// Built on what is not there.
    Dependencies,
    /// Actors nobody knows, or too many of them.
    OtherActors,
    /// A message, an author, bytes at the end.
    Baggage,
    /// Cut off, or longer than it says.
    Length,
}

/// Every attack.
pub const ATTACKS: [Attack; 14] = [
    Attack::Bytes,
    Attack::Column,
    Attack::Number,
    Attack::Transplant,
    Attack::RunLengthBomb,
    Attack::OtherChunk,
    Attack::Checksum,
    Attack::Actor,
    Attack::Seq,
    Attack::HugeNumber,
    Attack::Dependencies,
    Attack::OtherActors,
    Attack::Baggage,
    Attack::Length,
];

/// Forges a change out of an honest one; `other` lends its parts. Half of the time what is attacked are the operations,
/// where it hurts most.
#[must_use]
pub fn forge(dice: &mut Dice, honest: &Parts, other: &Parts) -> (Attack, Vec<u8>) {
    let attack = if dice.one_in(2) {
        *dice
            .pick(&[Attack::Column, Attack::Number, Attack::Transplant])
            .unwrap_or(&Attack::Column)
    } else {
        *dice.pick(&ATTACKS).unwrap_or(&Attack::Bytes)
    };
    (attack, carry_out(dice, attack, honest, other))
}

fn carry_out(dice: &mut Dice, attack: Attack, honest: &Parts, other: &Parts) -> Vec<u8> {
    let mut parts = honest.clone();
    match attack {
        Attack::Bytes => return seal(&any_bytes(dice, honest), 1),
        Attack::Column => column(dice, &mut parts),
        Attack::Number => number(dice, &mut parts),
        Attack::Transplant => transplant(dice, &mut parts, other),
        Attack::RunLengthBomb => bomb(dice, &mut parts),
        Attack::OtherChunk => return other_chunk(dice, &parts),
        Attack::Checksum => return wrong_checksum(dice, &parts),
        Attack::Actor => actor(dice, &mut parts),
        Attack::Seq => parts.seq = nearby(dice, parts.seq),
        Attack::HugeNumber => huge(dice, &mut parts),
        Attack::Dependencies => dependencies(dice, &mut parts, other),
        Attack::OtherActors => other_actors(dice, &mut parts),
        Attack::Baggage => baggage(dice, &mut parts),
        Attack::Length => return wrong_length(dice, &parts),
    }
    parts.chunk()
}

fn any_bytes(dice: &mut Dice, honest: &Parts) -> Vec<u8> {
    let chunk = honest.chunk();
    let mut rest = chunk.get(9..).unwrap_or_default();
    read_leb(&mut rest);
    mutate(dice, rest, &[])
}

fn column(dice: &mut Dice, parts: &mut Parts) {
    let place = dice.below(parts.columns.len());
    if let Some((_, column)) = parts.columns.get_mut(place) {
        *column = mutate(dice, column, &[]);
    }
}

/// Rewrites one LEB128 number of one column.
fn number(dice: &mut Dice, parts: &mut Parts) {
    let place = dice.below(parts.columns.len());
    let Some((_, column)) = parts.columns.get_mut(place) else {
        return;
    };
    let at = dice.below(column.len());
    let mut rest = column.get(at..).unwrap_or_default();
    let Some(old) = read_leb(&mut rest) else {
        return;
    };
    let mut new = column.get(..at).unwrap_or_default().to_vec();
    new.extend(match dice.below(4) {
        0 => leb(old.wrapping_add(1)),
        1 => leb(old.wrapping_sub(1)),
        2 => signed_leb(dice.nasty().cast_signed()),
        _ => leb(dice.nasty()),
    });
    new.extend_from_slice(rest);
    *column = new;
}

fn transplant(dice: &mut Dice, parts: &mut Parts, other: &Parts) {
    for _ in 0..=dice.below(3) {
        if let Some((specification, column)) = dice.pick(&other.columns) {
            parts.set_column(*specification, column.clone());
        }
    }
    if dice.one_in(4) {
        let place = dice.below(parts.columns.len());
        if place < parts.columns.len() {
            drop(parts.columns.remove(place));
        }
    }
}

fn bomb(dice: &mut Dice, parts: &mut Parts) {
    let length = *dice
        .pick(&[
            19_000,
            20_001,
            10_000_000,
            u64::from(u32::MAX),
            i64::MAX.unsigned_abs(),
        ])
        .unwrap_or(&10_000_000);
    let run = |value: &[u8]| [signed_leb(length.cast_signed()), value.to_vec()].concat();
    let key = [leb(1_000), vec![b'k'; 1_000]].concat();
    match dice.below(6) {
        0 => parts.set_column(0x42, run(&[1])),
        1 => parts.set_column(0x15, run(&key)),
        2 => parts.set_column(0x34, leb(length)),
        3 => parts.set_column(0x70, run(&leb(dice.nasty()))),
        4 => parts.set_column(0x01, [vec![0], leb(length)].concat()),
        _ => {
            // All columns of a change that says it makes so many maps.
            parts.columns = vec![
                (0x15, run(&[1, b'k'])),
                (0x34, leb(length)),
                (0x42, run(&[0])),
                (0x56, run(&[0])),
                (0x70, run(&[0])),
            ];
        }
    }
}

fn other_chunk(dice: &mut Dice, parts: &Parts) -> Vec<u8> {
    let mut parts = parts.clone();
    if dice.one_in(3) {
        let place = dice.below(parts.columns.len());
        if let Some((specification, _)) = parts.columns.get_mut(place) {
            *specification |= 0b1000;
        }
        return parts.chunk();
    }
    let chunk = parts.chunk();
    let mut data = chunk.get(9..).unwrap_or_default();
    read_leb(&mut data);
    seal(data, *dice.pick(&[0, 2, 3, 4, 255]).unwrap_or(&2))
}

fn wrong_checksum(dice: &mut Dice, parts: &Parts) -> Vec<u8> {
    let mut chunk = parts.chunk();
    if let Some(byte) = chunk.get_mut(4 + dice.below(4)) {
        *byte ^= 1 << dice.below(8);
    }
    chunk
}

fn actor(dice: &mut Dice, parts: &mut Parts) {
    match dice.below(4) {
        0 => parts
            .actor
            .iter_mut()
            .take(8)
            .for_each(|byte| *byte = dice.byte()),
        1 => parts.actor.truncate(dice.below(16)),
        2 => parts.actor.extend(vec![0; 1 + dice.below(300)]),
        // A life of its database that this device never had: its own to choose.
        _ => {
            parts
                .actor
                .iter_mut()
                .skip(8)
                .for_each(|byte| *byte = dice.byte());
            parts.seq = 1;
        }
    }
}

fn nearby(dice: &mut Dice, number: u64) -> u64 {
    match dice.below(4) {
        0 => number.wrapping_add(1 + dice.roll() % 3),
        1 => number.wrapping_sub(1),
        2 => 0,
        _ => dice.nasty(),
    }
}

fn huge(dice: &mut Dice, parts: &mut Parts) {
    match dice.below(4) {
        0 => parts.start_op = nearby(dice, parts.start_op),
        1 => parts.time = dice.nasty().cast_signed(),
        2 => {
            // A counter, or a step of one, at the end of what fits.
            let value = signed_leb(dice.nasty().cast_signed());
            let kind = if dice.one_in(2) { 8 } else { 4 };
            parts.set_column(
                0x56,
                [vec![0x7f], leb((value.len() as u64) << 4 | kind)].concat(),
            );
            parts.set_column(0x57, value);
        }
        _ => {
            let counter = signed_leb(dice.nasty().cast_signed());
            let which = *dice.pick(&[0x02, 0x13, 0x73]).unwrap_or(&0x13);
            parts.set_column(which, [vec![0x7f], counter].concat());
        }
    }
}

fn dependencies(dice: &mut Dice, parts: &mut Parts, other: &Parts) {
    match dice.below(5) {
        0 => parts.dependencies.clear(),
        1 => parts.dependencies.clone_from(&other.dependencies),
        2 => parts
            .dependencies
            .extend(other.dependencies.iter().copied()),
        3 => {
            let again = parts.dependencies.clone();
            parts.dependencies.extend(again);
        }
        _ => {
            for hash in &mut parts.dependencies {
                hash.fill(dice.byte());
            }
        }
    }
}

fn other_actors(dice: &mut Dice, parts: &mut Parts) {
    match dice.below(3) {
        0 => parts.others.clear(),
        1 => parts.others.push(vec![dice.byte(); 16]),
        _ => parts
            .others
            .extend((0..dice.below(2_000)).map(|_| vec![dice.byte(); dice.below(18)])),
    }
}

fn baggage(dice: &mut Dice, parts: &mut Parts) {
    let words = b"words that outlive an erasure".to_vec();
    if dice.one_in(2) {
        parts.message = words;
    } else {
        parts.rest = words;
    }
}

fn wrong_length(dice: &mut Dice, parts: &Parts) -> Vec<u8> {
    let mut chunk = parts.chunk();
    if dice.one_in(2) {
        chunk.truncate(dice.below(chunk.len()));
    } else {
        chunk.extend(vec![0; 1 + dice.below(40)]);
    }
    chunk
}
