//! Edits by one person, and the way back.

use domain::Rejection;
use domain::ids::DeviceId;
use serde_json::json;

use crate::copies::{Copy, broken, object, stamp};

#[test]
fn only_the_fields_given_change_and_null_empties() {
    let mut copy = Copy::new(
        "contact",
        json!({ "name": "Kees", "street": "Balistraat", "attention": true }),
    );
    assert!(copy.edit(
        1,
        json!({ "street": null, "town": "Utrecht", "attention": false })
    ));
    assert_eq!(
        copy.fields(),
        json!({ "name": "Kees", "town": "Utrecht", "attention": false })
    );
    // An empty line says the same as none.
    assert!(copy.edit(2, json!({ "town": "  " })));
    assert_eq!(copy.fields().get("town"), None);
}

#[test]
fn an_edit_that_changes_nothing_makes_no_change() {
    let mut copy = Copy::new(
        "contact",
        json!({ "name": "Kees", "met": "Bij de winkel", "languages": ["nl"], "ways": { "k": { "value": "1" } } }),
    );
    for same in [
        json!({}),
        json!({ "name": " Kees " }),
        json!({ "met": "Bij de winkel", "languages": ["nl", "nl"] }),
        json!({ "ways": { "k": { "value": "1" } } }),
        json!({ "town": null }),
    ] {
        assert!(!copy.edit(1, same.clone()), "{same}");
    }
}

#[test]
fn an_edit_that_breaks_a_rule_leaves_the_document_as_it_was() {
    let mut copy = Copy::new("contact", json!({ "name": "Kees" }));
    let heads = copy.document.heads();
    let mut refused = |fields| broken(copy.document.edit(&object(fields), &stamp(1, 1)));
    assert_eq!(
        refused(json!({ "town": "Utrecht", "name": "" })),
        Rejection::Missing { field: "name" }
    );
    assert_eq!(
        refused(json!({ "town": "Utrecht", "met": "nummer 123456782" })),
        Rejection::Bsn {
            field: "met".to_owned()
        }
    );
    assert_eq!(
        refused(json!({ "ways": { "a/b": { "value": "1" } } })),
        Rejection::WrongShape {
            field: "ways".to_owned(),
            expected: "a key of at most 64 characters without /"
        }
    );
    assert_eq!(copy.document.heads(), heads);
    assert_eq!(copy.fields(), json!({ "name": "Kees" }));
}

#[test]
fn days_and_moments_have_one_form() {
    let mut copy = Copy::new(
        "note",
        json!({ "text": "x", "at": "2026-11-25T09:00:00.123+01:00" }),
    );
    assert_eq!(copy.fields()["at"], "2026-11-25T08:00:00Z");
    assert!(!copy.edit(1, json!({ "at": "2026-11-25T08:00:00+00:00" })));
    for wrong in ["2026-11-25", "25 november", "2026-13-01T00:00:00Z"] {
        let refused = copy
            .document
            .edit(&object(json!({ "at": wrong })), &stamp(1, 1));
        assert!(
            matches!(broken(refused), Rejection::WrongShape { .. }),
            "{wrong}"
        );
    }
}

#[test]
fn going_back_is_allowed_where_an_edit_is_not() {
    let me = "01a20a60-fe64-7575-b695-a54593fae610";
    let mut copy = Copy::new(
        "signal",
        json!({ "title": "Tegels", "owner": me, "next": "2026-12-01" }),
    );
    let back = json!({ "owner": null });
    assert_eq!(
        broken(copy.document.edit(&object(back.clone()), &stamp(1, 1))),
        Rejection::SignalLetGo
    );
    assert!(copy.restore(1, back));
    assert_eq!(copy.fields().get("owner"), None);
    // The shape of a value, and what may never be kept, hold on the way back, too.
    let left = copy.document.fields().unwrap();
    let wrong = copy.document.take_back(
        &object(json!({ "title": "123456782" })),
        &left,
        &stamp(1, 2),
    );
    assert!(matches!(broken(wrong), Rejection::Bsn { .. }));
}

#[test]
fn an_id_or_a_key_that_looks_like_a_citizen_service_number_is_none() {
    let space = "019ff123-4567-7abc-8def-a123456782bc";
    let share = Copy::new("share", json!({ "copy": space, "to": space }));
    assert_eq!(share.fields()["to"], space);

    let mut copy = Copy::new("contact", json!({ "name": "Kees" }));
    for key in ["a123456782bcdefa", space] {
        let way = json!({ "ways": { (key): { "value": "0612345678" } } });
        copy.edit(2, way);
        assert!(copy.fields()["ways"].get(key).is_some(), "{key}");
    }
    let typed = json!({ "ways": { "123456782": { "value": "0612345678" } } });
    assert!(matches!(
        broken(copy.document.edit(&object(typed), &stamp(1, 3))),
        Rejection::Bsn { .. }
    ));
}

#[test]
fn history_tells_who_did_what_when_also_across_a_merge() {
    let mut one = Copy::new("contact", json!({ "name": "Kees" }));
    let mut other = one.on(2);
    one.edit(5, json!({ "town": "Utrecht" }));
    other.edit(7, json!({ "street": "Balistraat" }));
    crate::copies::meet(&mut one, &mut other);
    one.edit(9, json!({ "town": null }));

    let history = one.document.history().unwrap();
    let mut steps: Vec<_> = history
        .iter()
        .map(|step| (step.at, step.device.unwrap()))
        .collect();
    steps.sort_unstable();
    let expected = [(0, 1), (5, 1), (7, 2), (9, 1)];
    let expected: Vec<_> = expected
        .map(|(minutes, device)| (stamp(device, minutes).at, DeviceId([device; 8])))
        .to_vec();
    assert_eq!(steps, expected);
    assert_eq!(
        one.document.origin().unwrap(),
        (Some(DeviceId([1; 8])), stamp(1, 0).at)
    );
}
