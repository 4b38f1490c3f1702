//! What comes from elsewhere.

use serde_json::json;
use store::{ArrivingChange, PageEnd, Space, StoreError};
use uuid::Uuid;

use crate::device::{Device, Log, SPACE, exchange, failed, space, taking, whole};

#[test]
fn the_same_page_twice_is_taken_in_once() {
    let (one, other, mut log) = (Device::new(1), Device::new(2), Log::default());
    let id = one.create(1, "contact", json!({ "name": "Kees" }));
    one.edit(id, json!({ "town": "Utrecht" }));
    log.take(&one);
    let first = log.give(&other);
    assert_eq!(first.records, [id]);
    let before = (other.read_model(), other.space());

    // The answer was lost: the same page comes again.
    let again = other
        .store
        .take_changes(SPACE, &log.0, log.end(), &taking())
        .unwrap();
    assert_eq!(again.records, []);
    assert_eq!((other.read_model(), other.space()), before);
    assert_eq!(other.store.refused_count().unwrap(), 0);
    other.is_sound();
}

#[test]
fn one_bad_change_is_kept_aside_and_the_others_come_in() {
    let (one, other, mut log) = (Device::new(1), Device::new(2), Log::default());
    for number in 1..=4 {
        one.create(
            number,
            "note",
            json!({ "text": format!("Notitie {number}") }),
        );
    }
    log.take(&one);
    let bad = log.0[1].document;
    let middle = log.0[1].bytes.len() / 2;
    log.0[1].bytes[middle] ^= 0xff;
    log.0[2].bytes = b"not a change".to_vec();

    let changes = log.give(&other);
    assert_eq!(changes.records, [log.0[0].document, log.0[3].document]);
    assert_eq!(other.space().cursor, 4);
    let refused = other.store.refused().unwrap();
    let codes: Vec<_> = refused
        .iter()
        .map(|change| (change.code.as_str(), change.mine))
        .collect();
    assert_eq!(codes, [("invalid", false), ("invalid", false)]);
    assert_eq!(other.store.record(bad).unwrap(), None);
    other.is_sound();
}

#[test]
fn what_was_refused_is_kept_once_however_often_it_comes() {
    let (one, other, mut log) = (Device::new(1), Device::new(2), Log::default());
    one.create(1, "contact", json!({ "name": "Kees" }));
    log.take(&one);
    log.0[0].bytes = b"not a change".to_vec();
    for _ in 0..3 {
        log.give(&other);
    }
    assert_eq!(other.store.refused_count().unwrap(), 1);
    assert_eq!(other.store.refused().unwrap()[0].bytes, b"not a change");
    other.is_sound();
}

#[test]
fn a_change_whose_past_is_missing_is_kept_aside() {
    let (one, other, mut log) = (Device::new(1), Device::new(2), Log::default());
    let id = one.create(1, "contact", json!({ "name": "Kees" }));
    one.edit(id, json!({ "town": "Utrecht" }));
    log.take(&one);
    other
        .store
        .take_changes(SPACE, &log.0[1..], log.end(), &taking())
        .unwrap();
    assert_eq!(other.store.record(id).unwrap(), None);
    assert_eq!(other.store.refused().unwrap()[0].code, "missing_deps");
    other.is_sound();
}

#[test]
fn a_change_for_another_record_than_its_frame_says_is_kept_aside() {
    let (one, other, mut log) = (Device::new(1), Device::new(2), Log::default());
    one.create(1, "contact", json!({ "name": "Kees" }));
    log.take(&one);
    log.0[0].document = Uuid::from_u128(99).into();
    log.give(&other);
    assert_eq!(other.store.record(log.0[0].document).unwrap(), None);
    assert_eq!(other.store.refused_count().unwrap(), 1);
    other.is_sound();
}

#[test]
fn a_whole_document_merges_with_what_is_here_and_what_is_unsent_stays_unsent() {
    let (one, other, mut log) = (Device::new(1), Device::new(2), Log::default());
    let id = one.create(1, "contact", json!({ "name": "Kees" }));
    exchange(&mut log, &[&one, &other]);
    one.edit(id, json!({ "town": "Utrecht" }));
    other.edit(id, json!({ "street": "Balistraat" }));
    let unsent = other.outbox();

    let page = [whole(&one, id)];
    for _ in 0..2 {
        other
            .store
            .take_documents(SPACE, &page, log.end(), &other.stamp())
            .unwrap();
        assert_eq!(
            other.fields(id),
            json!({ "name": "Kees", "street": "Balistraat", "town": "Utrecht" })
        );
        assert_eq!(other.outbox(), unsent);
        other.is_sound();
    }
    exchange(&mut log, &[&other, &one]);
    exchange(&mut log, &[&other, &one]);
    assert_eq!(one.fields(id), other.fields(id));
    assert_eq!(one.space().digest, other.space().digest);
    one.is_sound();
}

#[test]
fn a_first_sync_counts_what_came_and_ends_with_its_last_page() {
    let (one, other) = (Device::new(1), Device::new(2));
    let ids = [1, 2, 3].map(|number| {
        one.create(
            number,
            "note",
            json!({ "text": format!("Notitie {number}") }),
        )
    });
    other.store.start_over(SPACE).unwrap();
    let end = |from, cursor, more| PageEnd {
        from,
        cursor,
        more,
        log_epoch: Some(Uuid::from_u128(5)),
    };
    let first: Vec<_> = ids[..2].iter().map(|id| whole(&one, *id)).collect();
    other
        .store
        .take_documents(SPACE, &first, end(0, 7, true), &other.stamp())
        .unwrap();
    let now = other.space();
    assert_eq!((now.first_sync, now.first_done, now.cursor), (true, 2, 7));
    other
        .store
        .take_documents(
            SPACE,
            &[whole(&one, ids[2])],
            end(7, 9, false),
            &other.stamp(),
        )
        .unwrap();
    let now = other.space();
    assert_eq!((now.first_sync, now.first_done, now.cursor), (false, 3, 9));
    assert_eq!(
        (now.log_epoch, now.digest),
        (Some(Uuid::from_u128(5)), one.space().digest)
    );
    assert_eq!(other.store.unsent(10).unwrap().0, 0);
    other.is_sound();
}

#[test]
fn starting_over_offers_everything_again_and_drops_nothing() {
    let (one, other, mut log) = (Device::new(1), Device::new(2), Log::default());
    let kees = one.create(1, "contact", json!({ "name": "Kees" }));
    for number in 0..20 {
        one.edit(kees, json!({ "town": format!("Dorp {number}") }));
    }
    other.create(2, "note", json!({ "text": "x" }));
    exchange(&mut log, &[&one, &other]);
    exchange(&mut log, &[&one, &other]);
    one.edit(kees, json!({ "town": "Utrecht" }));
    let before = one.fields(kees);

    one.store.start_over(SPACE).unwrap();
    let now = one.space();
    assert_eq!((now.cursor, now.first_sync, now.first_done), (0, true, 0));
    assert_eq!(one.outbox().len(), 23);
    assert_eq!(
        (one.fields(kees), one.store.unsent(10).unwrap().0),
        (before, 2)
    );
    one.is_sound();

    // A new log, and everybody has everything again.
    let mut log = Log::default();
    other.store.start_over(SPACE).unwrap();
    exchange(&mut log, &[&one, &other]);
    assert_eq!(log.0.len(), 23);
    assert_eq!(one.space().digest, other.space().digest);
    assert_eq!((one.outbox(), other.outbox()), (Vec::new(), Vec::new()));
    one.is_sound();
    other.is_sound();
}

#[test]
fn starting_over_that_breaks_off_in_the_middle_of_a_record_changes_nothing() {
    let (one, mut log) = (Device::new(1), Log::default());
    let kees = one.create(1, "contact", json!({ "name": "Kees" }));
    exchange(&mut log, &[&one]);
    one.edit(kees, json!({ "town": "Utrecht" }));
    one.edit(kees, json!({ "town": "Overvecht" }));
    let before = one.outbox();
    let sql = one.sql();
    // As when the disk is full at the third change.
    sql.execute_batch(
        "CREATE TRIGGER full BEFORE INSERT ON change WHEN (SELECT count(*) FROM change) = 2
         BEGIN SELECT RAISE(ABORT, 'full'); END",
    )
    .unwrap();
    one.store.start_over(SPACE).unwrap_err();
    assert_eq!(one.outbox(), before);
    sql.execute_batch("DROP TRIGGER full").unwrap();
    one.store.start_over(SPACE).unwrap();
    assert_eq!(one.outbox().len(), 3);
    one.is_sound();
}

#[test]
fn who_may_only_read_offers_nothing_again_and_keeps_nothing_of_a_space_that_is_lost() {
    let (one, reader, mut log) = (Device::new(1), Device::new(2), Log::default());
    one.create(1, "contact", json!({ "name": "Kees" }));
    reader.create(2, "note", json!({ "text": "nog als schrijver" }));
    exchange(&mut log, &[&one, &reader]);
    log.give(&reader);
    let space = Space {
        role: "reader".to_owned(),
        ..space()
    };
    reader.store.put_space(&space).unwrap();
    reader.store.start_over(SPACE).unwrap();
    assert!(reader.space().first_sync, "all of it is fetched again");
    assert_eq!(reader.outbox(), Vec::new());
    assert_eq!(reader.store.unsent(10).unwrap().0, 0);
    reader.store.lose_space(SPACE, None).unwrap();
    assert_eq!(reader.read_model(), Vec::<Vec<String>>::new());
}

#[test]
fn a_page_that_was_asked_elsewhere_moves_no_cursor() {
    let (one, other) = (Device::new(1), Device::new(2));
    let mut log = Log::default();
    let id = one.create(1, "note", json!({ "text": "Bij de school" }));
    log.take(&one);
    log.give(&other);
    one.edit(id, json!({ "text": "Bij de school, 08:20" }));
    log.take(&one);

    // Another program on this folder was quicker: its page ends further on.
    let end = |from, cursor| PageEnd {
        from,
        cursor,
        ..log.end()
    };
    let take = |end| {
        other
            .store
            .take_changes(SPACE, &log.0, end, &taking())
            .unwrap()
    };
    take(end(1, 2));
    take(end(0, 1));
    assert_eq!(other.space().cursor, 2);

    // And a space that starts over meanwhile starts at the beginning.
    other.store.start_over(SPACE).unwrap();
    take(end(0, 2));
    take(end(2, 3));
    assert_eq!((other.space().cursor, other.space().first_sync), (0, true));
    assert_eq!(other.fields(id)["text"], "Bij de school, 08:20");
    other.is_sound();
}

#[test]
fn a_page_for_a_space_that_is_not_there_is_refused_whole() {
    let device = Device::new(1);
    let elsewhere = Uuid::from_u128(77).into();
    let page = [ArrivingChange {
        epoch: 0,
        document: Uuid::from_u128(1).into(),
        seq: 1,
        bytes: vec![1],
    }];
    let end = PageEnd {
        from: 0,
        cursor: 1,
        more: false,
        log_epoch: None,
    };
    let result = device.store.take_changes(elsewhere, &page, end, &taking());
    assert!(matches!(failed(result), StoreError::NoSpace(_)));
    assert_eq!(device.store.refused_count().unwrap(), 0);
}

#[test]
fn what_was_alone_moves_to_the_team_with_all_that_is_unsent() {
    let device = Device::new(1);
    let id = device.create(1, "contact", json!({ "name": "Kees" }));
    let team = Space {
        id: Uuid::from_u128(6).into(),
        is_default: false,
        ..space()
    };
    device.store.put_space(&team).unwrap();
    let digest = device.space().digest;
    device.act(|action| action.rehome(SPACE, team.id));
    assert_eq!(device.outbox()[0].space, team.id);
    assert_eq!(device.store.record(id).unwrap().unwrap().space, team.id);
    let spaces = device.store.spaces().unwrap();
    assert_eq!((spaces.len(), spaces[0].digest), (1, digest));
    device.is_sound();
}
