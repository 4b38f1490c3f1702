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
async fn guessing_is_slow_and_keeps_nobody_at_the_same_address_out() {
    let server = limited(Rates {
        guesses: 5,
        ..Rates::unlimited()
    });
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Writer).await;
    let right = server.invite(space, Role::Writer, None);
    let invitation = |secret: &str| {
        let request = enroll_request(secret, next_device());
        serde_json::to_vec(&request).unwrap()
    };
    let enroll = async |address: &str, secret: &str| {
        let request = from(address, "/v1/enroll", None, invitation(secret));
        server.send(request).await.status()
    };
    let ask = async |address: &str, token: &str| {
        let request = from(address, "/v1/devices", Some(token), vec![]);
        server.send(request).await.status()
    };
    let (guesser, neighbour) = ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9");
    for number in 0..5 {
        let guess = format!("{number:0>43}");
        assert_eq!(enroll(guesser, &guess).await, StatusCode::NOT_FOUND);
    }
    let wrong = "7".repeat(43);
    for address in [guesser, neighbour] {
        assert_eq!(enroll(address, &wrong).await, StatusCode::TOO_MANY_REQUESTS);
        let guessed = ask(address, "a guess").await;
        assert_eq!(guessed, StatusCode::TOO_MANY_REQUESTS);
    }
    // In the same office, or behind the same proxy.
    assert_eq!(ask(neighbour, &device.token).await, StatusCode::OK);
    assert_eq!(enroll(neighbour, &right).await, StatusCode::OK);

    let other = "192.0.2.1";
    for _ in 0..5 {
        assert_eq!(ask(other, "a guess").await, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(ask(other, "a guess").await, StatusCode::TOO_MANY_REQUESTS);
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
