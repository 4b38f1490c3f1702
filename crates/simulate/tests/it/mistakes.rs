//! Does the simulator find mistakes? Each is made by the real code, and must be caught within so many histories.

use std::fmt::Write as _;

use mistake::Mistake;
use simulate::{History, Stage, play_wrongly};

/// Histories within which every mistake is caught.
const WITHIN: u64 = 200;

/// Mistakes that need more luck than that: a server put back to a backup between an erasure and the next exchange, or a
/// right taken and given back between two edits of one record.
const RARE: &[Mistake] = &[Mistake::IgnoredMissing, Mistake::ForgottenLedger];

#[test]
fn every_mistake_is_caught_within_its_number_of_histories() {
    let alone = crate::histories::ALONE.lock();
    let mut stage = Stage::new().unwrap();
    let (mut told, mut missed) = (String::new(), Vec::new());
    let frequent = Mistake::ALL
        .iter()
        .filter(|mistake| !RARE.contains(mistake));
    for mistake in frequent {
        let caught = (1..=WITHIN).find_map(|seed| {
            let broken = play_wrongly(&mut stage, &History::roll(seed), *mistake).unwrap()?;
            Some((seed, broken))
        });
        match caught {
            Some((seed, broken)) => {
                writeln!(told, "{mistake:?}: history {seed}: {broken}").unwrap()
            }
            None => missed.push(*mistake),
        }
    }
    println!("{told}");
    assert_eq!(missed, [], "not caught");
    drop(alone);
}
