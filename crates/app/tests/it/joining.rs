//! From alone to a team.

use app::api::{DeviceJoin, InvitationRead, Nothing, SpaceId, SyncState, TodayQuery};
use protocol::Role;
use serde_json::json;

use crate::device::{Device, code};
use crate::team::{Team, now_ms, sync_all};

#[test]
fn what_was_kept_alone_comes_along_and_stays_ones_own() {
    let team = Team::new();
    let noor = Device::of("Noor");
    let saved = noor.capture("Fatima el Amrani, oversteek gevaarlijk, bel vandaag");
    let before: Vec<_> = saved
        .records
        .iter()
        .map(|record| noor.record(&record.id))
        .collect();
    assert!(
        before.iter().all(|record| !record.mark.unsent),
        "alone there is nowhere to send to"
    );

    let status = noor.join(&team.invite(Role::Writer)).unwrap();
    assert_eq!(status.spaces[0].name, "Buurtteam");
    assert!(noor.record(&saved.id).mark.unsent);
    let mine = |device: &Device| {
        device
            .app
            .today_get(TodayQuery {
                mine: true,
                rows: None,
            })
            .unwrap()
            .counts
            .today
    };
    assert_eq!(mine(&noor), 1);

    noor.sync();
    assert!(!noor.record(&saved.id).mark.unsent);
    let samir = team.device("Samir");
    for record in before {
        assert_eq!(samir.record(&record.id).title, record.title);
        assert_eq!(samir.record(&record.id).author, "Noor");
    }
    assert_eq!(mine(&samir), 0);
    assert_eq!(
        samir
            .app
            .today_get(TodayQuery {
                mine: false,
                rows: None
            })
            .unwrap()
            .counts
            .today,
        1
    );
    noor.is_sound();
    samir.is_sound();
}

#[test]
fn everybody_is_there_once() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    sync_all(&[&noor, &samir]);
    for (device, me) in [(&noor, "Noor"), (&samir, "Samir")] {
        let people = device.app.lists_get(Nothing {}).unwrap().people;
        let mut names: Vec<_> = people
            .iter()
            .map(|person| (person.name.as_str(), person.me))
            .collect();
        names.sort_unstable();
        assert_eq!(names, [("Noor", me == "Noor"), ("Samir", me == "Samir")]);
    }
}

#[test]
fn the_first_list_of_themes_is_there_once_however_many_join() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    sync_all(&[&noor, &samir]);
    for device in [&noor, &samir] {
        let themes = device.app.lists_get(Nothing {}).unwrap().themes;
        let mut names: Vec<&str> = themes.iter().map(|theme| theme.name.as_str()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "{names:?}");
        assert_eq!(all, 12);
        assert!(themes.iter().all(|theme| theme.words.len() >= 3));
        assert_eq!(device.app.conflict_list(Nothing {}).unwrap(), []);
        device.is_sound();
    }
}

#[test]
fn an_invitation_that_cannot_be_used_changes_nothing() {
    let team = Team::new();
    let used = team.invite(Role::Writer);
    Device::of("Samir").join(&used).unwrap();

    let noor = Device::of("Noor");
    noor.put("contact", json!({ "name": "Kees" }));
    let expired = team.invite_until(Role::Writer, now_ms() - 1);
    let unknown = format!("{}AAAAAAAA", used.get(..used.len() - 8).unwrap());
    for (invitation, expected) in [
        ("Kom erbij!", "no_invitation"),
        ("https://example.org/join", "no_invitation"),
        (used.as_str(), "invitation_used"),
        (expired.as_str(), "invitation_expired"),
        (unknown.as_str(), "invitation_unknown"),
        (
            "http://192.0.2.1/join#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "not_private",
        ),
    ] {
        assert_eq!(code(noor.join(invitation)), expected, "{invitation}");
        let status = noor.app.device_status(Nothing {}).unwrap();
        assert_eq!(status.spaces, [], "{invitation}");
        assert_eq!(
            noor.app.sync_status(Nothing {}).unwrap().state,
            SyncState::Alone
        );
    }
    noor.join(&team.invite(Role::Writer)).unwrap();
    assert_eq!(
        code(noor.join(&team.invite(Role::Writer))),
        "joined_already"
    );
    assert_eq!(noor.all("contact").len(), 1);
}

#[test]
fn somebody_without_a_name_is_asked_for_one() {
    let team = Team::new();
    let device = Device::of(" ");
    let invitation = team.invite(Role::Writer);
    assert_eq!(code(device.join(&invitation)), "name_required");
    let join = DeviceJoin {
        invitation,
        name: "Noor".to_owned(),
    };
    let status = device.app.device_join(join).unwrap();
    assert_eq!(status.me.unwrap().name, "Noor");
}

#[test]
fn an_invitation_is_found_in_a_message() {
    let device = Device::of("Noor");
    let link = "https://buurt.example.org/join#AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let read = InvitationRead {
        text: Some(format!("Hoi Noor, hier is hij: <{link}> Groet!")),
        image: None,
    };
    let view = device.app.invitation_read(read).unwrap();
    assert_eq!(
        (view.invitation.as_str(), view.server.as_str()),
        (link, "buurt.example.org")
    );
    let nothing = InvitationRead {
        text: None,
        image: Some("AAAA".to_owned()),
    };
    assert_eq!(
        code(device.app.invitation_read(nothing)),
        "picture_unreadable"
    );
}

#[test]
fn a_reader_keeps_what_the_server_may_not_take() {
    let team = Team::new();
    let noor = team.device("Noor");
    let kees = noor.put("contact", json!({ "name": "Kees" }));
    noor.sync();
    let reader = team.device("Samir");
    // The right was taken away while the device was on the street, and it does not know yet.
    team.give(team.space, "Samir", Some(Role::Reader));
    reader.edit(&kees, json!({ "town": "Utrecht" }));
    let report = reader.sync();
    assert!(report.refused > 0);
    assert!(reader.record(&kees).mark.refused);
    let details = reader.app.sync_details(Nothing {}).unwrap();
    let refused = details
        .refused
        .iter()
        .find(|change| change.record.as_ref().is_some_and(|it| it.id == kees));
    assert_eq!(refused.unwrap().code, "no_right");
    assert_eq!(reader.fields(&kees)["town"], "Utrecht");
    noor.sync();
    assert_eq!(noor.fields(&kees).get("town"), None);
}

#[test]
fn a_theme_that_the_team_renamed_is_no_disagreement_with_a_newcomer() {
    let team = Team::new();
    let noor = team.device("Noor");
    let themes = |device: &Device| {
        let mut names: Vec<_> = device
            .all("theme")
            .into_iter()
            .map(|theme| theme.title)
            .collect();
        names.sort();
        names
    };
    let first = noor.all("theme").remove(0);
    noor.edit(
        &first.id,
        json!({ "name": "Op straat", "words": ["stoep"] }),
    );
    noor.sync();

    let samir = Device::of("Samir");
    samir.join(&team.invite(Role::Writer)).unwrap();
    sync_all(&[&samir, &noor]);
    for device in [&noor, &samir] {
        assert_eq!(device.fields(&first.id)["name"], "Op straat");
        assert_eq!(device.fields(&first.id)["words"], json!(["stoep"]));
        assert_eq!(device.app.conflict_list(Nothing {}).unwrap().len(), 0);
        device.is_sound();
    }
    assert_eq!(themes(&noor), themes(&samir));
}

#[test]
fn a_theme_that_the_team_lacks_comes_along_when_a_signal_names_it() {
    let team = Team::new();
    let noor = team.device("Noor");
    for theme in noor.all("theme").into_iter().skip(1) {
        noor.app
            .record_archive(app::api::RecordId { id: theme.id })
            .unwrap();
    }
    noor.sync();
    let samir = Device::fresh(7);
    samir
        .app
        .device_init(app::api::DeviceInit {
            passphrase: crate::device::PASSPHRASE.to_owned(),
            name: "Samir".to_owned(),
            language: "en".to_owned(),
        })
        .unwrap();
    let theme = samir.all("theme").remove(0);
    let signal = samir.put("signal", json!({ "title": "Tegels", "theme": theme.id }));
    samir.join(&team.invite(Role::Writer)).unwrap();
    sync_all(&[&samir, &noor]);
    for device in [&noor, &samir] {
        assert_eq!(device.all("theme").len(), 2);
        let named = device.fields(&signal)["theme"].clone();
        assert_eq!(
            device.fields(named.as_str().unwrap())["name"],
            json!(theme.title)
        );
        device.is_sound();
    }
}

#[test]
fn two_teams_of_one_server_each_have_the_first_list_of_themes() {
    let mut team = Team::new();
    let noor = team.device("Noor");
    let other = team
        .log
        .add_space("Wijkteam", protocol::SpaceKind::Team, now_ms())
        .unwrap();
    let first = std::mem::replace(&mut team.space, other);
    let samir = Device::of("Samir");
    samir.join(&team.invite(Role::Writer)).unwrap();
    assert_eq!(samir.sync().refused, 0);
    team.give(first, "Samir", Some(Role::Reader));
    sync_all(&[&samir, &noor]);
    let count = noor.all("theme").len();
    assert_eq!(samir.all("theme").len(), 2 * count);
    for device in [&noor, &samir] {
        device.is_sound();
    }
}

#[test]
fn what_a_reader_notes_stays_on_the_device_until_there_is_a_space_to_write_in() {
    let team = Team::new();
    let noor = team.device("Noor");
    let kees = noor.put("contact", json!({ "name": "Kees" }));
    noor.sync();
    let samir = Device::of("Samir");
    let before = samir.put("note", json!({ "text": "Van ervoor" }));
    let status = samir.join(&team.invite(Role::Reader)).unwrap();
    assert!(status.spaces.iter().all(|space| !space.default));
    let after = samir.put("note", json!({ "text": "Van erna" }));
    let report = samir.sync();
    assert_eq!((report.pushed, report.refused), (0, 0));
    assert_eq!(samir.fields(&kees)["name"], "Kees");
    for id in [&before, &after] {
        let mark = samir.record(id).mark;
        assert!(!mark.unsent && !mark.refused);
    }
    assert_eq!(
        samir.app.sync_status(Nothing {}).unwrap().state,
        SyncState::UpToDate
    );

    // A manager lets them write.
    let member = samir
        .app
        .device_status(Nothing {})
        .unwrap()
        .me
        .unwrap()
        .member;
    team.log
        .set_role(
            member.parse().unwrap(),
            team.space,
            Some(Role::Writer),
            now_ms(),
        )
        .unwrap();
    samir.sync();
    let status = samir.app.device_status(Nothing {}).unwrap();
    assert!(status.spaces.iter().all(|space| space.default));
    assert_eq!(status.kept_here, Some(2));
    noor.sync();
    assert_eq!(noor.all("note").len(), 0, "nobody asked Samir yet");
    let there = SpaceId {
        id: team.space.to_string(),
    };
    let status = samir.app.space_bring(there).unwrap();
    assert_eq!(status.kept_here, None);
    sync_all(&[&samir, &noor]);
    assert_eq!(noor.fields(&before)["text"], "Van ervoor");
    assert_eq!(noor.fields(&after)["text"], "Van erna");
    samir.is_sound();
}
