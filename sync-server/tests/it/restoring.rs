//! A backup, put back by the real program.

use protocol::*;
use tempfile::TempDir;

use crate::harness::*;
use crate::program::{Served, json, run, team};

#[test]
fn a_backup_made_while_serving_is_put_back_and_devices_bring_what_it_misses() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let data = folder.path();
    let backup = elsewhere.path().join("backup.sqlite");
    let backup = backup.to_str().unwrap();
    let space = team(data);
    let served = Served::start(data);
    let device = served.enroll(data, "Buurtteam");
    let push = |served: &Served| {
        let (id, document) = device.document();
        let frames = frames_of(space, id, &document);
        served
            .sync(&device, &device.request(space, frames.clone()))
            .unwrap();
        frames
    };
    let early = push(&served);
    json(data, &["backup", backup]);
    let late = push(&served);

    let refused = run(data, &["restore", backup]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("the server is running"), "{said}");
    let second = run(data, &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(2), "one server a folder");
    served.terminate();

    let restored = json(data, &["restore", backup]);
    assert_eq!(restored["spaces"], 1);
    assert_eq!(json(data, &["space", "list"])[0]["documents"], 1);
    let audit = json(data, &["audit", "--space", "Buurtteam"]);
    let last = audit.as_array().unwrap().last().unwrap();
    assert_eq!(last["action"], "backup_restored");
    assert!(last["member"].is_null());

    let served = Served::start(data);
    let mut request = device.request(space, [early, late].concat());
    request.header.spaces[0].log_epoch = Some(uuid::Uuid::nil());
    let frames = served.sync(&device, &request).unwrap();
    let Some(ReplyFrame::Header(header)) = frames.first() else {
        panic!("no header")
    };
    assert_eq!(header.spaces[0].action, SpaceAction::Reset);
    let outcomes: Vec<_> = frames
        .iter()
        .filter_map(|frame| {
            if let ReplyFrame::Result(result) = frame {
                Some(result.outcome)
            } else {
                None
            }
        })
        .collect();
    assert_eq!(
        outcomes,
        [Outcome::Duplicate { seq: 1 }, Outcome::Ok { seq: 2 }]
    );
}

#[test]
fn what_is_no_whole_backup_changes_nothing() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let data = folder.path();
    team(data);
    let good = elsewhere.path().join("good.sqlite");
    json(data, &["backup", good.to_str().unwrap()]);
    let whole = std::fs::read(&good).unwrap();
    let (torn, text) = (
        elsewhere.path().join("torn.sqlite"),
        elsewhere.path().join("text.sqlite"),
    );
    std::fs::write(&torn, &whole[..whole.len() / 2]).unwrap();
    std::fs::write(&text, "geen database").unwrap();
    let absent = elsewhere.path().join("absent.sqlite");
    for file in [&torn, &text, &absent] {
        let refused = run(data, &["restore", file.to_str().unwrap()]);
        assert_eq!(refused.status.code(), Some(2), "{}", file.display());
    }
    assert_eq!(json(data, &["space", "list"])[0]["name"], "Buurtteam");
    assert!(!data.join("buurtboek-server.replaced.sqlite").exists());
    json(data, &["restore", good.to_str().unwrap()]);
    assert!(data.join("buurtboek-server.replaced.sqlite").exists());
}
