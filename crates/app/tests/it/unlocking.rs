//! What stands between a person and the book: passphrases, keys, and damaged or foreign files. Nothing is overwritten.

use std::fs;

use app::api::{DeviceInit, Nothing, Phase};
use domain::document::Stamp;
use domain::ids::DeviceId;
use serde_json::json;
use store::{KeyFile, Store};

use crate::device::{Device, PASSPHRASE, code};
use crate::erasing::holding;

const DATABASE: &str = "buurtboek.sqlite";
const KEY: &str = "buurtboek.key";

#[test]
fn the_life_of_a_device_goes_from_new_to_open_to_locked() {
    let device = Device::fresh(1);
    let phase = |device: &Device| device.app.device_status(Nothing {}).unwrap().phase;
    assert_eq!(phase(&device), Phase::New);
    assert_eq!(code(device.unlock(PASSPHRASE)), "absent");
    assert_eq!(
        code(device.app.draft_get(app::api::DraftOf { about: None })),
        "locked"
    );
    device.init("Noor").unwrap();
    assert_eq!(phase(&device), Phase::Open);
    device.app.device_lock(Nothing {}).unwrap();
    assert_eq!(phase(&device), Phase::Locked);
    assert_eq!(
        code(device.app.draft_get(app::api::DraftOf { about: None })),
        "locked"
    );
    assert_eq!(device.unlock(PASSPHRASE).unwrap().me.unwrap().name, "Noor");
}

#[test]
fn a_wrong_passphrase_changes_nothing() {
    let device = Device::of("Noor");
    device.put("contact", json!({ "name": "Kees" }));
    let device = device.restarted();
    let before = device.bytes();
    for wrong in [
        "",
        "zonnebloem",
        "Zonnebloem op de stoep",
        "zonnebloem op de stoep ",
    ] {
        assert_eq!(code(device.unlock(wrong)), "wrong_passphrase", "{wrong}");
    }
    assert_eq!(device.bytes(), before);
    device.unlock(PASSPHRASE).unwrap();
    assert_eq!(device.all("contact").len(), 1);
}

#[test]
fn a_book_is_never_made_over_another() {
    let device = Device::of("Noor");
    let before = device.bytes();
    assert_eq!(code(device.init("Samir")), "exists");
    assert_eq!(device.bytes(), before);
    // Also when only half of it is left.
    let device = device.restarted();
    fs::remove_file(device.folder().join(DATABASE)).unwrap();
    assert_eq!(code(device.init("Samir")), "exists");
}

#[test]
fn without_a_key_store_a_short_passphrase_or_a_number_makes_no_book() {
    let device = Device::fresh(1);
    for (passphrase, expected) in [
        ("zonnebloem", "passphrase_short"),
        ("123456789012", "passphrase_digits"),
    ] {
        let init = DeviceInit {
            passphrase: passphrase.to_owned(),
            name: String::new(),
            language: "nl".to_owned(),
        };
        assert_eq!(code(device.app.device_init(init)), expected);
        assert_eq!(device.bytes(), Vec::new());
    }
}

#[test]
fn a_key_that_is_gone_or_damaged_is_told_apart_from_a_wrong_passphrase() {
    let device = Device::of("Noor").restarted();
    let key = fs::read(device.folder().join(KEY)).unwrap();
    let database = fs::read(device.folder().join(DATABASE)).unwrap();

    fs::remove_file(device.folder().join(KEY)).unwrap();
    assert_eq!(code(device.unlock(PASSPHRASE)), "key_file");
    fs::write(device.folder().join(KEY), &key[..key.len() / 2]).unwrap();
    assert_eq!(code(device.unlock(PASSPHRASE)), "key_file");
    let newer =
        String::from_utf8(key.clone())
            .unwrap()
            .replacen("\"version\": 1", "\"version\": 2", 1);
    fs::write(device.folder().join(KEY), newer).unwrap();
    assert_eq!(code(device.unlock(PASSPHRASE)), "newer_database");
    assert_eq!(fs::read(device.folder().join(DATABASE)).unwrap(), database);

    fs::write(device.folder().join(KEY), key).unwrap();
    device.unlock(PASSPHRASE).unwrap();
}

#[test]
fn a_book_of_another_key_is_told_to_be_damaged_and_left_alone() {
    let (one, other) = (
        Device::of("Noor").restarted(),
        Device::of("Samir").restarted(),
    );
    fs::copy(other.folder().join(DATABASE), one.folder().join(DATABASE)).unwrap();
    let before = one.bytes();
    assert_eq!(code(one.unlock(PASSPHRASE)), "damaged");
    assert_eq!(one.bytes(), before);
}

#[test]
fn damaged_pages_are_told_and_left_as_they_are() {
    let device = Device::of("Noor");
    for number in 0..200 {
        device.put(
            "note",
            json!({ "text": format!("Notitie {number} {}", "x".repeat(300)) }),
        );
    }
    device.app.device_lock(Nothing {}).unwrap();
    let device = device.restarted();
    let path = device.folder().join(DATABASE);
    let whole = fs::read(&path).unwrap();
    let pages = whole.len() / 4096;
    for page in [0, 1, pages / 2, pages - 1] {
        let mut damaged = whole.clone();
        damaged[page * 4096 + 2000] ^= 0x40;
        fs::write(&path, &damaged).unwrap();
        let told = device
            .unlock(PASSPHRASE)
            .and_then(|_| device.app.verify().map(|found| found.problems));
        match told {
            Err(error) => assert_eq!(error.code, "damaged", "page {page}"),
            Ok(problems) => assert_ne!(problems, Vec::<String>::new(), "page {page}"),
        }
        device.app.device_lock(Nothing {}).unwrap();
        assert!(
            fs::read(&path).unwrap() == damaged,
            "page {page} was written"
        );
    }
    fs::write(&path, &whole).unwrap();
    device.unlock(PASSPHRASE).unwrap();
    device.is_sound();
}

#[test]
fn a_file_that_was_cut_off_is_told_to_be_damaged_and_left_as_it_is() {
    let device = Device::of("Noor");
    device.app.device_lock(Nothing {}).unwrap();
    let device = device.restarted();
    let path = device.folder().join(DATABASE);
    let whole = fs::read(&path).unwrap();
    for length in [0, 100, 4096, 3 * 4096] {
        fs::write(&path, &whole[..length]).unwrap();
        let told = device
            .unlock(PASSPHRASE)
            .and_then(|_| device.app.verify().map(|found| found.problems));
        match told {
            Err(error) => assert_eq!(error.code, "damaged", "{length} bytes"),
            Ok(problems) => assert_ne!(problems, Vec::<String>::new(), "{length} bytes"),
        }
        device.app.device_lock(Nothing {}).unwrap();
        assert_eq!(fs::read(&path).unwrap().len(), length, "{length} bytes");
    }
}

#[test]
fn while_another_program_writes_nothing_is_lost_and_it_is_said() {
    let device = Device::of("Noor");
    let text = fs::read(device.folder().join(KEY)).unwrap();
    let key = serde_json::from_slice::<KeyFile>(&text)
        .unwrap()
        .open(PASSPHRASE, None)
        .unwrap();
    let other = Store::open(&device.folder().join(DATABASE), key).unwrap();
    let stamp = Stamp {
        actor: DeviceId([9; 8]).actor([9; 8]),
        at: chrono::DateTime::UNIX_EPOCH,
    };
    let refused = other.transact::<_, store::StoreError>(&stamp, None, |_| {
        Ok(device.try_put("contact", None, json!({ "name": "Kees" })))
    });
    assert_eq!(code(refused.unwrap().0), "database_busy");
    assert_eq!(device.all("contact").len(), 0);
    device.put("contact", json!({ "name": "Kees" }));
}

#[test]
fn a_folder_that_cannot_be_made_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    let made = app::App::new(&file.join("data"), crate::device::Hands::new(1));
    assert_eq!(code(made), "folder_unusable");
}

#[test]
fn a_first_start_that_fails_halfway_can_be_tried_again() {
    let device = Device::fresh(1);
    // The database cannot be made: a folder stands where its write-ahead log goes.
    let in_the_way = device.folder().join(format!("{DATABASE}-wal"));
    fs::create_dir(&in_the_way).unwrap();
    assert!(device.init("Noor").is_err());
    fs::remove_dir(&in_the_way).unwrap();
    assert_eq!(
        device.app.device_status(Nothing {}).unwrap().phase,
        Phase::New
    );
    device.init("Noor").unwrap();
}

#[test]
fn no_word_of_the_book_can_be_read_from_its_files() {
    let device = Device::of("Noor");
    assert!(!device.book_holds("Kwikzilveren"));
    device.put("contact", json!({ "name": "Kwikzilveren Kees" }));
    assert!(device.book_holds("Kwikzilveren"), "in the journal");
    let device = device.reopened();
    assert!(device.book_holds("Kwikzilveren"), "in the database");
    for word in ["Kwikzilveren", "kwikzilveren"] {
        assert_eq!(holding(device.folder(), word), Vec::<String>::new());
    }
}
