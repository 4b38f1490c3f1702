//! A form that was open while a colleague went on.

use serde_json::json;

use crate::copies::{Copy, meet, stamp};

#[test]
fn what_a_colleague_wrote_meanwhile_is_never_written_over() {
    let mut one = Copy::new(
        "contact",
        json!({ "name": "Kees", "street": "Malakkastraat", "met": "Bij de school.", "languages": ["nl"],
                "ways": { "a": { "value": "06-1" } } }),
    );
    let opened = one.fields();
    let mut other = one.on(2);
    other.edit(
        1,
        json!({ "street": "Balistraat", "met": "Bij de school. Met Fatima.", "languages": ["fr", "nl"],
                "ways": { "a": { "value": "06-2", "label": "werk" } } }),
    );
    meet(&mut one, &mut other);
    one.edit_seen(
        2,
        json!({ "street": "Javastraat", "met": "Om 08:20 bij de school.", "languages": ["nl", "tr"], "town": "Utrecht",
                "ways": { "a": { "value": "06-3" } } }),
        opened,
    );
    meet(&mut one, &mut other);
    let fields = one.fields();
    assert_eq!(fields["met"], "Om 08:20 bij de school. Met Fatima.");
    assert_eq!(fields["languages"], json!(["fr", "nl", "tr"]));
    assert_eq!(fields["town"], "Utrecht");
    assert_eq!(fields["ways"]["a"]["label"], "werk");
    let disagreements: Vec<_> = one
        .conflicts()
        .into_iter()
        .map(|conflict| {
            let mut values: Vec<_> = conflict
                .values
                .iter()
                .map(|value| value.value.as_str().unwrap().to_owned())
                .collect();
            values.sort();
            (conflict.path, values.join(" or "))
        })
        .collect();
    assert_eq!(
        disagreements,
        [
            ("ways/a/value".to_owned(), "06-2 or 06-3".to_owned()),
            ("street".to_owned(), "Balistraat or Javastraat".to_owned()),
        ]
    );
}

#[test]
fn a_form_on_which_nobody_went_on_is_an_ordinary_edit() {
    let mut one = Copy::new(
        "contact",
        json!({ "name": "Kees", "street": "Malakkastraat" }),
    );
    let opened = one.fields();
    one.edit_seen(
        1,
        json!({ "street": "Javastraat", "town": "Utrecht" }),
        opened,
    );
    assert_eq!(one.changes.len(), 2);
    assert_eq!(one.conflicts(), []);
    assert_eq!(
        one.fields(),
        json!({ "name": "Kees", "street": "Javastraat", "town": "Utrecht" })
    );
}

#[test]
fn two_who_filled_in_the_same_value_do_not_disagree() {
    let mut one = Copy::new("contact", json!({ "name": "Kees" }));
    let opened = json!({ "street": "" });
    let mut other = one.on(2);
    other.edit(1, json!({ "street": "Javastraat" }));
    meet(&mut one, &mut other);
    one.edit_seen(2, json!({ "street": "Javastraat" }), opened);
    assert_eq!(one.conflicts(), []);
}

#[test]
fn an_edit_of_ones_own_meanwhile_stays_beside_it_too() {
    let mut one = Copy::new(
        "contact",
        json!({ "name": "Kees", "street": "Malakkastraat" }),
    );
    let opened = one.fields();
    one.edit(1, json!({ "street": "Balistraat" }));
    one.edit(2, json!({ "town": "Utrecht" }));
    one.edit_seen(3, json!({ "street": "Javastraat" }), opened);
    let mut other = one.on(2);
    meet(&mut one, &mut other);
    assert_eq!(one.conflicts()[0].values.len(), 2);
    assert_eq!(
        one.conflicts()[0].values[0]
            .at
            .map(|at| at > stamp(1, 0).at),
        Some(true)
    );
    assert_eq!(one.fields()["town"], "Utrecht");
}
