//! Sending and receiving, and telling the truth about it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use app::api::{Event, Nothing, SyncState};
use app::{App, Surroundings, System};
use protocol::Role;
use serde_json::json;

use crate::device::{Device, PASSPHRASE, code};
use crate::team::Team;

fn state(device: &Device) -> (SyncState, u32) {
    let status = device.app.sync_status(Nothing {}).unwrap();
    (status.state, status.unsent)
}

#[test]
fn a_note_made_without_a_connection_goes_along_when_there_is_one() {
    let mut team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    team.stop();
    let id = noor.put("note", json!({ "text": "Bij de school" }));
    assert_eq!(code(noor.app.sync_round()), "offline");
    assert!(noor.record(&id).mark.unsent);
    let noor = noor.reopened();
    assert_eq!(state(&noor), (SyncState::Waiting, 1));

    team.start();
    let report = noor.sync();
    assert_eq!((report.pushed, report.refused), (1, 0));
    assert!(!noor.record(&id).mark.unsent);
    assert_eq!(state(&noor), (SyncState::UpToDate, 0));
    assert_eq!(samir.sync().pulled, 1);
    assert_eq!(samir.record(&id).author, "Noor");
}

#[test]
fn when_there_is_nothing_new_one_small_request_says_so() {
    let team = Team::new();
    let noor = team.device("Noor");
    for number in 0..50 {
        noor.put("contact", json!({ "name": format!("Contact {number}") }));
    }
    noor.sync();
    let report = noor.sync();
    assert_eq!((report.requests, report.pushed, report.pulled), (1, 0, 0));
    assert!(report.bytes_up + report.bytes_down <= 1_000, "{report:?}");
}

#[test]
fn a_server_whose_backup_was_put_back_gets_everything_again() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let id = noor.put("note", json!({ "text": "Bij de school" }));
    noor.sync();
    samir.sync();
    team.log.start_new_logs(crate::team::now_ms()).unwrap();
    noor.edit(&id, json!({ "text": "Bij de school, 08:20" }));
    for device in [&noor, &samir, &noor, &samir] {
        device.sync();
    }
    assert_eq!(samir.fields(&id)["text"], "Bij de school, 08:20");
    for device in [&noor, &samir] {
        assert_eq!(state(device), (SyncState::UpToDate, 0));
        device.is_sound();
    }
}

#[test]
fn a_space_that_is_taken_away_goes_and_what_was_not_sent_stays() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let kees = noor.put("contact", json!({ "name": "Kees" }));
    noor.sync();
    samir.sync();
    let own = samir.put("note", json!({ "text": "Nog niet verstuurd" }));
    let member = samir
        .app
        .device_status(Nothing {})
        .unwrap()
        .me
        .unwrap()
        .member;
    let role = |role| {
        team.log
            .set_role(
                member.parse().unwrap(),
                team.space,
                role,
                crate::team::now_ms(),
            )
            .unwrap();
    };
    role(None);
    samir.sync();
    samir.sync();
    assert_eq!(state(&samir).0, SyncState::UpToDate);
    assert_eq!(samir.all("contact").len(), 0);
    assert_eq!(samir.found("kees"), Vec::<String>::new());
    assert_eq!(samir.fields(&own)["text"], "Nog niet verstuurd");
    let refused = samir.app.sync_details(Nothing {}).unwrap().refused;
    assert_eq!(refused[0].code, "no_right");
    assert_eq!(samir.app.device_status(Nothing {}).unwrap().spaces, []);
    // What is noted now stays on the device.
    let alone = samir.put("note", json!({ "text": "Voor mezelf" }));
    assert_eq!(samir.sync().pushed, 0);
    samir.is_sound();

    // And it comes back when the right is given back.
    role(Some(Role::Writer));
    samir.sync();
    samir.sync();
    noor.sync();
    assert_eq!(samir.fields(&kees)["name"], "Kees");
    assert_eq!(noor.fields(&own)["text"], "Nog niet verstuurd");
    // What was noted alone goes to the team when the person says so.
    assert_eq!(noor.found("mezelf"), Vec::<String>::new());
    let space = app::api::SpaceId {
        id: team.space.to_string(),
    };
    samir.app.space_bring(space).unwrap();
    samir.sync();
    noor.sync();
    assert_eq!(noor.fields(&alone)["text"], "Voor mezelf");
    samir.is_sound();
}

#[test]
fn a_space_taken_away_during_its_first_sync_does_not_keep_rounds_failing() {
    let team = Team::new();
    let noor = team.device("Noor");
    noor.put("contact", json!({ "name": "Kees" }));
    noor.sync();
    let samir = Device::of("Samir");
    let status = samir.join(&team.invite(Role::Writer)).unwrap();
    let member = status.me.unwrap().member;
    team.log
        .set_role(
            member.parse().unwrap(),
            team.space,
            None,
            crate::team::now_ms(),
        )
        .unwrap();
    for _ in 0..2 {
        samir.sync();
        assert_eq!(state(&samir).0, SyncState::UpToDate);
    }
}

#[test]
fn a_window_and_a_command_line_on_one_folder_take_turns_and_miss_nothing() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let other = crate::device::app_over(samir.folder(), &samir.hands);
    other
        .device_unlock(app::api::DeviceUnlock {
            passphrase: PASSPHRASE.to_owned(),
        })
        .unwrap();
    for number in 0..10 {
        noor.put("contact", json!({ "name": format!("Contact {number}") }));
        noor.sync();
        std::thread::scope(|scope| {
            let rounds =
                [&samir.app, &other].map(|app| scope.spawn(move || app.sync_round().unwrap()));
            let pulled: u32 = rounds
                .map(|round| round.join().unwrap().pulled)
                .iter()
                .sum();
            assert_eq!(pulled, 1, "the second finds nothing new");
        });
    }
    assert_eq!(samir.all("contact").len(), 10);
    samir.is_sound();
}

#[test]
fn a_colleagues_change_appears_by_itself_while_the_app_is_open() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let folder = samir.folder().to_owned();
    samir.app.device_lock(Nothing {}).unwrap();
    let open = App::new(&folder, Arc::new(Running)).unwrap();
    let unlock = app::api::DeviceUnlock {
        passphrase: PASSPHRASE.to_owned(),
    };
    open.device_unlock(unlock).unwrap();
    let mut events = open.events();
    wait(|| open.sync_status(Nothing {}).unwrap().state == SyncState::UpToDate);

    let id = noor.put("note", json!({ "text": "Bij de school" }));
    noor.sync();
    let mut told = Vec::new();
    wait(|| {
        while let Ok(event) = events.try_recv() {
            if let Event::Changed(changed) = event {
                told.push(changed);
            }
        }
        told.iter()
            .any(|changed| changed.foreign && changed.ids.contains(&id))
    });
    open.record_get(app::api::RecordId { id: id.clone() })
        .expect("told, so it can be read");
    let foreign: Vec<_> = told
        .iter()
        .filter(|changed| changed.foreign && changed.ids.contains(&id))
        .collect();
    assert_eq!(foreign.len(), 1, "{told:?}");
    assert_eq!(foreign[0].kinds, ["note"]);

    // And what is kept here goes out by itself.
    let saved = open
        .capture_save(crate::device::note("Gezien", Vec::new()))
        .unwrap();
    wait(|| {
        noor.sync().pulled > 0
            || noor
                .app
                .record_get(app::api::RecordId {
                    id: saved.id.clone(),
                })
                .is_ok()
    });
    assert_eq!(noor.fields(&saved.id)["text"], "Gezien");
}

/// The clock of this machine: the sync loop paces itself by it.
struct Running;

impl Surroundings for Running {
    fn now(&self) -> chrono::DateTime<chrono::Utc> {
        System.now()
    }

    fn random(&self, bytes: &mut [u8]) {
        System.random(bytes);
    }

    fn has_key_store(&self) -> bool {
        false
    }
}

/// Waits until it is so.
fn wait(mut so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !so() {
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "waited too long"
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}
