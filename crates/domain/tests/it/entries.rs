//! Several small groups of fields under keys of their own: ways to reach somebody, talents.

use serde_json::{Value, json};

use crate::copies::{Copy, meet};

fn contact() -> Copy {
    Copy::new(
        "contact",
        json!({ "name": "Kees", "ways": { "a": { "kind": "phone", "value": "06-0" } } }),
    )
}

fn values(copy: &Copy) -> Vec<String> {
    let fields = copy.fields();
    let ways = fields["ways"].as_object().unwrap();
    let mut values: Vec<String> = ways
        .values()
        .map(|way| way["value"].as_str().unwrap().to_owned())
        .collect();
    values.sort();
    values
}

#[test]
fn entries_come_change_and_go_one_by_one() {
    let mut copy = contact();
    copy.edit(
        1,
        json!({ "ways": { "b": { "kind": "email", "value": "k@example.org" } } }),
    );
    copy.edit(2, json!({ "ways": { "a": { "label": "werk" } } }));
    assert_eq!(
        copy.fields()["ways"],
        json!({
            "a": { "kind": "phone", "value": "06-0", "label": "werk" },
            "b": { "kind": "email", "value": "k@example.org" },
        })
    );
    copy.edit(3, json!({ "ways": { "a": null } }));
    assert_eq!(
        copy.fields()["ways"],
        json!({ "b": { "kind": "email", "value": "k@example.org" } })
    );
    copy.edit(4, json!({ "ways": null }));
    assert_eq!(copy.fields().get("ways"), None);
}

#[test]
fn the_same_number_noted_by_two_people_is_one_number() {
    let mut one = contact();
    let mut other = one.on(2);
    let way = json!({ "ways": [{ "kind": "phone", "value": "06-1" }] });
    one.edit(1, way.clone());
    other.edit(2, way);
    meet(&mut one, &mut other);
    assert_eq!(values(&one), ["06-0", "06-1"]);
    assert_eq!(one.conflicts(), []);
}

#[test]
fn different_numbers_of_two_people_both_stay() {
    let mut one = Copy::new("contact", json!({ "name": "Kees" }));
    let mut other = one.on(2);
    one.edit(1, json!({ "ways": [{ "value": "06-1" }] }));
    other.edit(2, json!({ "ways": [{ "value": "06-2" }] }));
    meet(&mut one, &mut other);
    assert_eq!(values(&one), ["06-1", "06-2"]);
}

#[test]
fn one_number_that_two_people_corrected_is_a_disagreement_with_its_path() {
    let mut one = contact();
    let mut other = one.on(2);
    one.edit(
        1,
        json!({ "ways": { "a": { "value": "06-1", "label": "werk" } } }),
    );
    other.edit(2, json!({ "ways": { "a": { "value": "06-2" } } }));
    meet(&mut one, &mut other);
    let conflict = one.conflicts().remove(0);
    assert_eq!(
        (conflict.path.as_str(), conflict.values.len()),
        ("ways/a/value", 2)
    );
    assert_eq!(one.fields()["ways"]["a"]["label"], "werk");
    assert!(one.settle(3, "ways/a/value", &json!("06-2")));
    meet(&mut one, &mut other);
    assert_eq!(
        (values(&other), other.conflicts()),
        (vec!["06-2".to_owned()], Vec::new())
    );
}

#[test]
fn a_number_taken_away_against_a_correction_does_not_come_back_by_half() {
    let mut one = contact();
    let mut other = one.on(2);
    one.edit(1, json!({ "ways": { "a": null } }));
    other.edit(2, json!({ "ways": { "a": { "value": "06-9" } } }));
    meet(&mut one, &mut other);
    let fields = one.fields();
    let whole = fields
        .get("ways")
        .is_none_or(|ways| ways == &json!({ "a": { "kind": "phone", "value": "06-9" } }));
    assert!(whole, "{fields}");
}

#[test]
fn an_entry_restored_has_all_its_fields() {
    let mut copy = contact();
    let before: Value = copy.fields();
    copy.edit(1, json!({ "ways": { "a": null } }));
    copy.restore(2, json!({ "ways": before["ways"] }));
    assert_eq!(copy.fields(), before);
}

#[test]
fn a_number_that_two_people_noted_at_once_keeps_the_correction_of_either() {
    for (first, second) in [(1, 2), (2, 1)] {
        let mut one = contact();
        let mut other = one.on(2);
        let way = json!({ "ways": [{ "kind": "phone", "value": "06-1" }] });
        one.edit(first, way.clone());
        other.edit(second, way);
        let key = |copy: &Copy| {
            let fields = copy.fields();
            let ways = fields["ways"].as_object().unwrap();
            ways.keys().find(|key| *key != "a").unwrap().clone()
        };
        let key = key(&one);
        // Each goes on with it, not knowing of the other.
        one.edit(3, json!({ "ways": { &key: { "label": "werk" } } }));
        other.edit(4, json!({ "ways": { &key: { "value": "06-9" } } }));
        meet(&mut one, &mut other);
        assert_eq!(one.fields()["ways"][&key]["label"], "werk");
        assert_eq!(one.fields()["ways"][&key]["value"], "06-9");
        // And once they have met, an edit by either is the one that counts.
        let path = format!("ways/{key}/value");
        assert_eq!(one.conflicts()[0].path, path);
        one.settle(5, &path, &json!("06-9"));
        meet(&mut one, &mut other);
        assert_eq!(one.conflicts(), []);
        other.edit(
            6,
            json!({ "ways": { &key: { "label": null, "value": "06-8" } } }),
        );
        meet(&mut one, &mut other);
        assert_eq!(
            one.fields()["ways"][&key],
            json!({ "kind": "phone", "value": "06-8" })
        );
        one.edit(7, json!({ "ways": { &key: null } }));
        meet(&mut one, &mut other);
        assert_eq!(one.fields()["ways"].get(&key), None);
    }
}
