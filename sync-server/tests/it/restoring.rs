//! A backup, put back by the real program.

use std::path::Path;

use protocol::*;
use rusqlite::Connection;
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

#[test]
fn a_backup_of_a_folder_without_a_server_is_refused_and_makes_nothing() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let wrong = folder.path().join("buurtboek-data");
    let backup = elsewhere.path().join("backup.sqlite");
    for arguments in [
        ["backup", backup.to_str().unwrap()].as_slice(),
        &["member", "list"],
        &["restored"],
    ] {
        let refused = run(&wrong, arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(said.contains("there is no database in"), "{said}");
    }
    assert!(!wrong.exists() && !backup.exists());
    team(&wrong);
    json(&wrong, &["backup", backup.to_str().unwrap()]);
}

/// Whoever puts a new program in place makes a backup first, to be able to go back to the old one.
#[test]
fn a_backup_by_a_newer_program_is_one_that_the_older_program_reads() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    team(folder.path());
    let database = folder.path().join("buurtboek-server.sqlite");
    let version = |file: &Path| -> u32 {
        let connection = Connection::open(file).unwrap();
        let version = connection.query_row("PRAGMA user_version", [], |row| row.get(0));
        version.unwrap()
    };
    let older = version(&database) - 1;
    Connection::open(&database)
        .unwrap()
        .pragma_update(None, "user_version", older)
        .unwrap();
    let backup = elsewhere.path().join("backup.sqlite");
    json(folder.path(), &["backup", backup.to_str().unwrap()]);
    assert_eq!((version(&database), version(&backup)), (older, older));
}

#[test]
fn a_backup_is_for_this_user_only_and_takes_no_other_files_place() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    team(folder.path());
    let backup = elsewhere.path().join("backup.sqlite");
    let name = backup.to_str().unwrap();
    json(folder.path(), &["backup", name]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&backup).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    for whole in [std::fs::read(&backup).unwrap(), Vec::new()] {
        std::fs::write(&backup, &whole).unwrap();
        assert!(!run(folder.path(), &["backup", name]).status.success());
        assert_eq!(std::fs::read(&backup).unwrap(), whole);
    }
}
