//! The lock: pauses after wrong tries, another passphrase, and locking by itself.

use std::fs;

use app::api::{LockSettings, Nothing, PassphraseChange, Phase, dispatch};
use chrono::Duration;
use serde_json::json;

use crate::device::{Device, PASSPHRASE, code};

const TRIES: &str = "unlocking.json";

fn guess(device: &Device, times: u32) {
    for number in 0..times {
        let wrong = device.unlock(&format!("roos {number}"));
        assert_eq!(code(wrong), "wrong_passphrase", "try {number}");
    }
}

fn wait(device: &Device) -> Option<u32> {
    let status = device.app.device_status(Nothing {}).unwrap();
    status.wait_seconds
}

fn phase(device: &Device) -> Phase {
    device.app.device_status(Nothing {}).unwrap().phase
}

fn change(device: &Device, old: &str, new: &str) -> app::Result<Nothing> {
    device.app.passphrase_change(PassphraseChange {
        old: old.to_owned(),
        new: new.to_owned(),
    })
}

#[test]
fn after_five_wrong_tries_the_pauses_grow() {
    let device = Device::of("Noor").restarted();
    guess(&device, 5);
    assert_eq!(wait(&device), Some(30));
    // The right one has to wait as well, and a try that was not made costs nothing.
    assert_eq!(code(device.unlock(PASSPHRASE)), "too_many_tries");
    device.hands.pass(Duration::seconds(29));
    assert_eq!(code(device.unlock(PASSPHRASE)), "too_many_tries");
    device.hands.pass(Duration::seconds(1));
    assert_eq!(wait(&device), None);
    guess(&device, 1);
    assert_eq!(wait(&device), Some(60));
    device.hands.pass(Duration::seconds(60));
    device.unlock(PASSPHRASE).unwrap();
    // A right one forgets the wrong ones.
    let device = device.restarted();
    guess(&device, 4);
    device.unlock(PASSPHRASE).unwrap();
}

#[test]
fn a_pause_survives_a_restart() {
    let device = Device::of("Noor").restarted();
    guess(&device, 5);
    let device = device.restarted();
    assert_eq!(wait(&device), Some(30));
    assert_eq!(code(device.unlock(PASSPHRASE)), "too_many_tries");
    device.hands.pass(Duration::seconds(30));
    device.unlock(PASSPHRASE).unwrap();
}

#[test]
fn a_clock_that_is_set_shortens_no_pause_while_the_program_runs() {
    let device = Device::of("Noor").restarted();
    guess(&device, 5);
    device.hands.set_clock(Duration::hours(9));
    assert_eq!(code(device.unlock(PASSPHRASE)), "too_many_tries");
    device.hands.set_clock(Duration::hours(-20));
    assert_eq!(code(device.unlock(PASSPHRASE)), "too_many_tries");
    device.hands.pass(Duration::seconds(30));
    device.unlock(PASSPHRASE).unwrap();
}

#[test]
fn a_clock_that_is_set_back_keeps_nobody_out_for_days() {
    let device = Device::of("Noor").restarted();
    device.hands.set_clock(Duration::days(400));
    guess(&device, 5);
    let device = device.restarted();
    device.hands.set_clock(Duration::days(-400));
    assert_eq!(code(device.unlock(PASSPHRASE)), "too_many_tries");
    device.hands.pass(Duration::seconds(30));
    device.unlock(PASSPHRASE).unwrap();
}

#[test]
fn deleting_the_count_buys_one_try_and_not_five() {
    let device = Device::of("Noor").restarted();
    for damage in [None, Some("{")] {
        match damage {
            None => fs::remove_file(device.folder().join(TRIES)).unwrap(),
            Some(text) => fs::write(device.folder().join(TRIES), text).unwrap(),
        }
        guess(&device, 1);
        assert_eq!(code(device.unlock(PASSPHRASE)), "too_many_tries");
        device.hands.pass(Duration::seconds(30));
    }
    device.unlock(PASSPHRASE).unwrap();
}

#[test]
fn a_damaged_key_counts_as_no_try() {
    let device = Device::of("Noor").restarted();
    let key = device.folder().join("buurtboek.key");
    let whole = fs::read_to_string(&key).unwrap();
    fs::write(&key, whole.replacen("\"nonce\": \"", "\"nonce\": \"zz", 1)).unwrap();
    for _ in 0..10 {
        assert_eq!(code(device.unlock(PASSPHRASE)), "key_file");
    }
    fs::write(&key, whole).unwrap();
    device.unlock(PASSPHRASE).unwrap();
}

#[test]
fn another_passphrase_opens_the_same_book_and_the_database_is_not_rewritten() {
    let device = Device::of("Noor");
    device.put("contact", json!({ "name": "Kees" }));
    let database = |device: &Device| {
        let files = device.bytes().into_iter();
        let database = files.filter(|(name, _)| name.starts_with("buurtboek.sqlite"));
        database.collect::<Vec<_>>()
    };
    let empty = database(&Device::of("Noor"));
    let before = database(&device);
    assert!(
        !before.is_empty() && before != empty,
        "an edit is seen in them"
    );
    change(&device, PASSPHRASE, "klaproos aan het water").unwrap();
    assert_eq!(database(&device), before);
    let device = device.restarted();
    assert_eq!(code(device.unlock(PASSPHRASE)), "wrong_passphrase");
    device.unlock("klaproos aan het water").unwrap();
    assert_eq!(device.all("contact").len(), 1);
}

#[test]
fn another_passphrase_asks_for_the_old_one_and_counts_wrong_tries() {
    let device = Device::of("Noor");
    assert_eq!(
        code(change(&device, PASSPHRASE, "kort")),
        "passphrase_short"
    );
    for _ in 0..5 {
        assert_eq!(
            code(change(&device, "roos en doorn", "klaproos op de stoep")),
            "wrong_passphrase"
        );
    }
    assert_eq!(
        code(change(&device, PASSPHRASE, "klaproos op de stoep")),
        "too_many_tries"
    );
    device.hands.pass(Duration::seconds(30));
    change(&device, PASSPHRASE, "klaproos op de stoep").unwrap();
}

/// A book from when six characters were enough.
fn with_a_short_passphrase() -> Device {
    let device = Device::of("Noor").restarted();
    let path = device.folder().join("buurtboek.key");
    let file: store::KeyFile = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let dice = store::KeyDice {
        key: [0; 32],
        salt: [5; 16],
        nonce: [6; 24],
    };
    let cost = store::KeyCost {
        memory_kib: 64,
        passes: 1,
    };
    let file = file
        .reseal(PASSPHRASE, "klaproos", None, dice, cost)
        .unwrap();
    fs::write(&path, serde_json::to_vec(&file).unwrap()).unwrap();
    device
}

#[test]
fn a_book_with_a_short_passphrase_opens_and_asks_for_a_longer_one_until_it_is_chosen() {
    let device = with_a_short_passphrase();
    let status = device.unlock("klaproos").unwrap();
    assert!(status.ask_longer && !status.pin_is_enough);
    assert_eq!(
        code(change(&device, "klaproos", "madelief")),
        "passphrase_short"
    );
    assert_eq!(
        code(change(&device, "klaproos", "2026 11 25 08 30")),
        "passphrase_digits"
    );
    change(&device, "klaproos", PASSPHRASE).unwrap();
    assert!(!device.app.device_status(Nothing {}).unwrap().ask_longer);
    let device = device.restarted();
    assert!(!device.unlock(PASSPHRASE).unwrap().ask_longer);
}

#[test]
fn who_keeps_a_short_passphrase_is_not_asked_again() {
    let device = with_a_short_passphrase();
    device.unlock("klaproos").unwrap();
    assert!(!device.app.passphrase_keep(Nothing {}).unwrap().ask_longer);
    let device = device.restarted();
    assert!(!device.unlock("klaproos").unwrap().ask_longer);
}

#[test]
fn what_a_power_cut_left_of_another_passphrase_stands_in_nobodys_way() {
    let device = Device::of("Noor");
    let beside = device.folder().join("buurtboek.new");
    let key = fs::read(device.folder().join("buurtboek.key")).unwrap();
    for left in [&b""[..], &key[..key.len() / 2], b"\0\0\0\0"] {
        fs::write(&beside, left).unwrap();
        let before = fs::read(device.folder().join("buurtboek.key")).unwrap();
        assert_eq!(before, key, "the old one stays until the new one is whole");
    }
    let device = device.reopened();
    change(&device, PASSPHRASE, "klaproos op de stoep").unwrap();
    device.restarted().unlock("klaproos op de stoep").unwrap();
}

#[test]
fn the_app_locks_itself_after_the_minutes_chosen() {
    let device = Device::of("Noor");
    assert_eq!(device.app.lock_get(Nothing {}).unwrap().minutes, 10);
    device.app.lock_set(LockSettings { minutes: 5 }).unwrap();
    device.hands.pass(Duration::minutes(4));
    device.app.device_active(Nothing {}).unwrap();
    device.hands.pass(Duration::minutes(4));
    assert!(!device.app.lock_when_away().unwrap());
    device.hands.pass(Duration::minutes(1));
    assert!(device.app.lock_when_away().unwrap());
    assert_eq!(phase(&device), Phase::Locked);
    device.unlock(PASSPHRASE).unwrap();
    assert_eq!(device.app.lock_get(Nothing {}).unwrap().minutes, 5);
    assert!(!device.app.lock_when_away().unwrap());
}

#[test]
fn what_was_open_too_long_answers_nothing_also_before_the_clock_was_looked_at() {
    let device = Device::of("Noor");
    device.put("contact", json!({ "name": "Kees" }));
    let ask = |device: &Device| {
        let list = json!({ "kind": "contact", "offset": 0, "limit": 9, "archived": false });
        dispatch(&device.app, "record_list", list)
    };
    ask(&device).unwrap();
    // The phone slept: only the clock on the wall went on.
    device.hands.set_clock(Duration::minutes(10));
    assert_eq!(code(ask(&device)), "locked");
    assert_eq!(
        code(dispatch(&device.app, "device_active", json!({}))),
        "locked"
    );
    // A clock set back does not keep it open either.
    device.unlock(PASSPHRASE).unwrap();
    device.hands.set_clock(Duration::days(-2));
    device.hands.pass(Duration::minutes(10));
    assert_eq!(code(ask(&device)), "locked");
}

#[test]
fn only_a_sensible_number_of_minutes_can_be_chosen() {
    let device = Device::of("Noor");
    for minutes in [0, 121] {
        let set = device.app.lock_set(LockSettings { minutes });
        assert_eq!(code(set), "preference_unknown");
    }
}
