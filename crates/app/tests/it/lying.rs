//! A server that is broken or lies: a round comes to its end, says so, and loses nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use app::RoundReport;
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, Uri};
use protocol::{
    Digest, End, Outcome, ReplyFrame, ReplyHeader, ResultFrame, Role, SpaceAction, SpaceEnd,
    SpaceKind, SpaceState, SyncRequest, Tombstone, TombstoneReason, Writer,
};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::team::Team;

/// What the liar says about the one space, in the answer of this number, to a request from this cursor.
type Lie = fn(&mut Said, u64, u64);

/// An answer before it is written.
struct Said {
    action: SpaceAction,
    log_epoch: Uuid,
    tombstones: Vec<Uuid>,
    end: Option<(u64, bool)>,
    outcome: Option<Outcome>,
}

struct Liar {
    _runtime: Runtime,
    address: String,
    asked: Arc<AtomicU64>,
}

impl Liar {
    /// A liar about this space, whose log the device knows under this name.
    fn new(space: Uuid, log_epoch: Uuid, lie: Lie) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicU64::new(0));
        let count = asked.clone();
        let answer = move |uri: Uri, headers: HeaderMap, body: Bytes| {
            let number = count.fetch_add(1, Ordering::SeqCst);
            let packed = headers.contains_key("content-encoding");
            let body = if packed {
                zstd::bulk::decompress(&body, 1 << 24).unwrap()
            } else {
                body.to_vec()
            };
            let said = Said {
                action: SpaceAction::Ok,
                log_epoch,
                tombstones: Vec::new(),
                end: None,
                outcome: None,
            };
            let (status, reply) = match uri.path() {
                "/v1/sync" | "/v1/snapshot" => {
                    let reply = say(uri.path(), &body, said, space, number, lie);
                    (StatusCode::OK, reply)
                }
                // It knows nothing else.
                _ => (StatusCode::NOT_FOUND, Vec::new()),
            };
            let media = [("content-type", protocol::MEDIA_TYPE)];
            std::future::ready((status, media, reply))
        };
        runtime.spawn(async move {
            axum::serve(listener, Router::new().fallback(answer))
                .await
                .unwrap();
        });
        Self {
            _runtime: runtime,
            address,
            asked,
        }
    }
}

fn say(path: &str, body: &[u8], mut said: Said, space: Uuid, number: u64, lie: Lie) -> Vec<u8> {
    let (cursor, changes) = if path == "/v1/snapshot" {
        let request: protocol::SnapshotRequest = serde_json::from_slice(body).unwrap();
        (Some(request.after), 0)
    } else {
        let request = SyncRequest::decode(body).unwrap();
        let mut spaces = request.header.spaces.iter();
        let asked = spaces.find(|asked| asked.id == space).unwrap();
        (asked.cursor, request.changes.len() as u64)
    };
    lie(&mut said, number, cursor.unwrap_or(0));
    let mut writer = Writer::new();
    let header = ReplyHeader {
        version: protocol::VERSION,
        server_time_ms: 1_764_000_000_000,
        minimum_app: "0.0.1".to_owned(),
        wipe: false,
        token: None,
        lease_days: None,
        roster: None,
        spaces: vec![SpaceState {
            id: space,
            name: "Buurtteam".to_owned(),
            kind: Some(SpaceKind::Team),
            role: Some(Role::Writer),
            action: said.action,
            log_epoch: Some(said.log_epoch),
        }],
        erased: Vec::new(),
        waiting: 0,
    };
    header.write(&mut writer);
    let mut end = End::default();
    for index in 0..changes {
        let outcome = said.outcome.unwrap_or(Outcome::Ok { seq: 9 });
        let hash = [0; 32];
        ResultFrame {
            index,
            hash,
            outcome,
        }
        .write(&mut writer);
        end.results += 1;
    }
    // What is not asked gets no page.
    let told = cursor.map(|_| said.tombstones).unwrap_or_default();
    for document in told {
        let (seq, reason) = (1, TombstoneReason::Erased);
        Tombstone {
            space,
            seq,
            document,
            reason,
        }
        .write(&mut writer);
        end.tombstones += 1;
    }
    if let (Some((next_cursor, more)), Some(_)) = (said.end, cursor) {
        let (digest, remaining) = (Digest(0), None);
        ReplyFrame::SpaceEnd(SpaceEnd {
            space,
            next_cursor,
            more,
            digest,
            remaining,
        })
        .write(&mut writer);
    }
    end.write(&mut writer);
    writer.take()
}

/// A round of a device with something unsent, at this liar: what came of it, and how much was asked.
fn round_with(lie: Lie) -> (Result<RoundReport, &'static str>, u64) {
    let team = Team::new();
    let noor = team.device("Noor");
    noor.put("contact", json!({ "name": "Kees" }));
    noor.sync();
    let kept = noor.put("note", json!({ "text": "Blijft" }));
    let store = noor.store();
    let log_epoch = store.space(team.space.into()).unwrap().log_epoch.unwrap();
    let liar = Liar::new(team.space, log_epoch, lie);
    store.set_meta(&[("server", Some(&liar.address))]).unwrap();
    let ended = noor.app.sync_round().map_err(|problem| problem.code);
    assert_eq!(noor.fields(&kept)["text"], "Blijft");
    assert_eq!(noor.all("contact").len(), 1, "nothing was lost");
    noor.is_sound();
    (ended, liar.asked.load(Ordering::SeqCst))
}

/// The round ends with a word about it, after not too many requests.
fn ends_with(lie: Lie) -> u64 {
    let (ended, asked) = round_with(lie);
    assert_eq!(ended, Err("server_stands_still"));
    assert!(asked < 100, "{asked}");
    asked
}

#[test]
fn a_server_that_says_more_without_moving_the_cursor_is_not_asked_for_ever() {
    let asked = ends_with(|said, _, cursor| said.end = Some((cursor, true)));
    assert_eq!(asked, 1);
}

#[test]
fn a_server_that_moves_the_cursor_to_and_fro_is_not_asked_for_ever() {
    ends_with(|said, number, cursor| {
        said.tombstones = vec![Uuid::from_u128(7)];
        let to = if number.is_multiple_of(2) {
            cursor + 1
        } else {
            cursor - 1
        };
        said.end = Some((to, true));
    });
}

#[test]
fn a_server_that_tells_the_same_erasure_again_and_again_is_not_asked_for_ever() {
    let (ended, asked) = round_with(|said, _, cursor| {
        said.tombstones = vec![Uuid::from_u128(7)];
        said.end = Some((cursor, false));
    });
    assert!(ended.is_ok(), "heard once, it is known");
    assert!(asked < 100, "{asked}");
}

#[test]
fn a_server_that_begins_its_log_anew_in_every_answer_is_not_asked_for_ever() {
    ends_with(|said, number, cursor| {
        said.action = SpaceAction::Reset;
        said.log_epoch = Uuid::from_u128(number.into());
        said.end = Some((cursor, false));
    });
}

#[test]
fn a_server_that_says_that_another_wrote_under_every_life_is_not_asked_for_ever() {
    let (ended, asked) = round_with(|said, _, cursor| {
        said.outcome = Some(Outcome::Refused(protocol::RefusalCode::ActorFork));
        said.end = Some((cursor, false));
    });
    assert!(matches!(ended, Ok(_) | Err("server_stands_still")));
    assert!(asked < 100, "{asked}");
}

#[test]
fn a_server_that_sends_the_device_elsewhere_is_not_followed() {
    let team = Team::new();
    let (noor, samir) = (team.device("Noor"), team.device("Samir"));
    let runtime = Runtime::new().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let here = format!("http://{}", listener.local_addr().unwrap());
    let there = format!("http://{}", team.address());
    let elsewhere = move |uri: Uri| {
        let location = [("location", format!("{there}{uri}"))];
        std::future::ready((StatusCode::TEMPORARY_REDIRECT, location))
    };
    runtime.spawn(async move {
        axum::serve(listener, Router::new().fallback(elsewhere))
            .await
            .unwrap();
    });
    let kept = noor.put("note", json!({ "text": "Blijft" }));
    noor.store().set_meta(&[("server", Some(&here))]).unwrap();
    assert!(noor.app.sync_round().is_err());
    samir.sync();
    assert!(samir.all("note").is_empty(), "the note went elsewhere");
    assert!(noor.record(&kept).mark.unsent);
    noor.is_sound();
}
