//! What is erased is gone from every file, stays gone, and every device hears of it.

use std::path::Path;

use protocol::*;
use sync_server::log::Log;
use tempfile::TempDir;
use uuid::Uuid;

use crate::harness::*;

/// A name that stands nowhere else.
const NAME: &str = "Wilhelmijntje Quispel";

/// A document that names her, pushed by this device.
async fn push_named(server: &Server, device: &mut TestDevice, space: Uuid) -> Uuid {
    let (id, mut document) = device.document();
    put(&mut document, "name", NAME);
    put(&mut document, "met", &format!("{NAME} bij de oversteek"));
    device
        .sync(server, space, frames_of(space, id, &document))
        .await;
    id
}

/// The files of a folder in which a word stands.
pub(crate) fn holding(folder: &Path, word: &str) -> Vec<String> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let bytes = std::fs::read(path).unwrap();
            bytes
                .windows(word.len())
                .any(|window| window == word.as_bytes())
        })
        .map(|path| path.display().to_string())
        .collect()
}

#[tokio::test]
async fn no_byte_of_an_erased_document_stays_in_any_file() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let changes = many(&device, space, 200);
    device.sync(&server, space, changes).await;
    let id = push_named(&server, &mut device, space).await;
    assert!(!holding(server.folder.path(), "Quispel").is_empty());
    let outcomes = device.erase(&server, space, &[id]).await;
    assert_eq!(outcomes, [Outcome::Ok { seq: 204 }]);
    assert_eq!(
        holding(server.folder.path(), "Quispel"),
        Vec::<String>::new()
    );
    server.log.close();
    assert_eq!(
        holding(server.folder.path(), "Quispel"),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn erasing_many_documents_leaves_none_of_them_readable() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let mut gone = Vec::new();
    for number in 0..150 {
        let (id, mut document) = device.document();
        let name = format!("Naam{number:04}X");
        put(
            &mut document,
            "text",
            &format!("{name} was hier. ").repeat(1 + number * 7 % 60),
        );
        device
            .sync(&server, space, frames_of(space, id, &document))
            .await;
        if number % 3 == 0 {
            device.erase(&server, space, &[id]).await;
            gone.push(name);
        }
    }
    for name in gone {
        assert_eq!(holding(server.folder.path(), &name), Vec::<String>::new());
    }
}

#[tokio::test]
async fn every_device_hears_of_an_erasure_and_the_digest_agrees() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let mut other = server.device(space, Role::Writer).await;
    let id = push_named(&server, &mut device, space).await;
    other.sync(&server, space, vec![]).await;
    device.erase(&server, space, &[id]).await;
    let synced = other.sync(&server, space, vec![]).await;
    assert_eq!(synced.tombstones.len(), 1);
    assert_eq!(synced.tombstones[0].document, id);
    let by = synced.header.erased[0];
    assert_eq!((by.document, by.member), (id, Some(device.member)));
    assert_eq!(synced.ends[0].digest, Digest::default(), "nothing is left");
    let everything = SnapshotRequest {
        space,
        since: 0,
        after: 0,
        max_bytes: None,
    };
    let page = other.snapshot(&server, &everything).await.unwrap();
    assert!(page.snapshots.is_empty());
    assert_eq!(page.tombstones[0].document, id);
}

#[tokio::test]
async fn asking_twice_erases_once() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let id = push_named(&server, &mut device, space).await;
    let first = device.erase(&server, space, &[id]).await;
    let second = device.erase(&server, space, &[id, id]).await;
    assert_eq!(first, [Outcome::Ok { seq: 4 }]);
    assert_eq!(second, [Outcome::Duplicate { seq: 4 }; 2]);
}

#[tokio::test]
async fn no_late_edit_brings_an_erased_document_back() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let (id, mut document) = device.document();
    device
        .sync(&server, space, frames_of(space, id, &document))
        .await;
    device.erase(&server, space, &[id]).await;
    let late = put(&mut document, "name", NAME);
    let mut all = frames_of(space, id, &document);
    all.push(frame(space, id, late));
    let synced = device.sync(&server, space, all).await;
    assert!(
        synced
            .outcomes
            .iter()
            .all(|outcome| *outcome == Outcome::Refused(RefusalCode::Erased))
    );
    assert_eq!(
        holding(server.folder.path(), "Quispel"),
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn a_document_that_never_came_here_is_kept_out_too() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let (id, document) = device.document();
    assert!(matches!(
        device.erase(&server, space, &[id]).await[..],
        [Outcome::Ok { .. }]
    ));
    let synced = device
        .sync(&server, space, frames_of(space, id, &document))
        .await;
    assert_eq!(synced.outcomes, [Outcome::Refused(RefusalCode::Erased)]);
}

#[tokio::test]
async fn a_writer_erases_what_they_made_and_a_manager_everything() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut maker = server.device(space, Role::Writer).await;
    let tablet = server
        .device_of(space, Role::Writer, Some(maker.member))
        .await;
    let colleague = server.device(space, Role::Writer).await;
    let reader = server.device(space, Role::Reader).await;
    let manager = server.device(space, Role::Manager).await;
    let elsewhere = server
        .device(server.space("Ander team"), Role::Manager)
        .await;
    let id = push_named(&server, &mut maker, space).await;
    let no_right = [Outcome::Refused(RefusalCode::NoRight)];
    for device in [&colleague, &reader, &elsewhere] {
        assert_eq!(device.erase(&server, space, &[id]).await, no_right);
    }
    assert!(matches!(
        tablet.erase(&server, space, &[id]).await[..],
        [Outcome::Ok { .. }]
    ));
    let other = push_named(&server, &mut maker, space).await;
    assert!(matches!(
        manager.erase(&server, space, &[other]).await[..],
        [Outcome::Ok { .. }]
    ));
}

#[tokio::test]
async fn a_document_of_another_space_is_not_erased_by_naming_ones_own() {
    let server = Server::start();
    let (space, theirs) = (server.space("Buurtteam"), server.space("Ander team"));
    let manager = server.device(space, Role::Manager).await;
    let mut other = server.device(theirs, Role::Writer).await;
    let id = push_named(&server, &mut other, theirs).await;
    assert_eq!(
        manager.erase(&server, space, &[id]).await,
        [Outcome::Refused(RefusalCode::Invalid)]
    );
    assert!(!holding(server.folder.path(), "Quispel").is_empty());
}

#[tokio::test]
async fn the_report_counts_devices_and_tells_who_has_not_been_seen() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut one = server.device(space, Role::Manager).await;
    let mut two = server.device(space, Role::Writer).await;
    let three = server.device(space, Role::Writer).await;
    let id = push_named(&server, &mut one, space).await;
    two.sync(&server, space, vec![]).await;
    server.wait_ms(DAY_MS);
    one.erase(&server, space, &[id]).await;
    let counts = |state: &ErasureState| (state.devices, state.done, state.waiting.len());
    assert_eq!(counts(&one.erasures(&server, space).await[0]), (3, 0, 3));
    // Hearing of it is not enough: the next request says that it was carried out.
    one.sync(&server, space, vec![]).await;
    assert_eq!(counts(&one.erasures(&server, space).await[0]), (3, 0, 3));
    one.sync(&server, space, vec![]).await;
    two.sync(&server, space, vec![]).await;
    two.sync(&server, space, vec![]).await;
    let told = &one.erasures(&server, space).await[0];
    assert_eq!(counts(told), (3, 2, 1));
    assert_eq!(told.waiting[0].device, three.id);
    assert_eq!(told.waiting[0].name, "tablet");
    assert_eq!(two.erasures(&server, space).await[0].waiting[0].name, "");
    // One that joins later never held it.
    server.wait_ms(1);
    server.device(space, Role::Writer).await;
    assert_eq!(counts(&one.erasures(&server, space).await[0]), (3, 2, 1));
}

#[tokio::test]
async fn a_device_that_could_not_clean_up_has_not_erased() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Manager).await;
    let id = push_named(&server, &mut device, space).await;
    device.erase(&server, space, &[id]).await;
    device.sync(&server, space, vec![]).await;
    let mut request = device.request(space, vec![]);
    request.header.unclean = true;
    device.ask(&server, &request).await.unwrap();
    assert_eq!(device.erasures(&server, space).await[0].done, 0);
}

#[tokio::test]
async fn a_restored_backup_erases_again_before_it_serves() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let id = push_named(&server, &mut device, space).await;
    let backup = TempDir::new().unwrap();
    let copy = backup.path().join("copy.sqlite");
    Log::back_up(server.folder.path(), &copy).unwrap();
    device.erase(&server, space, &[id]).await;
    let folder = server.stopped();
    let database = folder.path().join("buurtboek-server.sqlite");
    for end in ["-wal", "-shm"] {
        let beside = format!("{}{end}", database.display());
        if Path::new(&beside).exists() {
            std::fs::remove_file(beside).unwrap();
        }
    }
    std::fs::copy(&copy, &database).unwrap();
    assert!(!holding(folder.path(), "Quispel").is_empty());
    let server = Server::on(folder);
    assert_eq!(
        holding(server.folder.path(), "Quispel"),
        Vec::<String>::new()
    );
    let synced = device.sync(&server, space, vec![]).await;
    assert_eq!(synced.tombstones.len(), 1);
}

#[tokio::test]
async fn after_a_restore_without_its_ledger_a_colleague_brings_the_erasure_back() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut maker = server.device(space, Role::Writer).await;
    let colleague = server.device(space, Role::Writer).await;
    let id = push_named(&server, &mut maker, space).await;
    let no_right = [Outcome::Refused(RefusalCode::NoRight)];
    assert_eq!(colleague.erase(&server, space, &[id]).await, no_right);
    server.log.start_new_logs(server.now_ms()).unwrap();
    assert!(matches!(
        colleague.erase(&server, space, &[id]).await[..],
        [Outcome::Ok { .. }]
    ));
}

#[tokio::test]
async fn a_restore_brings_nothing_back_that_was_erased_after_the_backup() {
    let (server, elsewhere) = (Server::start(), TempDir::new().unwrap());
    let folder = server.folder.path();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let id = push_named(&server, &mut device, space).await;
    let backup = elsewhere.path().join("backup.sqlite");
    Log::back_up(folder, &backup).unwrap();
    device.erase(&server, space, &[id]).await;
    server.log.close();
    assert!(!holding(elsewhere.path(), "Quispel").is_empty());
    Log::restore(folder, &backup, 1).unwrap();
    assert_eq!(holding(folder, "Quispel"), Vec::<String>::new());
}

/// A request of a device that lost this space and still holds something that it could not send there.
fn asked_of(device: &TestDevice, space: Uuid, after: u64, log_epoch: Option<Uuid>) -> SyncRequest {
    let mut request = device.request(space, vec![]);
    request.header.spaces[0].cursor = Some(after);
    request.header.spaces[0].log_epoch = log_epoch;
    request
}

#[tokio::test]
async fn who_is_not_in_a_space_any_more_hears_what_was_erased_there_and_nothing_else() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut manager = server.device(space, Role::Manager).await;
    let mut former = server.device(space, Role::Writer).await;
    let before = push_named(&server, &mut manager, space).await;
    let sent = push_named(&server, &mut former, space).await;
    former.sync(&server, space, vec![]).await;
    manager.erase(&server, space, &[before]).await;
    former.sync(&server, space, vec![]).await;
    let seen = former.cursor;
    server
        .log
        .set_role(former.member, space, None, server.now_ms())
        .unwrap();
    let later = push_named(&server, &mut manager, space).await;
    manager.erase(&server, space, &[sent]).await;
    let anew = manager.anew(later, manager.id, &[("name", "iemand")]);
    manager.sync(&server, space, vec![]).await;
    let began = manager.redact(&server, space, later, (1, &anew)).await;
    assert!(matches!(began, Outcome::Ok { .. }));

    let request = asked_of(&former, space, seen, former.log_epoch);
    let heard = former.ask(&server, &request).await.unwrap();
    let state = &heard.header.spaces[0];
    assert_eq!(state.action, SpaceAction::Gone);
    assert_eq!(
        (state.name.as_str(), state.kind, state.role),
        ("", None, None)
    );
    assert_eq!(state.log_epoch, former.log_epoch);
    assert_eq!(heard.changes.len(), 0);
    assert_eq!(heard.tombstones.len(), 1, "not the one it heard of before");
    assert_eq!(heard.tombstones[0].document, sent);
    assert_eq!(
        (heard.snapshots[0].document, heard.snapshots[0].epoch),
        (later, 1)
    );
    assert!(heard.snapshots[0].bytes.is_empty(), "not what it says now");
    assert!(heard.header.erased.iter().all(|by| by.member.is_none()));
    let end = &heard.ends[0];
    assert_eq!(
        (end.next_cursor, end.digest, end.more),
        (heard.snapshots[0].last_seq, Digest::default(), false)
    );
    // Beyond that it hears nothing, also not how far the log went on.
    push_named(&server, &mut manager, space).await;
    let request = asked_of(&former, space, end.next_cursor, former.log_epoch);
    let quiet = former.ask(&server, &request).await.unwrap();
    assert_eq!(quiet.tombstones.len() + quiet.snapshots.len(), 0);
    assert_eq!(quiet.ends[0].next_cursor, end.next_cursor);
    // In another log everything is said once more.
    let request = asked_of(&former, space, end.next_cursor, Some(Uuid::nil()));
    let all = former.ask(&server, &request).await.unwrap();
    assert_eq!(all.tombstones.len(), 2);
}

#[tokio::test]
async fn a_device_that_never_was_in_a_space_hears_nothing_of_it() {
    let server = Server::start();
    let (space, other) = (server.space("Buurtteam"), server.space("Ander team"));
    let mut manager = server.device(space, Role::Manager).await;
    let stranger = server.device(other, Role::Manager).await;
    let id = push_named(&server, &mut manager, space).await;
    manager.erase(&server, space, &[id]).await;
    let request = asked_of(&stranger, space, 0, None);
    let heard = stranger.ask(&server, &request).await.unwrap();
    let state = heard.header.spaces.iter().find(|state| state.id == space);
    let state = state.unwrap();
    assert_eq!((state.action, state.log_epoch), (SpaceAction::Gone, None));
    assert!(heard.tombstones.is_empty() && heard.ends.is_empty());
    // Of one that this server does not have, nothing is said: who holds it must not remove it.
    let nowhere = Uuid::from_u128(0x404);
    let request = asked_of(&stranger, nowhere, 3, None);
    let heard = stranger.ask(&server, &request).await.unwrap();
    let mut spaces = heard.header.spaces.iter();
    assert!(spaces.all(|state| state.id != nowhere));
}

#[tokio::test]
async fn a_device_that_still_holds_something_of_a_lost_space_is_done_only_when_it_says_so() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut manager = server.device(space, Role::Manager).await;
    let mut former = server.device(space, Role::Writer).await;
    let id = push_named(&server, &mut former, space).await;
    let seen = former.cursor;
    server
        .log
        .set_role(former.member, space, None, server.now_ms())
        .unwrap();
    manager.erase(&server, space, &[id]).await;
    manager.sync(&server, space, vec![]).await;
    manager.sync(&server, space, vec![]).await;
    let request = asked_of(&former, space, seen, former.log_epoch);
    let heard = former.ask(&server, &request).await.unwrap();
    let report = manager.erasures(&server, space).await;
    assert_eq!((report[0].devices, report[0].done), (2, 1));
    assert_eq!(report[0].waiting[0].device, former.id);
    // Bytes that are still in the file count as not erased.
    let mut request = asked_of(&former, space, heard.ends[0].next_cursor, former.log_epoch);
    request.header.unclean = true;
    former.ask(&server, &request).await.unwrap();
    assert_eq!(manager.erasures(&server, space).await[0].done, 1);
    request.header.unclean = false;
    former.ask(&server, &request).await.unwrap();
    assert_eq!(manager.erasures(&server, space).await[0].done, 2);
    // A later one counts as well, until it holds nothing of the space any more and does not name it.
    let next = push_named(&server, &mut manager, space).await;
    manager.erase(&server, space, &[next]).await;
    former.ask(&server, &request).await.unwrap();
    let waiting =
        |report: &[ErasureState]| report[0].waiting.iter().any(|at| at.device == former.id);
    assert!(waiting(&manager.erasures(&server, space).await));
    request.header.spaces.clear();
    former.ask(&server, &request).await.unwrap();
    assert!(!waiting(&manager.erasures(&server, space).await));
}
