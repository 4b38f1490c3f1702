//! Invitations made in the app, and the second look.

use axum::http::Method;
use protocol::*;
use serde_json::json;

use crate::calls::into;
use crate::harness::*;

async fn waiting(server: &Server, manager: &TestDevice) -> Vec<Waiting> {
    manager
        .get::<WaitingList>(server, "/v1/enrolments")
        .await
        .waiting
}

#[tokio::test]
async fn one_invitation_opens_several_spaces() {
    let server = Server::start();
    let (team, map) = (
        server.space("Buurtteam"),
        server.space_of(SpaceKind::Organisation, "Sociale kaart"),
    );
    let manager = server.device(team, Role::Manager).await;
    server
        .log
        .set_role(manager.member, map, Some(Role::Manager), START_MS)
        .unwrap();
    let request = InvitationRequest {
        grants: vec![
            Grant {
                space: team,
                role: Role::Writer,
            },
            Grant {
                space: map,
                role: Role::Reader,
            },
        ],
        own_device: false,
    };
    let secret = manager.invite(&server, &request).await;
    let reply = server
        .enroll(&enroll_request(&secret, next_device()))
        .await
        .unwrap();
    let roles: Vec<_> = reply
        .spaces
        .iter()
        .map(|space| (space.id, space.role))
        .collect();
    assert_eq!(
        roles,
        [(team, Some(Role::Writer)), (map, Some(Role::Reader))]
    );
}

#[tokio::test]
async fn a_managers_device_waits_until_a_manager_compared_the_phrase() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let manager = server.device(space, Role::Manager).await;
    let secret = manager.invite(&server, &into(space, Role::Manager)).await;
    let request = enroll_request(&secret, next_device());
    let (status, answer) = server.ask_to_join(&request).await;
    assert_eq!((status, &answer["poll_seconds"]), (202, &json!(5)));
    assert!(answer.get("token").is_none());
    let list = waiting(&server, &manager).await;
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].phrase, request.phrase(), "both sides see the same");
    assert_eq!(
        (list[0].name.as_str(), list[0].device_name.as_str()),
        ("Noor de Vries", "tablet")
    );
    assert_eq!(server.ask_to_join(&request).await.0, 202, "still waiting");

    let confirm = format!("/v1/enrolments/{}/confirm", list[0].id);
    let other = json!({ "phrase": "000 000" });
    let (status, answer) = manager.call(&server, Method::POST, &confirm, &other).await;
    assert_eq!((status, &answer["code"]), (409, &json!("phrase_differs")));
    assert_eq!(server.ask_to_join(&request).await.0, 202);
    let compared = json!({ "phrase": list[0].phrase });
    assert_eq!(
        manager
            .call(&server, Method::POST, &confirm, &compared)
            .await
            .0,
        204
    );
    let device = TestDevice::joined(server.ask_to_join(&request).await);
    assert!(waiting(&server, &manager).await.is_empty());
    assert!(
        device
            .ask(&server, &device.request(space, vec![]))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_device_that_says_something_else_after_the_yes_is_looked_at_again() {
    let server = Server::start();
    let space = server.space_of(SpaceKind::Partnership, "Buurtaanpak");
    let manager = server.device(space, Role::Manager).await;
    let secret = manager.invite(&server, &into(space, Role::Reader)).await;
    let request = enroll_request(&secret, next_device());
    assert_eq!(server.ask_to_join(&request).await.0, 202, "an outsider");
    server.let_everybody_in();
    let other = EnrollRequest {
        name: Some("Iemand anders".into()),
        ..request.clone()
    };
    assert_eq!(server.ask_to_join(&other).await.0, 202);
    let list = waiting(&server, &manager).await;
    assert!(!list[0].confirmed);
    assert_eq!(
        (list[0].name.as_str(), list[0].phrase.clone()),
        ("Iemand anders", other.phrase())
    );
    let stolen = EnrollRequest {
        device: next_device(),
        ..request
    };
    let (status, answer) = server.ask_to_join(&stolen).await;
    assert_eq!(
        (status, &answer["code"]),
        (410, &json!("invitation_used")),
        "the invitation is bound to the device that showed it first"
    );
}

#[tokio::test]
async fn who_was_turned_away_does_not_come_in_by_that_invitation() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let manager = server.device(space, Role::Manager).await;
    let secret = manager.invite(&server, &into(space, Role::Manager)).await;
    let request = enroll_request(&secret, next_device());
    server.ask_to_join(&request).await;
    let id = waiting(&server, &manager).await[0].id;
    let refuse = format!("/v1/enrolments/{id}/refuse");
    assert_eq!(
        manager.call(&server, Method::POST, &refuse, &()).await.0,
        204
    );
    for device in [request.device, next_device()] {
        let (status, answer) = server.ask_to_join(&enroll_request(&secret, device)).await;
        assert_eq!(
            (status, &answer["code"]),
            (403, &json!("enrolment_refused"))
        );
    }
    assert!(waiting(&server, &manager).await.is_empty());
}

#[tokio::test]
async fn a_waiting_device_waits_a_day_and_no_longer() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let manager = server.device(space, Role::Manager).await;
    let secret = manager.invite(&server, &into(space, Role::Manager)).await;
    let request = enroll_request(&secret, next_device());
    server.wait_ms(DAY_MS - 1);
    assert_eq!(server.ask_to_join(&request).await.0, 202);
    server.wait_ms(DAY_MS - 1);
    assert_eq!(server.ask_to_join(&request).await.0, 202);
    server.wait_ms(1);
    assert!(waiting(&server, &manager).await.is_empty());
    let (status, answer) = server.ask_to_join(&request).await;
    assert_eq!(
        (status, &answer["code"]),
        (410, &json!("invitation_expired"))
    );
}

#[tokio::test]
async fn the_first_manager_needs_nobody() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    server.device(space, Role::Writer).await;
    let secret = server.invite(space, Role::Manager, None);
    let first = enroll_request(&secret, next_device());
    assert_eq!(server.ask_to_join(&first).await.0, 200);
    let secret = server.invite(space, Role::Manager, None);
    let second = enroll_request(&secret, next_device());
    assert_eq!(server.ask_to_join(&second).await.0, 202);
}

#[tokio::test]
async fn a_further_device_of_ones_own_sees_what_one_sees_and_takes_nothing_away() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let own = InvitationRequest {
        grants: vec![],
        own_device: true,
    };
    let writer = server.device(space, Role::Writer).await;
    let secret = writer.invite(&server, &own).await;
    let tablet = TestDevice::joined(
        server
            .ask_to_join(&enroll_request(&secret, next_device()))
            .await,
    );
    assert_eq!(tablet.member, writer.member);

    let manager = server.device(space, Role::Manager).await;
    let colleague = server.device(space, Role::Manager).await;
    let secret = manager.invite(&server, &own).await;
    let request = enroll_request(&secret, next_device());
    assert_eq!(server.ask_to_join(&request).await.0, 202);
    assert!(
        waiting(&server, &colleague).await.is_empty(),
        "only the person knows whether it is their device"
    );
    assert_eq!(waiting(&server, &manager).await.len(), 1);

    let by_writing = server.invite(space, Role::Reader, Some(manager.member));
    let request = enroll_request(&by_writing, next_device());
    assert_eq!(
        server.ask_to_join(&request).await.0,
        202,
        "a reader's invitation does not open a manager's device by itself"
    );
    server.let_everybody_in();
    let third = TestDevice::joined(server.ask_to_join(&request).await);
    let synced = third
        .ask(&server, &third.request(space, vec![]))
        .await
        .unwrap();
    assert_eq!(synced.header.spaces[0].role, Some(Role::Manager));
}

#[tokio::test]
async fn invitations_of_a_stolen_device_or_a_former_manager_open_nothing() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let (stolen, former) = (
        server.device(space, Role::Manager).await,
        server.device(space, Role::Manager).await,
    );
    let before = stolen.invite(&server, &into(space, Role::Writer)).await;
    let waits = stolen.invite(&server, &into(space, Role::Manager)).await;
    let request = enroll_request(&waits, next_device());
    assert_eq!(server.ask_to_join(&request).await.0, 202);
    let promised = former.invite(&server, &into(space, Role::Writer)).await;
    let path = format!("/v1/devices/{}/revoke", stolen.id);
    assert_eq!(former.call(&server, Method::POST, &path, &()).await.0, 204);
    server
        .log
        .set_role(former.member, space, Some(Role::Writer), START_MS)
        .unwrap();
    for secret in [before, waits, promised] {
        let (status, _) = server
            .ask_to_join(&enroll_request(&secret, request.device))
            .await;
        assert_eq!(status, 410);
    }
    assert!(
        server
            .log
            .waiting_for(None, server.now_ms())
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn a_device_that_was_put_out_is_never_used_again() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let manager = server.device(space, Role::Manager).await;
    let device = server.device(space, Role::Writer).await;
    let path = format!("/v1/devices/{}/revoke", device.id);
    assert_eq!(manager.call(&server, Method::POST, &path, &()).await.0, 204);
    for _ in 0..2 {
        let (status, answer) = device.call(&server, Method::GET, "/v1/devices", &()).await;
        assert_eq!((status, &answer["wipe"]), (401, &json!(true)));
        assert_eq!(
            device.call(&server, Method::POST, "/v1/wiped", &()).await.0,
            204
        );
    }
    let secret = manager.invite(&server, &into(space, Role::Writer)).await;
    let (status, answer) = server
        .ask_to_join(&enroll_request(&secret, device.id))
        .await;
    assert_eq!((status, &answer["code"]), (409, &json!("device_taken")));
    let list: DeviceList = manager.get(&server, "/v1/devices").await;
    let row = list.devices.iter().find(|row| row.id == device.id).unwrap();
    assert_eq!(
        (row.revoked_ms, row.wiped_ms, row.may_revoke),
        (Some(START_MS), Some(START_MS), false)
    );
}

async fn open(server: &Server, manager: &TestDevice) -> Vec<InvitationInfo> {
    let list: InvitationList = manager.get(server, "/v1/invitations").await;
    list.invitations
}

#[tokio::test]
async fn an_invitation_is_listed_until_it_is_used_or_withdrawn() {
    let server = Server::start();
    let (team, map) = (
        server.space("Buurtteam"),
        server.space_of(SpaceKind::Organisation, "Sociale kaart"),
    );
    let manager = server.device(team, Role::Manager).await;
    let other = server.device(map, Role::Manager).await;
    let writer = server.device(team, Role::Writer).await;
    let used = manager.invite(&server, &into(team, Role::Writer)).await;
    let kept = manager.invite(&server, &into(team, Role::Reader)).await;
    let own = InvitationRequest {
        own_device: true,
        ..InvitationRequest::default()
    };
    writer.invite(&server, &own).await;
    server
        .enroll(&enroll_request(&used, next_device()))
        .await
        .unwrap();

    let list = open(&server, &manager).await;
    assert_eq!(list.len(), 1, "{list:?}");
    assert_eq!(list[0].grants, into(team, Role::Reader).grants);
    assert_eq!(list[0].made_by.as_ref().unwrap().id, manager.member);
    assert_eq!(list[0].expires_ms, START_MS + DAY_MS);
    assert!(!list[0].waiting && list[0].member.is_none());
    assert!(open(&server, &other).await.is_empty());
    let own = open(&server, &writer).await;
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].member.as_ref().unwrap().id, writer.member);

    let path = format!("/v1/invitations/{}", list[0].id);
    let withdraw = async |device: &TestDevice| {
        let answer = device.call(&server, Method::DELETE, &path, &()).await;
        answer.0
    };
    assert_eq!(withdraw(&other).await, 404);
    assert_eq!(withdraw(&writer).await, 404);
    assert_eq!(withdraw(&manager).await, 204);
    assert_eq!(withdraw(&manager).await, 404, "once");
    let (_, refused) = server
        .enroll(&enroll_request(&kept, next_device()))
        .await
        .unwrap_err();
    assert_eq!(refused.code, ErrorCode::InvitationUnknown);
    assert!(open(&server, &manager).await.is_empty());
    server.wait_ms(DAY_MS);
    assert!(open(&server, &writer).await.is_empty(), "it is too old");
}

#[tokio::test]
async fn who_waits_by_a_withdrawn_invitation_waits_no_longer() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let manager = server.device(space, Role::Manager).await;
    let secret = manager.invite(&server, &into(space, Role::Manager)).await;
    let request = enroll_request(&secret, next_device());
    assert_eq!(server.ask_to_join(&request).await.0, 202);
    let list = open(&server, &manager).await;
    assert!(list[0].waiting);
    let told = manager.ask(&server, &manager.request(space, vec![])).await;
    assert_eq!(told.unwrap().header.waiting, 1, "managers are told");
    let path = format!("/v1/invitations/{}", list[0].id);
    assert_eq!(
        manager.call(&server, Method::DELETE, &path, &()).await.0,
        204
    );
    assert!(waiting(&server, &manager).await.is_empty());
    assert_eq!(server.ask_to_join(&request).await.0, 404);
    let told = manager.ask(&server, &manager.request(space, vec![])).await;
    assert_eq!(told.unwrap().header.waiting, 0);
}

#[tokio::test]
async fn a_device_that_shows_another_invitation_gives_the_first_one_back() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let manager = server.device(space, Role::Manager).await;
    let first = manager.invite(&server, &into(space, Role::Manager)).await;
    let second = manager.invite(&server, &into(space, Role::Manager)).await;
    let third = manager.invite(&server, &into(space, Role::Writer)).await;
    let device = next_device();
    for secret in [&first, &second] {
        let request = enroll_request(secret, device);
        assert_eq!(server.ask_to_join(&request).await.0, 202);
        let list = waiting(&server, &manager).await;
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].phrase, request.phrase());
    }
    let answer = server.ask_to_join(&enroll_request(&third, device)).await;
    assert_eq!(answer.0, 200);
    assert!(waiting(&server, &manager).await.is_empty());
    let answer = server
        .ask_to_join(&enroll_request(&second, next_device()))
        .await;
    assert_eq!(answer.0, 202, "it was not used up");
}

#[tokio::test]
async fn what_a_device_keeps_of_its_token_can_end_it_and_nothing_else() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let manager = server.device(space, Role::Manager).await;
    let mut device = server.device(space, Role::Writer).await;
    let frames = device.document();
    let frames = frames_of(space, frames.0, &frames.1);
    device.sync(&server, space, frames).await;
    let found = TestDevice {
        token: ending_secret(&device.token),
        ..device
    };
    for path in ["/v1/devices", "/v1/events", "/v1/enrolments"] {
        let (status, _) = found.call(&server, Method::GET, path, &()).await;
        assert_eq!(status, 401, "{path}");
    }
    let (status, _) = found
        .ask(&server, &found.request(space, vec![]))
        .await
        .unwrap_err();
    assert_eq!(status, 401);
    let list: DeviceList = manager.get(&server, "/v1/devices").await;
    let row = list.devices.iter().find(|row| row.id == found.id).unwrap();
    assert_eq!(row.revoked_ms, None);
    assert_eq!(
        found.call(&server, Method::POST, "/v1/wiped", &()).await.0,
        204
    );
    let list: DeviceList = manager.get(&server, "/v1/devices").await;
    let row = list.devices.iter().find(|row| row.id == found.id).unwrap();
    let ended = (row.revoked_ms, row.wiped_ms);
    assert_eq!(ended, (Some(START_MS), Some(START_MS)));
}

#[tokio::test]
async fn a_device_that_says_it_is_gone_is_let_in_no_more() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    server.wait_ms(7 * DAY_MS);
    // One that was offered a token and never used it.
    let synced = device.sync(&server, space, vec![]).await;
    let offered = synced.header.token.unwrap();
    let kept = ending_secret(&offered);
    let wiped = server.call(Method::POST, "/v1/wiped", Some(&kept), &());
    assert_eq!(wiped.await.0, 204);
    for token in [&device.token, &offered] {
        let asked = server.call(Method::GET, "/v1/devices", Some(token), &());
        let (status, answer) = asked.await;
        assert_eq!((status, &answer["wipe"]), (401, &json!(true)));
    }
}
