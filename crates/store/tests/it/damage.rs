//! What `verify` sees, and what `rebuild` mends.

use serde_json::json;

use crate::device::{Device, Log, exchange};

/// A book with a bit of everything, also a disagreement and something unsent.
fn book() -> Device {
    let (one, other, mut log) = (Device::new(1), Device::new(2), Log::default());
    let kees = one.create(
        1,
        "contact",
        json!({ "name": "Kees", "street": "Malakkastraat" }),
    );
    one.create(
        2,
        "note",
        json!({ "text": "Bij de school", "about": [kees.to_string()] }),
    );
    exchange(&mut log, &[&one, &other]);
    one.edit(kees, json!({ "street": "Balistraat" }));
    other.edit(kees, json!({ "street": "Javastraat" }));
    exchange(&mut log, &[&other, &one]);
    exchange(&mut log, &[&other, &one]);
    one.create(
        3,
        "signal",
        json!({ "title": "Losse tegels", "owner": kees.to_string(), "next": "2026-12-01" }),
    );
    one.is_sound();
    assert_eq!(one.store.conflicts(None).unwrap().len(), 1);
    one
}

#[test]
fn damage_to_what_is_shown_is_seen_and_mended_from_the_documents() {
    for (planted, told) in [
        ("UPDATE record SET title = 'Cees' WHERE kind = 'contact'", "is shown differently"),
        ("UPDATE record SET sort = 'zzz' WHERE kind = 'contact'", "is shown differently"),
        ("UPDATE record SET fields = '{\"name\":\"Cees\"}' WHERE kind = 'contact'", "is shown differently"),
        ("UPDATE record SET archived = 1 WHERE kind = 'note'", "is shown differently"),
        ("UPDATE record SET conflict = 0 WHERE kind = 'contact'", "hides or invents a disagreement"),
        ("UPDATE record SET conflict = 1 WHERE kind = 'note'", "hides or invents a disagreement"),
        ("DELETE FROM conflict", "hides or invents a disagreement"),
        ("UPDATE record SET unsent = 0 WHERE kind = 'signal'", "is sent"),
        ("UPDATE record SET unsent = 1 WHERE kind = 'note'", "is sent"),
        ("DELETE FROM link WHERE field = 'about'", "links"),
        ("INSERT INTO link SELECT row, 'about', id FROM record WHERE kind = 'signal'", "links"),
        ("DELETE FROM record WHERE kind = 'signal'", "is not shown"),
        ("INSERT INTO record SELECT row + 1, zeroblob(16), kind, space, title, sort, fields, archived, unsent, refused,
             conflict, made_by, made_at, at, last_at, street FROM record WHERE kind = 'note'", "have no document"),
        ("INSERT INTO search (rowid, title, body) VALUES (5, 'spook', '')", "in the search index"),
        ("UPDATE search_data SET block = x'00' WHERE id > 10", "the search index is damaged"),
    ] {
        let device = book();
        let before = device.read_model();
        device.sql().execute_batch(planted).unwrap();
        let problems = device.problems();
        assert!(problems.iter().any(|problem| problem.contains(told)), "{planted}: {problems:?}");

        device.store.rebuild().unwrap();
        device.is_sound();
        assert_eq!(device.read_model(), before, "{planted}");
        let found = device.store.search("kees", None, false, 5).unwrap();
        assert_eq!(found.len(), 1, "{planted}");
    }
}

#[test]
fn damage_to_what_is_kept_is_seen_and_never_mended_away() {
    for (planted, told) in [
        (
            "UPDATE document SET heads = zeroblob(32) WHERE id = (SELECT id FROM record WHERE kind = 'note')",
            "other heads",
        ),
        (
            "UPDATE change SET bytes = x'00010203' WHERE document = (SELECT id FROM record WHERE kind = 'signal')",
            "cannot be read",
        ),
        (
            "UPDATE document SET snapshot = x'28b52ffd' WHERE id = (SELECT id FROM record WHERE kind = 'note')",
            "cannot be read",
        ),
        (
            "DELETE FROM change WHERE document = (SELECT id FROM record WHERE kind = 'signal')",
            "other heads",
        ),
        (
            "UPDATE space SET digest = digest + 1",
            "is not the sum of its documents",
        ),
    ] {
        let device = book();
        device.sql().execute_batch(planted).unwrap();
        let problems = device.problems();
        assert!(
            problems.iter().any(|problem| problem.contains(told)),
            "{planted}: {problems:?}"
        );
        device.store.rebuild().unwrap();
        let still = device.problems();
        assert!(
            still.iter().any(|problem| problem.contains(told)),
            "{planted}: {still:?}"
        );
    }
}

#[test]
fn an_unreadable_record_keeps_what_is_shown_of_it_and_the_others_work_on() {
    let device = book();
    let kees = device.sql();
    kees.execute_batch("UPDATE document SET snapshot = x'00' WHERE id = (SELECT id FROM record WHERE kind = 'contact')")
        .unwrap();
    let contact = device
        .store
        .search("kees", None, false, 5)
        .unwrap()
        .remove(0)
        .record;
    assert!(device.store.history(contact.id).is_err());
    let note = device
        .store
        .search("school", None, false, 5)
        .unwrap()
        .remove(0)
        .record;
    device.edit(note.id, json!({ "text": "Bij de school, 08:20" }));
    assert_eq!(device.problems().len(), 1);
}

#[test]
fn a_sound_book_is_the_same_after_a_rebuild() {
    let device = book();
    let before = device.read_model();
    assert_eq!(device.store.rebuild().unwrap(), 3);
    assert_eq!(device.read_model(), before);
    device.is_sound();
    let device = device.reopened();
    assert_eq!(device.store.verify().unwrap().documents, 3);
}
