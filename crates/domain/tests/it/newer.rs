//! What a newer app wrote.

use automerge::transaction::Transactable as _;
use automerge::{Automerge, ROOT, ReadDoc as _};
use domain::Rejection;
use domain::document::{Document, DocumentError};
use serde_json::json;

use crate::copies::{ID, broken, object, stamp};

/// A contact with what this version does not know.
fn written(kind: &str, schema: u64) -> Automerge {
    let mut document = Automerge::new().with_actor(stamp(9, 0).actor);
    document
        .transact::<_, _, automerge::AutomergeError>(|tx| {
            tx.put(ROOT, "id", ID.to_string())?;
            tx.put(ROOT, "kind", kind)?;
            tx.put(ROOT, "schema", schema)?;
            tx.put(ROOT, "name", "Kees")?;
            tx.put(ROOT, "consent", "by_letter")?;
            tx.put(ROOT, "aura", "blauw")
        })
        .unwrap();
    document
}

#[test]
fn a_newer_schema_is_read_and_not_changed() {
    let mut document = Document::of(written("contact", 99)).unwrap();
    assert_eq!(document.fields().unwrap()["name"], "Kees");
    let heads = document.heads();
    let refused = document.edit(&object(json!({ "name": "Cees" })), &stamp(1, 1));
    assert_eq!(broken(refused), Rejection::NewerSchema { schema: 99 });
    assert_eq!(document.heads(), heads);
}

#[test]
fn keys_that_are_not_known_survive_every_edit() {
    let mut document = Document::of(written("contact", 1)).unwrap();
    document
        .edit(
            &object(json!({ "name": "Cees", "town": "Utrecht" })),
            &stamp(1, 1),
        )
        .unwrap();
    document
        .settle("name", &json!("Kees"), &stamp(1, 2))
        .unwrap();
    let saved = document.automerge().save();
    let loaded = Document::load(Some(&saved), []).unwrap();
    let (aura, _) = loaded.automerge().get(ROOT, "aura").unwrap().unwrap();
    assert_eq!(aura.into_string().unwrap(), "blauw");
    assert_eq!(loaded.fields().unwrap().get("aura"), None);
}

#[test]
fn a_word_of_a_longer_list_is_shown_as_it_is_and_stays() {
    let mut document = Document::of(written("contact", 1)).unwrap();
    assert_eq!(document.fields().unwrap()["consent"], "by_letter");
    let contact: domain::kinds::Contact = domain::record::typed(&document.fields().unwrap());
    assert_eq!((contact.consent, contact.name.as_str()), (None, "Kees"));
    document
        .edit(&object(json!({ "town": "Utrecht" })), &stamp(1, 1))
        .unwrap();
    assert_eq!(document.fields().unwrap()["consent"], "by_letter");
}

#[test]
fn a_kind_that_is_not_known_is_said_to_be_so() {
    let unknown = Document::of(written("planet", 1));
    assert!(matches!(unknown, Err(DocumentError::Headless("kind"))));
}
