//! Any bytes, changed a little.

use crate::Dice;

/// Changes bytes in one to four places: bits, bytes, pieces taken out, doubled or moved, words of the format put in
/// where they do not belong.
#[must_use]
pub fn mutate(dice: &mut Dice, original: &[u8], words: &[&str]) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..=dice.below(4) {
        once(dice, &mut bytes, words);
    }
    bytes
}

fn once(dice: &mut Dice, bytes: &mut Vec<u8>, words: &[&str]) {
    let at = dice.below(bytes.len() + 1);
    let piece = piece(dice, bytes, at);
    match dice.below(9) {
        0 => flip(dice, bytes, at),
        1 => bytes.insert(at, dice.byte()),
        2 => drop(bytes.splice(piece, [])),
        3 => {
            let copy = bytes.get(piece).unwrap_or_default().to_vec();
            insert(bytes, at, &copy);
        }
        4 => {
            let moved: Vec<u8> = bytes.splice(piece, []).collect();
            let to = dice.below(bytes.len() + 1);
            insert(bytes, to, &moved);
        }
        5 => bytes.truncate(at),
        6 => {
            let word = dice.pick(words).copied().unwrap_or_default();
            insert(bytes, at, word.as_bytes());
        }
        7 => {
            let run = vec![dice.byte(); dice.below(300)];
            insert(bytes, at, &run);
        }
        _ => {
            let interesting = [
                0, 1, 0x7f, 0x80, 0xff, b'"', b'\n', b'\r', b';', b',', b':', 0xc3,
            ];
            if let (Some(byte), Some(new)) = (bytes.get_mut(at), dice.pick(&interesting)) {
                *byte = *new;
            }
        }
    }
}

fn flip(dice: &mut Dice, bytes: &mut [u8], at: usize) {
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << dice.below(8);
    }
}

fn piece(dice: &mut Dice, bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let longest = bytes.len().saturating_sub(at).min(64);
    at..at + dice.below(longest + 1)
}

fn insert(bytes: &mut Vec<u8>, at: usize, what: &[u8]) {
    drop(bytes.splice(at..at, what.iter().copied()));
}
