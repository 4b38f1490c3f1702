//! Changes made to hurt: any that gets through must leave the document as sound as it was.

use std::collections::BTreeMap;

use admission::{Batch, Refusal, admit_snapshot};
use automerge::Automerge;
use hostile::{Dice, Parts, Rounds, forge, mutate, seal};

use crate::making::*;

fn refusal(before: &[u8], raw: Vec<u8>) -> Refusal {
    push(Some(before), &CLAIM, &[raw])
        .verdicts
        .remove(0)
        .unwrap_err()
}

fn before_and_change() -> (Vec<u8>, Vec<u8>) {
    let mut made = rich_document();
    (made.save_nocompress(), rich_change(&mut made))
}

/// What is between the length and the end of a chunk.
fn data(chunk: &[u8]) -> &[u8] {
    let mut rest = &chunk[9..];
    hostile::read_leb(&mut rest).unwrap();
    rest
}

#[test]
fn deflated_document_and_bundle_chunks_are_refused_unread() {
    let (before, raw) = before_and_change();
    let with_type = |kind| seal(data(&raw), kind);
    let another = Refusal::NotAChange("a chunk of another type");
    assert_eq!(refusal(&before, with_type(0)), another);
    assert_eq!(
        refusal(&before, with_type(2)),
        Refusal::NotAChange("a deflated chunk")
    );
    assert_eq!(refusal(&before, with_type(3)), another);
    assert_eq!(refusal(&before, before.clone()), another);
}

#[test]
fn a_wrong_checksum_or_length_is_refused() {
    let (before, raw) = before_and_change();
    let mut wrong = raw.clone();
    wrong[5] ^= 1;
    assert_eq!(refusal(&before, wrong), Refusal::Checksum);
    let mut longer = raw.clone();
    longer.push(0);
    assert_eq!(
        refusal(&before, longer),
        Refusal::NotAChange("its length is not right")
    );
    for cut in 0..raw.len() {
        refusal(&before, raw[..cut].to_vec());
    }
}

#[test]
fn a_forged_first_operation_number_is_refused() {
    let (before, raw) = before_and_change();
    let mut forged = parts(&raw);
    forged.start_op += 1;
    assert_eq!(
        refusal(&before, forged.chunk()),
        Refusal::Causality("its first operation has the wrong number")
    );
    let mut forged = parts(&raw);
    forged.seq += 1;
    assert_eq!(refusal(&before, forged.chunk()), Refusal::MissingDeps);
}

/// Hostile changes do not panic, and none that passed steps 1 to 6 fails its trial: the steps before it are complete.
#[test]
fn forged_changes_that_get_through_leave_a_document_that_saves_loads_and_goes_on() {
    let mut made = rich_document();
    let before = made.save_nocompress();
    let honest = parts(&rich_change(&mut made));
    let other = parts(&all(&made)[1]);
    let mut trials = BTreeMap::new();
    for seed in Rounds::at_least(2_000) {
        let mut dice = Dice::new(seed);
        let (attack, raw) = forge(&mut dice, &honest, &other);
        let batch = push(Some(&before), &CLAIM, &[raw]);
        if let Err(refusal @ (Refusal::Panicked | Refusal::Unappliable | Refusal::Unsafe)) =
            &batch.verdicts[0]
        {
            trials
                .entry(format!("{attack:?} {refusal}"))
                .or_insert(seed);
        }
        survives(&batch, seed);
    }
    assert!(
        trials.is_empty(),
        "left to the trial (attack, refusal, seed): {trials:?}"
    );
}

#[test]
fn changes_forged_on_top_of_forged_ones_do_not_add_up_to_harm() {
    for seed in Rounds::at_least(20) {
        let mut dice = Dice::new(seed);
        let mut made = rich_document();
        let mut saved = made.save_nocompress();
        let mut pool: Vec<Parts> = all(&made).iter().map(|raw| parts(raw)).collect();
        pool.push(parts(&rich_change(&mut made)));
        for _ in 0..40 {
            let honest = dice.pick(&pool).unwrap().clone();
            let other = dice.pick(&pool).unwrap().clone();
            let (_, raw) = forge(&mut dice, &fitted(honest, &saved), &other);
            let batch = push(Some(&saved), &CLAIM, std::slice::from_ref(&raw));
            survives(&batch, seed);
            if let Some(merged) = batch.merged {
                saved = merged.bytes;
                pool.push(parts(&raw));
            }
        }
        let taken = admit_snapshot(saved, ID).unwrap();
        assert!(!taken.heads.is_empty(), "seed {seed}");
    }
}

#[test]
fn forged_documents_are_refused_or_load_the_same_again() {
    let mut made = rich_document();
    rich_change(&mut made);
    let honest = made.save_nocompress();
    for seed in Rounds::at_least(2_000) {
        let mut dice = Dice::new(seed);
        let forged = mutate(&mut dice, data(&honest), &[]);
        let chunk = seal(&forged, 0);
        if let Ok(taken) = admit_snapshot(chunk, ID) {
            let again = Automerge::load(&taken.document.save_nocompress()).unwrap();
            assert_eq!(again.get_heads(), taken.document.get_heads(), "seed {seed}");
        }
    }
}

/// The change as an attacker would make it for the document as it is now.
fn fitted(mut parts: Parts, saved: &[u8]) -> Parts {
    let document = Automerge::load(saved).unwrap();
    let history = document.get_changes_meta(&[]);
    let of_actor = history
        .iter()
        .filter(|change| change.actor.to_bytes() == parts.actor);
    parts.seq = of_actor.count() as u64 + 1;
    parts.start_op = history.iter().map(|change| change.max_op).max().unwrap() + 1;
    parts.dependencies = document.get_heads().iter().map(|head| head.0).collect();
    parts
}

fn survives(batch: &Batch, seed: u64) {
    let Some(merged) = &batch.merged else {
        return;
    };
    let again = Automerge::load(&merged.bytes).unwrap();
    assert_eq!(
        again.get_heads(),
        merged.document.get_heads(),
        "seed {seed}"
    );
    assert_eq!(
        again.hydrate(None),
        merged.document.hydrate(None),
        "seed {seed}"
    );
    // And an honest edit goes on from there.
    let mut again = again.with_actor(actor(OTHER_DEVICE, 200));
    let next = put(&mut again, "name", "later");
    let after = push(Some(&merged.bytes), &FROM_SERVER, &[next]);
    assert!(after.merged.is_some(), "seed {seed}: {:?}", after.verdicts);
}
