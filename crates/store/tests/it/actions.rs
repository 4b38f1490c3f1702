//! One action of a person: all of it, or nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::document::TakeOut;
use domain::ids::{MemberId, RecordId};
use domain::record::kind;
use serde_json::json;
use store::StoreError;
use uuid::Uuid;

use crate::device::{Device, SPACE, failed, object};

#[test]
fn an_action_that_fails_halfway_leaves_nothing() {
    let device = Device::new(1);
    let kees = device.create(1, "contact", json!({ "name": "Kees" }));
    let before = (device.read_model(), device.outbox(), device.space());
    let result = device.store.transact(&device.stamp(), Some("u"), |action| {
        action.create(
            RecordId(Uuid::from_u128(2)),
            kind("note").unwrap(),
            SPACE,
            &object(json!({ "text": "x" })),
        )?;
        action.edit(kees, &object(json!({ "town": "Utrecht" })))?;
        action.set_meta("draft", Some("weg"))?;
        action.edit(kees, &object(json!({ "name": "" })))
    });
    assert!(matches!(failed(result), StoreError::Document(_)));
    assert_eq!(
        (device.read_model(), device.outbox(), device.space()),
        before
    );
    assert_eq!(
        (
            device.store.meta("draft").unwrap(),
            device.store.last_undo().unwrap()
        ),
        (None, None)
    );
    device.is_sound();
}

#[test]
fn a_panic_inside_an_action_leaves_nothing_and_the_book_works_on() {
    let device = Device::new(1);
    let id = RecordId(Uuid::from_u128(1));
    let fields = object(json!({ "text": "x" }));
    let broken = catch_unwind(AssertUnwindSafe(|| {
        device.act(|action| {
            action.create(id, kind("note").unwrap(), SPACE, &fields)?;
            if action.fields(id)?.is_some() {
                panic!("in the middle");
            }
            Ok(())
        })
    }));
    assert!(broken.is_err());
    assert_eq!(device.store.record(id).unwrap(), None);
    device.create(1, "note", json!({ "text": "y" }));
    device.is_sound();
}

#[test]
fn what_was_kept_is_there_when_the_file_is_opened_again() {
    let device = Device::new(1);
    let id = device.create(1, "contact", json!({ "name": "Kees" }));
    device.edit(id, json!({ "town": "Utrecht" }));
    let before = (device.read_model(), device.outbox());
    let device = device.reopened();
    assert_eq!((device.read_model(), device.outbox()), before);
    device.is_sound();
}

#[test]
fn an_id_that_is_taken_is_an_error_and_never_passed_over() {
    let device = Device::new(1);
    let id = device.create(1, "contact", json!({ "name": "Kees" }));
    let result = device.store.transact(&device.stamp(), None, |action| {
        action.create(
            id,
            kind("contact").unwrap(),
            SPACE,
            &object(json!({ "name": "Samir" })),
        )
    });
    failed(result);
    assert_eq!(device.fields(id), json!({ "name": "Kees" }));
    assert_eq!(device.outbox().len(), 1);
}

#[test]
fn what_changed_is_told_by_kind_and_record() {
    let device = Device::new(1);
    let (kees, note) = (RecordId(Uuid::from_u128(1)), RecordId(Uuid::from_u128(2)));
    let ((), changes) = device.act(|action| {
        action.create(
            kees,
            kind("contact").unwrap(),
            SPACE,
            &object(json!({ "name": "Kees" })),
        )?;
        action.create(
            note,
            kind("note").unwrap(),
            SPACE,
            &object(json!({ "text": "x" })),
        )
    });
    assert_eq!(changes.records, [kees, note]);
    assert_eq!(
        changes.kinds.iter().copied().collect::<Vec<_>>(),
        ["contact", "note"]
    );
    assert!(!device.edit(kees, json!({ "name": "Kees" })));
}

#[test]
fn only_the_last_two_hundred_actions_can_be_taken_back() {
    let device = Device::new(1);
    let id = device.create(1, "contact", json!({ "name": "Kees" }));
    for number in 0..201 {
        let fields = object(json!({ "town": format!("Dorp {number}") }));
        let name = format!("u{number}");
        device
            .store
            .transact(&device.stamp(), Some(&name), |action| {
                action.edit(id, &fields)
            })
            .unwrap();
    }
    let undo = |name: &str| device.undo(&device.stamp(), name, &format!("redo {name}"));
    assert!(matches!(failed(undo("u0")), StoreError::NoUndo));
    assert_eq!(device.store.last_undo().unwrap().as_deref(), Some("u200"));
    undo("u200").unwrap();
    assert_eq!(device.fields(id)["town"], "Dorp 199");
    assert!(matches!(failed(undo("u200")), StoreError::NoUndo));
}

#[test]
fn a_note_tells_when_a_contact_was_last_spoken_to() {
    let device = Device::new(1);
    let kees = device.create(1, "contact", json!({ "name": "Kees" }));
    let spoken = |at: &str| json!({ "text": "x", "at": at, "about": [kees.to_string()] });
    let last = || device.store.record(kees).unwrap().unwrap().last_at;
    assert_eq!(last(), None);
    device.create(2, "note", spoken("2026-11-20T10:00:00Z"));
    let second = device.create(3, "note", spoken("2026-11-24T10:00:00Z"));
    assert_eq!(last(), Some(1_795_514_400));
    device.edit(second, json!({ "about": [] }));
    assert_eq!(last(), Some(1_795_168_800));
    device.edit(
        second,
        json!({ "about": [kees.to_string()], "archived": true }),
    );
    assert_eq!(last(), Some(1_795_168_800));

    let mut mentioned = spoken("2026-11-25T10:00:00Z");
    mentioned["spoken_of"] = json!([kees.to_string()]);
    let third = device.create(4, "note", mentioned);
    assert_eq!(last(), Some(1_795_168_800));
    device.edit(third, json!({ "spoken_of": [] }));
    assert_eq!(last(), Some(1_795_600_800));
    device.edit(third, json!({ "spoken_of": [kees.to_string()] }));
    assert_eq!(last(), Some(1_795_168_800));
    device.is_sound();
}

/// A text of about this many characters that shares no word with one of another mark.
fn long_text(mark: char, characters: usize) -> String {
    (0..characters / 10)
        .map(|number| format!("{mark}{number:08} "))
        .collect()
}

#[test]
fn an_edit_for_which_a_document_has_no_room_is_refused_and_what_is_saved_is_what_a_server_takes() {
    let device = Device::new(1);
    let text = |mark| json!({ "text": long_text(mark, 9_000) });
    let note = device.create(1, "note", text('a'));
    assert!(device.edit(note, text('b')));
    let edited = device.store.transact(&device.stamp(), None, |action| {
        action.edit(note, &object(text('c')))
    });
    assert!(matches!(edited, Err(StoreError::Full(full)) if full == note));
    assert_eq!(device.fields(note)["text"], long_text('b', 9_000));
    device.edit(note, json!({ "place_name": "Balistraat" }));

    let outbox = device.outbox();
    let raws: Vec<&[u8]> = outbox
        .iter()
        .map(|change| change.bytes.as_slice())
        .collect();
    let claim = admission::Claim {
        document: note.0,
        device: None,
    };
    let judged = admission::admit_all(admission::Stored::default(), &claim, &raws).unwrap();
    assert_eq!(judged.verdicts.len(), 3);
    assert!(judged.verdicts.iter().all(Result::is_ok));

    // Words can still be taken out for good, and that makes room.
    let takes = [TakeOut {
        path: "text".to_owned(),
        words: None,
        instead: "…".to_owned(),
    }];
    device.act(|action| action.redact(note, &takes, MemberId(Uuid::from_u128(7))));
    device.is_sound();
}
