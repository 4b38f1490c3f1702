//! Taking an edit back after others went on.

use serde_json::json;

use crate::copies::{Copy, meet, object};

#[test]
fn what_somebody_wrote_since_stays_and_is_told() {
    let mut one = Copy::new(
        "contact",
        json!({ "name": "Kees", "street": "Malakkastraat" }),
    );
    let mut other = one.on(2);
    one.edit(1, json!({ "street": "Balistraat", "town": "Utrecht" }));
    meet(&mut one, &mut other);
    other.edit(2, json!({ "street": "Javastraat" }));
    meet(&mut one, &mut other);
    let left = object(json!({ "street": "Balistraat", "town": "Utrecht" }));
    let back = json!({ "street": "Malakkastraat", "town": null });
    assert_eq!(
        one.take_back(3, back, &left),
        (vec!["street".to_owned()], true)
    );
    assert_eq!(
        one.fields(),
        json!({ "name": "Kees", "street": "Javastraat" })
    );
}

#[test]
fn a_disagreement_is_not_settled_by_taking_back() {
    let mut one = Copy::new(
        "contact",
        json!({ "name": "Kees", "street": "Malakkastraat" }),
    );
    let mut other = one.on(2);
    one.edit(1, json!({ "street": "Balistraat" }));
    other.edit(2, json!({ "street": "Javastraat" }));
    meet(&mut one, &mut other);
    let shown = one.fields()["street"].clone();
    let back = json!({ "street": "Malakkastraat" });
    let left = object(json!({ "street": shown }));
    assert_eq!(
        one.take_back(3, back, &left),
        (vec!["street".to_owned()], false)
    );
    assert_eq!(one.conflicts().len(), 1);
}

#[test]
fn of_a_text_only_the_words_of_the_edit_go() {
    let mut one = Copy::new("note", json!({ "text": "Bij de school." }));
    let mut other = one.on(2);
    one.edit(1, json!({ "text": "Om 08:20 bij de school." }));
    meet(&mut one, &mut other);
    other.edit(
        2,
        json!({ "text": "Om 08:20 bij de school. Belt dinsdag." }),
    );
    meet(&mut one, &mut other);
    let left = object(json!({ "text": "Om 08:20 bij de school." }));
    let back = json!({ "text": "Bij de school." });
    assert_eq!(one.take_back(3, back, &left), (Vec::new(), true));
    assert_eq!(one.fields()["text"], "Bij de school. Belt dinsdag.");
}

#[test]
fn a_number_that_a_colleague_corrected_stays_when_its_adding_is_taken_back() {
    let mut one = Copy::new("contact", json!({ "name": "Kees" }));
    let mut other = one.on(2);
    one.edit(
        1,
        json!({ "ways": { "a": { "kind": "phone", "value": "030 1" } } }),
    );
    meet(&mut one, &mut other);
    let left = object(json!({ "ways": one.fields()["ways"] }));
    other.edit(2, json!({ "ways": { "a": { "value": "030 2" } } }));
    meet(&mut one, &mut other);
    let back = json!({ "ways": { "a": null } });
    assert_eq!(
        one.take_back(3, back, &left),
        (vec!["ways/a".to_owned()], false)
    );
    assert_eq!(one.fields()["ways"]["a"]["value"], "030 2");
}
