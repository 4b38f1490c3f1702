//! Where records live, who may write there, and what becomes of a space that is lost.

use app::api::{CaptureSave, DeviceLeave, Draft, Export, Nothing, Phase, SpaceId};
use protocol::{Role, SpaceKind};
use serde_json::json;
use uuid::Uuid;

use crate::device::{Device, code, note};
use crate::team::{Team, now_ms, sync_all};

/// This record as it goes out.
fn exported(device: &Device, id: &str) -> String {
    let export = Export {
        id: Some(id.to_owned()),
        ..Export::of("jsonl")
    };
    device.app.export_text(&export).unwrap().text
}

/// A further space, in which this person has a role.
fn space(team: &Team, name: &str, kind: SpaceKind, person: &str, role: Role) -> Uuid {
    let space = team.log.add_space(name, kind, now_ms()).unwrap();
    team.give(space, person, Some(role));
    space
}

fn id(space: Uuid) -> SpaceId {
    SpaceId {
        id: space.to_string(),
    }
}

fn names(device: &Device) -> Vec<(String, String, bool)> {
    let status = device.app.device_status(Nothing {}).unwrap();
    let spaces = status.spaces.into_iter();
    spaces
        .map(|space| (space.name, space.role, space.default))
        .collect()
}

fn lost(device: &Device) -> Vec<(String, Vec<String>)> {
    let lost = device.app.departure_list(Nothing {}).unwrap().into_iter();
    lost.map(|departure| {
        let titles = departure.records.into_iter().map(|record| record.title);
        (departure.space.name, titles.collect())
    })
    .collect()
}

#[test]
fn a_space_is_shown_only_when_there_is_more_than_one() {
    let team = Team::new();
    let noor = team.device("Noor");
    let here = noor.put("note", json!({ "text": "Bij de school" }));
    assert_eq!(noor.record(&here).mark.space, None);
    space(
        &team,
        "Sociale kaart",
        SpaceKind::Organisation,
        "Noor",
        Role::Reader,
    );
    noor.sync();
    let mark = noor.record(&here).mark;
    let shown = mark.space.unwrap();
    assert_eq!(
        (shown.name.as_str(), shown.kind.as_str()),
        ("Buurtteam", "team")
    );
    assert!(!mark.read_only);
}

#[test]
fn a_note_goes_to_the_usual_space_and_with_one_tap_to_another() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let own = space(&team, "", SpaceKind::Personal, "Noor", Role::Manager);
    noor.sync();
    noor.app
        .capture_save(note("Voor het team", Vec::new()))
        .unwrap();
    let private = CaptureSave {
        space: Some(own.to_string()),
        ..note("Voor mijzelf", Vec::new())
    };
    // The choice outlives a kill, and goes with the note.
    let typed = Draft {
        text: "Voor mij".to_owned(),
        place: None,
        space: private.space.clone(),
        about: None,
    };
    noor.app.draft_set(typed.clone()).unwrap();
    assert_eq!(
        noor.app
            .draft_get(app::api::DraftOf { about: None })
            .unwrap(),
        typed
    );
    let private = noor.app.capture_save(private).unwrap().id;
    assert_eq!(
        noor.app
            .draft_get(app::api::DraftOf { about: None })
            .unwrap()
            .space,
        None
    );
    assert_eq!(noor.record(&private).space, own.to_string());
    sync_all(&[&noor, &samir]);
    let texts: Vec<String> = samir.all("note").into_iter().map(|row| row.title).collect();
    assert_eq!(texts, ["Voor het team"]);
    // The usual one can be another one.
    noor.app.space_default(id(own)).unwrap();
    let next = noor.capture("Nog iets").id;
    assert_eq!(noor.record(&next).space, own.to_string());
}

#[test]
fn what_is_noted_in_ones_own_space_stays_out_of_the_contacts_of_the_team() {
    let team = Team::new();
    let noor = team.device("Noor");
    let kees = noor.put("contact", json!({ "name": "Kees Jansen" }));
    let own = space(&team, "", SpaceKind::Personal, "Noor", Role::Manager);
    noor.sync();
    let text = "Kees Jansen, 06-12345678, geen vaste woonplek meer";
    let ask = app::api::CapturePropose {
        text: text.to_owned(),
    };
    let accepted = noor.app.capture_propose(ask).unwrap().accept_all();
    let private = CaptureSave {
        space: Some(own.to_string()),
        ..note(text, accepted)
    };
    let saved = noor.app.capture_save(private).unwrap();
    assert_eq!(noor.fields(&kees).get("ways"), None);
    // It is told, so that nobody thinks that the number was kept.
    let why: Vec<_> = saved.left_out.iter().map(|left| left.why).collect();
    assert_eq!(why, [app::api::LeftOutWhy::OtherSpace]);
}

#[test]
fn a_list_of_contacts_goes_to_the_space_that_is_chosen() {
    let team = Team::new();
    let noor = team.device("Noor");
    let own = space(&team, "", SpaceKind::Personal, "Noor", Role::Manager);
    noor.sync();
    let preview = noor.app.import_preview("lijst.csv", b"naam\nAnneke Bos\n");
    let apply = app::api::ImportApply {
        import: preview.unwrap().import,
        skip: Vec::new(),
        merge: Vec::new(),
        new: Vec::new(),
        known: None,
        space: Some(own.to_string()),
    };
    noor.app.import_apply(apply).unwrap();
    let anneke = noor.all("contact").remove(0);
    assert_eq!(noor.record(&anneke.id).space, own.to_string());
}

#[test]
fn who_may_only_read_is_told_before_the_server_has_to() {
    let team = Team::new();
    let noor = team.device("Noor");
    let kees = noor.put("contact", json!({ "name": "Kees" }));
    noor.sync();
    team.give(team.space, "Noor", Some(Role::Reader));
    noor.sync();
    assert!(noor.record(&kees).mark.read_only);
    let edit = noor.try_put("contact", Some(&kees), json!({ "town": "Utrecht" }));
    assert_eq!(code(edit), "space_read_only");
    // What is new stays on the device, until there is a place for it.
    let new = noor.put("contact", json!({ "name": "Fatima" }));
    assert_ne!(noor.record(&new).space, team.space.to_string());
    assert_eq!(
        code(noor.app.space_default(id(team.space))),
        "space_read_only"
    );
    assert_eq!(noor.fields(&kees).get("town"), None);
    noor.is_sound();
}

#[test]
fn what_is_on_one_device_alone_goes_to_nobody_who_was_not_named() {
    let team = Team::new();
    let noor = team.device("Noor");
    team.give(team.space, "Noor", Some(Role::Reader));
    noor.sync();
    let private = noor.put("note", json!({ "text": "Niet voor anderen" }));
    // Somebody makes Noor a member of a team and of a partnership of their own, without asking.
    let other = space(&team, "Vreemd team", SpaceKind::Team, "Noor", Role::Writer);
    let plan = space(
        &team,
        "Met derden",
        SpaceKind::Partnership,
        "Noor",
        Role::Writer,
    );
    noor.sync();
    let later = noor.put("note", json!({ "text": "Ook niet voor anderen" }));
    let report = noor.sync();
    assert_eq!((report.pushed, report.refused), (0, 0));
    for id in [&private, &later] {
        let here = noor.record(id).space;
        assert!(
            ![other, plan, team.space]
                .iter()
                .any(|space| here == space.to_string())
        );
    }
    // Only when Noor says where.
    let status = noor.app.device_status(Nothing {}).unwrap();
    assert_eq!(status.kept_here, Some(2));
    assert_eq!(
        code(noor.app.space_bring(id(team.space))),
        "space_read_only"
    );
    assert_eq!(code(noor.app.space_bring(id(Uuid::nil()))), "no_space");
    let status = noor.app.space_bring(id(plan)).unwrap();
    assert_eq!(status.kept_here, None);
    assert_eq!(noor.record(&private).space, plan.to_string());
    assert_eq!(noor.sync().pushed, 2);
    let next = noor.put("note", json!({ "text": "En dit blijft weer hier" }));
    assert_ne!(noor.record(&next).space, plan.to_string());
    noor.is_sound();
}

#[test]
fn one_s_own_space_comes_before_any_team_when_a_right_is_lost() {
    let team = Team::new();
    let noor = team.device("Noor");
    space(&team, "Vreemd team", SpaceKind::Team, "Noor", Role::Writer);
    let own = space(&team, "", SpaceKind::Personal, "Noor", Role::Manager);
    noor.sync();
    team.give(team.space, "Noor", None);
    noor.sync();
    let note = noor.put("note", json!({ "text": "Waarheen?" }));
    assert_eq!(noor.record(&note).space, own.to_string());
}

#[test]
fn a_space_that_is_lost_goes_from_the_device_and_from_search() {
    let team = Team::new();
    let noor = team.device("Noor");
    let plan = space(
        &team,
        "Buurtaanpak",
        SpaceKind::Partnership,
        "Noor",
        Role::Writer,
    );
    noor.sync();
    let mine = noor.put("contact", json!({ "name": "Kees" }));
    noor.app.space_default(id(plan)).unwrap();
    noor.put("contact", json!({ "name": "Fatima" }));
    noor.sync();
    team.give(plan, "Noor", None);
    noor.sync();
    assert_eq!(lost(&noor), Vec::new());
    assert_eq!(
        names(&noor),
        [("Buurtteam".to_owned(), "writer".to_owned(), true)]
    );
    assert_eq!(noor.found("fatima"), Vec::<String>::new());
    assert_eq!(noor.found("kees"), [mine]);
    noor.is_sound();
    noor.sync();
}

#[test]
fn what_was_not_sent_to_a_lost_space_is_told_exported_and_only_then_gone() {
    let team = Team::new();
    let noor = team.device("Noor");
    let plan = space(
        &team,
        "Buurtaanpak",
        SpaceKind::Partnership,
        "Noor",
        Role::Writer,
    );
    noor.sync();
    noor.app.space_default(id(plan)).unwrap();
    noor.put("contact", json!({ "name": "Fatima" }));
    noor.sync();
    team.give(plan, "Noor", None);
    let unsent = noor.put("note", json!({ "text": "Nog niet verzonden" }));
    noor.sync();
    let told = [(
        "Buurtaanpak".to_owned(),
        vec!["Nog niet verzonden".to_owned()],
    )];
    assert_eq!(lost(&noor), told);
    // It can be read, not changed; the rest is gone; a restart and another exchange change nothing about that.
    let noor = noor.reopened();
    noor.sync();
    assert_eq!(lost(&noor), told);
    assert!(noor.record(&unsent).mark.read_only);
    let edit = noor.try_put("note", Some(&unsent), json!({ "text": "Toch" }));
    assert_eq!(code(edit), "space_read_only");
    assert_eq!(noor.found("fatima"), Vec::<String>::new());
    noor.is_sound();
    let text = exported(&noor, &unsent);
    assert!(text.contains("Nog niet verzonden"));

    let status = noor.app.departure_finish(id(plan)).unwrap();
    assert_eq!(status.spaces.len(), 1);
    assert_eq!(lost(&noor), Vec::new());
    assert_eq!(noor.found("verzonden"), Vec::<String>::new());
    noor.is_sound();
    noor.sync();
}

#[test]
fn what_was_not_sent_to_a_lost_space_goes_when_it_is_erased_there_and_only_then_counts_as_erased() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let plan = space(
        &team,
        "Buurtaanpak",
        SpaceKind::Partnership,
        "Noor",
        Role::Writer,
    );
    team.give(plan, "Samir", Some(Role::Manager));
    sync_all(&[&noor, &samir]);
    noor.app.space_default(id(plan)).unwrap();
    let fatima = noor.put("contact", json!({ "name": "Wilhelmijntje Quispel" }));
    sync_all(&[&noor, &samir]);
    team.give(plan, "Noor", None);
    // Written on the street, before the device hears that it may not.
    noor.edit(&fatima, json!({ "town": "Utrecht" }));
    let other = noor.put("note", json!({ "text": "Ook niet verzonden" }));
    noor.sync();
    assert_eq!(lost(&noor)[0].1.len(), 2);
    crate::erasing::erase(&samir, &fatima).unwrap();
    sync_all(&[&samir]);
    let report = |device: &Device| {
        let told = &crate::erasing::erasures(device)[0];
        (told.done, told.devices)
    };
    assert_eq!(report(&samir), (Some(1), Some(2)));

    let noor = noor.reopened();
    noor.sync();
    assert!(!crate::erasing::is_here(&noor, &fatima));
    assert_eq!(lost(&noor)[0].1, ["Ook niet verzonden"]);
    let told = &crate::erasing::erasures(&noor)[0];
    assert_eq!((told.lost, told.kind.as_deref()), (1, Some("contact")));
    assert_eq!(report(&samir), (Some(2), Some(2)));
    // What was not erased can still be kept, and nothing of the space came back.
    let text = exported(&noor, &other);
    assert!(text.contains("Ook niet verzonden") && !text.contains("Quispel"));
    noor.is_sound();
    // It comes back, whole, and without the one that was erased.
    samir.app.space_default(id(plan)).unwrap();
    let meanwhile = samir.put("note", json!({ "text": "Intussen" }));
    samir.sync();
    team.give(plan, "Noor", Some(Role::Writer));
    sync_all(&[&noor, &samir, &noor]);
    assert!(!crate::erasing::is_here(&noor, &fatima));
    assert_eq!(noor.fields(&meanwhile)["text"], "Intussen");
    assert_eq!(samir.fields(&other)["text"], "Ook niet verzonden");
    noor.is_sound();
    samir.is_sound();
}

#[test]
fn a_right_that_comes_back_brings_the_space_back_and_sends_what_waited() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let plan = space(
        &team,
        "Buurtaanpak",
        SpaceKind::Partnership,
        "Noor",
        Role::Writer,
    );
    team.give(plan, "Samir", Some(Role::Writer));
    sync_all(&[&noor, &samir]);
    noor.app.space_default(id(plan)).unwrap();
    let fatima = noor.put("contact", json!({ "name": "Fatima" }));
    noor.sync();
    team.give(plan, "Noor", None);
    let waited = noor.put("note", json!({ "text": "Wacht even" }));
    noor.sync();
    team.give(plan, "Noor", Some(Role::Writer));
    sync_all(&[&noor, &samir]);
    assert_eq!(lost(&noor), Vec::new());
    assert_eq!(noor.fields(&fatima)["name"], "Fatima");
    assert_eq!(samir.fields(&waited)["text"], "Wacht even");
    assert!(!noor.record(&waited).mark.read_only);
    noor.is_sound();
    noor.sync();
}

#[test]
fn who_loses_the_last_space_keeps_what_was_not_sent_and_the_scratchpad() {
    let team = Team::new();
    let noor = team.device("Noor");
    noor.put("contact", json!({ "name": "Fatima" }));
    noor.sync();
    let unsent = noor.put("note", json!({ "text": "Nog niet verzonden" }));
    team.give(team.space, "Noor", None);
    noor.sync();
    assert_eq!(lost(&noor).len(), 1);
    assert_eq!(noor.fields(&unsent)["text"], "Nog niet verzonden");
    noor.app.departure_finish(id(team.space)).unwrap();
    assert_eq!(noor.app.scratch_list(Nothing {}).unwrap().days, 30);
    let noor = noor.reopened();
    noor.is_sound();
    // A new note has a place on this device.
    noor.put("note", json!({ "text": "Waarheen?" }));
    noor.sync();
}

#[test]
fn leaving_sends_first_says_what_is_left_and_then_destroys_the_book() {
    let mut team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let leave = |sure| noor.app.device_leave(DeviceLeave { sure });
    noor.put("note", json!({ "text": "Nog net verzonden" }));
    team.stop();
    assert_eq!(code(leave(false)), "offline");
    team.start();
    team.give(team.space, "Noor", Some(Role::Reader));
    assert_eq!(code(leave(false)), "unsent_left");
    team.give(team.space, "Noor", Some(Role::Writer));
    noor.app.sync_now(Nothing {}).unwrap_err();
    let status = leave(true).unwrap();
    assert_eq!(status.phase, Phase::New);
    assert!(!noor.folder().join("buurtboek.sqlite").exists());
    assert!(!noor.folder().join("buurtboek.key").exists());
    samir.sync();
    noor.init("Noor").unwrap();
}

#[test]
fn leaving_judges_and_exports_all_that_was_refused_however_much_it_is() {
    let team = Team::new();
    let noor = team.device("Noor");
    let first = noor.put("note", json!({ "text": "Als eerste geschreven" }));
    let much = noor.put("note", json!({ "text": "Vaak veranderd" }));
    noor.sync();
    team.give(team.space, "Noor", Some(Role::Reader));
    // Before the device hears that it may only read.
    noor.edit(&first, json!({ "text": "Als eerste veranderd" }));
    for number in 0..510 {
        noor.edit(&much, json!({ "text": format!("Versie {number}") }));
    }
    noor.sync();
    let status = noor.app.sync_status(Nothing {}).unwrap();
    assert_eq!((status.unsent, status.refused), (0, 511));
    let left = noor.app.device_leave(DeviceLeave { sure: false });
    let left = left.unwrap_err();
    assert_eq!(left.code, "unsent_left");
    assert_eq!(left.details["count"], json!(2));
    let file = noor.app.unsent_export(Nothing {}).unwrap();
    assert_eq!(file.records, 2);
    let text = std::fs::read_to_string(&file.path).unwrap();
    std::fs::remove_file(&file.path).unwrap();
    assert!(text.contains("Als eerste veranderd") && text.contains("Versie 509"));
}

#[test]
fn leaving_judges_what_is_on_the_device_alone_as_well() {
    let team = Team::new();
    let noor = team.device("Noor");
    team.give(team.space, "Noor", Some(Role::Reader));
    noor.sync();
    noor.put("note", json!({ "text": "Alleen hier" }));
    noor.sync();
    assert_eq!(
        code(noor.app.device_leave(DeviceLeave { sure: false })),
        "unsent_left"
    );
    let file = noor.app.unsent_export(Nothing {}).unwrap();
    let text = std::fs::read_to_string(&file.path).unwrap();
    std::fs::remove_file(&file.path).unwrap();
    assert!(text.contains("Alleen hier"));
}

#[test]
fn what_was_written_in_a_space_that_a_restored_server_does_not_know_stays() {
    let mut team = Team::new();
    let noor = team.device("Noor");
    let outside = tempfile::tempdir().unwrap();
    let backup = outside.path().join("backup.sqlite");
    sync_server::log::Log::back_up(team.folder(), &backup).unwrap();
    let own = noor.app.space_personal(Nothing {}).unwrap().spaces;
    let own = own.iter().find(|space| space.kind == "personal").unwrap();
    noor.app
        .space_default(SpaceId { id: own.id.clone() })
        .unwrap();
    let kept = noor.put("note", json!({ "text": "Na de reservekopie" }));
    noor.sync();
    team.put_back(&backup);
    noor.sync();
    assert_eq!(noor.fields(&kept)["text"], "Na de reservekopie");
    assert_eq!(lost(&noor), Vec::new());
    // What is written there now is not lost either: it is refused, in sight, and can be taken along.
    noor.edit(&kept, json!({ "text": "En daarna" }));
    noor.sync();
    assert_eq!(noor.app.sync_status(Nothing {}).unwrap().refused, 1);
    assert_eq!(noor.fields(&kept)["text"], "En daarna");
    noor.is_sound();
}
