//! What the last edits left to do: nobody sees whether it was done.

use std::ops::ControlFlow;

use domain::ids::RecordId;
use domain::record::kinds;
use serde_json::{Value, json};
use store::{AgendaRows, ContactFilter, SignalFilter, StoreError};
use uuid::Uuid;

use crate::device::{Device, Log, SPACE, failed, object, taking, whole};
use crate::erasing::{holds, me, pages};

/// How many edits wait at most.
const MANY: usize = 64;

fn waiting(device: &Device) -> usize {
    let sql = device.sql();
    sql.query_row("SELECT count(*) FROM recent", [], |row| {
        row.get::<_, u32>(0)
    })
    .unwrap() as usize
}

/// A neighbourhood in which everybody was edited once: words that were there, that came, and that went.
fn edited(device: &Device) -> Vec<RecordId> {
    let people = [
        ("Fátima el Amrani", "Malakkastraat"),
        ("Kees de Jong", "Balistraat"),
        ("Łukasz Yıldız", "Malakkastraat"),
        ("René Fatima", "Javastraat"),
    ];
    let mut ids = Vec::new();
    for (number, (name, street)) in (1..).zip(people) {
        let fields = json!({ "name": name, "street": street });
        ids.push(device.create(number, "contact", fields));
    }
    for number in 0..6 {
        let about = ids[number as usize % ids.len()].to_string();
        let fields = json!({ "text": format!("Oversteek bij school, {number}"), "about": [about] });
        ids.push(device.create(100 + number, "note", fields));
    }
    let signal =
        json!({ "title": "Losse tegels", "owner": ids[0].to_string(), "next": "2026-12-01" });
    ids.push(device.create(200, "signal", signal));
    device.store.settle().unwrap();
    device.edit(ids[0], json!({ "name": "Fatima Amrani-Özdemir" }));
    device.edit(ids[1], json!({ "street": "Malakkastraat" }));
    device.edit(ids[2], json!({ "archived": true }));
    device.edit(ids[4], json!({ "text": "Speeltuin, met Fatima" }));
    device.edit(ids[10], json!({ "title": "Gaten in de weg" }));
    let new = json!({ "text": "Nieuw bij school", "about": [ids[1].to_string()] });
    ids.push(device.create(300, "note", new));
    device.edit(ids[11], json!({ "text": "Nieuw bij de speeltuin" }));
    ids
}

/// Everything that screens ask, as text.
fn asked(device: &Device, ids: &[RecordId]) -> Vec<String> {
    let store = &device.store;
    let typed = [
        "f", "fa", "fatima", "amr", "jong", "lukasz", "yildiz", "mal", "mal fat", "school",
        "bij 3", "speel", "tegels", "gat", "nieuw", "oz", "x²", "de",
    ];
    let mut all = Vec::new();
    for words in typed {
        for limit in [1, 2, 50] {
            for archived in [false, true] {
                let found = store.search(words, None, archived, limit);
                all.push(format!("{words}: {found:?}"));
            }
            all.push(format!("{:?}", store.holding_words(words, limit)));
        }
        for kind in kinds() {
            all.push(format!(
                "{:?}",
                store.search(words, Some(kind.name), false, 3)
            ));
        }
        all.push(format!("{:?}", store.with_any_word(&[words.to_owned()])));
        let contacts = ContactFilter {
            text: words.to_owned(),
            ..ContactFilter::default()
        };
        all.push(format!("{:?}", store.contacts(&contacts, 0, 10)));
        let signals = SignalFilter {
            text: words.to_owned(),
            states: vec!["new".to_owned()],
            ..SignalFilter::default()
        };
        all.push(format!("{:?}", store.signals(&signals, 0, 10)));
    }
    let street = ContactFilter {
        street: Some("Malakkastraat".to_owned()),
        ..ContactFilter::default()
    };
    all.push(format!("{:?}", store.contacts(&street, 0, 10)));
    all.push(format!(
        "{:?}",
        store.contacts(&ContactFilter::default(), 0, 10)
    ));
    all.push(format!("{:?}", store.streets(10)));
    let rows = AgendaRows {
        late: 5,
        today: 5,
        week: 5,
        later: 5,
        waiting: 5,
    };
    all.push(format!(
        "{:?}",
        store.agenda(None, "2026-11-25", "2026-11-29", "2026", rows)
    ));
    for kind in kinds() {
        all.push(format!(
            "{:?}",
            store.records_of_kind(Some(kind.name), true, 0, 50)
        ));
        all.push(format!("{:?}", store.list(kind.name)));
        let kept: Result<(), StoreError> =
            store.each_kept_since(SPACE, kind.name, i64::MAX, |row| {
                all.push(format!("{row:?}"));
                Ok(ControlFlow::Continue(()))
            });
        kept.unwrap();
    }
    for id in ids {
        all.push(format!("{:?}", store.record(*id)));
        all.push(format!("{:?}", store.timeline(*id, 0, 10)));
        all.push(format!("{:?}", store.pointing_at(*id)));
        all.push(format!("{:?}", store.linked_through(*id)));
        all.push(format!("{:?}", store.history(*id)));
        let bytes = store.snapshot(|book| book.document_bytes(*id));
        all.push(format!("{bytes:?}"));
    }
    all.push(format!("{:?}", store.spaces()));
    all.push(format!("{:?}", store.unsent(50)));
    all.push(format!("{:?}", store.only_here()));
    all.push(format!("{:?}", store.last_undo()));
    all.push(format!("{:?}", store.left_behind_since(0)));
    all
}

#[test]
fn everything_that_is_asked_says_the_same_before_and_after() {
    let device = Device::new(1);
    let ids = edited(&device);
    assert_eq!(waiting(&device), 7);
    let before = asked(&device, &ids);
    device.store.settle().unwrap();
    assert_eq!(waiting(&device), 0);
    for (before, after) in before.iter().zip(asked(&device, &ids)) {
        assert_eq!(*before, after);
    }
    device.is_sound();
    device.store.rebuild().unwrap();
    for (before, after) in before.iter().zip(asked(&device, &ids)) {
        assert_eq!(*before, after);
    }
}

#[test]
fn what_is_found_follows_every_edit() {
    let device = Device::new(1);
    let id = device.create(1, "contact", json!({ "name": "Kees" }));
    let found = |words: &str| device.store.search(words, None, false, 5).unwrap().len();
    for round in 0..MANY {
        let name = format!("Naam{round}");
        device.edit(id, json!({ "name": name }));
        assert_eq!(
            (found(&name), found("kees"), found("naam")),
            (1, 0, 1),
            "{round}"
        );
        assert_eq!(waiting(&device), (round + 2) % MANY, "{round}");
    }
}

#[test]
fn what_waits_is_there_when_the_file_is_opened_again() {
    let device = Device::new(1);
    let ids = edited(&device);
    let before = asked(&device, &ids);
    let device = device.reopened();
    assert_eq!(waiting(&device), 7);
    assert_eq!(asked(&device, &ids), before);
    device.is_sound();
}

#[test]
fn a_record_of_which_nothing_was_settled_is_sent_merged_and_erased_like_any_other() {
    let (one, other, mut log) = (Device::new(1), Device::new(2), Log::default());
    let kees = one.create(1, "contact", json!({ "name": "Kees Zonderling" }));
    let samir = one.create(2, "contact", json!({ "name": "Samir" }));
    assert!(waiting(&one) > 0);
    log.take(&one);
    assert_eq!(waiting(&one), 0);
    log.give(&other);
    one.edit(kees, json!({ "town": "Utrecht" }));
    other.edit(kees, json!({ "street": "Javastraat" }));
    log.take(&other);
    log.give(&one);
    let merged = json!({ "name": "Kees Zonderling", "town": "Utrecht", "street": "Javastraat" });
    assert_eq!(one.fields(kees), merged);
    one.is_sound();

    one.edit(kees, json!({ "name": "Kees Merkwaardig" }));
    one.edit(samir, json!({ "town": "Utrecht" }));
    one.act(|action| action.erase(kees, me()));
    assert!(
        one.store
            .search("merkw", None, false, 5)
            .unwrap()
            .is_empty()
    );
    assert_eq!(one.outbox().len(), 1);
    one.is_sound();
    let pages = pages(&one);
    for word in ["Zonderling", "Merkwaardig"] {
        assert!(!holds(&pages, word), "{word} is still in the file");
    }
}

#[test]
fn an_id_that_waits_is_taken_and_a_whole_document_meets_it() {
    let (one, other) = (Device::new(1), Device::new(2));
    let kees = one.create(1, "contact", json!({ "name": "Kees" }));
    let again = one.store.transact(&one.stamp(), None, |action| {
        let kind = domain::record::kind("contact").unwrap();
        action.create(kees, kind, SPACE, &object(json!({ "name": "Samir" })))
    });
    failed(again);
    assert_eq!(one.fields(kees), json!({ "name": "Kees" }));

    let mut log = Log::default();
    log.take(&one);
    log.give(&other);
    other.edit(kees, json!({ "town": "Utrecht" }));
    one.edit(kees, json!({ "street": "Javastraat" }));
    let arriving = [whole(&other, kees)];
    let end = log.end_from(one.space().cursor);
    one.store
        .take_documents(SPACE, &arriving, end, &taking())
        .unwrap();
    let fields: Value = one.fields(kees);
    assert_eq!(
        (&fields["town"], &fields["street"]),
        (&json!("Utrecht"), &json!("Javastraat"))
    );
    one.is_sound();
}

#[test]
fn a_long_action_settles_on_its_way_and_is_taken_back_as_one() {
    let device = Device::new(1);
    let number = 3 * MANY as u128 + 5;
    device
        .store
        .transact(&device.stamp(), Some("all"), |action| {
            let kind = domain::record::kind("note").unwrap();
            for id in 1..=number {
                let fields = object(json!({ "text": format!("Regel {id}") }));
                action.create(RecordId(Uuid::from_u128(id)), kind, SPACE, &fields)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(device.outbox().len() as u128, number);
    assert_eq!(device.store.last_undo().unwrap().as_deref(), Some("all"));
    device.undo(&device.stamp(), "all", "again").unwrap();
    assert!(
        device
            .store
            .search("regel", None, false, 5)
            .unwrap()
            .is_empty()
    );
    device.is_sound();
}

/// Pages that a piece of work added to the write-ahead log: a frame is a page with its header.
fn pages_written(device: &Device, work: impl FnOnce()) -> u64 {
    const FRAME: u64 = 4096 + 24;
    let log = device.path().with_extension("sqlite-wal");
    let length = || std::fs::metadata(&log).unwrap().len();
    let before = length();
    work();
    (length() - before) / FRAME
}

#[test]
fn an_edit_and_a_note_write_few_pages() {
    let device = Device::new(1);
    for number in 1..=300 {
        let fields = json!({ "name": format!("Bewoner {number}"), "street": "Balistraat", "town": "Utrecht" });
        device.create(number, "contact", fields);
    }
    device.store.settle().unwrap();
    let empty_log = || {
        let sql = device.sql();
        sql.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .unwrap();
    };
    empty_log();
    let undo = |name: u128| format!("{name}");
    let mut edits = Vec::new();
    let mut notes = Vec::new();
    for round in 1..=20_u128 {
        let id = RecordId(Uuid::from_u128(round * 14));
        let fields = object(json!({ "house_number": format!("{round}") }));
        edits.push(pages_written(&device, || {
            let done = device
                .store
                .transact(&device.stamp(), Some(&undo(round)), |action| {
                    action.edit(id, &fields)
                });
            assert!(done.unwrap().0);
        }));
        let note = RecordId(Uuid::from_u128(1000 + round));
        let kind = domain::record::kind("note").unwrap();
        let fields = object(json!({ "text": "Oversteek bij school", "about": [id.to_string()] }));
        notes.push(pages_written(&device, || {
            let name = undo(100 + round);
            let done = device
                .store
                .transact(&device.stamp(), Some(&name), |action| {
                    action.create(note, kind, SPACE, &fields)
                });
            done.unwrap();
        }));
    }
    edits.sort_unstable();
    notes.sort_unstable();
    assert_eq!((edits[10], notes[10]), (2, 5), "{edits:?} {notes:?}");
}
