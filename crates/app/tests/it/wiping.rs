//! The end of a book by order of a manager: key and database are destroyed, the server hears of it, nothing opens again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use app::api::{DeviceLeave, Nothing, Phase, WipedBy};
use protocol::Role;
use serde_json::json;

use crate::device::{PASSPHRASE, code};
use crate::team::{Team, now_ms};

/// Every file of the folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read(path).unwrap())
        })
        .collect()
}

fn put_back(folder: &Path, copy: &BTreeMap<String, Vec<u8>>) {
    for (name, content) in copy
        .iter()
        .filter(|(name, _)| name.starts_with("buurtboek."))
    {
        fs::write(folder.join(name), content).unwrap();
    }
}

fn revoke(team: &Team, name: &str) {
    let devices = team.log.devices().unwrap();
    let device = devices.iter().find(|device| device.member == name).unwrap();
    assert!(team.log.revoke_device(device.id, now_ms()).unwrap());
}

fn is_confirmed(team: &Team, name: &str) -> bool {
    let devices = team.log.devices().unwrap();
    let device = devices.iter().find(|device| device.member == name).unwrap();
    device.wiped_ms.is_some()
}

#[test]
fn a_revoked_device_destroys_key_and_database_and_says_so() {
    let team = Team::new();
    let noor = team.device("Noor");
    noor.put("contact", json!({ "name": "Kwikzilveren Kees" }));
    revoke(&team, "Noor");
    assert_eq!(code(noor.app.sync_round()), "wiped");

    let left = files(noor.folder());
    let names: Vec<&str> = left.keys().map(String::as_str).collect();
    let harmless = [
        "preferences.json",
        "start.lock",
        "sync.lock",
        "unlocking.lock",
        "wiped.json",
    ];
    assert!(
        names.iter().all(|name| harmless.contains(name)),
        "{names:?}"
    );
    assert!(is_confirmed(&team, "Noor"));

    let status = noor.app.device_status(Nothing {}).unwrap();
    assert_eq!(status.phase, Phase::Wiped);
    let note = status.wiped.unwrap();
    assert_eq!(
        (note.by, note.unsent, note.confirmed),
        (WipedBy::Manager, 1, true)
    );
    assert_eq!(
        code(noor.app.draft_get(app::api::DraftOf { about: None })),
        "wiped"
    );
    assert_eq!(code(noor.unlock(PASSPHRASE)), "wiped");
    assert_eq!(code(noor.init("Noor")), "wiped");
    // What could tell the server is gone with the confirmation.
    let remains = String::from_utf8(left["wiped.json"].clone()).unwrap();
    assert!(remains.contains("\"ending\": null"), "{remains}");
}

#[test]
fn a_wipe_that_the_server_could_not_hear_of_is_told_later() {
    let mut team = Team::new();
    let noor = team.device("Noor");
    let copy = files(noor.folder());
    revoke(&team, "Noor");
    assert_eq!(code(noor.app.sync_round()), "wiped");
    // As it stands when the program was killed before it could tell.
    team.stop();
    let remains = noor.folder().join("wiped.json");
    let untold = fs::read_to_string(&remains).unwrap().replace(
        "\"ending\": null",
        "\"ending\": \"dG9rZW4gdGhhdCBub2JvZHkga25vd3M\"",
    );
    fs::write(
        &remains,
        untold.replace("\"destroyed\": true", "\"destroyed\": false"),
    )
    .unwrap();
    put_back(noor.folder(), &copy);

    let noor = noor.restarted();
    assert!(
        !noor.folder().join("buurtboek.sqlite").exists(),
        "finished at the next start"
    );
    noor.app.chores().unwrap();
    assert!(
        fs::read_to_string(&remains).unwrap().contains("dG9rZW4"),
        "kept for later"
    );
    team.start();
    noor.app.chores().unwrap();
    assert!(!fs::read_to_string(&remains).unwrap().contains("dG9rZW4"));
}

#[test]
fn a_copy_that_is_put_back_does_not_open() {
    let team = Team::new();
    let noor = team.device("Noor");
    noor.app.device_lock(Nothing {}).unwrap();
    let copy = files(noor.folder());
    noor.unlock(PASSPHRASE).unwrap();
    revoke(&team, "Noor");
    assert_eq!(code(noor.app.sync_round()), "wiped");
    put_back(noor.folder(), &copy);
    assert_eq!(code(noor.restarted().unlock(PASSPHRASE)), "wiped");
}

#[test]
fn after_reading_it_the_device_can_become_a_new_one_and_the_old_copy_still_does_not_open() {
    let team = Team::new();
    let noor = team.device("Noor");
    noor.app.device_lock(Nothing {}).unwrap();
    let copy = files(noor.folder());
    noor.unlock(PASSPHRASE).unwrap();
    revoke(&team, "Noor");
    assert_eq!(code(noor.app.sync_round()), "wiped");
    let status = noor.app.device_renew(Nothing {}).unwrap();
    assert_eq!(status.phase, Phase::New);
    put_back(noor.folder(), &copy);
    assert_eq!(code(noor.unlock(PASSPHRASE)), "wiped");
    assert!(!noor.folder().join("buurtboek.sqlite").exists());

    noor.app.device_renew(Nothing {}).unwrap();
    noor.init("Noor").unwrap();
    noor.join(&team.invite(Role::Writer)).unwrap();
    noor.sync();
    let noor = noor.reopened();
    noor.is_sound();
}

#[test]
fn a_token_that_the_server_does_not_know_wipes_nothing() {
    let team = Team::new();
    let noor = team.device("Noor");
    noor.put("contact", json!({ "name": "Kees" }));
    noor.store()
        .set_meta(&[("token", Some("bm9ib2R5IGtub3dzIHRoaXM"))])
        .unwrap();
    assert_eq!(code(noor.app.sync_round()), "revoked");
    assert_eq!(noor.all("contact").len(), 1);
    noor.reopened().is_sound();
}

#[test]
fn who_leaves_is_put_out_and_what_stays_on_the_disk_opens_nothing() {
    let mut team = Team::new();
    let (noor, ria) = (team.device("Noor"), team.device("Ria"));
    let leave = |device: &crate::device::Device| {
        let token = device.store().meta("token").unwrap().unwrap();
        let left = device.app.device_leave(DeviceLeave { sure: true });
        assert_eq!(left.unwrap().phase, Phase::New);
        let remains = fs::read_to_string(device.folder().join("wiped.json")).unwrap();
        assert!(!remains.contains(&token), "{remains}");
        remains
    };
    assert!(leave(&noor).contains("\"ending\": null"));
    assert!(is_confirmed(&team, "Noor"), "told at once");

    team.stop();
    let remains: serde_json::Value = serde_json::from_str(&leave(&ria)).unwrap();
    let kept = remains["ended"][0]["ending"].as_str().unwrap();
    team.start();
    let hash = sync_server::secret::hash(kept);
    assert!(team.log.device_of_token(&hash).unwrap().is_none());
    assert!(!is_confirmed(&team, "Ria"));
    ria.app.chores().unwrap();
    assert!(
        is_confirmed(&team, "Ria"),
        "told when there is a connection"
    );
}

#[test]
fn a_book_is_destroyed_also_when_nothing_can_be_written_down() {
    let team = Team::new();
    let noor = team.device("Noor");
    noor.put("contact", json!({ "name": "Kwikzilveren Kees" }));
    revoke(&team, "Noor");
    // Where what remains is written first, no file can be made.
    let in_the_way = noor.folder().join("wiped.new");
    fs::create_dir(&in_the_way).unwrap();
    assert_eq!(code(noor.app.sync_round()), "wiped");
    let left = fs::read_dir(noor.folder()).unwrap();
    let names: Vec<_> = left.map(|entry| entry.unwrap().file_name()).collect();
    let kept = |name: &std::ffi::OsString| name.to_string_lossy().starts_with("buurtboek.");
    assert!(!names.iter().any(kept), "{names:?}");
    assert!(is_confirmed(&team, "Noor"));
    assert_eq!(
        noor.app.device_status(Nothing {}).unwrap().phase,
        Phase::Wiped
    );

    fs::remove_dir(&in_the_way).unwrap();
    let renewed = noor.app.device_renew(Nothing {}).unwrap();
    assert_eq!(renewed.phase, Phase::New);
    let remains = fs::read_to_string(noor.folder().join("wiped.json")).unwrap();
    assert!(remains.contains("\"destroyed\": true"), "{remains}");
}
