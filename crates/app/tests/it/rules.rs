//! What no door lets through.

use app::api::{RecordId, RecordList};
use domain::record::{Field, Item, KindSpec, Shape, kinds};
use serde_json::{Value, json};

use crate::device::{Device, code};

/// Passes the eleven test, and belongs to nobody: the range starts with 0 to 9 and this is the textbook's example.
const BSN: &str = "123456782";

#[test]
fn a_citizen_service_number_is_refused_in_every_text_field_of_every_kind() {
    let device = Device::of("Noor");
    // A share is made of fields that were judged where they stand, and of nothing that is typed.
    let by_itself = device.try_put("share", None, json!({}));
    assert_eq!(code(by_itself), "not_by_hand");
    for kind in kinds().iter().filter(|kind| kind.name != "share") {
        let id = device.put(kind.name, least(kind));
        let before = device.fields(&id);
        for (field, value) in text_fields(kind.fields) {
            let path = format!("{}.{field}", kind.name);
            let patch = json!({ (field): value });
            let edited = device.try_put(kind.name, Some(&id), patch.clone());
            assert_eq!(code(edited), "bsn", "{path}");
            let mut new = least(kind);
            new[field] = value;
            assert_eq!(code(device.try_put(kind.name, None, new)), "bsn", "{path}");
        }
        assert_eq!(device.fields(&id), before, "{}", kind.name);
        assert_eq!(
            in_all(&device, kind.name),
            if kind.name == "theme" { 13 } else { 1 },
            "{}",
            kind.name
        );
    }
}

#[test]
fn a_number_that_is_no_citizen_service_number_is_kept() {
    let device = Device::of("Noor");
    let id = device.put(
        "note",
        json!({ "text": "Zaak 123456789, bel 06-12345678 of 030-2861000" }),
    );
    assert_eq!(
        device.fields(&id)["text"],
        "Zaak 123456789, bel 06-12345678 of 030-2861000"
    );
}

#[test]
fn what_does_not_fit_is_refused_with_the_field_and_changes_nothing() {
    let device = Device::of("Noor");
    let id = device.put("contact", json!({ "name": "Kees" }));
    for (fields, code, field) in [
        (json!({ "nmae": "Kees" }), "unknown_field", "nmae"),
        (json!({ "name": 5 }), "wrong_shape", "name"),
        (json!({ "name": "x".repeat(501) }), "too_long", "name"),
        (json!({ "met": "x".repeat(20_001) }), "too_long", "met"),
        (json!({ "name": " " }), "missing_field", "name"),
        (
            json!({ "consent_on": "25-11-2026" }),
            "wrong_shape",
            "consent_on",
        ),
        (json!({ "consent": "perhaps" }), "wrong_shape", "consent"),
        (json!({ "roles": ["king"] }), "wrong_shape", "roles"),
        (
            json!({ "neighbourhood": "Lombok" }),
            "wrong_shape",
            "neighbourhood",
        ),
        (
            json!({ "ways": { "k": { "value": 1 } } }),
            "wrong_shape",
            "ways/k/value",
        ),
    ] {
        let error = device
            .try_put("contact", Some(&id), fields.clone())
            .unwrap_err();
        assert_eq!(
            (error.code, &error.details["field"]),
            (code, &json!(field)),
            "{fields}"
        );
    }
    assert_eq!(json!(device.fields(&id)), json!({ "name": "Kees" }));
}

#[test]
fn a_holiday_does_not_end_before_it_begins() {
    let device = Device::of("Noor");
    let day = json!({ "name": "Koningsdag", "start": "2027-04-27", "end": "2027-04-27" });
    let id = device.put("holiday", day);
    let earlier = device.try_put("holiday", Some(&id), json!({ "end": "2027-04-26" }));
    assert_eq!(code(earlier), "ends_before_it_begins");
    assert_eq!(device.fields(&id)["end"], "2027-04-27");
}

#[test]
fn what_is_not_there_is_said_to_be_not_there() {
    let device = Device::of("Noor");
    let id = device.put("contact", json!({ "name": "Kees" }));
    let nobody = RecordId {
        id: "01a20a60-fe64-7575-b695-a54593fae610".to_owned(),
    };
    assert_eq!(code(device.app.record_get(nobody.clone())), "no_record");
    assert_eq!(code(device.app.record_history(nobody.clone())), "no_record");
    assert_eq!(code(device.app.record_archive(nobody)), "no_record");
    assert_eq!(
        code(device.app.record_get(RecordId {
            id: "Kees".to_owned()
        })),
        "bad_id"
    );
    assert_eq!(code(device.try_put("cat", None, json!({}))), "unknown_kind");
    assert_eq!(
        code(device.try_put("note", Some(&id), json!({ "text": "x" }))),
        "other_kind"
    );
    assert_eq!(
        code(app::api::dispatch(&device.app, "fly", json!({}))),
        "unknown_command"
    );
    assert_eq!(
        code(app::api::dispatch(&device.app, "record_get", json!({}))),
        "bad_arguments"
    );
}

#[test]
fn a_new_record_may_bring_its_own_id() {
    let device = Device::of("Noor");
    let id = "01a20a60-fe64-7575-b695-a54593fae610";
    let saved = device
        .try_put("contact", Some(id), json!({ "name": "Kees" }))
        .unwrap();
    assert_eq!(
        (saved.id.as_str(), device.fields(id)["name"].as_str()),
        (id, Some("Kees"))
    );
}

#[test]
fn the_life_of_a_record_is_told_in_steps() {
    let device = Device::of("Noor");
    let id = device.put("contact", json!({ "name": "Kees", "street": "Balistraat" }));
    device.hands.pass(chrono::Duration::hours(2));
    device.edit(&id, json!({ "street": null, "town": "Utrecht" }));
    let steps = device.app.record_history(RecordId { id }).unwrap();
    let told: Vec<_> = steps
        .iter()
        .map(|step| (step.author.as_str(), step.at.as_str(), json!(step.changed)))
        .collect();
    assert_eq!(
        told,
        [
            (
                "Noor",
                "2026-11-25T07:30:00Z",
                json!({ "name": "Kees", "street": "Balistraat" })
            ),
            (
                "Noor",
                "2026-11-25T09:30:00Z",
                json!({ "street": null, "town": "Utrecht" })
            ),
        ]
    );
}

/// The least that a record of a kind needs.
fn least(kind: &KindSpec) -> Value {
    let someone = "01a20a60-fe64-7575-b695-a54593fae610";
    match kind.name {
        "note" => json!({ "text": "x" }),
        "follow_up" => json!({ "what": "x", "due": "2026-12-01" }),
        "signal" => json!({ "title": "x" }),
        "relation" => json!({ "from": someone, "to": someone, "relation_kind": "knows" }),
        "holiday" => json!({ "name": "x", "start": "2026-12-19", "end": "2027-01-03" }),
        "share" => json!({ "copy": someone }),
        "retention_hold" => json!({ "record": someone, "until": "2027-01-01", "why": "x" }),
        "retention_term" => json!({ "record_kind": "note", "months": 24 }),
        _ => json!({ "name": "x" }),
    }
}

/// Every place of a kind where a person can type freely, with the number in it.
fn text_fields(fields: &'static [Field]) -> Vec<(&'static str, Value)> {
    let text = format!("zie {BSN}.");
    fields
        .iter()
        .flat_map(|field| {
            let values = match field.shape {
                Shape::Line | Shape::Text => vec![json!(text)],
                Shape::Set(Item::Line) => vec![json!(["een", text])],
                Shape::Entries(inner) => text_fields(inner)
                    .into_iter()
                    .flat_map(|(name, value)| {
                        [
                            json!({ "k": { (name): value } }),
                            json!([{ (name): value }]),
                        ]
                    })
                    .collect(),
                Shape::Flag
                | Shape::Number
                | Shape::Date
                | Shape::Instant
                | Shape::Choice(_)
                | Shape::Reference
                | Shape::Member
                | Shape::Space
                | Shape::Set(Item::Choice(_) | Item::Reference) => Vec::new(),
            };
            values.into_iter().map(|value| (field.name, value))
        })
        .collect()
}

fn in_all(device: &Device, kind: &str) -> u32 {
    let list = RecordList {
        kind: Some(kind.to_owned()),
        offset: 0,
        limit: 1,
        archived: true,
    };
    device.app.record_list(list).unwrap().total
}
