//! What is let in, what is not, and what one bad change does to its neighbours.

use admission::{Refusal, Stored, Verdict, admit_all, admit_snapshot, change_hash};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, ObjType, ROOT, ReadDoc};
use uuid::Uuid;

use crate::making::*;

fn refusals(batch: &admission::Batch) -> Vec<Option<Refusal>> {
    batch
        .verdicts
        .iter()
        .map(|verdict| verdict.as_ref().err().cloned())
        .collect()
}

#[test]
fn honest_changes_are_let_in_and_come_back_merged() {
    let mut made = document();
    put(&mut made, "name", "Fatima");
    let raws = all(&made);
    let batch = push(None, &CLAIM, &raws);
    let merged = batch.merged.unwrap();
    let hash = |raw: &Vec<u8>| change_hash(raw).unwrap();
    assert_eq!(
        batch.verdicts,
        raws.iter()
            .map(|raw| Ok(Verdict::New(hash(raw))))
            .collect::<Vec<_>>()
    );
    assert_eq!(merged.heads, vec![hash(&raws[1])]);
    assert_eq!(
        merged
            .document
            .get(ROOT, "name")
            .unwrap()
            .unwrap()
            .0
            .as_str(),
        Some("Fatima")
    );
    let again = Automerge::load(&merged.bytes).unwrap();
    assert_eq!(again.get_heads(), merged.document.get_heads());
}

#[test]
fn what_was_sent_twice_is_a_duplicate_also_within_one_push() {
    let mut made = document();
    let raw = put(&mut made, "name", "Fatima");
    let mut raws = all(&made);
    raws.push(raw);
    let batch = push(None, &CLAIM, &raws);
    assert!(matches!(batch.verdicts[2], Ok(Verdict::Duplicate(_))));
    let bytes = batch.merged.unwrap().bytes;
    let again = push(Some(&bytes), &CLAIM, &raws);
    assert!(
        again
            .verdicts
            .iter()
            .all(|verdict| matches!(verdict, Ok(Verdict::Duplicate(_))))
    );
    assert!(again.merged.is_none());
}

#[test]
fn a_change_whose_predecessor_is_missing_is_refused_and_the_others_are_not() {
    let mut made = document();
    for name in ["a", "b", "c"] {
        put(&mut made, "name", name);
    }
    let mut raws = all(&made);
    let later = raws.pop().unwrap();
    raws.pop();
    raws.push(later);
    let batch = push(None, &CLAIM, &raws);
    assert_eq!(refusals(&batch), [None, None, Some(Refusal::MissingDeps)]);
    assert_eq!(
        batch.merged.unwrap().heads,
        vec![change_hash(&raws[1]).unwrap()]
    );
}

#[test]
fn two_changes_with_one_number_are_a_fork() {
    let mut made = document();
    let bytes = made.save_nocompress();
    let mut copy = Automerge::load(&bytes)
        .unwrap()
        .with_actor(actor(DEVICE, 0));
    put(&mut made, "name", "here");
    let forked = put(&mut copy, "name", "on the copied phone");
    let batch = push(Some(&made.save_nocompress()), &CLAIM, &[forked]);
    assert_eq!(refusals(&batch), [Some(Refusal::ActorFork)]);
}

#[test]
fn a_device_cannot_write_in_the_name_of_another() {
    let raws = all(&document());
    let claim = admission::Claim {
        document: ID,
        device: Some(OTHER_DEVICE),
    };
    assert_eq!(
        refusals(&push(None, &claim, &raws)),
        [Some(Refusal::ForeignActor)]
    );
    assert!(
        push(None, &FROM_SERVER, &raws).merged.is_some(),
        "the server judged it already"
    );
}

#[test]
fn a_document_carries_its_own_id_from_the_first_change_on() {
    let mut nameless = Automerge::new().with_actor(actor(DEVICE, 0));
    put(&mut nameless, "name", "who am I");
    assert_eq!(
        refusals(&push(None, &CLAIM, &all(&nameless))),
        [Some(Refusal::WrongDocument)]
    );

    let elsewhere = admission::Claim {
        document: Uuid::from_u128(5),
        ..CLAIM
    };
    assert_eq!(
        refusals(&push(None, &elsewhere, &all(&document()))),
        [Some(Refusal::WrongDocument)]
    );

    let mut made = document();
    let before = made.save_nocompress();
    let renamed = put(&mut made, "id", "another");
    assert_eq!(
        refusals(&push(Some(&before), &CLAIM, &[renamed])),
        [Some(Refusal::WrongDocument)]
    );
}

#[test]
fn one_change_that_fails_its_trial_takes_only_its_successors_with_it() {
    let mut made = document();
    let before = made.save_nocompress();
    let good = put(&mut made, "name", "good");
    let bad = put(&mut made, "id", "another");
    let after = put(&mut made, "name", "after the bad one");
    let mut colleague = Automerge::load(&before)
        .unwrap()
        .with_actor(actor(DEVICE, 9));
    let independent = put(&mut colleague, "street", "independent");
    let batch = push(Some(&before), &CLAIM, &[good, bad, after, independent]);
    assert_eq!(
        refusals(&batch),
        [
            None,
            Some(Refusal::WrongDocument),
            Some(Refusal::MissingDeps),
            None
        ]
    );
    let merged = batch.merged.unwrap().document;
    assert_eq!(
        merged.get(ROOT, "street").unwrap().unwrap().0.as_str(),
        Some("independent")
    );
    assert_eq!(
        merged.get(ROOT, "id").unwrap().unwrap().0.as_str(),
        Some(ID.to_string().as_str())
    );
}

#[test]
fn concurrent_edits_text_and_deletions_pass() {
    let mut here = document();
    let mut tx = here.transaction();
    let body = tx.put_object(ROOT, "body", ObjType::Text).unwrap();
    tx.splice_text(&body, 0, 0, "hallo daar").unwrap();
    let tags = tx.put_object(ROOT, "tags", ObjType::Map).unwrap();
    tx.put(&tags, "x", true).unwrap();
    tx.commit();
    let mut there = Automerge::load(&here.save_nocompress())
        .unwrap()
        .with_actor(actor(OTHER_DEVICE, 3));
    let mut tx = there.transaction();
    tx.splice_text(&body, 5, 5, ", wereld").unwrap();
    tx.delete(&tags, "x").unwrap();
    tx.commit();
    put(&mut here, "name", "tegelijk");
    here.merge(&mut there).unwrap();
    put(&mut here, "name", "samen");
    let batch = push(None, &FROM_SERVER, &all(&here));
    assert_eq!(refusals(&batch), vec![None; 5]);
    assert_eq!(batch.merged.unwrap().document.get_heads(), here.get_heads());
}

#[test]
fn messages_and_operations_over_the_limit_are_refused() {
    let mut made = document();
    let before = made.save_nocompress();
    let mut tx = made.transaction();
    tx.put(ROOT, "name", "x").unwrap();
    tx.commit_with(CommitOptions::default().with_message("talk that outlives an erasure"));
    assert_eq!(
        refusals(&push(Some(&before), &CLAIM, &[last(&made)])),
        [Some(Refusal::Baggage("a message"))]
    );

    let mut made = Automerge::load(&before)
        .unwrap()
        .with_actor(actor(DEVICE, 1));
    let mut tx = made.transaction();
    let body = tx.put_object(ROOT, "body", ObjType::Text).unwrap();
    tx.splice_text(&body, 0, 0, &"x".repeat(20_001)).unwrap();
    tx.commit();
    assert_eq!(
        refusals(&push(Some(&before), &CLAIM, &[last(&made)])),
        [Some(Refusal::TooMany("operations"))]
    );

    let mut made = Automerge::load(&before)
        .unwrap()
        .with_actor(actor(DEVICE, 2));
    let letter = put(&mut made, "body", &"x".repeat(70_000));
    assert_eq!(
        refusals(&push(Some(&before), &CLAIM, &[letter])),
        [Some(Refusal::ChangeTooBig)]
    );
}

#[test]
fn the_tail_of_the_store_counts_as_stored() {
    let mut made = document();
    let snapshot = made.save_nocompress();
    let tail = put(&mut made, "name", "in the tail");
    let next = put(&mut made, "name", "from the server");
    let stored = Stored {
        snapshot: Some(&snapshot),
        tail: &[&tail],
    };
    let judged = admit_all(stored, &FROM_SERVER, &[&next]).unwrap();
    assert_eq!(
        judged.verdicts,
        [Ok(Verdict::New(change_hash(&next).unwrap()))]
    );
    assert_eq!(
        judged.merged.unwrap().document.get_heads(),
        made.get_heads()
    );
    let again = admit_all(stored, &FROM_SERVER, &[&tail]).unwrap();
    assert!(again.merged.is_none());
}

#[test]
fn a_damaged_store_is_not_blamed_on_the_change() {
    let raws = all(&document());
    let stored = Stored {
        snapshot: Some(b"no document at all"),
        tail: &[],
    };
    assert!(admit_all(stored, &CLAIM, &[&raws[0]]).is_err());
}

#[test]
fn snapshots_are_taken_whole_or_not_at_all() {
    let mut made = document();
    put(
        &mut made,
        "name",
        &"long enough to be worth compressing ".repeat(20),
    );
    let bytes = made.save_nocompress();
    let merged = admit_snapshot(bytes.clone(), ID).unwrap();
    assert_eq!(merged.document.get_heads(), made.get_heads());
    assert_eq!(
        admit_snapshot(bytes.clone(), Uuid::from_u128(5)).unwrap_err(),
        Refusal::WrongDocument
    );
    assert_eq!(
        admit_snapshot(made.save(), ID).unwrap_err(),
        Refusal::Columns("a deflated column")
    );
    let mut flipped = bytes.clone();
    *flipped.last_mut().unwrap() ^= 1;
    assert_eq!(admit_snapshot(flipped, ID).unwrap_err(), Refusal::Checksum);
    for cut in 0..bytes.len() {
        assert!(
            admit_snapshot(bytes[..cut].to_vec(), ID).is_err(),
            "cut at {cut}"
        );
    }
    assert!(
        admit_snapshot(last(&made), ID).is_err(),
        "a change is not a snapshot"
    );
}
