//! The real program: its commands, its settings, and what it survives.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use protocol::*;
use tempfile::TempDir;
use uuid::Uuid;

use crate::harness::{TestDevice, frames_of, many};
use crate::program::{Served, json, program, run, team};

/// `BUURTBOEK_TRIAL` says how many moments (100 when it is not set); `cargo xtask trial kills` takes 500.
#[test]
fn what_was_acknowledged_survives_sigkill_at_a_hundred_moments() {
    let moments = std::env::var("BUURTBOEK_TRIAL").map_or(100, |text| text.parse().unwrap());
    let folder = TempDir::new().unwrap();
    let space = team(folder.path());
    let mut served = Served::start(folder.path());
    let device = served.enroll(folder.path(), "Buurtteam");
    let mut acknowledged = Vec::new();
    let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..moments {
        dice = dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let delay = 0.002 + (dice >> 40) as f64 / f64::from(1 << 24) * 0.12;
        let mut killer = Command::new("sh")
            .args([
                "-c",
                &format!("sleep {delay}; kill -KILL {}", served.child.id()),
            ])
            .spawn()
            .unwrap();
        loop {
            let request = device.request(space, many(&device, space, 7));
            let Some(frames) = served.sync(&device, &request) else {
                break;
            };
            for frame in frames {
                if let ReplyFrame::Result(result) = frame {
                    let Outcome::Ok { seq } = result.outcome else {
                        panic!("{result:?}")
                    };
                    acknowledged.push((seq, result.hash));
                }
            }
        }
        killer.wait().unwrap();
        served.child.wait().unwrap();
        served = Served::start(folder.path());
    }
    let colleague = served.enroll(folder.path(), "Buurtteam");
    let mut cursor = 0;
    let mut log = Vec::new();
    loop {
        let mut request = colleague.request(space, vec![]);
        request.header.spaces[0].cursor = Some(cursor);
        request.header.spaces[0].log_epoch = None;
        if cursor > 0 {
            request.header.spaces[0].log_epoch = Some(log_epoch(&served, &colleague, space));
        }
        let frames = served.sync(&colleague, &request).unwrap();
        let mut more = false;
        for frame in frames {
            if let ReplyFrame::Change(change) = &frame {
                log.push((change.seq, admission::change_hash(&change.bytes).unwrap()));
            } else if let ReplyFrame::SpaceEnd(end) = &frame {
                (cursor, more) = (end.next_cursor, end.more);
            }
        }
        if !more {
            break;
        }
    }
    assert!(
        acknowledged.len() > 20,
        "only {} were acknowledged",
        acknowledged.len()
    );
    println!(
        "server: killed {moments} times, {} changes were acknowledged and are there",
        acknowledged.len()
    );
    let numbers: Vec<u64> = log.iter().map(|(seq, _)| *seq).collect();
    assert_eq!(
        numbers,
        (1..=log.len() as u64).collect::<Vec<_>>(),
        "no gap, nothing twice"
    );
    let log: HashSet<_> = log.into_iter().collect();
    for entry in &acknowledged {
        assert!(
            log.contains(entry),
            "change {} was acknowledged and is lost",
            entry.0
        );
    }
}

fn log_epoch(served: &Served, device: &TestDevice, space: Uuid) -> Uuid {
    let mut request = device.request(space, vec![]);
    request.header.spaces.clear();
    let frames = served.sync(device, &request).unwrap();
    let Some(ReplyFrame::Header(header)) = frames.first() else {
        panic!("no header")
    };
    header
        .spaces
        .iter()
        .find(|state| state.id == space)
        .unwrap()
        .log_epoch
        .unwrap()
}

#[test]
fn sigterm_ends_the_program_also_with_an_event_stream_open() {
    let folder = TempDir::new().unwrap();
    let space = team(folder.path());
    let served = Served::start(folder.path());
    let device = served.enroll(folder.path(), "Buurtteam");
    let (id, document) = device.document();
    served
        .sync(
            &device,
            &device.request(space, frames_of(space, id, &document)),
        )
        .unwrap();
    let mut stream = TcpStream::connect(served.address).unwrap();
    let token = &device.token;
    write!(
        stream,
        "GET /v1/events HTTP/1.1\r\nhost: test\r\nauthorization: Bearer {token}\r\n\r\n"
    )
    .unwrap();
    let mut first = [0; 512];
    assert!(stream.read(&mut first).unwrap() > 0);
    let began = Instant::now();
    assert_eq!(served.terminate(), Some(0));
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "the stream held the end up"
    );
    let spaces = json(folder.path(), &["space", "list"]);
    assert_eq!(
        (spaces[0]["head"].as_u64(), spaces[0]["documents"].as_u64()),
        (Some(1), Some(1))
    );
}

#[test]
fn administration_works_while_the_server_runs() {
    let folder = TempDir::new().unwrap();
    let data = folder.path();
    team(data);
    let served = Served::start(data);
    let device = served.enroll(data, "Buurtteam");
    json(
        data,
        &[
            "member",
            "add",
            "Sem Bakker",
            "--space",
            "Buurtteam",
            "--role",
            "reader",
        ],
    );
    let members = json(data, &["member", "list"]);
    assert_eq!(members[0]["name"], "Noor de Vries");
    assert_eq!(
        members[1]["spaces"],
        serde_json::json!([["Buurtteam", "reader"]])
    );
    let devices = json(data, &["device", "list"]);
    assert_eq!(devices[0]["id"], device.id.to_string());
    assert_eq!(
        json(data, &["device", "revoke", &device.id.to_string()])["revoked"],
        true
    );
    let head = format!(
        "POST /v1/sync HTTP/1.1\r\nauthorization: Bearer {}\r\ncontent-type: {MEDIA_TYPE}",
        device.token
    );
    let (status, body) = served.send(&head, b"").unwrap();
    let error: ErrorReply = serde_json::from_slice(&body).unwrap();
    assert_eq!((status, error.wipe), (401, true));
    for path in ["/healthz", "/readyz"] {
        assert_eq!(
            served.send(&format!("GET {path} HTTP/1.1"), b"").unwrap().0,
            200,
            "{path}"
        );
    }
    assert!(
        String::from_utf8(run(data, &["device", "list"]).stdout)
            .unwrap()
            .contains("not wiped yet")
    );
    assert_eq!(
        run(data, &["member", "role", "Nobody", "--space", "Buurtteam"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn an_invitation_is_printed_as_text_and_picture() {
    let folder = TempDir::new().unwrap();
    team(folder.path());
    let invite = ["invite", "--space", "Buurtteam", "--role", "writer"];
    let nowhere = run(folder.path(), &invite);
    assert_eq!(
        nowhere.status.code(),
        Some(2),
        "nobody said where the server is"
    );
    let output = program(folder.path())
        .args(invite)
        .env("BUURTBOEK_PUBLIC_URL", "https://example.org")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("https://example.org/join#") && text.contains('█'),
        "{text}"
    );
    assert!(
        Invitation::parse(&text).is_ok(),
        "the whole output can be pasted"
    );
}

#[test]
fn a_flag_beats_the_environment_that_beats_the_file_that_beats_what_is_built_in() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("server.toml");
    std::fs::write(
        &file,
        "listen = \"127.0.0.1:1\"\nminimum_app = \"file\"\nlog = \"file\"",
    )
    .unwrap();
    let show = |flags: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_buurtboek-server"));
        command
            .env("BUURTBOEK_MINIMUM_APP", "environment")
            .env("BUURTBOEK_LISTEN", "127.0.0.1:2");
        let output = command
            .arg("--config")
            .arg(&file)
            .args(flags)
            .args(["config", "show", "--json"])
            .output()
            .unwrap();
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap()
    };
    let shown = show(&["--listen", "127.0.0.1:3"]);
    let said = |key: &str| shown[key].as_str().unwrap().to_owned();
    assert_eq!(said("listen"), "127.0.0.1:3");
    assert_eq!(said("minimum_app"), "environment");
    assert_eq!(said("log"), "file");
    assert_eq!(said("data"), "buurtboek-data");
    let example = run(folder.path(), &["config", "example"]);
    std::fs::write(&file, example.stdout).unwrap();
    assert_eq!(show(&[])["log"], "info", "the example is a valid file");
}

#[test]
fn plain_http_is_refused_where_others_can_listen_in() {
    let folder = TempDir::new().unwrap();
    let output = run(folder.path(), &["serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("plain HTTP is only for this machine")
    );
}

#[test]
fn a_file_of_a_newer_server_is_left_alone() {
    let folder = TempDir::new().unwrap();
    team(folder.path());
    let file = folder.path().join("buurtboek-server.sqlite");
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection.pragma_update(None, "user_version", 999).unwrap();
    drop(connection);
    let output = run(folder.path(), &["space", "list"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("newer server")
    );
}

#[test]
fn secrets_are_nowhere_in_the_data_folder() {
    let folder = TempDir::new().unwrap();
    let space = team(folder.path());
    let served = Served::start(folder.path());
    let device = served.enroll(folder.path(), "Buurtteam");
    let invite = [
        "invite",
        "--space",
        "Buurtteam",
        "--role",
        "reader",
        "--server",
        "https://example.org",
    ];
    let invitation = json(folder.path(), &invite)["invitation"]
        .as_str()
        .unwrap()
        .to_owned();
    served
        .sync(&device, &device.request(space, vec![]))
        .unwrap();
    served.terminate();
    let secret = Invitation::parse(&invitation).unwrap().secret().to_owned();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for text in [&secret, &device.token] {
            assert!(
                !bytes
                    .windows(text.len())
                    .any(|window| window == text.as_bytes())
            );
        }
    }
}
