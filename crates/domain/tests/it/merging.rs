//! Edits by several people at the same time.

use domain::ids::DeviceId;
use serde_json::{Value, json};

use crate::copies::{Copy, meet, stamp};

fn contact() -> (Copy, Copy) {
    let one = Copy::new(
        "contact",
        json!({ "name": "Kees", "street": "Malakkastraat", "languages": ["nl", "fr"] }),
    );
    let other = one.on(2);
    (one, other)
}

#[test]
fn two_lines_for_one_field_are_both_kept_with_who_and_when() {
    let (mut one, mut other) = contact();
    one.edit(1, json!({ "street": "Balistraat" }));
    other.edit(2, json!({ "street": "Javastraat" }));
    meet(&mut one, &mut other);
    let conflict = one.conflicts().remove(0);
    assert_eq!(
        (conflict.path.as_str(), conflict.can_hold_both),
        ("street", true)
    );
    let mut said: Vec<_> = conflict
        .values
        .iter()
        .map(|value| {
            (
                value.value.clone(),
                value.device.clone().unwrap(),
                value.at.unwrap(),
            )
        })
        .collect();
    said.sort_by_key(|(_, device, _)| device.clone());
    assert_eq!(
        said,
        [
            (
                json!("Balistraat"),
                DeviceId([1; 8]).to_string(),
                stamp(1, 1).at
            ),
            (
                json!("Javastraat"),
                DeviceId([2; 8]).to_string(),
                stamp(2, 2).at
            ),
        ]
    );
    assert_eq!(
        one.fields()["street"],
        conflict.values.last().unwrap().value
    );
}

#[test]
fn a_choice_settles_it_for_everybody_and_other_fields_keep_their_disagreement() {
    let (mut one, mut other) = contact();
    one.edit(1, json!({ "street": "Balistraat", "consent": "given" }));
    other.edit(2, json!({ "street": "Javastraat", "consent": "refused" }));
    meet(&mut one, &mut other);
    assert_eq!(one.conflicts().len(), 2);
    for value in ["Balistraat", "Javastraat", "Balistraat / Javastraat"] {
        let (mut one, mut other) = (one.clone(), other.clone());
        assert!(one.settle(3, "street", &json!(value)), "{value}");
        meet(&mut one, &mut other);
        assert_eq!(other.fields()["street"], value);
        let open: Vec<_> = other
            .conflicts()
            .into_iter()
            .map(|conflict| conflict.path)
            .collect();
        assert_eq!(open, ["consent"], "{value}");
    }
}

#[test]
fn saving_the_form_again_settles_nothing_unasked() {
    let (mut one, mut other) = contact();
    one.edit(1, json!({ "street": "Balistraat" }));
    other.edit(2, json!({ "street": "Javastraat" }));
    meet(&mut one, &mut other);
    let shown = one.fields()["street"].clone();
    assert!(!one.edit(3, json!({ "street": shown })));
    assert!(one.edit(4, json!({ "street": shown, "town": "Utrecht" })));
    assert_eq!(one.conflicts().len(), 1);
}

#[test]
fn a_choice_and_a_new_value_at_the_same_time_disagree_again() {
    let (mut one, mut other) = contact();
    one.edit(1, json!({ "street": "Balistraat" }));
    other.edit(2, json!({ "street": "Javastraat" }));
    meet(&mut one, &mut other);
    one.settle(3, "street", &json!("Balistraat"));
    other.edit(4, json!({ "street": "Sumatrastraat" }));
    meet(&mut one, &mut other);
    let mut values: Vec<Value> = one.conflicts()[0]
        .values
        .iter()
        .map(|value| value.value.clone())
        .collect();
    values.sort_by_key(ToString::to_string);
    assert_eq!(values, ["Balistraat", "Sumatrastraat"]);
}

#[test]
fn the_same_choice_twice_is_no_disagreement() {
    let (mut one, mut other) = contact();
    for copy in [&mut one, &mut other] {
        copy.edit(
            1,
            json!({ "street": "Balistraat", "consent": "given", "attention": true }),
        );
    }
    meet(&mut one, &mut other);
    assert_eq!(one.conflicts(), []);
}

#[test]
fn emptying_against_filling_keeps_what_was_filled_in() {
    let (mut one, mut other) = contact();
    one.edit(1, json!({ "street": null }));
    other.edit(2, json!({ "street": "Javastraat" }));
    meet(&mut one, &mut other);
    assert_eq!(one.fields()["street"], "Javastraat");
    assert_eq!(one.conflicts(), []);
}

#[test]
fn members_of_a_set_come_and_go_each_on_their_own() {
    let (mut one, mut other) = contact();
    one.edit(1, json!({ "languages": ["nl", "fr", "ar"] }));
    other.edit(2, json!({ "languages": ["nl", "tr"] }));
    meet(&mut one, &mut other);
    assert_eq!(one.fields()["languages"], json!(["ar", "nl", "tr"]));
    // Taken away by one and kept by an edit of the other that does not touch it: it is away.
    one.edit(3, json!({ "languages": ["nl"] }));
    other.edit(4, json!({ "languages": ["ar", "nl", "tr", "pl"] }));
    meet(&mut one, &mut other);
    assert_eq!(one.fields()["languages"], json!(["nl", "pl"]));
    assert_eq!(one.conflicts(), []);
}

#[test]
fn text_merges_as_text_letter_by_letter() {
    let mut one = Copy::new(
        "note",
        json!({ "text": "Oversteek bij school. 👩‍👧 komt terug." }),
    );
    let mut other = one.on(2);
    one.edit(
        1,
        json!({ "text": "Gevaarlijke oversteek bij school. 👩‍👧 komt terug." }),
    );
    other.edit(
        2,
        json!({ "text": "Oversteek bij school. 👩‍👧 komt dinsdag terug." }),
    );
    meet(&mut one, &mut other);
    assert_eq!(
        one.fields()["text"],
        "Gevaarlijke oversteek bij school. 👩‍👧 komt dinsdag terug."
    );
    assert_eq!(one.conflicts(), []);
}

#[test]
fn the_order_in_which_changes_come_makes_no_difference() {
    let (mut one, mut two) = contact();
    let mut three = one.on(3);
    one.edit(1, json!({ "street": "Balistraat", "met": "Bij de winkel" }));
    two.edit(1, json!({ "street": "Javastraat", "met": "Op straat" }));
    three.edit(1, json!({ "street": "Sumatrastraat", "languages": [] }));
    let mut ways: Vec<Copy> = Vec::new();
    for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2]] {
        let copies = [&one, &two, &three];
        let mut met = copies[order[0]].clone();
        met.meet(copies[order[1]]);
        met.meet(copies[order[2]]);
        ways.push(met);
    }
    for way in &ways {
        assert_eq!(
            (way.fields(), way.conflicts()),
            (ways[0].fields(), ways[0].conflicts())
        );
        assert_eq!(way.document.heads(), ways[0].document.heads());
    }
    assert_eq!(ways[0].conflicts()[0].values.len(), 3);
}

#[test]
fn a_record_made_on_two_devices_under_one_id_reads_as_one() {
    let fields = json!({
        "name": "Kees", "met": "Bij de school.", "languages": ["nl"], "ways": { "a": { "value": "06-1" } }
    });
    let made = |device| Copy::made_by(device, "contact", fields.clone());
    let (mut one, mut other) = (made(1), made(2));
    one.edit(
        1,
        json!({ "met": "Bij de school. Met Fatima.", "languages": ["nl", "fr"] }),
    );
    other.edit(2, json!({ "town": "Utrecht", "ways": { "a": { "label": "werk" }, "b": { "value": "06-2" } } }));
    meet(&mut one, &mut other);
    let whole = json!({
        "name": "Kees", "town": "Utrecht", "met": "Bij de school. Met Fatima.", "languages": ["fr", "nl"],
        "ways": { "a": { "value": "06-1", "label": "werk" }, "b": { "value": "06-2" } }
    });
    assert_eq!((one.fields(), one.conflicts()), (whole, Vec::new()));
    for text in ["Bij de school. Belt dinsdag.", ""] {
        other.edit(3, json!({ "met": text }));
        meet(&mut one, &mut other);
        let met = one.fields().get("met").cloned();
        assert_eq!(met.unwrap_or_else(|| json!("")), text);
    }
}
