//! What the program writes into its log: never a name, a token, a secret or a record.

use std::fs::File;

use protocol::*;
use serde_json::json;
use tempfile::TempDir;
use uuid::Uuid;

use crate::calls::into;
use crate::harness::*;
use crate::program::{Served, json as command, team};

/// One JSON request of a device; the answer.
fn call(
    served: &Served,
    method: &str,
    path: &str,
    token: &str,
    body: &serde_json::Value,
) -> (u16, serde_json::Value) {
    let head = format!(
        "{method} {path} HTTP/1.1\r\nauthorization: Bearer {token}\r\ncontent-type: application/json"
    );
    let (status, answer) = served
        .send(&head, &serde_json::to_vec(body).unwrap())
        .unwrap();
    let answer = serde_json::from_slice(&answer).unwrap_or_default();
    (status, answer)
}

#[test]
fn a_whole_day_of_requests_leaves_no_name_token_secret_or_record_in_the_log() {
    let folder = TempDir::new().unwrap();
    let data = folder.path();
    let space = team(data);
    let file = data.join("log.txt");
    let served = Served::logging(data, File::create(&file).unwrap());
    let manager = served.enroll_as(data, "Buurtteam", "manager");
    let mut secrets = vec![manager.token.clone()];

    let invited = call(
        &served,
        "POST",
        "/v1/invitations",
        &manager.token,
        &json!(into(space, Role::Manager)),
    );
    let secret = invited.1["secret"].as_str().unwrap().to_owned();
    let mut request = enroll_request(&secret, next_device());
    request.name = Some("Fatima Achternaam".into());
    request.device_name = "Roze telefoon".into();
    request.platform = "plofoid".into();
    assert_eq!(
        call(&served, "POST", "/v1/enroll", "-", &json!(request)).0,
        202
    );
    let (_, waiting) = call(
        &served,
        "GET",
        "/v1/enrolments",
        &manager.token,
        &json!(null),
    );
    let waiting = &waiting["waiting"][0];
    let confirm = format!("/v1/enrolments/{}/confirm", waiting["id"].as_str().unwrap());
    let phrase = json!({ "phrase": waiting["phrase"] });
    assert_eq!(
        call(&served, "POST", &confirm, &manager.token, &phrase).0,
        204
    );
    let colleague = TestDevice::joined(call(&served, "POST", "/v1/enroll", "-", &json!(request)));
    secrets.extend([secret, colleague.token.clone()]);

    // Records, whole and broken.
    let (id, mut document) = colleague.document();
    put(&mut document, "name", "Bewoner Geheimzinnig");
    let push = colleague.request(space, frames_of(space, id, &document));
    served.sync(&colleague, &push).unwrap();
    served
        .sync(&manager, &manager.request(space, vec![]))
        .unwrap();
    let broken = b"Bewoner Geheimzinnig op straat".to_vec();
    let head = format!(
        "POST /v1/sync HTTP/1.1\r\nauthorization: Bearer {}\r\ncontent-type: {MEDIA_TYPE}",
        manager.token
    );
    served.send(&head, &broken).unwrap();
    served
        .sync(
            &colleague,
            &colleague.request(space, vec![frame(space, id, broken)]),
        )
        .unwrap();

    // Wrong in every way.
    let nonsense = json!({ "secret": "Bewoner Geheimzinnig", "name": "Fatima Achternaam" });
    for (method, path) in [
        ("POST", "/v1/enroll"),
        ("POST", "/v1/audit"),
        ("POST", "/v1/invitations"),
        ("POST", "/v1/snapshot"),
        ("PUT", "/v1/spaces/Geheimzinnig/members/Achternaam"),
        ("GET", "/v1/audit?space=Geheimzinnig&record=Achternaam"),
    ] {
        call(&served, method, path, &manager.token, &nonsense);
        call(
            &served,
            method,
            path,
            "een-verkeerd-token-Geheimzinnig",
            &nonsense,
        );
    }
    let entry = AuditEntry {
        id: Uuid::now_v7(),
        space,
        action: "geheimzinnig_achternaam".into(),
        record: Some(id),
        device_time_ms: START_MS,
    };
    let batch = json!({ "entries": [entry] });
    call(&served, "POST", "/v1/audit", &colleague.token, &batch);
    call(&served, "GET", "/v1/devices", &manager.token, &json!(null));
    let revoke = format!("/v1/devices/{}/revoke", colleague.id);
    assert_eq!(
        call(&served, "POST", &revoke, &manager.token, &json!(null)).0,
        204
    );
    assert_eq!(
        call(
            &served,
            "GET",
            "/v1/devices",
            &colleague.token,
            &json!(null)
        )
        .0,
        401
    );
    call(&served, "POST", "/v1/wiped", &colleague.token, &json!(null));
    command(data, &["device", "list"]);
    served.terminate();

    let log = std::fs::read_to_string(&file).unwrap();
    assert!(
        log.contains("a device joined") && log.contains("a device was put out"),
        "the log is there: {log}"
    );
    secrets.extend(
        [
            "Fatima",
            "Achternaam",
            "achternaam",
            "Roze",
            "plofoid",
            "Noor",
            "tablet",
            "Bewoner",
            "Geheimzinnig",
            "geheimzinnig",
            "Buurtteam",
        ]
        .map(str::to_owned),
    );
    for secret in secrets {
        let line = log.lines().find(|line| line.contains(&secret));
        assert_eq!(line, None, "{secret}");
    }
}
