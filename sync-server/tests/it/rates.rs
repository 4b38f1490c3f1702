//! Who asks too often has to wait, and nobody else.

use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use protocol::*;
use std::net::SocketAddr;
use sync_server::http::Rates;
use tempfile::TempDir;

use crate::harness::*;

fn limited(rates: Rates) -> Server {
    Server::with(TempDir::new().unwrap(), rates)
}

fn from(
    address: &str,
    path: &str,
    token: Option<&str>,
    body: Vec<u8>,
) -> Request<axum::body::Body> {
    let method = if body.is_empty() {
        Method::GET
    } else {
        Method::POST
    };
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .extension(ConnectInfo(SocketAddr::new(address.parse().unwrap(), 1)));
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    request.body(body.into()).unwrap()
}

#[tokio::test]
async fn a_device_that_runs_wild_is_told_when_to_come_back() {
    let server = limited(Rates {
        device: 10,
        ..Rates::unlimited()
    });
    let space = server.space("Buurtteam");
    let (wild, calm) = (
        server.device(space, Role::Writer).await,
        server.device(space, Role::Writer).await,
    );
    let body = wild.request(space, vec![]).encode();
    let ask = || server.send(wild.post("/v1/sync", MEDIA_TYPE, body.clone()));
    for _ in 0..10 {
        assert_eq!(ask().await.status(), StatusCode::OK);
    }
    let (status, headers, body) = take(ask().await).await;
    let reply: ErrorReply = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        (status, reply.code),
        (StatusCode::TOO_MANY_REQUESTS, ErrorCode::RateLimited)
    );
    let wait: i64 = headers["retry-after"].to_str().unwrap().parse().unwrap();
    let calm = calm.ask(&server, &calm.request(space, vec![])).await;
    assert!(calm.is_ok(), "a colleague is not held up");
    server.wait_ms(wait * 1_000);
    assert_eq!(ask().await.status(), StatusCode::OK);
}

#[tokio::test]
async fn guessing_is_slow_also_for_a_guess_that_would_be_right() {
    let server = limited(Rates {
        guesses: 5,
        ..Rates::unlimited()
    });
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Writer).await;
    let right = server.invite(space, Role::Writer, None);
    let guess = |secret: &str| {
        let request = enroll_request(secret, next_device());
        serde_json::to_vec(&request).unwrap()
    };
    let (guesser, other) = ("2001:db8:1:2::1", "192.0.2.1");
    for number in 0..5 {
        let body = guess(&format!("{number:0>43}"));
        let response = server.send(from(guesser, "/v1/enroll", None, body)).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }
    let neighbour = "2001:db8:1:2:ffff::9";
    for address in [guesser, neighbour] {
        let body = guess(&right);
        let response = server.send(from(address, "/v1/enroll", None, body)).await;
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        let token = Some(device.token.as_str());
        let response = server
            .send(from(address, "/v1/devices", token, vec![]))
            .await;
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    }
    let body = guess(&right);
    let response = server.send(from(other, "/v1/enroll", None, body)).await;
    assert_eq!(response.status(), StatusCode::OK);

    for _ in 0..5 {
        let response = server
            .send(from(other, "/v1/devices", Some("a guess"), vec![]))
            .await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    }
    let response = server
        .send(from(other, "/v1/devices", Some("a guess"), vec![]))
        .await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn an_address_that_asks_for_anything_too_often_has_to_wait() {
    let server = limited(Rates {
        address: 3,
        ..Rates::unlimited()
    });
    for _ in 0..3 {
        let response = server
            .send(from("192.0.2.1", "/healthz", None, vec![]))
            .await;
        assert_eq!(response.status(), StatusCode::OK);
    }
    let response = server
        .send(from("192.0.2.1", "/healthz", None, vec![]))
        .await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    let response = server
        .send(from("192.0.2.2", "/healthz", None, vec![]))
        .await;
    assert_eq!(response.status(), StatusCode::OK);
}
