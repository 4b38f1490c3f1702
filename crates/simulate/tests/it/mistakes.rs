//! Does the simulator find mistakes? Each is made by the real code, and must be caught within so many histories.

use std::fmt::Write as _;

use mistake::Mistake;
use simulate::{History, Stage, play_wrongly};

/// Histories within which a mistake is caught.
const fn within(mistake: Mistake) -> u64 {
    match mistake {
        _ => 60,
    }
}

#[test]
fn every_mistake_is_caught_within_its_number_of_histories() {
    let alone = crate::histories::ALONE.lock();
    let mut stage = Stage::new().unwrap();
    let (mut told, mut missed) = (String::new(), Vec::new());
    for mistake in Mistake::ALL {
        let caught = (1..=within(*mistake)).find_map(|seed| {
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
