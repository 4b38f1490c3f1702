//! Words that are taken out of a record are gone from the file, and what colleagues wrote meanwhile is not.

use domain::document::TakeOut;
use domain::ids::{MemberId, RecordId};
use serde_json::{Value, json};
use store::{ArrivingEpoch, Began, LogPage, OutgoingEpoch, Space, StoreError, Verdict};
use uuid::Uuid;

use crate::device::{Device, Log, SPACE, exchange};
use crate::erasing::{NAME, full, holds, me, pages};

fn take(path: &str, words: Option<&str>) -> TakeOut {
    TakeOut {
        path: path.to_owned(),
        words: words.map(str::to_owned),
        instead: "iemand".to_owned(),
    }
}

fn redact(device: &Device, id: RecordId, takes: &[TakeOut]) {
    device.act(|action| action.redact(id, takes, me()));
}

/// What the device asks the server to begin.
fn planned(device: &Device) -> Vec<OutgoingEpoch> {
    device
        .store
        .planned_epochs(&device.stamp_at(60), usize::MAX, usize::MAX)
        .unwrap()
}

/// What the device offers a server that was put back.
fn offered_all(device: &Device) -> Vec<OutgoingEpoch> {
    let all = device.store.epochs_to_offer(usize::MAX, usize::MAX);
    all.unwrap()
}

/// The server began it, for who asked.
fn begin(device: &Device, epoch: &OutgoingEpoch, seq: u64) {
    let verdicts = [(epoch.clone(), Verdict::Numbered(seq))];
    device
        .store
        .take_epoch_verdicts(&verdicts, me(), &device.stamp_at(61))
        .unwrap();
}

/// The same as others hear of it.
fn heard(of: &Device, epoch: &OutgoingEpoch, seq: u64) -> ArrivingEpoch {
    ArrivingEpoch {
        document: epoch.document,
        epoch: epoch.epoch,
        bytes: of
            .store
            .snapshot(|book| book.document_bytes(epoch.document))
            .unwrap(),
        began: Some(Began {
            seq,
            member: Some(MemberId(Uuid::from_u128(0x4e))),
            at: 7,
        }),
    }
}

fn hear(device: &Device, log: &Log, epochs: &[ArrivingEpoch]) {
    let page = LogPage {
        epochs,
        ..LogPage::default()
    };
    let from = device.space().cursor;
    device
        .store
        .take_page(SPACE, &page, log.end_from(from), &device.stamp_at(70))
        .unwrap();
}

/// Everything that names her, in one record.
fn all_of_her() -> [TakeOut; 2] {
    ["name", "met"].map(|path| take(path, Some(NAME)))
}

/// Two devices that have everything, and a contact to be redacted by the first.
fn two() -> (Device, Device, Log, RecordId) {
    let (one, other) = (Device::new(1), Device::new(2));
    let mut log = Log::default();
    let id = full(&one);
    one.edit(id, json!({"street": "Balistraat"}));
    exchange(&mut log, &[&one, &other]);
    (one, other, log, id)
}

#[test]
fn no_byte_of_what_is_taken_out_stays_on_either_device() {
    let (one, other, mut log, id) = two();
    redact(&one, id, &[take("street", None), take("met", None)]);
    redact(&one, id, &all_of_her());
    assert_eq!(one.fields(id)["name"], "iemand", "out of sight at once");
    assert!(holds(&pages(&one), "quispel"), "the test can see it");
    assert!(planned(&one).is_empty(), "first what was written is sent");
    exchange(&mut log, &[&one]);
    let [epoch] = planned(&one).try_into().unwrap();
    assert_eq!(epoch.epoch, 1);
    begin(&one, &epoch, 500);
    hear(&other, &log, &[heard(&one, &epoch, 500)]);
    for device in [&one, &other] {
        assert!(!holds(&pages(device), "quispel"));
        let journal = device.path().with_extension("sqlite-wal");
        let journal_bytes = std::fs::metadata(journal).map_or(0, |file| file.len());
        assert!(journal_bytes < 64 * 1024, "only what came after");
        assert!(device.outbox().is_empty());
        assert!(
            device
                .store
                .search("quispel", None, false, 9)
                .unwrap()
                .is_empty()
        );
        assert_eq!(device.store.last_undo().unwrap(), None);
        let row = &device.store.erasures(9).unwrap()[0];
        assert_eq!((row.epoch, row.seq, row.part), (Some(1), Some(500), true));
        assert_eq!(device.store.erasures(9).unwrap().len(), 1);
        device.is_sound();
    }
    assert_eq!(one.fields(id), other.fields(id));
    assert!(planned(&one).is_empty());
    let made_by = |device: &Device| device.store.record(id).unwrap().unwrap().made_by;
    assert_eq!(made_by(&other), Some("01".repeat(8)));
}

#[test]
fn edits_made_meanwhile_are_made_again_or_kept_aside_and_none_is_lost() {
    let (one, other, mut log, id) = two();
    redact(&one, id, &all_of_her());
    exchange(&mut log, &[&one]);
    other.edit(id, json!({"street": "Javastraat"}));
    other.edit(id, json!({"cares_about": "Quispels fiets, en bloemen"}));
    other.edit(id, json!({"town": "Utrecht"}));
    let [epoch] = planned(&one).try_into().unwrap();
    begin(&one, &epoch, 500);
    hear(&other, &log, &[heard(&one, &epoch, 500)]);
    let fields = other.fields(id);
    assert_eq!(
        (&fields["street"], &fields["town"]),
        (&json!("Javastraat"), &json!("Utrecht"))
    );
    assert_eq!(fields["name"], "iemand");
    assert_eq!(fields.get("cares_about"), None);
    let outbox = other.outbox();
    assert_eq!(outbox.len(), 2);
    assert!(outbox.iter().all(|change| change.epoch == 1));
    let [aside] = other.store.refused().unwrap().try_into().unwrap();
    assert_eq!(
        (aside.code.as_str(), aside.mine),
        ("epoch_superseded", true)
    );
    let said: Value = serde_json::from_str(aside.said.as_deref().unwrap()).unwrap();
    assert_eq!(said, json!({"cares_about": "Quispels fiets, en bloemen"}));
    other.is_sound();
    other.store.forget_aside(&[aside.id]).unwrap();
    assert!(
        !holds(&pages(&other), "quispel"),
        "the words went with the edit"
    );
}

#[test]
fn what_is_written_while_the_server_is_asked_is_made_again_on_the_answer() {
    let (one, _, mut log, id) = two();
    redact(&one, id, &all_of_her());
    exchange(&mut log, &[&one]);
    let [epoch] = planned(&one).try_into().unwrap();
    one.edit(id, json!({"town": "Utrecht"}));
    begin(&one, &epoch, 500);
    assert_eq!(one.fields(id)["town"], "Utrecht");
    assert_eq!(one.outbox()[0].epoch, 1);
    assert!(!holds(&pages(&one), "quispel"));
    one.is_sound();
}

#[test]
fn of_two_that_take_out_the_same_the_second_is_done_by_the_first() {
    let (one, other, mut log, id) = two();
    redact(&one, id, &all_of_her());
    redact(&other, id, &all_of_her());
    exchange(&mut log, &[&one, &other]);
    exchange(&mut log, &[&one, &other]);
    let [epoch] = planned(&one).try_into().unwrap();
    let [late] = planned(&other).try_into().unwrap();
    begin(&one, &epoch, 500);
    let verdict = Verdict::Refused("epoch_superseded".to_owned());
    other
        .store
        .take_epoch_verdicts(&[(late, verdict)], me(), &other.stamp())
        .unwrap();
    hear(&other, &log, &[heard(&one, &epoch, 500)]);
    assert!(planned(&other).is_empty());
    assert!(!other.store.has_waiting_epochs().unwrap());
    assert!(!holds(&pages(&other), "quispel"), "the plan went, too");
    assert_eq!(one.space().digest, other.space().digest);
}

#[test]
fn of_two_that_take_out_other_words_the_second_goes_on_from_the_first() {
    let (one, other, mut log, id) = two();
    redact(&one, id, &all_of_her());
    redact(&other, id, &[take("street", None)]);
    exchange(&mut log, &[&one, &other]);
    exchange(&mut log, &[&one, &other]);
    one.edit(id, json!({"street": "Balistraat 6"}));
    exchange(&mut log, &[&one]);
    let [epoch] = planned(&one).try_into().unwrap();
    begin(&one, &epoch, 500);
    hear(&other, &log, &[heard(&one, &epoch, 500)]);
    let [second] = planned(&other).try_into().unwrap();
    assert_eq!(second.epoch, 2);
    begin(&other, &second, 501);
    hear(&one, &log, &[heard(&other, &second, 501)]);
    for device in [&one, &other] {
        assert!(!holds(&pages(device), "quispel") && !holds(&pages(device), "Balistraat 6"));
        device.is_sound();
    }
    assert_eq!(one.fields(id), other.fields(id));
}

#[test]
fn a_refusal_leaves_the_record_as_it_was_edited_and_says_so() {
    let (one, _, mut log, id) = two();
    redact(&one, id, &all_of_her());
    exchange(&mut log, &[&one]);
    let [epoch] = planned(&one).try_into().unwrap();
    let verdict = Verdict::Refused("no_right".to_owned());
    one.store
        .take_epoch_verdicts(&[(epoch, verdict)], me(), &one.stamp())
        .unwrap();
    let row = &one.store.erasures(9).unwrap()[0];
    assert_eq!(row.refused.as_deref(), Some("no_right"));
    assert!(planned(&one).is_empty());
    assert_eq!(one.fields(id)["name"], "iemand");
    one.is_sound();
}

#[test]
fn alone_it_is_done_at_once_without_a_server() {
    let device = Device::new(1);
    device
        .store
        .put_space(&Space {
            kind: "device".to_owned(),
            ..crate::device::space()
        })
        .unwrap();
    let id = full(&device);
    device.edit(id, json!({"street": "Balistraat"}));
    redact(&device, id, &all_of_her());
    assert!(!holds(&pages(&device), "quispel"));
    assert_eq!(device.fields(id)["name"], "iemand");
    let row = &device.store.erasures(9).unwrap()[0];
    assert_eq!((row.part, row.seq), (true, Some(0)));
    device.edit(id, json!({"street": "Javastraat"}));
    device.is_sound();
}

#[test]
fn what_was_never_there_cannot_be_taken_out() {
    let device = Device::new(1);
    let id = full(&device);
    let taken = device
        .store
        .transact::<_, StoreError>(&device.stamp(), None, |action| {
            action.redact(id, &[take("name", Some("Gerritsen"))], me())
        });
    assert!(matches!(taken, Err(StoreError::NothingThere(_))));
}

#[test]
fn a_restored_server_hears_of_the_epoch_before_all_else() {
    let (one, other, mut log, id) = two();
    redact(&one, id, &all_of_her());
    exchange(&mut log, &[&one]);
    let [epoch] = planned(&one).try_into().unwrap();
    begin(&one, &epoch, 500);
    hear(&other, &log, &[heard(&one, &epoch, 500)]);
    other.edit(id, json!({"town": "Utrecht"}));
    other.store.start_over(SPACE).unwrap();
    let [offered] = offered_all(&other).try_into().unwrap();
    assert_eq!((offered.epoch, offered.changes.len()), (1, 2));
    let verdict = Verdict::Numbered(3);
    other
        .store
        .take_epoch_verdicts(&[(offered, verdict)], me(), &other.stamp())
        .unwrap();
    assert!(offered_all(&other).is_empty());
    assert_eq!(other.fields(id)["town"], "Utrecht");
    other.is_sound();
}

/// The server says the same when it is too much at once.
#[test]
fn an_epoch_that_is_offered_and_was_too_much_at_once_is_offered_again() {
    let (one, _, mut log, id) = two();
    redact(&one, id, &all_of_her());
    exchange(&mut log, &[&one]);
    let [epoch] = planned(&one).try_into().unwrap();
    begin(&one, &epoch, 500);
    one.store.start_over(SPACE).unwrap();
    let answer = |code: &str| {
        let verdicts: Vec<_> = offered_all(&one)
            .into_iter()
            .map(|epoch| (epoch, Verdict::Refused(code.to_owned())))
            .collect();
        let stamp = one.stamp();
        one.store
            .take_epoch_verdicts(&verdicts, me(), &stamp)
            .unwrap();
        offered_all(&one).len()
    };
    assert_eq!(answer("behind"), 1);
    assert_eq!(answer("epoch_superseded"), 0);
}

#[test]
fn a_record_that_is_damaged_keeps_no_other_epoch_from_going() {
    let device = Device::new(1);
    let [bad, good] = [0x9001, 0x9002].map(|number| {
        let id = device.create(number, "contact", json!({"name": NAME, "met": NAME}));
        redact(&device, id, &all_of_her());
        id
    });
    exchange(&mut Log::default(), &[&device]);
    let damage = "UPDATE document SET snapshot = x'00010203' WHERE id = ?1";
    let sql = device.sql();
    let whole: Option<Vec<u8>> = sql
        .query_row(
            "SELECT snapshot FROM document WHERE id = ?1",
            [bad.0.as_bytes()],
            |row| row.get(0),
        )
        .unwrap();
    sql.execute(damage, [bad.0.as_bytes()]).unwrap();
    let [epoch] = planned(&device).try_into().unwrap();
    assert_eq!(epoch.document, good);
    sql.execute(
        "UPDATE document SET snapshot = ?2 WHERE id = ?1",
        rusqlite::params![bad.0.as_bytes(), whole],
    )
    .unwrap();
    for (seq, epoch) in (500..).zip(planned(&device)) {
        begin(&device, &epoch, seq);
    }
    device.store.start_over(SPACE).unwrap();
    sql.execute(damage, [bad.0.as_bytes()]).unwrap();
    let [epoch] = offered_all(&device).try_into().unwrap();
    assert_eq!(epoch.document, good);
}

#[test]
fn epochs_are_offered_as_many_changes_at_once_as_one_request_may_hold() {
    let device = Device::new(1);
    let ids = [0x9001, 0x9002, 0x9003].map(|number| {
        let id = device.create(number, "contact", json!({"name": NAME, "met": NAME}));
        redact(&device, id, &all_of_her());
        id
    });
    exchange(&mut Log::default(), &[&device]);
    for (seq, epoch) in (500..).zip(planned(&device)) {
        begin(&device, &epoch, seq);
    }
    for (number, id) in ids.iter().enumerate() {
        for edit in 0..number * 3 {
            device.edit(*id, json!({"town": format!("Utrecht {edit}")}));
        }
    }
    device.store.start_over(SPACE).unwrap();
    let changes = |epoch: &OutgoingEpoch| epoch.changes.len();
    let all: Vec<usize> = offered_all(&device).iter().map(changes).collect();
    assert_eq!(all, [1, 4, 7]);
    let at_most = |most| device.store.epochs_to_offer(most, usize::MAX).unwrap();
    assert_eq!(at_most(5).iter().map(changes).collect::<Vec<_>>(), [1, 4]);
    assert_eq!(at_most(4).iter().map(changes).collect::<Vec<_>>(), [1]);
    // One that is more than that goes by itself.
    for epoch in at_most(5) {
        let verdicts = [(epoch, Verdict::Numbered(3))];
        let stamp = device.stamp();
        device
            .store
            .take_epoch_verdicts(&verdicts, me(), &stamp)
            .unwrap();
    }
    assert_eq!(at_most(5).iter().map(changes).collect::<Vec<_>>(), [7]);
}

#[test]
fn an_older_copy_offered_again_after_a_restore_is_not_taken_for_new_edits() {
    let (one, other, mut log, id) = two();
    redact(&one, id, &all_of_her());
    exchange(&mut log, &[&one]);
    let [epoch] = planned(&one).try_into().unwrap();
    begin(&one, &epoch, 500);
    other.edit(id, json!({"town": "Utrecht"}));
    other.store.start_over(SPACE).unwrap();
    hear(&other, &log, &[heard(&one, &epoch, 500)]);
    let outbox = other.outbox();
    let of_it = outbox.iter().filter(|change| change.document == id);
    assert_eq!(of_it.count(), 1, "only what nobody had");
    assert_eq!(other.fields(id)["town"], "Utrecht");
    assert!(!holds(&pages(&other), "quispel"));
    assert!(other.store.refused().unwrap().is_empty());
}

#[test]
fn an_epoch_that_nobody_brought_yet_takes_the_old_copy_away() {
    let (one, other, mut log, id) = two();
    redact(&one, id, &all_of_her());
    exchange(&mut log, &[&one]);
    let [epoch] = planned(&one).try_into().unwrap();
    begin(&one, &epoch, 500);
    other.edit(id, json!({"town": "Utrecht"}));
    let empty = ArrivingEpoch {
        bytes: Vec::new(),
        ..heard(&one, &epoch, 500)
    };
    hear(&other, &log, &[empty]);
    assert!(other.store.record(id).unwrap().is_none());
    assert!(!holds(&pages(&other), "quispel"));
    assert_eq!(
        other.store.refused().unwrap().len(),
        1,
        "the edit is kept aside"
    );
    hear(&other, &log, &[heard(&one, &epoch, 500)]);
    assert_eq!(other.fields(id), one.fields(id));
    assert_eq!(other.store.erasures(9).unwrap().len(), 1);
    other.is_sound();
}

#[test]
fn changes_of_an_older_epoch_are_let_pass_without_a_trace() {
    let (one, other, mut log, id) = two();
    other.edit(id, json!({"met": "Quispel belde nog"}));
    redact(&one, id, &all_of_her());
    exchange(&mut log, &[&one]);
    let [epoch] = planned(&one).try_into().unwrap();
    begin(&one, &epoch, 500);
    log.take(&other);
    log.give(&one);
    assert!(!holds(&pages(&one), "quispel"));
    assert!(one.store.refused().unwrap().is_empty());
    one.is_sound();
}

#[test]
fn bytes_that_are_no_document_do_not_take_the_place_of_one() {
    let (one, other, mut log, id) = two();
    redact(&one, id, &all_of_her());
    exchange(&mut log, &[&one]);
    let [epoch] = planned(&one).try_into().unwrap();
    begin(&one, &epoch, 500);
    let good = heard(&one, &epoch, 500);
    let broken = ArrivingEpoch {
        bytes: good.bytes[..good.bytes.len() - 3].to_vec(),
        ..good
    };
    hear(&other, &log, &[broken]);
    assert!(other.store.record(id).unwrap().is_some());
    assert_eq!(other.store.refused().unwrap().len(), 1);
    other.is_sound();
}

#[test]
fn erasing_the_whole_record_overtakes_taking_a_part_out() {
    let (one, ..) = two();
    let id = RecordId(Uuid::from_u128(0x9000));
    redact(&one, id, &all_of_her());
    one.act(|action| action.erase(id, me()));
    assert!(!holds(&pages(&one), "quispel"));
    assert!(!one.store.has_waiting_epochs().unwrap());
}
