//! What one admission costs at most: every input at its limits, each in a process of its own.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use admission::limits::*;
use admission::{Stored, admit_all, admit_snapshot};
use automerge::transaction::{Transactable, Transaction};
use automerge::{Automerge, Change, ObjId, ObjType, ROOT};
use hostile::{leb, signed_leb};
use rustix::time::{ClockId, clock_gettime};

use crate::making::*;

/// The promise of docs/gate.md; automerge checks itself in debug builds, which takes time.
const MOST_TIME: Duration = Duration::from_millis(if cfg!(debug_assertions) { 600 } else { 250 });
const MOST_KIB: u64 = 64 * 1024;

const CASE: &str = "BUURTBOEK_COST_CASE";

#[test]
fn no_admission_takes_longer_than_250_ms_or_more_than_64_mib() {
    let folder = tempfile::tempdir().unwrap();
    for (name, snapshot, changes) in worst_cases() {
        let case = folder.path().join(name);
        std::fs::create_dir(&case).unwrap();
        std::fs::write(case.join("snapshot"), &snapshot).unwrap();
        for (place, raw) in changes.iter().enumerate() {
            std::fs::write(case.join(format!("change-{place:03}")), raw).unwrap();
        }
        let child = Command::new(std::env::current_exe().unwrap())
            .args([
                "cost::one_admission_in_a_process_of_its_own",
                "--exact",
                "--nocapture",
            ])
            .env(CASE, &case)
            .output()
            .unwrap();
        assert!(child.status.success(), "{name}: {child:?}");
        let figures = std::fs::read_to_string(case.join("figures")).unwrap();
        let mut figures = figures.split_whitespace();
        let micros: u64 = figures.next().unwrap().parse().unwrap();
        let kib: u64 = figures.next().unwrap().parse().unwrap();
        let told = figures.next().unwrap();
        println!(
            "{name}: {:.1} ms, {:.1} MiB, {told} ({} bytes)",
            micros as f64 / 1e3,
            kib as f64 / 1024.0,
            snapshot.len()
        );
        assert!(
            Duration::from_micros(micros) <= MOST_TIME,
            "{name}: {micros} µs"
        );
        assert!(kib <= MOST_KIB, "{name}: {kib} KiB");
    }
}

/// The other half of the test above: does nothing unless it is asked.
#[test]
fn one_admission_in_a_process_of_its_own() {
    let Some(case) = std::env::var_os(CASE) else {
        return;
    };
    let case = Path::new(&case);
    let snapshot = std::fs::read(case.join("snapshot")).unwrap();
    let changes: Vec<Vec<u8>> = hostile::corpus(case)
        .unwrap()
        .into_iter()
        .filter(|(name, _)| name.starts_with("change-"))
        .map(|(_, raw)| raw)
        .collect();
    let raws: Vec<&[u8]> = changes.iter().map(Vec::as_slice).collect();
    let (kib_before, cpu_before) = (memory("VmRSS:"), cpu());
    let told = if raws.is_empty() {
        admit_snapshot(snapshot, ID).map_or_else(|no| format!("{no:?}"), |_| "ok".to_owned())
    } else {
        let stored = Stored {
            snapshot: Some(&snapshot),
            tail: &[],
        };
        let batch = admit_all(stored, &CLAIM, &raws).unwrap();
        batch
            .verdicts
            .iter()
            .find_map(|verdict| verdict.as_ref().err())
            .map_or_else(|| "ok".to_owned(), |refusal| format!("{refusal:?}"))
    };
    let (cpu, kib) = (cpu() - cpu_before, memory("VmHWM:") - kib_before);
    let told = told.replace(char::is_whitespace, "_");
    std::fs::write(
        case.join("figures"),
        format!("{} {kib} {told}", cpu.as_micros()),
    )
    .unwrap();
}

fn cpu() -> Duration {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(
        now.tv_sec.unsigned_abs(),
        u32::try_from(now.tv_nsec).unwrap(),
    )
}

fn memory(which: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(which)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

type Case = (&'static str, Vec<u8>, Vec<Vec<u8>>);

/// A document, and the last change of this sort that it takes in.
type Full = (Vec<u8>, Vec<Vec<u8>>);

fn worst_cases() -> Vec<Case> {
    let (text, maps, changes) = (full_of_text(), full_of_maps(), full_of_changes());
    let actors = (text.0.clone(), many_actors(&text.0));
    let whole = |(before, _): &Full| (before.clone(), Vec::new());
    [
        ("document-of-one-letter", whole(&text)),
        ("document-of-maps", whole(&maps)),
        ("document-of-changes", whole(&changes)),
        ("text-of-one-letter", text),
        ("text-of-many-letters", full_of_letters()),
        ("maps-under-one-key", maps),
        ("keys", full_of_keys()),
        ("changes", changes),
        ("actors", actors),
    ]
    .into_iter()
    .map(|(name, (snapshot, changes))| (name, snapshot, changes))
    .collect()
}

fn full_of_text() -> Full {
    grown(|tx, body| tx.splice_text(body, 0, 0, &"x".repeat(18_000)).unwrap())
}

fn full_of_letters() -> Full {
    let letter = |n: u32| char::from_u32(0x4e00 + n * 7 % 9_000).unwrap();
    let words: String = (0..18_000).map(letter).collect();
    grown(|tx, body| tx.splice_text(body, 0, 0, &words).unwrap())
}

fn full_of_keys() -> Full {
    let mut round = 0;
    grown(|tx, _| {
        round += 1;
        for n in 0..4_000_u32 {
            tx.put(ROOT, format!("key {round} {n}"), i64::from(n))
                .unwrap();
        }
    })
}

/// Maps that all stand under one key, none instead of another: as no honest device makes them.
fn full_of_maps() -> Full {
    let mut made = document();
    let mut before = made.save_nocompress();
    let mut forged = parts(&put(&mut made, "name", "x"));
    let length = 19_000_u64;
    let run = |value: &[u8]| [signed_leb(length.cast_signed()), value.to_vec()].concat();
    forged.columns = vec![
        (0x15, run(&[1, b'k'])),
        (0x34, leb(length)),
        (0x42, run(&[0])),
        (0x56, run(&[0])),
        (0x70, run(&[0])),
    ];
    let mut made = Automerge::load(&before).unwrap();
    let mut fits = Vec::new();
    for _ in 0..MAX_DOCUMENT_OPS / length {
        before = made.save_nocompress();
        let raw = forged.chunk();
        let change = Change::try_from(raw.as_slice()).unwrap();
        forged.seq += 1;
        forged.start_op += length;
        forged.dependencies = vec![change.hash().0];
        made.apply_changes([change]).unwrap();
        fits = vec![raw];
    }
    (before, fits)
}

fn full_of_changes() -> Full {
    let mut made = document();
    let number = |n: u64| format!("name {n}");
    for n in 2..MAX_DOCUMENT_CHANGES {
        let mut tx = made.transaction();
        tx.put(ROOT, "name", number(n)).unwrap();
        tx.commit();
    }
    let before = made.save_nocompress();
    (before, vec![put(&mut made, "name", "one more")])
}

/// As many changes as are tried together, each from another life of the device's database.
fn many_actors(before: &[u8]) -> Vec<Vec<u8>> {
    let mut made = Automerge::load(before)
        .unwrap()
        .with_actor(actor(DEVICE, 0));
    let mut forged = parts(&put(&mut made, "name", "from yet another life"));
    let lives = 0..u16::try_from(MAX_PORTION_CHANGES).unwrap();
    let raws = lives.map(|life| {
        forged.actor[8..10].copy_from_slice(&life.wrapping_mul(131).to_be_bytes());
        forged.seq = 1;
        forged.chunk()
    });
    raws.collect()
}

fn grown(mut edit: impl FnMut(&mut Transaction<'_>, &ObjId)) -> Full {
    let mut made = document();
    let mut tx = made.transaction();
    let body = tx.put_object(ROOT, "body", ObjType::Text).unwrap();
    tx.commit();
    let mut fits = (Vec::new(), Vec::new());
    loop {
        let before = made.save_nocompress();
        let mut tx = made.transaction();
        edit(&mut tx, &body);
        tx.commit();
        let history = made.get_changes_meta(&[]);
        let count = |change: &automerge::ChangeMetadata<'_>| change.max_op + 1 - change.start_op;
        let operations: u64 = history.iter().map(count).sum();
        let saved = made.save_nocompress().len();
        if operations > MAX_DOCUMENT_OPS || saved > MAX_DOCUMENT_BYTES {
            return fits;
        }
        fits = (before, vec![last(&made)]);
    }
}

/// What a push costs that is neither full nor forged; told, and not judged by the clock.
#[test]
fn the_usual_push_is_told() {
    let mut made = rich_document();
    for n in 0..10 {
        put(&mut made, "street", &format!("Malakkastraat {n}"));
    }
    let before = made.save_nocompress();
    let change = [put(&mut made, "name", "Fatima el Amrani")];
    let rounds = 500;
    let started = cpu();
    for _ in 0..rounds {
        assert!(push(Some(&before), &CLAIM, &change).merged.is_some());
    }
    println!("one change: {} µs", (cpu() - started).as_micros() / rounds);
    let started = cpu();
    for _ in 0..rounds {
        admit_snapshot(before.clone(), ID).unwrap();
    }
    println!(
        "one whole document: {} µs",
        (cpu() - started).as_micros() / rounds
    );
}
