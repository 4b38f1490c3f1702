//! The description of the API.

use protocol::ErrorReply;
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::*;
use crate::program::run;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");

#[tokio::test]
async fn the_program_the_server_and_the_documentation_describe_the_same() {
    let printed = run(TempDir::new().unwrap().path(), &["openapi"]);
    let printed = String::from_utf8(printed.stdout).unwrap();
    let written = std::fs::read_to_string(FILE).unwrap();
    assert!(
        printed == written,
        "the API changed: buurtboek-server openapi > docs/openapi.json"
    );
    let server = Server::start();
    let (status, served) = server
        .call(axum::http::Method::GET, "/v1/openapi.json", None, &())
        .await;
    assert_eq!(status, 200);
    let written: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(served, written);
    assert_eq!(written["openapi"], "3.1.0");
}

#[test]
fn everything_but_joining_and_watching_needs_a_token() {
    let written = std::fs::read_to_string(FILE).unwrap();
    let written: Value = serde_json::from_str(&written).unwrap();
    for (path, methods) in written["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let open = path == "/v1/enroll" || operation["tags"][0] == "watching";
            assert_eq!(
                operation["security"].is_null(),
                open,
                "{method} {path} says nothing of a token"
            );
            assert!(operation["summary"].is_string(), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn what_is_not_described_is_not_there() {
    let server = Server::start();
    let request = axum::http::Request::get("/v1/secrets");
    let response = server
        .send(request.body(axum::body::Body::empty()).unwrap())
        .await;
    assert_eq!(response.status(), 404);
    let (_, _, body) = take(response).await;
    assert!(serde_json::from_slice::<ErrorReply>(&body).is_ok());
}
