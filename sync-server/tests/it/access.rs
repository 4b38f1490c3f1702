//! Who may do what: invitations, tokens, roles, revocation.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use protocol::*;

use crate::harness::*;

#[tokio::test]
async fn an_invitation_works_once_and_only_for_a_day() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let secret = server.invite(space, Role::Writer, None);
    let reply = server
        .enroll(&enroll_request(&secret, next_device()))
        .await
        .unwrap();
    assert_eq!(reply.spaces[0].role, Some(Role::Writer));
    assert_eq!(
        (reply.spaces[0].id, reply.member.name.as_str()),
        (space, "Noor de Vries")
    );
    let refused = |result: Result<EnrollReply, (StatusCode, ErrorReply)>| {
        let (status, error) = result.unwrap_err();
        (status.as_u16(), error.code)
    };
    let again = server.enroll(&enroll_request(&secret, next_device())).await;
    assert_eq!(refused(again), (410, ErrorCode::InvitationUsed));
    let unknown = server
        .enroll(&enroll_request(&"x".repeat(43), next_device()))
        .await;
    assert_eq!(refused(unknown), (404, ErrorCode::InvitationUnknown));
    let late = server.invite(space, Role::Writer, None);
    server.wait_ms(DAY_MS);
    let late = server.enroll(&enroll_request(&late, next_device())).await;
    assert_eq!(refused(late), (410, ErrorCode::InvitationExpired));
    let taken = server.invite(space, Role::Writer, None);
    let taken = server.enroll(&enroll_request(&taken, reply.device)).await;
    assert_eq!(refused(taken), (409, ErrorCode::DeviceTaken));
    let nameless = server.invite(space, Role::Writer, None);
    let nameless = EnrollRequest {
        name: None,
        ..enroll_request(&nameless, next_device())
    };
    assert_eq!(
        refused(server.enroll(&nameless).await),
        (422, ErrorCode::NameRequired)
    );
}

#[tokio::test]
async fn joining_survives_a_lost_reply_until_the_token_is_used() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let secret = server.invite(space, Role::Writer, None);
    let request = enroll_request(&secret, next_device());
    let lost = server.enroll(&request).await.unwrap();
    let got = server.enroll(&request).await.unwrap();
    assert_eq!(lost.member, got.member);
    assert_eq!(server.log.devices().unwrap().len(), 1);
    let mut device = TestDevice {
        id: got.device,
        token: got.token,
        member: got.member.id,
        cursor: 0,
        log_epoch: None,
    };
    device.sync(&server, space, vec![]).await;
    server.log.check().unwrap(); // "last seen" is written after the reply
    let late = server.enroll(&request).await.unwrap_err();
    assert_eq!(late.1.code, ErrorCode::InvitationUsed);
    device.token = lost.token;
    let refused = device
        .ask(&server, &device.request(space, vec![]))
        .await
        .unwrap_err();
    assert_eq!(
        refused.1.code,
        ErrorCode::Unauthorized,
        "the token of the lost reply is no longer good"
    );
}

#[tokio::test]
async fn a_second_device_belongs_to_the_same_person() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut phone = server.device(space, Role::Writer).await;
    let tablet = server
        .device_of(space, Role::Writer, Some(phone.member))
        .await;
    let roster = phone
        .sync(&server, space, vec![])
        .await
        .header
        .roster
        .unwrap();
    assert_eq!(roster.people.len(), 1);
    assert_eq!(roster.people[0].devices, [phone.id, tablet.id]);
    let mut request = phone.request(space, vec![]);
    request.header.roster = roster.version;
    assert_eq!(
        phone.ask(&server, &request).await.unwrap().header.roster,
        None,
        "nothing changed"
    );
    server.device(space, Role::Reader).await;
    let roster = phone
        .ask(&server, &request)
        .await
        .unwrap()
        .header
        .roster
        .unwrap();
    assert_eq!(roster.people.len(), 2);
}

#[tokio::test]
async fn a_reader_reads_and_cannot_write() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut writer = server.device(space, Role::Writer).await;
    let mut reader = server.device(space, Role::Reader).await;
    let (id, document) = writer.document();
    writer
        .sync(&server, space, frames_of(space, id, &document))
        .await;
    let (id, document) = reader.document();
    let synced = reader
        .sync(&server, space, frames_of(space, id, &document))
        .await;
    assert_eq!(synced.outcomes, [Outcome::Refused(RefusalCode::NoRight)]);
    assert_eq!(synced.changes.len(), 1);
    // What they hold is known to be here; in a space that they do not see nothing is.
    let stranger = server.device(server.space("Ander team"), Role::Writer);
    let stranger = stranger.await;
    for (device, outcome) in [
        (&reader, Outcome::Duplicate { seq: 1 }),
        (&stranger, Outcome::Refused(RefusalCode::NoRight)),
    ] {
        let request = device.request(space, synced.changes.clone());
        assert_eq!(
            device.ask(&server, &request).await.unwrap().outcomes,
            [outcome]
        );
    }
}

#[tokio::test]
async fn a_space_a_member_is_not_in_is_gone_for_them_and_new_ones_are_told() {
    let server = Server::start();
    let (space, secret_space) = (server.space("Buurtteam"), server.space("Ander team"));
    let device = server.device(space, Role::Writer).await;
    let (id, document) = device.document();
    let request = device.request(secret_space, frames_of(secret_space, id, &document));
    let synced = device.ask(&server, &request).await.unwrap();
    assert_eq!(synced.outcomes, [Outcome::Refused(RefusalCode::NoRight)]);
    let actions: Vec<_> = synced
        .header
        .spaces
        .iter()
        .map(|state| (state.id, state.action))
        .collect();
    assert_eq!(
        actions,
        [(space, SpaceAction::Ok), (secret_space, SpaceAction::Gone)]
    );
    assert_eq!(synced.header.spaces[1].name, "", "its name is not told");
    let page = SnapshotRequest {
        space: secret_space,
        since: 0,
        after: 0,
        max_bytes: None,
    };
    let (status, error) = device.snapshot(&server, &page).await.unwrap_err();
    assert_eq!(
        (status, error.code),
        (StatusCode::FORBIDDEN, ErrorCode::NoRight)
    );

    server
        .log
        .set_role(device.member, secret_space, Some(Role::Reader), START_MS)
        .unwrap();
    let learnt = device
        .ask(&server, &device.request(space, vec![]))
        .await
        .unwrap();
    assert_eq!(learnt.header.spaces[1].name, "Ander team");
    server
        .log
        .set_role(device.member, space, None, START_MS)
        .unwrap();
    let lost = device
        .ask(&server, &device.request(space, vec![]))
        .await
        .unwrap();
    assert!(
        lost.header
            .spaces
            .iter()
            .any(|state| state.id == space && state.action == SpaceAction::Gone)
    );
}

#[tokio::test]
async fn a_revoked_device_gets_a_wipe_order_whatever_it_asks() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Manager).await;
    assert!(
        server
            .log
            .revoke_device(device.id, server.now_ms())
            .unwrap()
    );
    let (status, error) = device
        .ask(&server, &device.request(space, vec![]))
        .await
        .unwrap_err();
    assert_eq!(
        (status, error.code, error.wipe),
        (StatusCode::UNAUTHORIZED, ErrorCode::Revoked, true)
    );
    let garbage = server
        .send(device.post("/v1/sync", MEDIA_TYPE, b"garbage".to_vec()))
        .await;
    assert!(
        String::from_utf8(take(garbage).await.2)
            .unwrap()
            .contains("\"wipe\":true")
    );
    let page = SnapshotRequest {
        space,
        since: 0,
        after: 0,
        max_bytes: None,
    };
    assert!(device.snapshot(&server, &page).await.unwrap_err().1.wipe);
    let wiped = server
        .send(device.post("/v1/wiped", "application/json", vec![]))
        .await;
    assert_eq!(wiped.status(), StatusCode::NO_CONTENT);
    assert_eq!(server.log.devices().unwrap()[0].wiped_ms, Some(START_MS));
}

#[tokio::test]
async fn without_a_known_token_nothing_is_told() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let bare = Request::post("/v1/sync")
        .header("content-type", MEDIA_TYPE)
        .body(Body::empty())
        .unwrap();
    assert_eq!(server.send(bare).await.status(), StatusCode::UNAUTHORIZED);
    device.token = "guess".into();
    let (status, error) = device
        .ask(&server, &device.request(space, vec![]))
        .await
        .unwrap_err();
    assert_eq!(
        (status, error.code, error.wipe),
        (StatusCode::UNAUTHORIZED, ErrorCode::Unauthorized, false)
    );
}

#[tokio::test]
async fn a_token_is_renewed_weekly_and_the_old_one_works_until_the_new_one_is_used() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    assert_eq!(device.sync(&server, space, vec![]).await.header.token, None);
    server.wait_ms(7 * DAY_MS);
    let lost = device
        .sync(&server, space, vec![])
        .await
        .header
        .token
        .unwrap();
    let old = device.token.clone();
    let new = device
        .sync(&server, space, vec![])
        .await
        .header
        .token
        .unwrap();
    assert_ne!(lost, new);
    device.token = new;
    assert_eq!(device.sync(&server, space, vec![]).await.header.token, None);
    for dead in [old, lost] {
        device.token = dead;
        assert!(
            device
                .ask(&server, &device.request(space, vec![]))
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn the_join_page_asks_for_nothing_and_sends_no_secret() {
    let server = Server::start();
    let (status, headers, body) = take(
        server
            .send(Request::get("/join").body(Body::empty()).unwrap())
            .await,
    )
    .await;
    assert_eq!(
        (status, &headers["referrer-policy"]),
        (StatusCode::OK, &"no-referrer".parse().unwrap())
    );
    let page = String::from_utf8(body).unwrap();
    assert!(
        page.contains("Kopieer de link")
            && page.contains("Copy the link")
            && !page.contains("<form")
    );
    let (_, _, script) = take(
        server
            .send(Request::get("/join.js").body(Body::empty()).unwrap())
            .await,
    )
    .await;
    let script = String::from_utf8(script).unwrap();
    assert!(!script.contains("fetch") && !script.contains("XMLHttpRequest"));
}
