//! A space that is lost: what could not be sent stays to be read, and what is erased there is erased here, too.

use serde_json::json;
use store::{ArrivingEpoch, ArrivingErasure, Began, LogPage, PageEnd, Space};
use uuid::Uuid;

use crate::device::{Device, Log, SPACE, space, taking};
use crate::erasing::{NAME, full, holds, pages};

const LOG: Uuid = Uuid::from_u128(0x109);

/// A device that lost its space while an edit of the record about her was not sent; and that record.
fn departed(device: &Device) -> domain::ids::RecordId {
    let mut log = Log::default();
    let id = full(device);
    log.take(device);
    device.edit(id, json!({ "met": format!("{NAME}, niet verzonden") }));
    device.store.lose_space(SPACE, None).unwrap();
    assert!(holds(&pages(device), NAME), "kept: it is nowhere else");
    assert_eq!(device.store.departures().unwrap()[0].records, [id]);
    id
}

fn end(from: u64, cursor: u64) -> PageEnd {
    PageEnd {
        from,
        cursor,
        more: false,
        log_epoch: Some(LOG),
    }
}

fn erasure(document: domain::ids::RecordId, seq: u64) -> ArrivingErasure {
    ArrivingErasure {
        document,
        seq,
        member: None,
        at: 7,
    }
}

#[test]
fn no_byte_stays_of_an_unsent_edit_once_the_record_is_erased_in_the_space_that_was_lost() {
    let device = Device::new(1);
    let id = departed(&device);
    assert_eq!(device.store.departed().unwrap().len(), 1);
    // Of another record, too, which never was here: nothing of that is noted.
    let stranger = Uuid::from_u128(0xabc).into();
    let erasures = [erasure(id, 300), erasure(stranger, 301)];
    let page = LogPage {
        erasures: &erasures,
        ..LogPage::default()
    };
    let changes = device
        .store
        .take_departed(SPACE, &page, end(0, 301), &taking())
        .unwrap();
    assert_eq!(changes.records, [id]);
    assert!(!holds(&pages(&device), "Quispel"));
    let known = device.store.erasures(10).unwrap();
    assert_eq!((known.len(), known[0].document), (1, id));
    assert_eq!(known[0].lost, 1, "the person is told");
    assert_eq!(device.store.departures().unwrap(), []);
    assert_eq!(device.store.departed().unwrap(), []);
    assert!(device.store.space(SPACE).is_err(), "nothing of it is left");
    device.is_sound();
}

#[test]
fn where_words_were_taken_out_in_a_space_that_was_lost_the_record_goes_and_ones_own_words_are_kept_aside()
 {
    let device = Device::new(1);
    let id = departed(&device);
    let epochs = [ArrivingEpoch {
        document: id,
        epoch: 1,
        // Whatever it says now is not for this device.
        bytes: b"not looked at".to_vec(),
        began: Some(Began {
            seq: 300,
            member: None,
            at: 7,
        }),
    }];
    let page = LogPage {
        epochs: &epochs,
        ..LogPage::default()
    };
    device
        .store
        .take_departed(SPACE, &page, end(0, 300), &taking())
        .unwrap();
    assert_eq!(device.store.departures().unwrap(), []);
    assert!(
        !holds(&pages(&device), "Quispelstraat"),
        "the history is gone"
    );
    let aside = device.store.refused().unwrap();
    assert!(aside[0].said.as_ref().unwrap().contains("verzonden"));
    // As long as these words are here, erasing the whole record reaches them.
    let still = device.store.departed().unwrap();
    assert_eq!((still[0].cursor, still[0].log_epoch), (300, Some(LOG)));
    let erasures = [erasure(id, 302)];
    let page = LogPage {
        erasures: &erasures,
        ..LogPage::default()
    };
    device
        .store
        .take_departed(SPACE, &page, end(300, 302), &taking())
        .unwrap();
    assert!(!holds(&pages(&device), NAME));
    assert_eq!(device.store.departed().unwrap(), []);
    device.is_sound();
}

#[test]
fn a_space_that_comes_back_starts_over() {
    let device = Device::new(1);
    departed(&device);
    device
        .store
        .take_departed(SPACE, &LogPage::default(), end(0, 0), &taking())
        .unwrap();
    let back = Space {
        first_sync: true,
        ..space()
    };
    device.store.put_space(&back).unwrap();
    let now = device.store.space(SPACE).unwrap();
    assert_eq!((now.cursor, now.log_epoch, now.first_sync), (0, None, true));
    assert!(device.store.departed().unwrap().is_empty());
    // From then on it is an ordinary space again: what a late answer says of the lost one moves nothing.
    device
        .store
        .take_departed(SPACE, &LogPage::default(), end(0, 40), &taking())
        .unwrap();
    assert_eq!(device.store.space(SPACE).unwrap().cursor, 0);
}

#[test]
fn what_is_erased_elsewhere_reaches_nothing_of_another_space() {
    let device = Device::new(1);
    let id = departed(&device);
    let other = Space {
        id: Uuid::from_u128(0x0773).into(),
        ..space()
    };
    device.store.put_space(&other).unwrap();
    let erasures = [erasure(id, 3)];
    let page = LogPage {
        erasures: &erasures,
        ..LogPage::default()
    };
    device
        .store
        .take_departed(other.id, &page, end(0, 3), &taking())
        .unwrap();
    assert!(device.store.record(id).unwrap().is_some());
    assert!(!device.store.is_erased(id).unwrap());
}

#[test]
fn ones_own_words_that_are_kept_aside_stay_when_the_space_is_lost_until_one_has_seen_them() {
    let device = Device::new(1);
    let mut log = Log::default();
    let id = full(&device);
    log.take(&device);
    device
        .sql()
        .execute(
            "INSERT INTO quarantine (document, space, bytes, code, at, said)
             VALUES (?1, ?2, x'', 'epoch_superseded', 5, '{\"text\":\"Mijn woorden\"}'),
                    (?1, ?2, x'07', 'invalid', 5, NULL)",
            [id.0.as_bytes(), SPACE.0.as_bytes()],
        )
        .unwrap();
    assert_eq!(device.store.only_here().unwrap(), [id]);
    device.store.lose_space(SPACE, None).unwrap();
    let aside = device.store.refused().unwrap();
    assert_eq!(aside.len(), 1, "what others wrote is theirs to bring again");
    assert!(aside[0].said.as_ref().unwrap().contains("Mijn woorden"));
    assert!(!holds(&pages(&device), NAME));
    assert_eq!(device.store.departed().unwrap().len(), 1);
    device.store.forget_aside(&[aside[0].id]).unwrap();
    assert!(device.store.departed().unwrap().is_empty());
    assert!(!holds(&pages(&device), "Mijn woorden"));
    device.is_sound();
}
