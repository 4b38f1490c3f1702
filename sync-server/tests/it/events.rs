//! The event stream: space and number, nothing else, and only to those who may know.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, StatusCode};
use futures_util::StreamExt;
use protocol::*;
use tokio::time::timeout;
use uuid::Uuid;

use crate::harness::*;

async fn listen(server: &Server, device: &TestDevice) -> BodyDataStream {
    let request =
        Request::get("/v1/events").header("authorization", format!("Bearer {}", device.token));
    let response = server.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    response.into_body().into_data_stream()
}

async fn next(stream: &mut BodyDataStream) -> Option<String> {
    let chunk = timeout(Duration::from_secs(5), stream.next())
        .await
        .expect("an event within five seconds")?;
    Some(String::from_utf8(chunk.unwrap().to_vec()).unwrap())
}

fn event(space: Uuid, seq: u64) -> String {
    format!("event: space\ndata: {{\"space\":\"{space}\",\"seq\":{seq}}}\n\n")
}

#[tokio::test]
async fn a_colleague_is_told_which_space_has_something_new() {
    let server = Server::start();
    let (space, elsewhere) = (server.space("Buurtteam"), server.space("Ander team"));
    let (mut here, there) = (
        server.device(space, Role::Writer).await,
        server.device(space, Role::Reader).await,
    );
    let mut stranger = server.device(elsewhere, Role::Writer).await;
    let mut stream = listen(&server, &there).await;
    assert_eq!(
        next(&mut stream).await,
        Some(event(space, 0)),
        "where every space is, at once"
    );
    let (id, document) = stranger.document();
    stranger
        .sync(&server, elsewhere, frames_of(elsewhere, id, &document))
        .await;
    let (id, mut document) = here.document();
    put(&mut document, "name", "Fatima");
    here.sync(&server, space, frames_of(space, id, &document))
        .await;
    assert_eq!(
        next(&mut stream).await,
        Some(event(space, 2)),
        "nothing about the other team"
    );
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Writer).await;
    let mut stream = listen(&server, &device).await;
    next(&mut stream).await;
    server.stopper.stop();
    assert_eq!(next(&mut stream).await, None);
    let ready = server
        .send(Request::get("/readyz").body(Body::empty()).unwrap())
        .await;
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn without_a_token_there_is_no_stream() {
    let server = Server::start();
    let request = Request::get("/v1/events").body(Body::empty()).unwrap();
    assert_eq!(
        server.send(request).await.status(),
        StatusCode::UNAUTHORIZED
    );
}
