//! Looking after devices and members.

use axum::http::Method;
use protocol::*;
use serde_json::json;
use uuid::Uuid;

use crate::harness::*;

async fn devices(server: &Server, asker: &TestDevice) -> Vec<DeviceInfo> {
    asker.get::<DeviceList>(server, "/v1/devices").await.devices
}

#[tokio::test]
async fn the_list_says_what_a_device_said_about_itself() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let manager = server.device(space, Role::Manager).await;
    let phone = server.device(space, Role::Writer).await;
    server.wait_ms(3_600_000);
    let mut request = phone.request(space, vec![]);
    request.header.app = "0.2.0".into();
    request.header.unsent_since_ms = Some(START_MS - 5);
    phone.ask(&server, &request).await.unwrap();
    server.log.check().unwrap(); // what a device says is written after the reply
    let list = devices(&server, &manager).await;
    let row = list.iter().find(|row| row.id == phone.id).unwrap();
    assert_eq!(
        (row.app.as_str(), row.unsent_since_ms, row.seen_ms),
        ("0.2.0", Some(START_MS - 5), Some(START_MS + 3_600_000))
    );
    assert!(!row.own && !row.this && row.may_revoke);
    request.header.unsent_since_ms = None;
    phone.ask(&server, &request).await.unwrap();
    server.log.check().unwrap();
    let list = devices(&server, &phone).await;
    assert_eq!(list.len(), 1, "a writer sees their own devices");
    assert!(list[0].own && list[0].this && list[0].may_revoke);
    assert_eq!(list[0].unsent_since_ms, None);
}

#[tokio::test]
async fn the_manager_of_a_partnership_cannot_put_out_the_devices_of_a_team() {
    let server = Server::start();
    let (team, partners) = (
        server.space("Buurtteam"),
        server.space_of(SpaceKind::Partnership, "Buurtaanpak"),
    );
    let partner = server.device(partners, Role::Manager).await;
    let broker = server.device(team, Role::Writer).await;
    server
        .log
        .set_role(broker.member, partners, Some(Role::Writer), START_MS)
        .unwrap();
    let list = devices(&server, &partner).await;
    let row = list.iter().find(|row| row.id == broker.id).unwrap();
    assert!(!row.may_revoke);
    let path = format!("/v1/devices/{}/revoke", broker.id);
    assert_eq!(partner.call(&server, Method::POST, &path, &()).await.0, 404);
    let outsider = server.device(partners, Role::Reader).await;
    let path = format!("/v1/devices/{}/revoke", outsider.id);
    assert_eq!(partner.call(&server, Method::POST, &path, &()).await.0, 204);
}

#[tokio::test]
async fn nobody_is_taken_into_a_team_unasked_to_have_their_devices_wiped() {
    let server = Server::start();
    let (mine, theirs) = (
        server.space("Buurtteam Noord"),
        server.space("Wijkteam Zuid"),
    );
    let partners = server.space_of(SpaceKind::Partnership, "Buurtaanpak");
    let map = server.space_of(SpaceKind::Organisation, "Sociale kaart");
    let attacker = server.device(mine, Role::Manager).await;
    let victim = server.device(theirs, Role::Writer).await;
    let give = |member: Uuid, space: Uuid, role: Role| {
        let given = server.log.set_role(member, space, Some(role), START_MS);
        given.unwrap();
    };
    // They know each other from everywhere, and the attacker even manages the partnership.
    give(attacker.member, partners, Role::Manager);
    give(victim.member, partners, Role::Writer);
    give(attacker.member, map, Role::Writer);
    give(victim.member, map, Role::Writer);
    let place = format!("/v1/spaces/{mine}/members/{}", victim.member);
    let wipe = format!("/v1/devices/{}/revoke", victim.id);
    let tries = async || {
        let reader = json!({ "role": "reader" });
        let put = attacker.call(&server, Method::PUT, &place, &reader).await;
        let wiped = attacker.call(&server, Method::POST, &wipe, &()).await;
        (put.0, wiped.0)
    };
    assert_eq!(tries().await, (404, 404));
    // Nor does it help that they were in the team once and went to another.
    give(victim.member, mine, Role::Writer);
    let log = &server.log;
    log.set_role(victim.member, mine, None, START_MS).unwrap();
    assert_eq!(tries().await, (404, 404));
    assert!(
        victim
            .ask(&server, &victim.request(theirs, vec![]))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn who_was_removed_by_mistake_and_is_nowhere_else_is_put_back() {
    let server = Server::start();
    let team = server.space("Buurtteam");
    let manager = server.device(team, Role::Manager).await;
    let colleague = server.device(team, Role::Writer).await;
    let place = format!("/v1/spaces/{team}/members/{}", colleague.member);
    let removed = manager.call(&server, Method::DELETE, &place, &()).await;
    let writer = json!({ "role": "writer" });
    let back = manager.call(&server, Method::PUT, &place, &writer).await;
    assert_eq!((removed.0, back.0), (204, 204));
}

#[tokio::test]
async fn a_manager_adds_changes_and_removes_and_one_manager_stays() {
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
    let colleague = server.device(team, Role::Writer).await;
    let stranger = server
        .device(server.space("Ergens anders"), Role::Writer)
        .await;
    let place = |space: Uuid, member: Uuid| format!("/v1/spaces/{space}/members/{member}");
    let writer = json!({ "role": "writer" });
    let put = async |path: &str| manager.call(&server, Method::PUT, path, &writer).await.0;
    let added = place(map, colleague.member);
    let unknown = place(map, stranger.member);
    let last = place(team, manager.member);
    assert_eq!(put(&added).await, 204);
    assert_eq!(put(&unknown).await, 404, "somebody they do not know");
    assert_eq!(put(&last).await, 409);
    let members: MemberList = colleague
        .get(&server, &format!("/v1/spaces/{map}/members"))
        .await;
    let roles: Vec<_> = members
        .members
        .iter()
        .map(|member| (member.id, member.role))
        .collect();
    assert!(roles.contains(&(colleague.member, Role::Writer)));
    assert_eq!(roles.len(), 2);

    assert_eq!(
        manager.call(&server, Method::DELETE, &added, &()).await.0,
        204
    );
    let synced = colleague
        .ask(&server, &colleague.request(map, vec![]))
        .await
        .unwrap();
    let state = synced
        .header
        .spaces
        .iter()
        .find(|state| state.id == map)
        .unwrap();
    assert_eq!(state.action, SpaceAction::Gone);
    assert_eq!(
        manager.call(&server, Method::DELETE, &last, &()).await.0,
        409
    );
    assert_eq!(
        manager
            .call(
                &server,
                Method::PUT,
                &place(team, colleague.member),
                &json!({ "role": "manager" })
            )
            .await
            .0,
        204
    );
    assert_eq!(
        manager.call(&server, Method::DELETE, &last, &()).await.0,
        204,
        "now there is another"
    );
}

#[tokio::test]
async fn everybody_has_one_personal_space_and_nobody_else_sees_it() {
    let server = Server::start();
    let team = server.space("Buurtteam");
    let (broker, manager) = (
        server.device(team, Role::Writer).await,
        server.device(team, Role::Manager).await,
    );
    let path = "/v1/spaces/personal";
    let (made, first) = broker.call(&server, Method::POST, path, &()).await;
    let (there, again) = broker.call(&server, Method::POST, path, &()).await;
    assert_eq!((made, there, &first), (201, 200, &again));
    assert_eq!(
        (&first["kind"], &first["role"]),
        (&json!("personal"), &json!("manager"))
    );
    let space: Uuid = first["id"].as_str().unwrap().parse().unwrap();
    let synced = manager
        .ask(&server, &manager.request(space, vec![]))
        .await
        .unwrap();
    assert!(synced.header.spaces.iter().any(|state| {
        state.id == space && state.action == SpaceAction::Gone && state.name.is_empty()
    }));
}

#[tokio::test]
async fn nobody_else_comes_into_a_personal_space() {
    let server = Server::start();
    let team = server.space("Buurtteam");
    let owner = server.device(team, Role::Manager).await;
    let colleague = server.device(team, Role::Writer).await;
    let (_, own) = owner
        .call(&server, Method::POST, "/v1/spaces/personal", &())
        .await;
    let own = own["id"].as_str().unwrap();
    let members = format!("/v1/spaces/{own}/members");
    let put = owner
        .call(
            &server,
            Method::PUT,
            &format!("{members}/{}", colleague.member),
            &json!({ "role": "reader" }),
        )
        .await;
    assert_eq!((put.0, &put.1["code"]), (403, &json!("no_right")));
    let invitation = json!({ "grants": [{ "space": own, "role": "reader" }] });
    let invited = owner
        .call(&server, Method::POST, "/v1/invitations", &invitation)
        .await;
    assert_eq!((invited.0, &invited.1["code"]), (403, &json!("no_right")));
    let left = owner
        .call(
            &server,
            Method::DELETE,
            &format!("{members}/{}", owner.member),
            &(),
        )
        .await;
    assert_eq!(left.0, 403, "nor is it lost by accident");
    let (_, list) = owner.call(&server, Method::GET, &members, &()).await;
    assert_eq!(list["members"].as_array().unwrap().len(), 1);
    // Asked by two devices at once, there is one.
    let tablet = server
        .device_of(team, Role::Manager, Some(owner.member))
        .await;
    let (status, again) = tablet
        .call(&server, Method::POST, "/v1/spaces/personal", &())
        .await;
    assert_eq!((status, again["id"].as_str().unwrap()), (200, own));
}

#[tokio::test]
async fn a_person_names_their_own_devices_and_nobody_elses() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let manager = server.device(space, Role::Manager).await;
    let phone = server.device(space, Role::Writer).await;
    let tablet = server
        .device_of(space, Role::Writer, Some(phone.member))
        .await;
    let path = format!("/v1/devices/{}", phone.id);
    let name = json!({ "name": " Telefoon van de zaak " });
    let put = async |asker: &TestDevice, name: &serde_json::Value| {
        asker.call(&server, Method::PUT, &path, name).await.0
    };
    assert_eq!(put(&manager, &name).await, 404);
    assert_eq!(put(&tablet, &name).await, 204, "from another of their own");
    for wrong in ["", "  ", "a\u{7}b", &"x".repeat(121)] {
        assert_eq!(put(&phone, &json!({ "name": wrong })).await, 400);
    }
    let list = devices(&server, &manager).await;
    let row = list.iter().find(|row| row.id == phone.id).unwrap();
    assert_eq!(row.name, "Telefoon van de zaak");
}
