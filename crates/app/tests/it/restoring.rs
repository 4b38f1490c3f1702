//! A data folder that was put back from a backup, or copied.

use std::path::Path;

use protocol::Role;
use serde_json::json;
use sync_server::log::Log;

use crate::device::Device;
use crate::team::{Team, sync_all};

/// Copies every file of a device's folder.
fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

/// Puts a backup back, byte by byte into the files that are there, as a restored disk image does.
fn put_back(backup: &Path, folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kept = std::fs::read(backup.join(path.file_name().unwrap())).unwrap_or_default();
        std::fs::write(&path, kept).unwrap();
    }
}

#[test]
fn after_a_backup_was_put_back_nothing_that_anybody_wrote_is_lost() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let kees = noor.put(
        "contact",
        json!({ "name": "Kees", "street": "Malakkastraat" }),
    );
    let note = noor.put("note", json!({ "text": "Bij de school." }));
    sync_all(&[&noor, &samir]);
    noor.app.device_lock(app::api::Nothing {}).unwrap();
    let backup = tempfile::tempdir().unwrap();
    copy(noor.folder(), backup.path());

    let noor = noor.reopened();
    noor.edit(&kees, json!({ "street": "Balistraat" }));
    noor.edit(&note, json!({ "text": "Bij de school. Belt dinsdag." }));
    let later = noor.put("note", json!({ "text": "Later" }));
    noor.sync();
    samir.sync();
    samir.edit(&kees, json!({ "consent": "given" }));
    samir.sync();

    noor.app.device_lock(app::api::Nothing {}).unwrap();
    put_back(backup.path(), noor.folder());
    let noor = noor.reopened();
    assert_eq!(noor.fields(&kees)["street"], "Malakkastraat");
    noor.edit(&kees, json!({ "street": "Javastraat", "town": "Utrecht" }));
    noor.edit(&kees, json!({ "postcode": "3531 HM" }));
    noor.edit(&note, json!({ "text": "Om 08:20 bij de school." }));
    let report = noor.sync();
    assert_eq!(report.refused, 3, "{report:?}");
    sync_all(&[&noor, &samir]);

    for device in [&noor, &samir] {
        let fields = device.fields(&kees);
        assert_eq!(
            (&fields["town"], &fields["postcode"], &fields["consent"]),
            (&json!("Utrecht"), &json!("3531 HM"), &json!("given"))
        );
        assert_eq!(
            device.fields(&note)["text"],
            "Om 08:20 bij de school. Belt dinsdag."
        );
        assert_eq!(device.fields(&later)["text"], "Later");
        let disagreements = device.app.conflict_list(app::api::Nothing {}).unwrap();
        let mut streets: Vec<_> = disagreements[0]
            .values
            .iter()
            .map(|value| value.value.clone())
            .collect();
        streets.sort_by_key(ToString::to_string);
        assert_eq!(streets, ["Balistraat", "Javastraat"]);
        assert_eq!(disagreements.len(), 1);
        let details = device.app.sync_details(app::api::Nothing {}).unwrap();
        assert_eq!((details.refused.len(), details.unsent.len()), (0, 0));
        device.is_sound();
    }
}

#[test]
fn a_copied_folder_writes_under_an_actor_of_its_own_from_the_first_edit() {
    let team = Team::new();
    let noor = team.device("Noor");
    let kees = noor.put("contact", json!({ "name": "Kees" }));
    noor.sync();
    noor.app.device_lock(app::api::Nothing {}).unwrap();
    let copied = Device::fresh(99);
    copy(noor.folder(), copied.folder());
    copied.unlock(crate::device::PASSPHRASE).unwrap();
    copied.edit(&kees, json!({ "town": "Utrecht" }));
    let noor = noor.reopened();
    noor.edit(&kees, json!({ "street": "Javastraat" }));
    for device in [&noor, &copied] {
        assert_eq!(device.sync().refused, 0);
    }
    assert_eq!(
        json!(copied.fields(&kees)),
        json!({ "name": "Kees", "street": "Javastraat", "town": "Utrecht" })
    );
    copied.is_sound();
}

#[test]
fn a_backup_that_is_put_back_brings_its_own_later_notes_also_to_who_may_only_read() {
    let team = Team::new();
    let noor = team.device("Noor");
    noor.put("note", json!({ "text": "Vroeg" }));
    noor.sync();
    noor.app.device_lock(app::api::Nothing {}).unwrap();
    let restored = Device::fresh(98);
    copy(noor.folder(), restored.folder());

    let noor = noor.reopened();
    noor.put("note", json!({ "text": "Later" }));
    noor.sync();
    team.give(team.space, "Noor", Some(Role::Reader));
    restored.unlock(crate::device::PASSPHRASE).unwrap();
    restored.sync();
    assert_eq!(restored.all("note").len(), 2);
    restored.is_sound();
}

#[test]
fn after_the_server_was_put_back_a_reader_has_everything_and_nothing_of_it_is_refused() {
    let mut team = Team::new();
    let noor = team.device("Noor");
    let samir = Device::of("Samir");
    samir.join(&team.invite(Role::Reader)).unwrap();
    noor.put("contact", json!({ "name": "Kees" }));
    sync_all(&[&noor, &samir]);
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = elsewhere.path().join("backup.sqlite");
    Log::back_up(team.folder(), &backup).unwrap();
    noor.put("contact", json!({ "name": "Fatima" }));
    sync_all(&[&noor, &samir]);
    team.put_back(&backup);
    // The reader comes first, then who can bring what the backup misses.
    sync_all(&[&samir, &noor, &samir]);
    let details = samir.app.sync_details(app::api::Nothing {}).unwrap();
    assert_eq!((details.refused.len(), details.unsent.len()), (0, 0));
    assert_eq!(samir.all("contact").len(), 2);
    samir.is_sound();
    team.give(team.space, "Samir", None);
    samir.sync();
    assert_eq!(
        samir.all("contact").len(),
        0,
        "nothing of it was theirs to send"
    );
}

#[test]
fn what_a_reader_wrote_and_a_restored_server_lost_stands_with_them_in_sight_until_somebody_brings_it()
 {
    let mut team = Team::new();
    let noor = team.device("Noor");
    let samir = team.device("Samir");
    let elsewhere = tempfile::tempdir().unwrap();
    let backup = elsewhere.path().join("backup.sqlite");
    sync_all(&[&noor, &samir]);
    Log::back_up(team.folder(), &backup).unwrap();
    let note = samir.put("note", json!({ "text": "Nog als schrijver" }));
    sync_all(&[&samir, &noor]);
    team.put_back(&backup);
    team.give(team.space, "Samir", Some(Role::Reader));
    sync_all(&[&samir, &samir]);
    let refused = || {
        samir
            .app
            .sync_details(app::api::Nothing {})
            .unwrap()
            .refused
    };
    assert_eq!(refused().len(), 1, "it is nowhere but here, and said so");
    sync_all(&[&noor, &samir]);
    assert_eq!(refused().len(), 0, "a colleague had it too");
    assert!(!samir.record(&note).mark.unsent);
    samir.is_sound();
}

#[test]
fn two_copies_that_stay_in_use_as_one_device_get_each_others_notes() {
    let team = Team::new();
    let noor = team.device("Noor");
    noor.sync();
    noor.app.device_lock(app::api::Nothing {}).unwrap();
    let copied = Device::fresh(97);
    copy(noor.folder(), copied.folder());
    copied.unlock(crate::device::PASSPHRASE).unwrap();
    let noor = noor.reopened();
    for round in 1..4 {
        for device in [&noor, &copied] {
            device.put("note", json!({ "text": "Op straat" }));
            device.sync();
        }
        noor.sync();
        assert_eq!(noor.all("note").len(), 2 * round);
        assert_eq!(copied.all("note").len(), 2 * round);
    }
}
