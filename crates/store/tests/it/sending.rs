//! What is still to be sent, and what the server said of it.

use serde_json::json;
use store::Verdict;

use crate::device::{Device, Log};

#[test]
fn a_change_without_a_position_is_the_outbox() {
    let device = Device::new(1);
    let kees = device.create(1, "contact", json!({ "name": "Kees" }));
    let note = device.create(2, "note", json!({ "text": "x" }));
    device.edit(kees, json!({ "town": "Utrecht" }));
    let outbox = device.outbox();
    let documents: Vec<_> = outbox.iter().map(|change| change.document).collect();
    assert_eq!(documents, [kees, note, kees]);
    assert_eq!(device.store.unsent(10).unwrap().0, 2);

    let verdict = |index: usize| {
        (
            outbox[index].document,
            outbox[index].hash,
            Verdict::Numbered(index as u64 + 1),
        )
    };
    assert_eq!(
        device
            .store
            .take_verdicts(&[verdict(0), verdict(1)], 0)
            .unwrap(),
        [kees, note]
    );
    let unsent = |id| device.store.record(id).unwrap().unwrap().unsent;
    assert_eq!((unsent(kees), unsent(note)), (true, false));
    device
        .store
        .take_verdicts(&[verdict(2), verdict(2)], 0)
        .unwrap();
    assert_eq!(
        (device.outbox(), device.store.unsent(10).unwrap().0),
        (Vec::new(), 0)
    );
    device.is_sound();
}

#[test]
fn the_outbox_comes_in_pages_and_one_large_change_still_goes() {
    let device = Device::new(1);
    for number in 0..5 {
        device.create(number, "note", json!({ "text": "x".repeat(500) }));
    }
    let (end, first) = device.store.outbox(0, 2, usize::MAX).unwrap();
    let (_, rest) = device.store.outbox(end, 100, usize::MAX).unwrap();
    assert_eq!((first.len(), rest.len()), (2, 3));
    assert_eq!(device.store.outbox(0, 100, 1).unwrap().1.len(), 1);
    let both: Vec<_> = first.into_iter().chain(rest).collect();
    assert_eq!(both, device.outbox());
}

#[test]
fn folding_a_long_tail_keeps_what_is_not_sent() {
    let device = Device::new(1);
    let id = device.create(1, "contact", json!({ "name": "Kees" }));
    for number in 0..40 {
        device.edit(id, json!({ "town": format!("Dorp {number}") }));
    }
    let tail = || -> i64 {
        let sql = device.sql();
        sql.query_row(
            "SELECT count(*) FROM change WHERE in_snapshot = 0",
            [],
            |row| row.get(0),
        )
        .unwrap()
    };
    assert!(tail() < 16, "{}", tail());
    assert_eq!(device.outbox().len(), 41);

    let mut log = Log::default();
    log.take(&device);
    assert_eq!(device.outbox(), Vec::new());
    let kept: i64 = device
        .sql()
        .query_row("SELECT count(*) FROM change", [], |row| row.get(0))
        .unwrap();
    assert!(kept < 16, "{kept} changes are kept twice");
    assert_eq!(device.store.history(id).unwrap().len(), 41);
    device.is_sound();

    let other = Device::new(2);
    log.give(&other);
    assert_eq!(other.fields(id), device.fields(id));
    assert_eq!(other.space().digest, device.space().digest);
    other.is_sound();
}

#[test]
fn a_refused_change_stays_visible_and_can_be_offered_again() {
    let device = Device::new(1);
    let id = device.create(1, "contact", json!({ "name": "Kees" }));
    let change = device.outbox().remove(0);
    let refused = (id, change.hash, Verdict::Refused("no_right".to_owned()));
    device
        .store
        .take_verdicts(&[refused], 1_795_000_000)
        .unwrap();
    let row = device.store.record(id).unwrap().unwrap();
    assert_eq!(
        (row.refused, row.unsent, device.outbox().len()),
        (true, false, 0)
    );
    let listed = device.store.refused().unwrap().remove(0);
    assert_eq!(
        (listed.document, listed.code.as_str(), listed.mine),
        (id, "no_right", true)
    );
    assert_eq!((listed.at, &listed.bytes), (1_795_000_000, &change.bytes));
    device.is_sound();

    assert_eq!(device.store.offer_refused_again().unwrap(), 1);
    assert_eq!(device.outbox(), [change]);
    Log::default().take(&device);
    let row = device.store.record(id).unwrap().unwrap();
    assert_eq!(
        (
            row.refused,
            row.unsent,
            device.store.refused_count().unwrap()
        ),
        (false, false, 0)
    );
}

#[test]
fn a_refused_change_outlives_the_folding_of_its_tail() {
    let device = Device::new(1);
    let id = device.create(1, "contact", json!({ "name": "Kees" }));
    let change = device.outbox().remove(0);
    let refused = (id, change.hash, Verdict::Refused("too_big".to_owned()));
    device.store.take_verdicts(&[refused], 0).unwrap();
    for number in 0..40 {
        device.edit(id, json!({ "town": format!("Dorp {number}") }));
    }
    assert_eq!(device.store.refused().unwrap()[0].bytes, change.bytes);
    assert_eq!(device.outbox().len(), 40);
    device.is_sound();
}

#[test]
fn a_verdict_about_something_unknown_changes_nothing() {
    let device = Device::new(1);
    let id = device.create(1, "contact", json!({ "name": "Kees" }));
    let before = device.outbox();
    device
        .store
        .take_verdicts(&[(id, [9; 32], Verdict::Numbered(5))], 0)
        .unwrap();
    assert_eq!(device.outbox(), before);
}
