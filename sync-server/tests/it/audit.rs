//! The audit log: complete, once, and never changed.

use axum::http::Method;
use protocol::*;
use serde_json::json;
use uuid::Uuid;

use crate::calls::into;
use crate::harness::*;

fn entry(space: Uuid, action: AuditAction, record: Option<Uuid>) -> AuditEntry {
    AuditEntry {
        id: Uuid::now_v7(),
        space,
        action: action.as_str().into(),
        record,
        device_time_ms: START_MS - 60_000,
    }
}

async fn report(server: &Server, device: &TestDevice, entries: &[AuditEntry]) -> AuditReceipt {
    let (status, receipt) = device
        .call(
            server,
            Method::POST,
            "/v1/audit",
            &json!({ "entries": entries }),
        )
        .await;
    assert_eq!(status, 200, "{receipt}");
    serde_json::from_value(receipt).unwrap()
}

async fn lines(server: &Server, device: &TestDevice, query: &str) -> Vec<AuditLine> {
    device
        .get::<AuditPage>(server, &format!("/v1/audit?{query}"))
        .await
        .lines
}

#[tokio::test]
async fn what_a_device_reports_twice_is_held_once_and_says_who() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let (manager, broker) = (
        server.device(space, Role::Manager).await,
        server.device(space, Role::Writer).await,
    );
    let record = Uuid::now_v7();
    let entries = [
        entry(space, AuditAction::Opened, Some(record)),
        entry(space, AuditAction::Exported, None),
    ];
    for _ in 0..2 {
        let receipt = report(&server, &broker, &entries).await;
        assert_eq!(receipt.taken, [entries[0].id, entries[1].id]);
        assert!(receipt.refused.is_empty());
    }
    let seen = lines(&server, &manager, &format!("space={space}&record={record}")).await;
    assert_eq!(seen.len(), 1);
    let line = &seen[0];
    assert_eq!(
        (line.action.as_str(), line.device, line.record),
        ("opened", Some(broker.id), Some(record))
    );
    assert_eq!(line.member.as_ref().unwrap().id, broker.member);
    assert_eq!(
        (line.device_time_ms, line.server_time_ms),
        (Some(START_MS - 60_000), START_MS)
    );
    let all = lines(&server, &manager, &format!("space={space}")).await;
    let reported = all.iter().filter(|line| line.device_time_ms.is_some());
    assert_eq!(reported.count(), 2);
}

#[tokio::test]
async fn a_device_cannot_change_a_line_or_write_the_servers_words() {
    let server = Server::start();
    let (space, elsewhere) = (server.space("Buurtteam"), server.space("Ergens anders"));
    let (broker, colleague) = (
        server.device(space, Role::Writer).await,
        server.device(space, Role::Manager).await,
    );
    let first = entry(space, AuditAction::Opened, Some(Uuid::now_v7()));
    report(&server, &broker, std::slice::from_ref(&first)).await;
    let changed = AuditEntry {
        record: None,
        ..first.clone()
    };
    let others = entry(elsewhere, AuditAction::Opened, None);
    let forged = entry(space, AuditAction::DeviceRevoked, None);
    let newer = AuditEntry {
        action: "moon_phase".into(),
        ..entry(space, AuditAction::Opened, None)
    };
    let receipt = report(&server, &broker, &[changed, others, forged, newer]).await;
    let reasons: Vec<_> = receipt
        .refused
        .iter()
        .map(|refused| refused.reason)
        .collect();
    assert_eq!(
        reasons,
        [
            AuditReason::Clash,
            AuditReason::NoRight,
            AuditReason::UnknownAction,
            AuditReason::UnknownAction
        ]
    );
    let receipt = report(&server, &colleague, std::slice::from_ref(&first)).await;
    assert_eq!(
        receipt.taken,
        [first.id],
        "ids of two devices have nothing to do with each other"
    );
    let file = server.folder.path().join("buurtboek-server.sqlite");
    let database = rusqlite::Connection::open(file).unwrap();
    for statement in ["UPDATE audit SET action = 'opened'", "DELETE FROM audit"] {
        let refused = database.execute(statement, []).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{refused}");
    }
}

#[tokio::test]
async fn a_line_is_of_whoever_holds_the_token_whatever_it_claims() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let (manager, thief) = (
        server.device(space, Role::Manager).await,
        server.device(space, Role::Reader).await,
    );
    let record = Uuid::now_v7();
    let mut claim = serde_json::to_value(entry(space, AuditAction::Erased, Some(record))).unwrap();
    for (key, value) in [
        ("member", json!(manager.member)),
        ("device", json!(manager.id)),
        ("no", json!(1)),
        ("server_time_ms", json!(0)),
        ("subject", json!(manager.member)),
        ("role", json!("manager")),
        ("words", json!("Fatima el Amrani, Malakkastraat 6")),
    ] {
        claim[key] = value;
    }
    let batch = json!({ "entries": [claim] });
    let (status, _) = thief.call(&server, Method::POST, "/v1/audit", &batch).await;
    assert_eq!(status, 200);
    let seen = lines(&server, &manager, &format!("space={space}&record={record}")).await;
    let line = &seen[0];
    assert_eq!(
        (
            line.device,
            line.member.as_ref().unwrap().id,
            line.server_time_ms
        ),
        (Some(thief.id), thief.member, START_MS)
    );
    assert!(line.subject.is_none() && line.role.is_none());
    // There is no room in a line for words.
    let all = serde_json::to_string(&lines(&server, &manager, &format!("space={space}")).await);
    assert!(!all.unwrap().contains("Fatima"));
    for (method, path) in [
        (Method::PUT, format!("/v1/audit/{}", line.id)),
        (Method::DELETE, format!("/v1/audit/{}", line.id)),
        (Method::DELETE, "/v1/audit".to_owned()),
        (Method::PUT, "/v1/audit".to_owned()),
    ] {
        let (status, _) = thief.call(&server, method, &path, &json!({})).await;
        assert!([404, 405].contains(&status), "{status} {path}");
    }
    let text = json!({ "entries": [{ "id": Uuid::now_v7(), "space": space, "action": "opened",
        "record": "Fatima el Amrani", "device_time_ms": 1 }] });
    let (status, _) = thief.call(&server, Method::POST, "/v1/audit", &text).await;
    assert_eq!(status, 400, "an id is an id");
}

#[tokio::test]
async fn what_was_done_before_a_right_was_lost_is_still_reported() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let broker = server.device(space, Role::Writer).await;
    server
        .log
        .set_role(broker.member, space, None, START_MS)
        .unwrap();
    let late = entry(space, AuditAction::Exported, None);
    let receipt = report(&server, &broker, std::slice::from_ref(&late)).await;
    assert_eq!(receipt.taken, [late.id]);
}

#[tokio::test]
async fn the_server_writes_down_what_is_done_with_rights() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let manager = server.device(space, Role::Manager).await;
    let secret = manager.invite(&server, &into(space, Role::Manager)).await;
    let request = enroll_request(&secret, next_device());
    server.ask_to_join(&request).await;
    let waiting: WaitingList = manager.get(&server, "/v1/enrolments").await;
    let waiting = &waiting.waiting[0];
    let path = format!("/v1/enrolments/{}/confirm", waiting.id);
    let body = json!({ "phrase": waiting.phrase });
    manager.call(&server, Method::POST, &path, &body).await;
    let colleague = TestDevice::joined(server.ask_to_join(&request).await);
    let path = format!("/v1/spaces/{space}/members/{}", colleague.member);
    let writer = json!({ "role": "writer" });
    manager.call(&server, Method::PUT, &path, &writer).await;
    let revoke = format!("/v1/devices/{}/revoke", colleague.id);
    manager.call(&server, Method::POST, &revoke, &()).await;
    colleague
        .call(&server, Method::POST, "/v1/wiped", &())
        .await;
    manager.call(&server, Method::DELETE, &path, &()).await;
    server.log.start_new_logs(START_MS).unwrap();

    let seen = lines(&server, &manager, &format!("space={space}")).await;
    let told: Vec<_> = seen
        .iter()
        .map(|line| {
            let by = line.device.map(|device| {
                if device == manager.id {
                    "manager"
                } else {
                    "colleague"
                }
            });
            (line.action.as_str(), by, line.role)
        })
        .skip_while(|(action, ..)| *action != "device_enrolled")
        .skip(1)
        .collect();
    let (manager, colleague) = (Some("manager"), Some("colleague"));
    assert_eq!(
        told,
        [
            ("invitation_made", manager, Some(Role::Manager)),
            ("enrolment_confirmed", manager, Some(Role::Manager)),
            ("role_changed", manager, Some(Role::Manager)),
            ("device_enrolled", colleague, None),
            ("role_changed", manager, Some(Role::Writer)),
            ("device_revoked", manager, None),
            ("device_wiped", colleague, None),
            ("member_removed", manager, None),
            ("backup_restored", None, None),
        ]
    );
}

#[tokio::test]
async fn a_long_log_comes_in_pages() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let manager = server.device(space, Role::Manager).await;
    let entries: Vec<_> = (0..25)
        .map(|_| entry(space, AuditAction::Opened, None))
        .collect();
    report(&server, &manager, &entries).await;
    let mut after = 0;
    let mut held = Vec::new();
    loop {
        let path = format!("/v1/audit?space={space}&after={after}&limit=10");
        let page: AuditPage = manager.get(&server, &path).await;
        held.extend(page.lines.into_iter().map(|line| line.id));
        after = page.next_after;
        if !page.more {
            break;
        }
    }
    let reported = held.split_off(held.len() - 25);
    assert_eq!(
        reported,
        entries.iter().map(|entry| entry.id).collect::<Vec<_>>()
    );
    let many = vec![entries[0].clone(); limits::MAX_AUDIT_ENTRIES + 1];
    let (status, _) = manager
        .call(
            &server,
            Method::POST,
            "/v1/audit",
            &json!({ "entries": many }),
        )
        .await;
    assert_eq!(status, 413);
}
