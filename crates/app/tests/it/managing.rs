//! Looking after the team from the app: devices, invitations, the second look, roles.

use app::api::{
    DeviceLeave, DeviceRename, EnrolmentConfirm, EnrolmentId, GrantAsk, InvitationAsk,
    InvitationId, MemberPut, MemberRemove, Nothing, Phase, TeamDeviceId,
};
use protocol::{Role, SpaceKind};
use serde_json::json;

use crate::device::{Device, PASSPHRASE, code};
use crate::team::{Team, now_ms};

const NONE: Nothing = Nothing {};

/// A device of somebody who manages the team.
fn manager(team: &Team, name: &str) -> Device {
    let device = team.device(name);
    team.give(team.space, name, Some(Role::Manager));
    device.sync();
    device
}

fn invite(device: &Device, team: &Team, role: &str) -> app::api::InvitationMade {
    let grant = GrantAsk {
        space: team.space.to_string(),
        role: role.to_owned(),
    };
    let ask = InvitationAsk {
        grants: vec![grant],
    };
    device.app.invitation_make(ask).unwrap()
}

#[test]
fn a_manager_sees_the_teams_devices_and_puts_one_out_that_then_wipes_itself() {
    let team = Team::new();
    let noor = manager(&team, "Noor");
    let samir = team.device("Samir");
    let own = samir.app.team_devices(NONE).unwrap();
    assert_eq!(own.len(), 1, "a writer sees their own");
    assert!(own[0].this && own[0].person.me && own[0].may_revoke);
    let list = noor.app.team_devices(NONE).unwrap();
    let his = list.iter().find(|device| !device.this).unwrap();
    assert_eq!(his.person.name, "Samir");
    assert!(his.seen_at.is_some() && his.revoked_at.is_none() && his.may_revoke);
    assert_eq!(his.app_version, app::APP_VERSION);

    let id = TeamDeviceId { id: his.id.clone() };
    assert_eq!(
        code(samir.app.device_revoke(TeamDeviceId {
            id: list[0].id.clone()
        })),
        "gone_meanwhile"
    );
    let list = noor.app.device_revoke(id.clone()).unwrap();
    let his = list.iter().find(|device| !device.this).unwrap();
    assert!(his.revoked_at.is_some() && his.wiped_at.is_none() && !his.may_revoke);
    // Whatever it asks, it hears it.
    assert_eq!(code(samir.app.member_list(NONE)), "wiped");
    assert_eq!(samir.app.device_status(NONE).unwrap().phase, Phase::Wiped);
    let list = noor.app.team_devices(NONE).unwrap();
    assert!(
        list.iter()
            .find(|device| device.id == id.id)
            .unwrap()
            .wiped_at
            .is_some()
    );
}

#[test]
fn a_person_names_their_own_devices() {
    let team = Team::new();
    let (noor, samir) = (manager(&team, "Noor"), team.device("Samir"));
    let id = samir.app.team_devices(NONE).unwrap()[0].id.clone();
    let rename = |name: &str| DeviceRename {
        id: id.clone(),
        name: name.to_owned(),
    };
    let list = samir.app.device_rename(rename("Telefoon")).unwrap();
    assert_eq!(list[0].name, "Telefoon");
    assert_eq!(code(samir.app.device_rename(rename(" "))), "name_unusable");
    assert_eq!(
        code(noor.app.device_rename(rename("Van mij"))),
        "gone_meanwhile"
    );
}

#[test]
fn the_team_sees_since_when_a_device_holds_something_that_the_server_did_not_take() {
    let team = Team::new();
    let noor = manager(&team, "Noor");
    let samir = team.device("Samir");
    team.give(team.space, "Samir", Some(Role::Reader));
    samir.put("contact", json!({ "name": "Kees" }));
    samir.sync();
    samir.sync();
    team.log.check().unwrap(); // what a device says is written after the reply
    let list = noor.app.team_devices(NONE).unwrap();
    let his = list.into_iter().find(|device| !device.this).unwrap();
    assert_eq!(his.unsent_since.as_deref(), Some(crate::device::START));
    let mine = noor.app.team_devices(NONE).unwrap().into_iter();
    let mine = mine.filter(|device| device.this).collect::<Vec<_>>();
    assert_eq!(mine[0].unsent_since, None);
    // Once the server takes it, there is nothing left to tell.
    team.give(team.space, "Samir", Some(Role::Writer));
    assert_eq!(code(samir.app.sync_now(NONE)), "alone", "no loop runs here");
    samir.sync();
    samir.sync();
    team.log.check().unwrap();
    let list = noor.app.team_devices(NONE).unwrap();
    assert!(list.iter().all(|device| device.unsent_since.is_none()));
}

#[test]
fn an_invitation_of_a_manager_works_once_and_can_be_withdrawn() {
    let team = Team::new();
    let (noor, samir) = (manager(&team, "Noor"), team.device("Samir"));
    let made = invite(&noor, &team, "reader");
    assert!(!made.second_look);
    assert!(made.qr.len() > 20 && made.qr.iter().all(|row| row.len() == made.qr.len()));
    let open = noor.app.invitation_list(NONE).unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].grants[0].space.name, "Buurtteam");
    assert_eq!(open[0].grants[0].role, "reader");
    assert!(open[0].made_by.as_ref().unwrap().me && open[0].person.is_none());
    assert_eq!(samir.app.invitation_list(NONE).unwrap(), []);
    let ask = InvitationAsk {
        grants: vec![GrantAsk {
            space: team.space.to_string(),
            role: "reader".to_owned(),
        }],
    };
    assert_eq!(code(samir.app.invitation_make(ask)), "managers_only");

    let lotte = Device::of("Lotte");
    let status = lotte.join(&made.link).unwrap();
    assert_eq!(status.spaces[0].role, "reader");
    assert_eq!(noor.app.invitation_list(NONE).unwrap(), []);

    let other = invite(&noor, &team, "writer");
    let id = InvitationId {
        id: other.id.unwrap(),
    };
    assert_eq!(noor.app.invitation_withdraw(id.clone()).unwrap(), []);
    assert_eq!(code(noor.app.invitation_withdraw(id)), "gone_meanwhile");
    assert_eq!(
        code(Device::of("Piet").join(&other.link)),
        "invitation_unknown"
    );
}

#[test]
fn somebodys_second_device_sees_what_they_see() {
    let team = Team::new();
    let samir = team.device("Samir");
    let kees = samir.put("contact", json!({ "name": "Kees" }));
    samir.sync();
    let own = InvitationAsk { grants: vec![] };
    let made = samir.app.invitation_make(own).unwrap();
    let tablet = Device::of("tablet");
    let status = tablet.join(&made.link).unwrap();
    assert_eq!(status.me.unwrap().name, "Samir");
    tablet.sync();
    assert_eq!(tablet.fields(&kees)["name"], "Kees");
    assert_eq!(samir.app.team_devices(NONE).unwrap().len(), 2);
}

#[test]
fn a_managers_device_waits_for_a_second_look_also_over_a_restart_and_then_joins_by_itself() {
    let mut team = Team::new();
    let noor = manager(&team, "Noor");
    let made = invite(&noor, &team, "manager");
    assert!(made.second_look);
    let lotte = Device::of("Lotte");
    let note = lotte.put("note", json!({ "text": "Van ervoor" }));
    let status = lotte.join(&made.link).unwrap();
    let shown = status.joining.unwrap();
    assert!(status.spaces.is_empty() && shown.problem.is_none());

    let waiting = noor.app.enrolment_list(NONE).unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].phrase, shown.phrase, "both see the same");
    assert_eq!(waiting[0].name, "Lotte");
    assert_eq!(waiting[0].grants[0].role, "manager");
    noor.sync();
    assert_eq!(noor.app.sync_status(NONE).unwrap().waiting, Some(1));

    let lotte = lotte.restarted();
    let status = lotte.unlock(PASSPHRASE).unwrap();
    assert_eq!(status.joining.unwrap().phrase, shown.phrase);
    team.stop();
    assert_eq!(code(lotte.app.join_check(NONE)), "offline");
    team.start();
    let status = lotte.app.join_check(NONE).unwrap();
    assert_eq!(
        status.joining.unwrap().phrase,
        shown.phrase,
        "still waiting"
    );

    let confirm = |phrase: &str| {
        noor.app.enrolment_confirm(EnrolmentConfirm {
            id: waiting[0].id.clone(),
            phrase: phrase.to_owned(),
        })
    };
    assert_eq!(code(confirm("000 000")), "phrase_differs");
    assert!(confirm(&shown.phrase).unwrap()[0].confirmed);
    assert_eq!(noor.app.sync_status(NONE).unwrap().waiting, None);
    let status = lotte.app.join_check(NONE).unwrap();
    assert!(status.joining.is_none());
    assert_eq!(status.spaces[0].role, "manager");
    lotte.sync();
    noor.sync();
    assert_eq!(noor.fields(&note)["text"], "Van ervoor");
    lotte.is_sound();
}

#[test]
fn who_is_turned_away_hears_it_and_can_come_with_another_invitation() {
    let team = Team::new();
    let noor = manager(&team, "Noor");
    let lotte = Device::of("Lotte");
    lotte.join(&invite(&noor, &team, "manager").link).unwrap();
    let id = noor.app.enrolment_list(NONE).unwrap()[0].id.clone();
    assert_eq!(noor.app.enrolment_refuse(EnrolmentId { id }).unwrap(), []);
    let status = lotte.app.join_check(NONE).unwrap();
    assert_eq!(
        status.joining.unwrap().problem.as_deref(),
        Some("enrolment_refused")
    );

    lotte.join(&invite(&noor, &team, "manager").link).unwrap();
    assert!(lotte.app.join_cancel(NONE).unwrap().joining.is_none());
    assert_eq!(code(lotte.app.join_check(NONE)), "not_joining");
    let status = lotte.join(&invite(&noor, &team, "writer").link).unwrap();
    assert_eq!(status.spaces[0].role, "writer");
    assert_eq!(
        noor.app.enrolment_list(NONE).unwrap(),
        [],
        "and waits no more"
    );
}

#[test]
fn a_manager_gives_changes_and_takes_roles_and_one_manager_stays() {
    let team = Team::new();
    let (noor, samir) = (manager(&team, "Noor"), team.device("Samir"));
    let map = team
        .log
        .add_space("Sociale kaart", SpaceKind::Organisation, now_ms())
        .unwrap();
    team.give(map, "Noor", Some(Role::Manager));
    noor.sync();
    let spaces = noor.app.member_list(NONE).unwrap();
    let of = |spaces: &[app::api::SpaceMembers], name: &str| {
        let found = spaces.iter().find(|one| one.space.name == name);
        found.unwrap().clone()
    };
    let there = of(&spaces, "Sociale kaart");
    assert_eq!((there.role.as_str(), there.members.len()), ("manager", 1));
    assert_eq!(there.others.len(), 1);
    let member = there.others[0].member.clone();
    assert_eq!(there.others[0].name, "Samir");

    let put = |role: &str| {
        noor.app.member_put(MemberPut {
            space: map.to_string(),
            member: member.clone(),
            role: role.to_owned(),
        })
    };
    let there = of(&put("reader").unwrap(), "Sociale kaart");
    assert_eq!((there.members.len(), there.others.len()), (2, 0));
    assert_eq!(code(put("boss")), "role_unknown");
    samir.sync();
    let his = of(&samir.app.member_list(NONE).unwrap(), "Sociale kaart");
    assert_eq!((his.role.as_str(), his.others.len()), ("reader", 0));
    let remove = |device: &Device, member: &str| {
        device.app.member_remove(MemberRemove {
            space: map.to_string(),
            member: member.to_owned(),
        })
    };
    let me = noor.app.device_status(NONE).unwrap().me.unwrap().member;
    assert_eq!(code(remove(&samir, &me)), "managers_only");
    assert_eq!(code(remove(&noor, &me)), "last_manager");
    let there = of(&remove(&noor, &member).unwrap(), "Sociale kaart");
    assert_eq!((there.members.len(), there.others.len()), (1, 1));
}

#[test]
fn without_a_connection_everything_about_the_team_says_so_and_changes_nothing() {
    let mut team = Team::new();
    let noor = manager(&team, "Noor");
    let id = noor.app.team_devices(NONE).unwrap()[0].id.clone();
    let made = invite(&noor, &team, "reader");
    team.stop();
    let needs = "needs_connection";
    assert_eq!(code(noor.app.team_devices(NONE)), needs);
    assert_eq!(code(noor.app.device_revoke(TeamDeviceId { id })), needs);
    assert_eq!(
        code(noor.app.invitation_make(InvitationAsk { grants: vec![] })),
        needs
    );
    let withdraw = InvitationId {
        id: made.id.unwrap(),
    };
    assert_eq!(code(noor.app.invitation_withdraw(withdraw)), needs);
    assert_eq!(code(noor.app.enrolment_list(NONE)), needs);
    assert_eq!(code(noor.app.member_list(NONE)), needs);
    team.start();
    assert_eq!(noor.app.invitation_list(NONE).unwrap().len(), 1);
    assert!(noor.app.team_devices(NONE).unwrap()[0].revoked_at.is_none());
}

#[test]
fn only_people_of_teams_one_manages_can_be_added() {
    let team = Team::new();
    let (noor, samir) = (manager(&team, "Noor"), team.device("Samir"));
    let add = |name: &str, kind| {
        let space = team.log.add_space(name, kind, now_ms()).unwrap();
        team.give(space, "Samir", Some(Role::Manager));
        space
    };
    // Samir works with Noor in the team, and manages a team of his own and a partnership with Piet.
    let (own, plan) = (
        add("Ander team", SpaceKind::Team),
        add("Met derden", SpaceKind::Partnership),
    );
    team.log
        .add_member("Piet", Some((plan, Role::Reader)), now_ms())
        .unwrap();
    samir.sync();
    let lists = samir.app.member_list(NONE).unwrap();
    let others = |space: uuid::Uuid| {
        let list = lists.iter().find(|one| one.space.id == space.to_string());
        let others = list.unwrap().others.iter();
        others.map(|other| other.name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(others(own), Vec::<&str>::new());
    // Whoever is in the own team can be added to the partnership, once there is somebody.
    assert_eq!(others(plan), Vec::<&str>::new());
    team.give(own, "Noor", Some(Role::Reader));
    noor.sync();
    let lists = samir.app.member_list(NONE).unwrap();
    let list = lists.iter().find(|one| one.space.id == plan.to_string());
    assert_eq!(list.unwrap().others[0].name, "Noor");
}

#[test]
fn ones_own_space_is_made_once_and_comes_to_all_ones_devices_and_to_nobody_else() {
    let mut team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    team.stop();
    assert_eq!(code(noor.app.space_personal(NONE)), "needs_connection");
    team.start();
    let status = noor.app.space_personal(NONE).unwrap();
    let own = status.spaces.iter().find(|space| space.kind == "personal");
    let own = own.unwrap().clone();
    assert_eq!((own.role.as_str(), own.default), ("manager", false));
    // Asking again, here or on another device, is harmless.
    assert_eq!(noor.app.space_personal(NONE).unwrap(), status);
    let made = noor.app.invitation_make(InvitationAsk { grants: vec![] });
    let tablet = Device::of("tablet");
    tablet.join(&made.unwrap().link).unwrap();
    let there = tablet.app.space_personal(NONE).unwrap();
    assert!(there.spaces.iter().any(|space| space.id == own.id));

    let private = app::api::CaptureSave {
        space: Some(own.id.clone()),
        ..crate::device::note("Alleen voor mij", Vec::new())
    };
    let private = noor.app.capture_save(private).unwrap().id;
    crate::team::sync_all(&[&noor, &samir, &tablet]);
    assert_eq!(tablet.fields(&private)["text"], "Alleen voor mij");
    assert_eq!(samir.all("note"), []);
    assert_eq!(samir.app.device_status(NONE).unwrap().spaces.len(), 1);
    // Nobody can be added, and it is not among what one looks after.
    let id = |device: &Device| device.app.device_status(NONE).unwrap().me.unwrap().member;
    let add = MemberPut {
        space: own.id.clone(),
        member: id(&samir),
        role: "reader".to_owned(),
    };
    assert_eq!(code(noor.app.member_put(add)), "managers_only");
    assert_eq!(noor.app.member_list(NONE).unwrap().len(), 1);
    // Samir's is another one.
    let his = samir.app.space_personal(NONE).unwrap().spaces;
    assert!(his.iter().all(|space| space.id != own.id));
    noor.is_sound();
    tablet.is_sound();
}

#[test]
fn who_may_write_nowhere_has_a_place_in_the_own_space() {
    let team = Team::new();
    let noor = team.device("Noor");
    team.give(team.space, "Noor", Some(Role::Reader));
    noor.sync();
    let kept = noor.put("note", json!({ "text": "Alleen hier" }));
    let status = noor.app.space_personal(NONE).unwrap();
    let own = status.spaces.iter().find(|space| space.default).unwrap();
    assert_eq!(own.kind, "personal");
    let next = noor.put("note", json!({ "text": "In mijn eigen ruimte" }));
    assert_eq!(noor.record(&next).space, own.id);
    // What is here alone goes along when the person says so.
    assert_ne!(noor.record(&kept).space, own.id);
    let own = app::api::SpaceId { id: own.id.clone() };
    noor.app.space_bring(own.clone()).unwrap();
    assert_eq!(noor.record(&kept).space, own.id);
    noor.sync();
    noor.is_sound();
}

#[test]
fn alone_there_is_no_team_to_look_after() {
    let noor = Device::of("Noor");
    assert_eq!(code(noor.app.space_personal(NONE)), "alone");
    assert_eq!(code(noor.app.team_devices(NONE)), "alone");
    assert_eq!(code(noor.app.member_list(NONE)), "alone");
}

#[test]
fn a_device_that_leaves_is_seen_as_gone_by_the_team() {
    let team = Team::new();
    let (noor, samir) = (manager(&team, "Noor"), team.device("Samir"));
    samir.app.device_leave(DeviceLeave { sure: false }).unwrap();
    samir.app.chores().unwrap();
    let list = noor.app.team_devices(NONE).unwrap();
    let his = list.iter().find(|device| !device.this).unwrap();
    assert!(his.revoked_at.is_some() && his.wiped_at.is_some());
}
