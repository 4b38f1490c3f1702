//! What an older backup may not bring back, and what nobody may do under cover of it.

use std::path::PathBuf;

use automerge::Automerge;
use axum::http::Method;
use protocol::*;
use serde_json::json;
use sync_server::log::Log;
use tempfile::TempDir;
use uuid::Uuid;

use crate::calls::into;
use crate::harness::*;

/// A backup of a server, outside its folder.
struct Backup(TempDir);

impl Backup {
    fn of(server: &Server) -> Self {
        let backup = Self(TempDir::new().unwrap());
        Log::back_up(server.folder.path(), &backup.file()).unwrap();
        backup
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("backup.sqlite")
    }

    /// The server with this backup in the place of its database.
    fn put_back(&self, server: Server) -> Server {
        let folder = server.stopped();
        Log::restore(folder.path(), &self.file(), START_MS).unwrap();
        Server::on(folder)
    }
}

async fn role_of(server: &Server, device: &TestDevice, space: Uuid) -> Option<Role> {
    let synced = device.ask(server, &device.request(space, vec![])).await;
    let header = synced.unwrap().header;
    let state = header.spaces.iter().find(|state| state.id == space);
    state.and_then(|state| state.role)
}

#[tokio::test]
async fn a_restore_lets_no_stolen_device_former_member_or_used_invitation_back_in() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let manager = server.device(space, Role::Manager).await;
    let stolen = server.device(space, Role::Writer).await;
    let former = server.device(space, Role::Writer).await;
    let lowered = server.device(space, Role::Manager).await;
    let used = manager.invite(&server, &into(space, Role::Writer)).await;
    let refused = manager.invite(&server, &into(space, Role::Manager)).await;
    let backup = Backup::of(&server);

    let revoke = format!("/v1/devices/{}/revoke", stolen.id);
    assert_eq!(
        manager.call(&server, Method::POST, &revoke, &()).await.0,
        204
    );
    let place = |member: Uuid| format!("/v1/spaces/{space}/members/{member}");
    let former_place = place(former.member);
    let removed = manager.call(&server, Method::DELETE, &former_place, &());
    assert_eq!(removed.await.0, 204);
    let reader = json!({ "role": "reader" });
    let lowered_place = place(lowered.member);
    let put = manager.call(&server, Method::PUT, &lowered_place, &reader);
    assert_eq!(put.await.0, 204);
    let request = enroll_request(&used, next_device());
    assert_eq!(server.ask_to_join(&request).await.0, 200);
    let request = enroll_request(&refused, next_device());
    assert_eq!(server.ask_to_join(&request).await.0, 202);
    let waiting = server.log.waiting_for(None, START_MS).unwrap();
    server
        .log
        .refuse_for(None, waiting[0].id, START_MS)
        .unwrap();

    let server = backup.put_back(server);
    let (status, answer) = stolen.call(&server, Method::GET, "/v1/devices", &()).await;
    assert_eq!((status, &answer["wipe"]), (401, &json!(true)));
    assert_eq!(role_of(&server, &former, space).await, None);
    assert_eq!(role_of(&server, &lowered, space).await, Some(Role::Reader));
    assert_eq!(role_of(&server, &manager, space).await, Some(Role::Manager));
    for secret in [used, refused] {
        let request = enroll_request(&secret, next_device());
        assert_eq!(server.ask_to_join(&request).await.0, 410);
    }
}

#[tokio::test]
async fn a_role_that_was_given_back_is_not_taken_again_at_a_start() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Writer).await;
    let log = &server.log;
    log.set_role(device.member, space, None, START_MS).unwrap();
    let backup = Backup::of(&server);
    log.set_role(device.member, space, Some(Role::Writer), START_MS)
        .unwrap();
    let server = Server::on(server.stopped());
    assert_eq!(role_of(&server, &device, space).await, Some(Role::Writer));
    // A backup gives no more than it knew: roles are only ever lowered.
    let server = backup.put_back(server);
    assert_eq!(role_of(&server, &device, space).await, None);
}

#[tokio::test]
async fn nobody_keeps_a_document_out_of_a_team_by_erasing_its_id_somewhere_else() {
    let server = Server::start();
    let (team, own) = (server.space("Buurtteam"), server.space("Iets anders"));
    let mut maker = server.device(team, Role::Writer).await;
    let attacker = server.device(own, Role::Writer).await;
    server
        .log
        .set_role(attacker.member, team, Some(Role::Reader), START_MS)
        .unwrap();
    let backup = Backup::of(&server);
    // Written after the backup was made, read by the attacker, and erased by them where they may write.
    let (id, document) = maker.document();
    let frames = frames_of(team, id, &document);
    maker.sync(&server, team, frames.clone()).await;
    let server = backup.put_back(server);
    let erased = attacker.erase(&server, own, &[id]).await;
    assert!(matches!(erased[..], [Outcome::Ok { .. }]));

    let synced = maker.ask(&server, &maker.request(team, frames)).await;
    assert!(matches!(synced.unwrap().outcomes[..], [Outcome::Ok { .. }]));
    let everything = SnapshotRequest {
        space: team,
        since: 0,
        after: 0,
        max_bytes: None,
    };
    let page = maker.snapshot(&server, &everything).await.unwrap();
    assert_eq!(page.snapshots.len(), 1);
    assert!(page.tombstones.is_empty());
    // Nor does the ledger take it away at a later start.
    let server = Server::on(server.stopped());
    let page = maker.snapshot(&server, &everything).await.unwrap();
    assert_eq!(page.snapshots.len(), 1);
}

#[tokio::test]
async fn a_restore_gives_nobody_the_right_to_erase_what_others_made() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut maker = server.device(space, Role::Writer).await;
    let colleague = server.device(space, Role::Writer).await;
    let (id, document) = maker.document();
    let frames = frames_of(space, id, &document);
    maker.sync(&server, space, frames).await;
    let backup = Backup::of(&server);
    let server = backup.put_back(server);
    assert_eq!(
        colleague.erase(&server, space, &[id]).await,
        [Outcome::Refused(RefusalCode::NoRight)]
    );
}

/// A document that was made a day before the backup was put back.
fn of_yesterday(device: &TestDevice) -> (Uuid, Automerge) {
    let made = u64::try_from(START_MS - DAY_MS).unwrap();
    let id = uuid::Builder::from_unix_timestamp_millis(made, &device_bytes(device)).into_uuid();
    let mut document = Automerge::new().with_actor(device.actor(0));
    put(&mut document, "id", &id.to_string());
    (id, document)
}

fn device_bytes(device: &TestDevice) -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes[..8].copy_from_slice(&device.id.0);
    bytes
}

const NO_RIGHT: [Outcome; 1] = [Outcome::Refused(RefusalCode::NoRight)];

fn is_erased(outcomes: &[Outcome]) -> bool {
    matches!(outcomes, [Outcome::Ok { .. }])
}

#[tokio::test]
async fn nobody_erases_what_others_made_since_the_backup_before_they_bring_it_back() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut maker = server.device(space, Role::Writer).await;
    let mut attacker = server.device(space, Role::Writer).await;
    let manager = server.device(space, Role::Manager).await;
    let backup = Backup::of(&server);
    let (id, document) = of_yesterday(&maker);
    let frames = frames_of(space, id, &document);
    maker.sync(&server, space, frames.clone()).await;
    let server = backup.put_back(server);

    assert_eq!(attacker.erase(&server, space, &[id]).await, NO_RIGHT);
    // A beginning that is made up makes nobody its maker, now or later.
    let mut made_up = Automerge::new().with_actor(attacker.actor(0));
    put(&mut made_up, "id", &id.to_string());
    attacker
        .sync(&server, space, frames_of(space, id, &made_up))
        .await;
    assert_eq!(attacker.erase(&server, space, &[id]).await, NO_RIGHT);
    let synced = maker.sync(&server, space, frames).await;
    assert!(is_erased(&synced.outcomes), "taken in");
    server.wait_ms(40 * DAY_MS);
    assert_eq!(attacker.erase(&server, space, &[id]).await, NO_RIGHT);
    assert!(is_erased(&manager.erase(&server, space, &[id]).await));
}

#[tokio::test]
async fn what_is_made_after_a_restore_is_erased_by_its_maker_as_ever() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut maker = server.device(space, Role::Writer).await;
    let (before, document) = of_yesterday(&maker);
    maker
        .sync(&server, space, frames_of(space, before, &document))
        .await;
    let server = Backup::of(&server).put_back(server);
    // Their ids are of after the server's clock.
    let (sent, document) = maker.document();
    maker
        .sync(&server, space, frames_of(space, sent, &document))
        .await;
    let (never_sent, _) = maker.document();
    for id in [before, sent, never_sent] {
        assert!(is_erased(&maker.erase(&server, space, &[id]).await));
    }
}

#[tokio::test]
async fn who_alone_wrote_what_came_back_may_erase_it_when_nothing_comes_any_more() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut maker = server.device(space, Role::Writer).await;
    let backup = Backup::of(&server);
    let (id, document) = of_yesterday(&maker);
    let server = backup.put_back(server);
    maker
        .sync(&server, space, frames_of(space, id, &document))
        .await;
    assert_eq!(maker.erase(&server, space, &[id]).await, NO_RIGHT);
    server.wait_ms(40 * DAY_MS);
    assert!(is_erased(&maker.erase(&server, space, &[id]).await));
}
