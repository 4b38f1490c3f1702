//! Bytes made to hurt.

use admission::Refusal;
use automerge::transaction::Transactable;
use automerge::{Automerge, ObjType, ROOT};

use crate::making::*;

/// A change with many sorts of operations, and the document before it.
fn rich_change() -> (Vec<u8>, Vec<u8>) {
    let mut made = document();
    put(&mut made, "name", "Fatima");
    let before = made.save_nocompress();
    let mut tx = made.transaction();
    let body = tx.put_object(ROOT, "body", ObjType::Text).unwrap();
    tx.splice_text(&body, 0, 0, "oversteek bij school").unwrap();
    tx.splice_text(&body, 3, 2, "XX").unwrap();
    let set = tx.put_object(ROOT, "roles", ObjType::Map).unwrap();
    tx.put(&set, "resident", true).unwrap();
    tx.put(ROOT, "name", "Fatima el Amrani").unwrap();
    tx.delete(ROOT, "name").unwrap();
    tx.commit();
    (before, last(&made))
}

fn refusal(before: &[u8], raw: Vec<u8>) -> Refusal {
    push(Some(before), &CLAIM, &[raw])
        .verdicts
        .remove(0)
        .unwrap_err()
}

#[test]
fn deflated_document_and_bundle_chunks_are_refused_unread() {
    let (before, raw) = rich_change();
    let with_type = |kind| reseal(data(&raw), kind);
    assert_eq!(
        refusal(&before, with_type(0)),
        Refusal::NotAChange("a chunk of another type")
    );
    assert_eq!(
        refusal(&before, with_type(2)),
        Refusal::NotAChange("a deflated chunk")
    );
    assert_eq!(
        refusal(&before, with_type(3)),
        Refusal::NotAChange("a chunk of another type")
    );
    assert_eq!(
        refusal(&before, before.clone()),
        Refusal::NotAChange("a chunk of another type")
    );
}

#[test]
fn a_wrong_checksum_or_length_is_refused() {
    let (before, raw) = rich_change();
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
    let (before, raw) = rich_change();
    // dependency count 1 ‖ hash 32 ‖ actor length ‖ actor 16 ‖ seq ‖ start_op
    let mut forged = data(&raw).to_vec();
    let start_op = 1 + 32 + 1 + 16 + 1;
    forged[start_op] += 1;
    assert_eq!(
        refusal(&before, reseal(&forged, 1)),
        Refusal::Causality("its first operation has the wrong number")
    );
    let mut next_seq = data(&raw).to_vec();
    next_seq[start_op - 1] += 1;
    assert_eq!(refusal(&before, reseal(&next_seq, 1)), Refusal::MissingDeps);
}

#[test]
fn tampered_changes_with_right_checksums_never_get_through_harmfully() {
    let (before, raw) = rich_change();
    let original = data(&raw).to_vec();
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    let mut roll = || {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        dice as usize
    };
    let mut admitted = 0;
    for _ in 0..4_000 {
        let mut forged = original.clone();
        for _ in 0..=roll() % 3 {
            let at = roll() % forged.len();
            forged[at] = roll() as u8;
        }
        if let Some(merged) = push(Some(&before), &CLAIM, &[reseal(&forged, 1)]).merged {
            admitted += 1;
            let again = Automerge::load(&merged.bytes).unwrap();
            assert_eq!(again.get_heads(), merged.document.get_heads());
        }
    }
    assert!(
        admitted < 2_000,
        "{admitted} of 4,000 forged changes were let in"
    );
}
