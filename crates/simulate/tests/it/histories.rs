//! Histories played in one process, one after another: the disks under SQLite are shared.

use std::sync::{Mutex, MutexGuard, PoisonError};

use simulate::{History, Stage, play};

/// Seeds played here; `cargo xtask simulate` plays as many as one wants.
const SEEDS: std::ops::Range<u64> = 1..31;

/// One at a time in a process.
pub(crate) static ALONE: Mutex<()> = Mutex::new(());

fn stage() -> (MutexGuard<'static, ()>, Stage) {
    let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    (alone, Stage::new().unwrap())
}

#[test]
fn the_same_seed_plays_the_same_history_again() {
    let (_alone, mut stage) = stage();
    for seed in [3, 14, 15] {
        let history = History::roll(seed);
        let first = play(&mut stage, &history, true).unwrap();
        let second = play(&mut stage, &history, true).unwrap();
        assert_eq!(first.told, second.told, "seed {seed}");
        assert_eq!(first.digest, second.digest, "seed {seed}");
    }
}

#[test]
fn whatever_happens_every_promise_is_kept() {
    let (_alone, mut stage) = stage();
    for seed in SEEDS {
        let history = History::roll(seed);
        let outcome = play(&mut stage, &history, false).unwrap();
        assert_eq!(
            outcome.violation, None,
            "seed {seed}; `cargo xtask simulate --histories 1 --seed {seed}` makes it short"
        );
    }
}

#[test]
fn what_broke_a_promise_once_breaks_none_any_more() {
    let (_alone, mut stage) = stage();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/histories");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "json"))
        .collect();
    files.sort();
    for file in files {
        let history: History = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let outcome = play(&mut stage, &history, false).unwrap();
        assert_eq!(
            outcome.violation,
            None,
            "{}\n{}",
            file.display(),
            history.words()
        );
    }
}
