//! Edits made again on a copy that went on without them.

use std::collections::{BTreeSet, HashSet};

use automerge::ChangeHash;
use domain::document::{Document, Edit};
use domain::ids::DeviceId;
use serde_json::{Value, json};

use crate::copies::{Copy, meet, object, stamp};

fn contact() -> Copy {
    Copy::new(
        "contact",
        json!({
            "name": "Kees", "street": "Malakkastraat", "met": "Bij de school.", "languages": ["nl", "fr"],
            "ways": { "a": { "kind": "phone", "value": "030 1" }, "b": { "kind": "phone", "value": "030 2" } },
        }),
    )
}

/// The edits that only one of the copies holds.
fn only_in(one: &Copy, other: &Copy) -> Vec<Edit> {
    let hashes = |copy: &Copy| -> BTreeSet<ChangeHash> {
        let changes = copy.document.automerge().get_changes(&[]);
        changes.iter().map(automerge::Change::hash).collect()
    };
    let only: HashSet<_> = hashes(one).difference(&hashes(other)).copied().collect();
    one.document.edits(&only).unwrap()
}

/// Makes them again as the same device in its second life.
fn replay(onto: &mut Copy, edits: &[Edit]) {
    let actor = DeviceId([1; 8]).actor([2; 8]);
    let changes = onto.document.replay(edits, &actor).unwrap();
    onto.changes
        .extend(changes.iter().map(|change| change.raw_bytes().to_vec()));
    let again = Document::load(None, onto.changes.iter().map(Vec::as_slice)).unwrap();
    assert_eq!(again.heads(), onto.document.heads());
}

fn values(copy: &Copy, path: &str) -> BTreeSet<String> {
    let conflicts = copy.conflicts();
    let found = conflicts.iter().find(|conflict| conflict.path == path);
    let values = found.map(|conflict| &conflict.values).into_iter().flatten();
    values.map(|value| value.value.to_string()).collect()
}

#[test]
fn an_edit_made_again_meets_what_was_written_meanwhile_as_if_made_at_the_same_time() {
    let mut there = contact();
    let mut here = there.clone();
    there.edit(
        1,
        json!({ "street": "Balistraat", "town": "Utrecht", "met": "Bij de school. Belt dinsdag.",
                "languages": ["fr", "nl", "tr"], "ways": { "a": { "value": "030 9" } } }),
    );
    here.edit(
        2,
        json!({ "street": "Javastraat", "met": "Om 08:20 bij de school.", "languages": ["nl"] }),
    );
    here.edit(
        3,
        json!({ "ways": { "b": null, "c": { "kind": "phone", "value": "030 3" } } }),
    );
    let edits = only_in(&here, &there);
    replay(&mut there, &edits);
    assert_eq!(
        values(&there, "street"),
        BTreeSet::from(["\"Balistraat\"".to_owned(), "\"Javastraat\"".to_owned()])
    );
    let fields = there.fields();
    assert_eq!(fields["town"], "Utrecht");
    assert_eq!(fields["met"], "Om 08:20 bij de school. Belt dinsdag.");
    assert_eq!(fields["languages"], json!(["nl", "tr"]));
    assert_eq!(
        fields["ways"],
        json!({ "a": { "kind": "phone", "value": "030 9" }, "c": { "kind": "phone", "value": "030 3" } })
    );
}

#[test]
fn what_is_made_again_keeps_its_moment_and_its_device() {
    let mut there = contact();
    let mut here = there.clone();
    there.edit(1, json!({ "town": "Utrecht" }));
    here.edit(2, json!({ "street": "Javastraat" }));
    let edits = only_in(&here, &there);
    replay(&mut there, &edits);
    let last = there.document.history().unwrap().pop().unwrap();
    assert_eq!(
        (last.device, last.at),
        (Some(DeviceId([1; 8])), stamp(1, 2).at)
    );
    assert_eq!(last.before.get("street"), Some(&json!("Malakkastraat")));
    assert_eq!(last.after.get("street"), Some(&json!("Javastraat")));
}

#[test]
fn a_choice_between_two_values_is_made_again_too() {
    let mut there = contact();
    let mut colleague = there.on(2);
    there.edit(1, json!({ "street": "Balistraat" }));
    colleague.edit(1, json!({ "street": "Javastraat" }));
    meet(&mut there, &mut colleague);
    let mut here = there.clone();
    there.edit(2, json!({ "town": "Utrecht" }));
    let shown = here.fields()["street"].clone();
    here.settle(3, "street", &shown);
    let edits = only_in(&here, &there);
    replay(&mut there, &edits);
    assert_eq!(there.conflicts(), []);
    assert_eq!(there.fields()["street"], shown);
}

#[test]
fn nothing_is_written_for_what_is_there_already() {
    let mut there = contact();
    let mut here = there.clone();
    there.edit(1, json!({ "town": "Utrecht" }));
    here.edit(2, json!({ "street": "Javastraat" }));
    let edits = only_in(&here, &there);
    replay(&mut there, &edits);
    let before = there.changes.len();
    let edits = only_in(&here, &there);
    replay(&mut there, &edits);
    let mut values: Vec<Value> = Vec::new();
    for conflict in there.conflicts() {
        values.extend(conflict.values.into_iter().map(|value| value.value));
    }
    assert_eq!(values, Vec::<Value>::new());
    assert_eq!(there.fields()["street"], "Javastraat");
    assert!(there.changes.len() <= before + 1);
}

#[test]
fn on_a_record_that_began_anew_only_the_difference_is_made_again() {
    let mut here = contact();
    here.edit(
        1,
        json!({ "met": "Bij de school. Belt dinsdag.", "street": "Javastraat" }),
    );
    // The same record without a past: its text lost words, and a colleague went on with it.
    let there = Document::create(
        here.document.id(),
        here.document.kind(),
        &object(json!({ "name": "Kees de Wit", "met": "School." })),
        &stamp(3, 2),
    );
    let (mut there, _) = there.unwrap();
    let late: HashSet<_> = here.document.heads().into_iter().collect();
    let edits = here.document.edits(&late).unwrap();
    there
        .replay(&edits, &DeviceId([1; 8]).actor([2; 8]))
        .unwrap();
    assert_eq!(
        Value::Object(there.fields().unwrap()),
        json!({ "name": "Kees de Wit", "met": "School. Belt dinsdag.", "street": "Javastraat" })
    );
}
