//! A damaged book: what is only here stays, the rest comes from the team again, and the damaged file is left alone.

use std::path::{Path, PathBuf};

use app::api::{DeviceUnlock, Nothing, Repaired};
use serde_json::json;

use crate::device::{Device, PASSPHRASE};
use crate::team::{Team, sync_all};

const PAGE: usize = 4096;

fn book(device: &Device) -> PathBuf {
    device.folder().join("buurtboek.sqlite")
}

/// Overwrites one in so many pages of the closed book, from this per cent of it on.
fn damage(device: &Device, from: usize, every: usize) {
    device.app.device_lock(Nothing {}).unwrap();
    let mut bytes = std::fs::read(book(device)).unwrap();
    let pages = bytes.len() / PAGE;
    for page in (pages * from / 100..pages).step_by(every) {
        bytes[page * PAGE..(page + 1) * PAGE].fill(0x55);
    }
    std::fs::write(book(device), bytes).unwrap();
}

fn repair(device: &Device) -> app::Result<Repaired> {
    device.app.device_repair(DeviceUnlock {
        passphrase: PASSPHRASE.to_owned(),
    })
}

/// Damaged files that were put aside.
fn aside(folder: &Path) -> usize {
    let names = std::fs::read_dir(folder).unwrap();
    names
        .filter(|entry| {
            let name = entry.as_ref().unwrap().file_name();
            let name = name.to_string_lossy();
            name.contains(".damaged-") && !name.ends_with("-wal")
        })
        .count()
}

#[test]
fn after_a_repair_the_team_gives_again_what_it_has_and_gets_what_was_only_here() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let sent: Vec<String> = (0..60)
        .map(|number| {
            let text = format!("{number}: {}", "De oversteek bij school. ".repeat(9));
            noor.put("note", json!({ "text": text }))
        })
        .collect();
    sync_all(&[&noor, &samir]);
    let unsent = noor.put("note", json!({ "text": "Alleen hier" }));
    // The first pages say what is where; without them nothing can be read.
    damage(&noor, 50, 9);
    let repaired = repair(&noor).unwrap();
    let told = |records: &[app::api::RepairedRecord]| records.iter().any(|it| it.id == unsent);
    assert!(!repaired.again.is_empty(), "{repaired:?}");
    let is_safe = told(&repaired.only_here) || told(&repaired.again);
    assert!(is_safe || told(&repaired.lost), "{repaired:?}");
    assert_eq!(aside(noor.folder()), 1);

    let noor = noor.reopened();
    noor.sync();
    for id in &sent {
        assert_eq!(noor.fields(id), samir.fields(id), "{id}");
    }
    assert_eq!(noor.app.verify().unwrap().problems, Vec::<String>::new());
    let later = noor.put("note", json!({ "text": "Na het herstel" }));
    assert_eq!(noor.sync().refused, 0);
    samir.sync();
    assert_eq!(samir.fields(&later)["text"], "Na het herstel");
    if is_safe {
        assert_eq!(samir.fields(&unsent)["text"], "Alleen hier");
    }
}

#[test]
fn a_damaged_file_that_was_put_aside_goes_with_the_first_erasure() {
    let noor = Device::of("Noor");
    let note = noor.put("note", json!({ "text": "Mevrouw Korenaar belde" }));
    noor.app.device_lock(Nothing {}).unwrap();
    repair(&noor).unwrap();
    let noor = noor.reopened();
    assert_eq!(noor.fields(&note)["text"], "Mevrouw Korenaar belde");
    assert_eq!(aside(noor.folder()), 1);
    crate::erasing::erase(&noor, &note).unwrap();
    assert_eq!(aside(noor.folder()), 0);
}

#[test]
fn beyond_repair_everything_stays_as_it_was() {
    let noor = Device::of("Noor");
    noor.put("note", json!({ "text": "Bij de school" }));
    damage(&noor, 0, 1);
    let before = std::fs::read(book(&noor)).unwrap();
    assert_eq!(repair(&noor).unwrap_err().code, "beyond_repair");
    assert_eq!(std::fs::read(book(&noor)).unwrap(), before);
    assert_eq!(aside(noor.folder()), 0);
    let wrong = noor.app.device_repair(DeviceUnlock {
        passphrase: "iets anders dan dat".to_owned(),
    });
    assert_eq!(wrong.unwrap_err().code, "wrong_passphrase");
}

#[test]
fn a_book_that_another_program_has_open_is_not_repaired() {
    let noor = Device::of("Noor");
    let note = noor.put("note", json!({ "text": "Bij de school" }));
    let other = noor.store();
    assert_eq!(repair(&noor).unwrap_err().code, "database_busy");
    drop(other);
    let noor = noor.reopened();
    assert_eq!(noor.fields(&note)["text"], "Bij de school");
}
