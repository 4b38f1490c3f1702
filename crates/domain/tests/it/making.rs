//! A new record.

use automerge::{ROOT, ReadDoc as _};
use domain::Rejection;
use domain::document::Document;
use domain::ids::DeviceId;
use domain::record::{kind, kind_by_number, kinds};
use serde_json::{Value, json};

use crate::copies::{Copy, ID, broken, object, stamp};

#[test]
fn a_record_is_one_document_with_its_id_kind_and_schema_made_in_one_change() {
    let copy = Copy::new(
        "contact",
        json!({ "name": " Kees\r\nJansen ", "languages": ["tr", "nl", "nl"] }),
    );
    assert_eq!(
        (copy.document.id(), copy.document.kind().name),
        (ID, "contact")
    );
    assert_eq!(
        copy.fields(),
        json!({ "languages": ["nl", "tr"], "name": "Kees  Jansen" })
    );
    let root = |name| {
        copy.document
            .automerge()
            .get(ROOT, name)
            .unwrap()
            .unwrap()
            .0
    };
    assert_eq!(root("id").into_string().unwrap(), ID.to_string());
    assert_eq!(root("kind").into_string().unwrap(), "contact");
    let (device, at) = copy.document.origin().unwrap();
    assert_eq!((device, at), (Some(DeviceId([1; 8])), stamp(1, 0).at));
    assert_eq!(copy.document.history().unwrap().len(), 1);
}

#[test]
fn what_is_saved_and_loaded_is_the_same() {
    let mut copy = Copy::new("contact", json!({ "name": "Kees", "met": "Bij de winkel" }));
    let snapshot = copy.document.automerge().save();
    copy.edit(1, json!({ "town": "Utrecht" }));
    let tail = copy.changes[1].as_slice();
    let loaded = Document::load(Some(&snapshot), [tail]).unwrap();
    assert_eq!(loaded.heads(), copy.document.heads());
    assert_eq!(Value::Object(loaded.fields().unwrap()), copy.fields());
}

#[test]
fn damaged_bytes_are_an_error_and_no_panic() {
    let copy = Copy::new("contact", json!({ "name": "Kees" }));
    let saved = copy.document.automerge().save();
    for at in 0..saved.len() {
        let mut damaged = saved.clone();
        damaged[at] ^= 0x55;
        // A flipped bit that the checksum does not cover is none; whatever loads is the same record.
        if let Ok(document) = Document::load(Some(&damaged), []) {
            assert_eq!(document.heads(), copy.document.heads(), "byte {at}");
        }
        assert!(
            Document::load(Some(&saved[..at]), []).is_err(),
            "cut at {at}"
        );
    }
    assert!(Document::load(None, [b"not a change".as_slice()]).is_err());
    assert!(Document::load(None, []).is_err());
}

#[test]
fn every_kind_asks_for_the_least_it_cannot_do_without() {
    for (name, missing) in [
        ("contact", "name"),
        ("group", "name"),
        ("organisation", "name"),
        ("note", "text"),
        ("follow_up", "what"),
        ("signal", "title"),
        ("relation", "from"),
        ("theme", "name"),
        ("neighbourhood", "name"),
        ("holiday", "name"),
        ("share", "copy"),
        ("retention_term", "record_kind"),
        ("retention_hold", "record"),
    ] {
        let made = Document::create(ID, kind(name).unwrap(), &object(json!({})), &stamp(1, 0));
        assert_eq!(
            broken(made),
            Rejection::Missing { field: missing },
            "{name}"
        );
    }
}

#[test]
fn numbers_and_names_of_kinds_are_unique_and_kept() {
    // Read models and files out there are numbered and named by these: never change one, only add.
    let known: Vec<_> = kinds()
        .iter()
        .map(|kind| (kind.number, kind.name))
        .collect();
    for pair in [
        (1, "contact"),
        (2, "group"),
        (3, "organisation"),
        (4, "note"),
        (5, "follow_up"),
        (6, "signal"),
        (7, "relation"),
        (8, "theme"),
        (9, "neighbourhood"),
        (10, "holiday"),
        (21, "share"),
        (11, "retention_term"),
        (12, "retention_hold"),
    ] {
        assert!(known.contains(&pair), "{pair:?}");
    }
    for spec in kinds() {
        assert_eq!(kind_by_number(spec.number).unwrap().name, spec.name);
        assert!(
            (1..=63).contains(&spec.number) && spec.schema >= 1,
            "{}",
            spec.name
        );
        assert!(
            spec.field("archived").is_some(),
            "{} can be taken out of sight",
            spec.name
        );
        let mut fields: Vec<_> = spec.fields.iter().map(|field| field.name).collect();
        fields.sort_unstable();
        fields.dedup();
        assert_eq!(fields.len(), spec.fields.len(), "{}", spec.name);
    }
}
