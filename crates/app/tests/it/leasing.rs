//! A device that was not in contact for a month locks itself; the passphrase and a word from the server open it again.

use app::api::{Nothing, Phase};
use chrono::Duration;
use serde_json::json;

use crate::device::{Device, PASSPHRASE, code};
use crate::erasing::{erase, erasures, is_here};
use crate::team::{Team, now_ms, sync_all};

fn days_told(device: &Device) -> Option<u32> {
    device.app.sync_status(Nothing {}).unwrap().lease_days
}

fn phase(device: &Device) -> Phase {
    device.app.device_status(Nothing {}).unwrap().phase
}

#[test]
fn it_is_warned_from_day_23_and_locks_after_day_30() {
    let mut team = Team::new();
    let noor = team.device("Noor");
    team.stop();
    noor.hands.pass(Duration::days(22));
    assert_eq!(days_told(&noor), None);
    noor.hands.pass(Duration::days(1));
    assert_eq!(days_told(&noor), Some(7));
    noor.hands.pass(Duration::days(6));
    noor.app.chores().unwrap();
    assert_eq!((days_told(&noor), phase(&noor)), (Some(1), Phase::Open));
    noor.hands.pass(Duration::days(1));
    noor.app.chores().unwrap();
    assert_eq!(phase(&noor), Phase::Locked);
}

#[test]
fn after_the_lease_only_passphrase_and_contact_together_open_it_and_nothing_is_lost() {
    let mut team = Team::new();
    let noor = team.device("Noor");
    noor.put("contact", json!({ "name": "Kees" }));
    team.stop();
    noor.hands.pass(Duration::days(31));
    let noor = noor.restarted();
    assert_eq!(code(noor.unlock(PASSPHRASE)), "lease_over");
    assert_eq!(phase(&noor), Phase::Locked);
    assert_eq!(
        code(noor.app.draft_get(app::api::DraftOf { about: None })),
        "locked"
    );
    team.start();
    assert_eq!(code(noor.unlock("zonnebloem")), "wrong_passphrase");
    noor.unlock(PASSPHRASE).unwrap();
    assert_eq!(noor.all("contact").len(), 1);
    assert_eq!(days_told(&noor), None);
}

#[test]
fn the_word_that_opens_it_does_not_say_that_it_erased_what_it_has_not_heard_of() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let id = samir.put("contact", json!({ "name": "Kees" }));
    sync_all(&[&samir, &noor]);
    noor.put("note", json!({ "text": "Nog niet verzonden" }));
    noor.hands.pass(Duration::days(31));
    erase(&samir, &id).unwrap();
    sync_all(&[&samir]);
    let noor = noor.restarted();
    noor.unlock(PASSPHRASE).unwrap();
    assert!(is_here(&noor, &id), "it only had a word with the server");
    let told = &erasures(&samir)[0];
    assert_eq!((told.done, told.devices), (Some(1), Some(2)));
    // After what the server notes without being waited for.
    team.log.check().unwrap();
    let devices = team.log.devices().unwrap();
    let noors = devices
        .iter()
        .find(|device| device.member == "Noor")
        .unwrap();
    assert!(noors.unsent_since_ms.is_some());
    sync_all(&[&noor, &samir]);
    assert_eq!(erasures(&samir)[0].done, Some(2));
}

#[test]
fn a_clock_that_is_set_back_gives_no_extra_days() {
    let mut team = Team::new();
    let noor = team.device("Noor");
    team.stop();
    noor.hands.pass(Duration::days(31));
    noor.app.chores().unwrap();
    noor.hands.set_clock(Duration::days(-20));
    assert_eq!(code(noor.restarted().unlock(PASSPHRASE)), "lease_over");
}

#[test]
fn a_revoked_device_that_stayed_away_is_wiped_instead_of_opened() {
    let team = Team::new();
    let noor = team.device("Noor");
    noor.hands.pass(Duration::days(31));
    let noor = noor.restarted();
    let device = team.log.devices().unwrap()[0].id;
    team.log.revoke_device(device, now_ms()).unwrap();
    assert_eq!(code(noor.unlock(PASSPHRASE)), "wiped");
    assert_eq!(phase(&noor), Phase::Wiped);
}

#[test]
fn a_device_that_is_alone_has_no_lease() {
    let noor = Device::of("Noor");
    noor.hands.pass(Duration::days(400));
    noor.app.chores().unwrap();
    assert_eq!(phase(&noor), Phase::Open);
    noor.reopened();
}
