//! Work that one device makes for the server is work that it waits for itself, and nobody else.

use std::fs::{File, FileTimes};
use std::time::{Duration, UNIX_EPOCH};

use automerge::transaction::Transactable;
use automerge::{Automerge, ObjType, ROOT};
use axum::http::{Request, StatusCode};
use futures_util::StreamExt;
use protocol::*;
use sync_server::http::Rates;
use sync_server::log::Log;
use tempfile::TempDir;
use uuid::Uuid;

use crate::erasing::holding;
use crate::harness::*;

/// A document with one long text: one operation a character.
fn long(device: &TestDevice, space: Uuid, characters: usize) -> ChangeFrame {
    let id = Uuid::now_v7();
    let mut document = Automerge::new().with_actor(device.actor(0));
    let mut tx = document.transaction();
    tx.put(ROOT, "id", id.to_string()).unwrap();
    let text = tx.put_object(ROOT, "text", ObjType::Text).unwrap();
    tx.splice_text(&text, 0, 0, &"x".repeat(characters))
        .unwrap();
    tx.commit();
    frames_of(space, id, &document).remove(0)
}

#[tokio::test]
async fn what_is_too_much_to_judge_at_once_is_answered_in_portions_and_nothing_is_lost() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Writer).await;
    let mut rest: Vec<_> = (0..14).map(|_| long(&device, space, 19_000)).collect();
    let (mut requests, mut taken) = (0, 0);
    while !rest.is_empty() {
        let request = device.request(space, rest.clone());
        let outcomes = device.ask(&server, &request).await.unwrap().outcomes;
        assert!(!outcomes.is_empty(), "it gets on");
        assert!(
            outcomes.len() <= 13,
            "not more than is judged for one request"
        );
        let ok = |outcome: &&Outcome| matches!(outcome, Outcome::Ok { .. });
        taken += outcomes.iter().filter(ok).count();
        rest.drain(..outcomes.len());
        requests += 1;
    }
    assert!(requests > 1);
    assert_eq!(taken, 14);
}

#[tokio::test]
async fn a_device_that_has_much_judged_waits_and_a_colleague_does_not() {
    let server = Server::with(
        TempDir::new().unwrap(),
        Rates {
            device: 20,
            ..Rates::unlimited()
        },
    );
    let space = server.space("Buurtteam");
    let heavy = server.device(space, Role::Writer).await;
    let colleague = server.device(space, Role::Writer).await;
    let ask = async || {
        let changes = (0..3).map(|_| long(&heavy, space, 19_000)).collect();
        heavy.ask(&server, &heavy.request(space, changes)).await
    };
    assert!(ask().await.is_ok());
    let (status, reply) = ask().await.unwrap_err();
    let told = (status, reply.code);
    assert_eq!(
        told,
        (StatusCode::TOO_MANY_REQUESTS, ErrorCode::RateLimited)
    );
    let request = colleague.request(space, vec![]);
    assert!(colleague.ask(&server, &request).await.is_ok());
    server.wait_ms(60_000);
    assert!(ask().await.is_ok());
}

/// What is answered to a request to erase these.
async fn ask_to_erase(
    server: &Server,
    device: &TestDevice,
    space: Uuid,
    ids: &[Uuid],
) -> StatusCode {
    let tombstone = |document: &Uuid| Tombstone {
        space,
        seq: 0,
        document: *document,
        reason: TombstoneReason::Erased,
    };
    let request = EraseRequest {
        header: RequestHeader::new("0.1.0", 1, START_MS),
        tombstones: ids.iter().map(tombstone).collect(),
    };
    let request = device.post("/v1/erase", MEDIA_TYPE, request.encode());
    server.send(request).await.status()
}

#[tokio::test]
async fn erasing_again_and_again_costs_more_than_asking() {
    let server = Server::with(TempDir::new().unwrap(), Rates::default());
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let changes = many(&device, space, 20);
    let ids: Vec<Uuid> = changes.iter().map(|change| change.document).collect();
    device.sync(&server, space, changes).await;
    let mut erased = 0;
    while ask_to_erase(&server, &device, space, &ids[erased..=erased]).await == StatusCode::OK {
        erased += 1;
    }
    assert!((9..=11).contains(&erased), "{erased}");
    server.wait_ms(10_000);
    let once_more = &ids[erased..=erased];
    assert_eq!(
        ask_to_erase(&server, &device, space, once_more).await,
        StatusCode::OK
    );
}

#[tokio::test]
async fn what_is_known_to_be_erased_is_offered_again_without_waiting() {
    let server = Server::with(TempDir::new().unwrap(), Rates::default());
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Writer).await;
    let ids: Vec<Uuid> = (0..500).map(|_| Uuid::now_v7()).collect();
    for _ in 0..100 {
        let answer = ask_to_erase(&server, &device, space, &ids).await;
        assert_eq!(answer, StatusCode::OK);
    }
    assert!(
        device
            .ask(&server, &device.request(space, vec![]))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn nobody_fills_the_ledger_with_what_never_was() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let (device, other) = (
        server.device(space, Role::Writer).await,
        server.device(space, Role::Writer).await,
    );
    let some = || (0..500).map(|_| Uuid::now_v7()).collect::<Vec<_>>();
    let erase = async |device: &TestDevice| {
        let ids = some();
        ask_to_erase(&server, device, space, &ids).await
    };
    assert_eq!(erase(&device).await, StatusCode::OK);
    assert_eq!(erase(&device).await, StatusCode::OK);
    assert_eq!(erase(&device).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(erase(&other).await, StatusCode::OK);
    server.wait_ms(DAY_MS);
    assert_eq!(erase(&device).await, StatusCode::OK);
}

#[tokio::test]
async fn many_erasures_at_once_are_all_out_of_the_file_when_they_are_answered() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut devices = Vec::new();
    for number in 0..6 {
        let mut device = server.device(space, Role::Writer).await;
        let (id, mut document) = device.document();
        put(&mut document, "name", &format!("Naam{number}Quispel"));
        let frames = frames_of(space, id, &document);
        device.sync(&server, space, frames).await;
        devices.push((device, id));
    }
    let all = devices.iter().enumerate().map(|(number, (device, id))| {
        let server = &server;
        async move {
            device.erase(server, space, &[*id]).await;
            let name = format!("Naam{number}Quispel");
            assert_eq!(holding(server.folder.path(), &name), Vec::<String>::new());
        }
    });
    futures_util::future::join_all(all).await;
}

#[tokio::test]
async fn a_device_has_a_few_event_streams_and_a_newer_one_ends_the_oldest() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Writer).await;
    let other = server.device(space, Role::Writer).await;
    let listen = async |device: &TestDevice| {
        let request = Request::get("/v1/events")
            .header("authorization", format!("Bearer {}", device.token))
            .body(axum::body::Body::empty());
        let response = server.send(request.unwrap()).await;
        assert_eq!(response.status(), StatusCode::OK);
        let mut stream = response.into_body().into_data_stream();
        assert!(stream.next().await.is_some(), "it begins");
        stream
    };
    let mut colleague = listen(&other).await;
    let mut oldest = listen(&device).await;
    let mut kept = vec![listen(&device).await, listen(&device).await];
    kept.push(listen(&device).await);
    assert!(oldest.next().await.is_none(), "a fourth ends the first");
    let mut writer = server.device(space, Role::Writer).await;
    let (id, document) = writer.document();
    let frames = frames_of(space, id, &document);
    writer.sync(&server, space, frames).await;
    for stream in kept.iter_mut().chain([&mut colleague]) {
        assert!(stream.next().await.is_some(), "the others go on");
    }
}

#[tokio::test]
async fn what_is_erased_is_not_kept_in_what_a_backup_replaced() {
    let elsewhere = TempDir::new().unwrap();
    let backup = elsewhere.path().join("backup.sqlite");
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    Log::back_up(server.folder.path(), &backup).unwrap();
    let (id, mut document) = device.document();
    put(&mut document, "name", "Wilhelmijntje Quispel");
    let frames = frames_of(space, id, &document);
    device.sync(&server, space, frames.clone()).await;
    let folder = server.stopped();
    let replaced = Log::restore(folder.path(), &backup, START_MS).unwrap();
    let replaced = replaced.replaced.unwrap();
    let server = Server::on(folder);
    assert_eq!(server.log.replaced(), Some(replaced));
    device
        .ask(&server, &device.request(space, frames))
        .await
        .unwrap();
    device.erase(&server, space, &[id]).await;
    assert_eq!(server.log.replaced(), None);
    let name = "Quispel";
    assert_eq!(holding(server.folder.path(), name), Vec::<String>::new());
}

#[tokio::test]
async fn what_a_backup_replaced_is_kept_for_a_week() {
    let elsewhere = TempDir::new().unwrap();
    let backup = elsewhere.path().join("backup.sqlite");
    let server = Server::start();
    Log::back_up(server.folder.path(), &backup).unwrap();
    let folder = server.stopped();
    let replaced = Log::restore(folder.path(), &backup, START_MS).unwrap();
    let server = Server::on(folder);
    let then = UNIX_EPOCH + Duration::from_millis(START_MS.unsigned_abs());
    let file = File::options()
        .write(true)
        .open(replaced.replaced.unwrap())
        .unwrap();
    file.set_times(FileTimes::new().set_modified(then)).unwrap();
    server.log.do_chores(START_MS + 7 * DAY_MS - 1);
    assert!(server.log.replaced().is_some());
    server.log.do_chores(START_MS + 7 * DAY_MS);
    assert!(server.log.replaced().is_none());
}

#[tokio::test]
async fn what_could_not_be_cleaned_because_somebody_read_is_cleaned_by_the_chores() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let (id, mut document) = device.document();
    put(&mut document, "name", "Wilhelmijntje Quispel");
    let frames = frames_of(space, id, &document);
    device.sync(&server, space, frames).await;
    let file = server.folder.path().join("buurtboek-server.sqlite");
    let reader = rusqlite::Connection::open(&file).unwrap();
    reader
        .execute_batch("BEGIN; SELECT COUNT(*) FROM document;")
        .unwrap();
    device.erase(&server, space, &[id]).await;
    assert!(!holding(server.folder.path(), "Quispel").is_empty());
    reader.execute_batch("COMMIT").unwrap();
    server.log.do_chores(START_MS);
    assert_eq!(
        holding(server.folder.path(), "Quispel"),
        Vec::<String>::new()
    );
}
