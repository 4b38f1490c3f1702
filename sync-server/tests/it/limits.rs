//! What every answer says to browsers, what is too big before it is read, and what cannot be guessed.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use protocol::*;
use sync_server::http::description;
use tempfile::TempDir;
use uuid::Uuid;

use crate::harness::*;
use crate::program::{Served, team};

#[tokio::test]
async fn every_answer_of_every_address_carries_the_security_headers() {
    let server = Server::start();
    let described = serde_json::to_value(description()).unwrap();
    let mut asked: Vec<(String, Method)> = vec![("/nothing/here".into(), Method::GET)];
    for (path, methods) in described["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys() {
            asked.push((path.clone(), method.to_uppercase().parse().unwrap()));
        }
        asked.push((path.clone(), Method::PATCH));
    }
    for (path, method) in asked {
        let path = ["{device}", "{id}", "{space}", "{member}"]
            .iter()
            .fold(path, |path, name| path.replace(name, "0"));
        let request = Request::builder().method(&method).uri(&path);
        let response = server.send(request.body(Body::empty()).unwrap()).await;
        let (status, headers) = (response.status(), response.headers());
        let said = |name: &str| {
            let value = headers.get(name).map(|value| value.to_str().unwrap());
            value.unwrap_or_else(|| panic!("{method} {path} ({status}) says nothing of {name}"))
        };
        assert_eq!(said("strict-transport-security"), "max-age=63072000");
        assert_eq!(said("x-content-type-options"), "nosniff");
        assert_eq!(said("x-frame-options"), "DENY");
        assert_eq!(said("referrer-policy"), "no-referrer");
        assert_eq!(said("cache-control"), "no-store");
        assert_eq!(said("cross-origin-resource-policy"), "same-origin");
        assert!(said("permissions-policy").contains("camera=()"));
        let policy = said("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
    }
}

#[test]
fn a_head_that_is_too_long_is_not_read_to_its_end() {
    let folder = TempDir::new().unwrap();
    team(folder.path());
    let served = Served::start(folder.path());
    let long = format!("GET /healthz HTTP/1.1\r\nx-long: {}", "x".repeat(64 * 1024));
    let many = format!("GET /healthz HTTP/1.1{}", "\r\nx-many: 1".repeat(500));
    for head in [long, many] {
        // Cut off in the middle of it, or told why.
        let refused = served.send(&head, &[]).map(|(status, _)| status);
        assert!(matches!(refused, None | Some(431)), "{refused:?}");
    }
    let usual = served.send("GET /healthz HTTP/1.1", &[]).unwrap();
    assert_eq!(usual.0, 200);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_at_every_address_that_takes_one() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Manager).await;
    let described = serde_json::to_value(description()).unwrap();
    let mut addresses = 0;
    for (path, methods) in described["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let Some(content) = operation["requestBody"]["content"].as_object() else {
                continue;
            };
            addresses += 1;
            let media = content.keys().next().unwrap();
            let media = if media == "application/json" {
                media
            } else {
                MEDIA_TYPE
            };
            let path = path
                .replace("{device}", &device.id.to_string())
                .replace("{id}", &Uuid::nil().to_string())
                .replace("{space}", &space.to_string())
                .replace("{member}", &device.member.to_string());
            let plain = vec![b' '; limits::MAX_REQUEST_BYTES + 1];
            let bomb = zstd::encode_all([b' '; 50_000_000].as_slice(), 6).unwrap();
            assert!(bomb.len() < 100_000);
            for (coding, body) in [("identity", plain), ("zstd", bomb)] {
                let request = Request::builder()
                    .method(method.to_uppercase().as_str())
                    .uri(&path)
                    .header("authorization", format!("Bearer {}", device.token))
                    .header("content-type", media)
                    .header("content-encoding", coding);
                let response = server.send(request.body(body.into()).unwrap()).await;
                assert_eq!(
                    response.status(),
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "{method} {path} {coding}"
                );
            }
        }
    }
    assert!(addresses >= 9, "{addresses}");
}

#[tokio::test]
async fn a_frame_that_says_it_is_longer_than_any_may_be_is_refused() {
    let server = Server::start();
    let device = server.device(server.space("Buurtteam"), Role::Writer).await;
    for (kind, length) in [
        (1_u8, limits::MAX_HEADER_BYTES as u64 + 1),
        (2, limits::MAX_FRAME_BYTES as u64 + 1),
        (2, u64::MAX),
    ] {
        let mut body = device.request(Uuid::nil(), vec![]).encode();
        // In the place of the END frame.
        body.truncate(body.len() - END_BYTES);
        if kind == 1 {
            body.clear();
        }
        body.push(kind);
        let mut left = length;
        while left > 0x7f {
            body.push((left & 0x7f) as u8 | 0x80);
            left >>= 7;
        }
        body.push(left as u8);
        let response = server.send(device.post("/v1/sync", MEDIA_TYPE, body)).await;
        assert!(
            matches!(response.status().as_u16(), 400 | 413),
            "{kind} {length}: {}",
            response.status()
        );
    }
}

#[tokio::test]
async fn nothing_but_the_whole_secret_opens_an_invitation() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let secret = server.invite(space, Role::Writer, None);
    assert_eq!(secret.len(), 43, "256 random bits");
    let hash = hex(&sync_server::secret::hash(&secret));
    let invitation = server.log.invitations_for(None, START_MS).unwrap()[0].id;
    let mut guesses = vec![
        String::new(),
        hash,
        invitation.to_string(),
        secret.to_uppercase(),
        format!("{secret} "),
        format!("{secret}A"),
        "%".into(),
        "' OR 1=1 --".into(),
    ];
    for at in 0..secret.len() {
        let (before, from) = secret.split_at(at);
        let (one, after) = from.split_at(1);
        let other = if one == "A" { "B" } else { "A" };
        guesses.push(before.to_owned());
        guesses.push(format!("{before}{other}{after}"));
    }
    for guess in guesses {
        let refused = server.enroll(&enroll_request(&guess, next_device())).await;
        let (status, reply) = refused.unwrap_err();
        assert_eq!(
            (status, reply.code),
            (StatusCode::NOT_FOUND, ErrorCode::InvitationUnknown),
            "{guess}"
        );
    }
    let mut others = std::collections::BTreeSet::from([secret.clone()]);
    for _ in 0..100 {
        assert!(others.insert(server.invite(space, Role::Writer, None)));
    }
    assert!(
        server
            .enroll(&enroll_request(&secret, next_device()))
            .await
            .is_ok()
    );
}

/// What [`End`] with only zeros takes.
const END_BYTES: usize = 2 + r#"{"changes":0,"snapshots":0,"tombstones":0,"results":0}"#.len();

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
