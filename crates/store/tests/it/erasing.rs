//! After an erasure nothing is left in the file but a line that says so, and nothing brings the record back.

use std::collections::BTreeSet;

use domain::ids::{MemberId, RecordId, SpaceId};
use rusqlite::MAIN_DB;
use serde_json::json;
use store::{ArrivingErasure, LogPage, PageEnd, Space, StoreError, Verdict};
use uuid::Uuid;

use crate::device::{Device, Log, SPACE, exchange, failed, object, raw, space, taking, whole};

/// A name that stands nowhere else.
pub(crate) const NAME: &str = "Wilhelmijntje Quispel";

pub(crate) fn me() -> MemberId {
    MemberId(Uuid::from_u128(0x3e))
}

fn erase(device: &Device, id: RecordId) {
    device.act(|action| action.erase(id, me()));
}

fn erased_elsewhere(id: RecordId, seq: u64) -> ArrivingErasure {
    ArrivingErasure {
        document: id,
        seq,
        member: Some(MemberId(Uuid::from_u128(0x4e))),
        at: 7,
    }
}

/// Every page of the database as it is when decrypted, free ones and gaps included.
pub(crate) fn pages(device: &Device) -> Vec<u8> {
    raw(&device.path()).serialize(MAIN_DB).unwrap().to_vec()
}

/// Whether a word stands in the pages, in whatever case.
pub(crate) fn holds(pages: &[u8], word: &str) -> bool {
    let word = word.to_lowercase().into_bytes();
    pages
        .to_ascii_lowercase()
        .windows(word.len())
        .any(|window| window == word)
}

/// A device with this many contacts and notes, and one contact to be erased.
pub(crate) fn full(device: &Device) -> RecordId {
    for number in 0..60_u128 {
        device.create(
            0x1000 + number,
            "contact",
            json!({"name": format!("Bewoner {number}"), "street": "Balistraat"}),
        );
        device.create(
            0x2000 + number,
            "note",
            json!({"text": format!("Notitie {number} over de oversteek. ").repeat(20)}),
        );
    }
    let id = device.create(
        0x9000,
        "contact",
        json!({"name": NAME, "street": "Malakkastraat"}),
    );
    for number in 0..40 {
        device.edit(id, json!({"met": format!("{NAME} kwam {number} keer")}));
    }
    device
        .store
        .transact::<_, StoreError>(&device.stamp(), Some("undo me"), |action| {
            action.edit(id, &object(json!({"street": "Quispelstraat"})))
        })
        .unwrap();
    id
}

#[test]
fn no_byte_of_an_erased_name_stays_in_the_pages_or_the_journal() {
    let device = Device::new(1);
    let id = full(&device);
    assert!(holds(&pages(&device), "quispel"), "the test can see it");
    erase(&device, id);
    assert!(!holds(&pages(&device), "quispel"));
    let journal = device.path().with_extension("sqlite-wal");
    let journal_bytes = std::fs::metadata(journal).map_or(0, |file| file.len());
    assert!(
        journal_bytes < 64 * 1024,
        "only what came after the erasure"
    );
    assert!(device.store.record(id).unwrap().is_none());
    assert_eq!(device.store.last_undo().unwrap(), None);
    assert!(
        device
            .store
            .search("quispel", None, false, 9)
            .unwrap()
            .is_empty()
    );
    device.is_sound();
}

#[test]
fn an_erasure_from_elsewhere_takes_unsent_edits_along_and_says_so() {
    let (one, two) = (Device::new(1), Device::new(2));
    let mut log = Log::default();
    let id = full(&one);
    exchange(&mut log, &[&one, &two]);
    two.edit(id, json!({"met": "Quispel belde nog"}));
    let end = log.end();
    let page = LogPage {
        erasures: &[erased_elsewhere(id, 500)],
        ..LogPage::default()
    };
    let changes = two.store.take_page(SPACE, &page, end, &taking()).unwrap();
    assert_eq!(changes.records, [id]);
    assert!(!holds(&pages(&two), "quispel"));
    assert!(two.outbox().is_empty());
    let erasure = &two.store.erasures(9).unwrap()[0];
    assert_eq!((erasure.lost, erasure.seq), (1, Some(500)));
    assert_eq!(erasure.kind.as_deref(), Some("contact"));
    two.store.forget_lost().unwrap();
    assert_eq!(two.store.erasures(9).unwrap()[0].lost, 0);
    two.is_sound();
}

#[test]
fn a_tombstone_of_another_space_removes_nothing_and_keeps_nothing_out() {
    let elsewhere = SpaceId(Uuid::from_u128(0x0e15e));
    let (one, two) = (Device::new(1), Device::new(2));
    for device in [&one, &two] {
        let other = Space {
            id: elsewhere,
            is_default: false,
            ..space()
        };
        device.store.put_space(&other).unwrap();
    }
    let mut log = Log::default();
    let id = one.create(7, "contact", json!({"name": NAME}));
    // Who may write anywhere names the record there: before it arrives on the one, after it was made on the other.
    let tombstone = [erased_elsewhere(id, 3)];
    let end = PageEnd {
        from: 0,
        cursor: 3,
        more: false,
        log_epoch: None,
    };
    for device in [&one, &two] {
        let page = LogPage {
            erasures: &tombstone,
            ..LogPage::default()
        };
        let changes = device.store.take_page(elsewhere, &page, end, &taking());
        assert!(changes.unwrap().records.is_empty());
    }
    exchange(&mut log, &[&one, &two]);
    for device in [&one, &two] {
        assert_eq!(device.fields(id)["name"], json!(NAME));
        assert_eq!(device.store.erasures(9).unwrap()[0].space, elsewhere);
        assert!(!device.store.is_erased(id).unwrap());
        device.is_sound();
    }
    // Nor does what arrives there get mixed with it.
    let copy = whole(&two, id);
    one.edit(id, json!({"street": "Balistraat"}));
    let end = PageEnd { from: 3, ..end };
    let taken = one
        .store
        .take_documents(elsewhere, &[copy], end, &one.stamp());
    assert!(taken.unwrap().records.is_empty());
    assert_eq!(one.outbox().len(), 1);
}

#[test]
fn nothing_brings_an_erased_record_back() {
    let (one, two) = (Device::new(1), Device::new(2));
    let mut log = Log::default();
    let id = one.create(7, "contact", json!({"name": NAME}));
    exchange(&mut log, &[&one, &two]);
    let copy = whole(&two, id);
    two.edit(id, json!({"street": "Balistraat"}));
    erase(&one, id);
    log.take(&two);
    log.give(&one);
    one.store
        .take_documents(SPACE, &[copy], log.end(), &one.stamp())
        .unwrap();
    assert!(one.store.record(id).unwrap().is_none());
    let again = one
        .store
        .transact::<_, StoreError>(&one.stamp(), None, |action| {
            let kind = domain::record::kind("contact").unwrap();
            let fields = object(json!({"name": NAME}));
            action.create(id, kind, SPACE, &fields)
        });
    assert!(matches!(failed(again), StoreError::Erased(erased) if erased == id));
    assert!(!holds(&pages(&one), "quispel"));
    one.is_sound();
}

#[test]
fn an_erasure_waits_for_the_server_and_is_offered_again_to_one_that_forgot() {
    let device = Device::new(1);
    let id = device.create(7, "contact", json!({"name": NAME}));
    erase(&device, id);
    let waiting = |device: &Device| -> Vec<RecordId> {
        let waiting = device.store.waiting_erasures(9).unwrap();
        waiting.iter().map(|erasure| erasure.document).collect()
    };
    assert_eq!(waiting(&device), [id]);
    let device = device.reopened();
    device
        .store
        .take_erasure_verdicts(&[(SPACE, id, Verdict::Numbered(12))])
        .unwrap();
    assert!(waiting(&device).is_empty());
    device.store.start_over(SPACE).unwrap();
    assert_eq!(waiting(&device), [id]);
}

#[test]
fn a_record_whose_erasure_was_refused_can_come_back() {
    let (one, two) = (Device::new(1), Device::new(2));
    let mut log = Log::default();
    let id = one.create(7, "contact", json!({"name": NAME}));
    exchange(&mut log, &[&one, &two]);
    erase(&two, id);
    two.store
        .take_erasure_verdicts(&[(SPACE, id, Verdict::Refused("no_right".to_owned()))])
        .unwrap();
    assert!(two.space().first_sync, "everything is fetched again");
    two.store
        .take_documents(SPACE, &[whole(&one, id)], log.end(), &two.stamp())
        .unwrap();
    assert!(two.store.record(id).unwrap().is_some());
    assert_eq!(
        two.store.erasures(9).unwrap()[0].refused.as_deref(),
        Some("no_right")
    );
}

#[test]
fn undoing_an_action_leaves_out_what_was_erased_since() {
    let device = Device::new(1);
    let kept = device.create(7, "contact", json!({"name": "Kees Jansen"}));
    let gone = device.create(8, "contact", json!({"name": NAME}));
    device
        .store
        .transact::<_, StoreError>(&device.stamp(), Some("both"), |action| {
            for id in [kept, gone] {
                let street = object(json!({"street": "Balistraat"}));
                action.edit(id, &street)?;
            }
            Ok(())
        })
        .unwrap();
    erase(&device, gone);
    device.undo(&device.stamp(), "both", "redo").unwrap();
    assert_eq!(device.fields(kept)["street"], json!(null));
}

#[test]
fn a_killed_program_finishes_cleaning_when_it_starts_again() {
    let device = Device::new(1);
    let id = full(&device);
    // Somebody reads while the record is erased: the journal cannot be emptied then.
    let reader = raw(&device.path());
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM record")
        .unwrap();
    reader
        .query_row("SELECT count(*) FROM record", [], |row| {
            row.get::<_, i64>(0)
        })
        .unwrap();
    erase(&device, id);
    let journal = device.path().with_extension("sqlite-wal");
    assert!(std::fs::metadata(journal).unwrap().len() > 0);
    reader.execute_batch("COMMIT").unwrap();
    drop(reader);
    let device = device.reopened();
    assert!(device.store.finish_cleaning().unwrap());
    assert!(!holds(&pages(&device), "quispel"));
}

#[test]
fn erasing_many_at_random_moments_leaves_no_name_behind() {
    let device = Device::new(1);
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    let mut gone = BTreeSet::new();
    for number in 0..120_u128 {
        let name = format!("Naam{number:04}X");
        let size = (dice >> 40) as usize % 90;
        let id = device.create(
            number + 1,
            "contact",
            json!({"name": name, "met": format!("{name} was hier. ").repeat(size + 1)}),
        );
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        if dice.is_multiple_of(5) {
            erase(&device, id);
            gone.insert(name);
        }
    }
    let pages = pages(&device);
    let left: Vec<&String> = gone.iter().filter(|name| holds(&pages, name)).collect();
    assert!(gone.len() > 10);
    assert_eq!(left, Vec::<&String>::new());
}

#[test]
fn no_byte_of_a_record_that_was_edited_stays_in_the_index_after_an_earlier_erasure() {
    let device = Device::new(1);
    let other = device.create(0x7000, "contact", json!({"name": "Iemand anders"}));
    let id = full(&device);
    // Makes one piece of the index, in which the edited record lies.
    erase(&device, other);
    assert!(holds(&pages(&device), "Quispel"));
    erase(&device, id);
    assert!(!holds(&pages(&device), "Quispel"));
    device.is_sound();
}

#[test]
fn no_byte_of_a_name_stays_of_a_space_that_is_lost() {
    let device = Device::new(1);
    let mut log = Log::default();
    full(&device);
    log.take(&device);
    assert!(holds(&pages(&device), "Quispel"));
    let changes = device.store.lose_space(SPACE, None).unwrap();
    assert!(!changes.records.is_empty());
    let pages = pages(&device);
    for word in ["Quispel", "Wilhelmijntje", "oversteek"] {
        assert!(!holds(&pages, word), "{word}");
    }
    device.is_sound();
}
