//! Pushing and pulling: nothing lost, nothing twice, no gap in the numbers.

use std::collections::BTreeSet;
use std::sync::Arc;

use automerge::Automerge;
use protocol::digest::of_heads;
use protocol::*;
use sync_server::log::Log;
use tempfile::TempDir;
use uuid::Uuid;

use crate::harness::*;

fn seqs(outcomes: &[Outcome]) -> Vec<Option<u64>> {
    outcomes
        .iter()
        .map(|outcome| match outcome {
            Outcome::Ok { seq } => Some(*seq),
            Outcome::Duplicate { .. } | Outcome::Refused(_) => None,
        })
        .collect()
}

#[tokio::test]
async fn a_lost_reply_sends_nothing_twice() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let (mut here, mut there) = (
        server.device(space, Role::Writer).await,
        server.device(space, Role::Writer).await,
    );
    let (id, mut document) = here.document();
    put(&mut document, "name", "Fatima");
    let changes = frames_of(space, id, &document);
    let first = here
        .ask(&server, &here.request(space, changes.clone()))
        .await
        .unwrap();
    assert_eq!(
        first.outcomes,
        [Outcome::Ok { seq: 1 }, Outcome::Ok { seq: 2 }]
    );
    let again = here
        .ask(&server, &here.request(space, changes.clone()))
        .await
        .unwrap();
    assert_eq!(
        again.outcomes,
        [Outcome::Duplicate { seq: 1 }, Outcome::Duplicate { seq: 2 }]
    );
    assert_eq!(again.ends, first.ends);
    let pulled = there.sync(&server, space, vec![]).await;
    assert_eq!(
        pulled
            .changes
            .iter()
            .map(|change| change.seq)
            .collect::<Vec<_>>(),
        [1, 2]
    );
    assert_eq!(pulled.changes[1].bytes, changes[1].bytes);
    assert!(
        here.sync(&server, space, vec![]).await.changes.is_empty(),
        "own changes are not echoed"
    );
    assert!(
        there.sync(&server, space, vec![]).await.changes.is_empty(),
        "the cursor moved"
    );
}

#[tokio::test]
async fn the_same_change_twice_in_one_push_is_taken_in_once() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let (id, document) = device.document();
    let mut changes = frames_of(space, id, &document);
    changes.push(changes[0].clone());
    let synced = device.sync(&server, space, changes).await;
    assert_eq!(
        synced.outcomes,
        [Outcome::Ok { seq: 1 }, Outcome::Duplicate { seq: 1 }]
    );
}

#[tokio::test]
async fn edits_of_two_people_merge_and_both_agree_on_the_digest() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let (mut here, mut there) = (
        server.device(space, Role::Writer).await,
        server.device(space, Role::Writer).await,
    );
    let (id, mut document) = here.document();
    here.sync(&server, space, frames_of(space, id, &document))
        .await;
    let base = there.sync(&server, space, vec![]).await.changes.remove(0);
    let mut copy = Automerge::load(&base.bytes)
        .unwrap()
        .with_actor(there.actor(0));
    let name = put(&mut document, "name", "Fatima");
    let street = put(&mut copy, "street", "Malakkastraat");
    here.sync(&server, space, vec![frame(space, id, name)])
        .await;
    let pulled = there
        .sync(&server, space, vec![frame(space, id, street)])
        .await;
    assert_eq!(
        (pulled.changes.len(), pulled.changes[0].seq, there.cursor),
        (1, 2, 3)
    );
    copy.load_incremental(&pulled.changes[0].bytes).unwrap();
    let heads: Vec<[u8; 32]> = copy.get_heads().iter().map(|head| head.0).collect();
    assert_eq!(pulled.ends[0].digest, of_heads(&heads));
    assert_eq!(
        here.sync(&server, space, vec![]).await.ends[0].digest,
        of_heads(&heads)
    );
}

#[tokio::test]
async fn a_missing_predecessor_is_refused_and_its_neighbours_are_not() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let (id, mut document) = device.document();
    put(&mut document, "name", "a");
    let orphan = put(&mut document, "name", "b");
    let (other, other_document) = device.document();
    let mut changes = vec![frame(space, id, orphan)];
    changes.extend(frames_of(space, other, &other_document));
    let synced = device.sync(&server, space, changes).await;
    assert_eq!(
        synced.outcomes,
        [
            Outcome::Refused(RefusalCode::MissingDeps),
            Outcome::Ok { seq: 1 }
        ]
    );
    let healed = device
        .sync(&server, space, frames_of(space, id, &document))
        .await;
    assert_eq!(seqs(&healed.outcomes), [Some(2), Some(3), Some(4)]);
}

#[tokio::test]
async fn one_document_cannot_be_pushed_under_two_spaces() {
    let server = Server::start();
    let (space, other) = (server.space("Buurtteam"), server.space("Buurtaanpak"));
    let device = server.device(space, Role::Writer).await;
    server
        .log
        .set_role(device.member, other, Some(Role::Writer), START_MS)
        .unwrap();
    let (id, document) = device.document();
    let mut changes = frames_of(space, id, &document);
    changes.extend(frames_of(other, id, &document));
    let synced = device
        .ask(&server, &device.request(space, changes))
        .await
        .unwrap();
    assert_eq!(
        synced.outcomes,
        [
            Outcome::Ok { seq: 1 },
            Outcome::Refused(RefusalCode::Invalid)
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn numbers_have_no_gap_when_eight_devices_push_at_once() {
    let server = Arc::new(Server::start());
    let space = server.space("Buurtteam");
    let mut tasks = Vec::new();
    for _ in 0..8 {
        let (server, mut device) = (
            Arc::clone(&server),
            server.device(space, Role::Writer).await,
        );
        tasks.push(tokio::spawn(async move {
            let mut numbers = Vec::new();
            for _ in 0..12 {
                let changes = many(&device, space, 5);
                numbers.extend(seqs(&device.sync(&server, space, changes).await.outcomes));
            }
            numbers
        }));
    }
    let mut numbers = BTreeSet::new();
    for task in tasks {
        for number in task.await.unwrap() {
            assert!(numbers.insert(number.unwrap()), "a number was given twice");
        }
    }
    assert_eq!(numbers, (1..=480).collect());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_devices_editing_one_document_at_once_all_get_in() {
    let server = Arc::new(Server::start());
    let space = server.space("Buurtteam");
    let mut first = server.device(space, Role::Writer).await;
    let (id, document) = first.document();
    first
        .sync(&server, space, frames_of(space, id, &document))
        .await;
    let base = document.save_nocompress();
    let mut tasks = Vec::new();
    for _ in 0..8 {
        let (server, mut device) = (
            Arc::clone(&server),
            server.device(space, Role::Writer).await,
        );
        let mut copy = Automerge::load(&base).unwrap().with_actor(device.actor(0));
        tasks.push(tokio::spawn(async move {
            for edit in 0..6 {
                let change = put(&mut copy, "name", &format!("edit {edit}"));
                let synced = device
                    .sync(&server, space, vec![frame(space, id, change)])
                    .await;
                assert!(seqs(&synced.outcomes)[0].is_some(), "{:?}", synced.outcomes);
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let request = SnapshotRequest {
        space,
        since: 0,
        after: 0,
        max_bytes: None,
    };
    let page = first.snapshot(&server, &request).await.unwrap();
    let merged = Automerge::load(&page.snapshots[0].bytes).unwrap();
    assert_eq!(
        (merged.get_changes(&[]).len(), page.snapshots[0].last_seq),
        (49, 49)
    );
    let heads: Vec<[u8; 32]> = merged.get_heads().iter().map(|head| head.0).collect();
    assert_eq!(page.ends[0].digest, of_heads(&heads));
}

#[tokio::test]
async fn a_long_pull_comes_in_pages_and_leaves_nothing_out() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let (mut here, mut there) = (
        server.device(space, Role::Writer).await,
        server.device(space, Role::Writer).await,
    );
    for _ in 0..3 {
        let changes = many(&here, space, 400);
        here.sync(&server, space, changes).await;
    }
    let mut numbers = Vec::new();
    let mut pages = 0;
    loop {
        let page = there.sync(&server, space, vec![]).await;
        pages += 1;
        assert!(page.changes.len() <= limits::MAX_PAGE_CHANGES);
        numbers.extend(page.changes.iter().map(|change| change.seq));
        if !page.ends[0].more {
            break;
        }
    }
    assert_eq!((pages, numbers), (3, (1..=1200).collect::<Vec<_>>()));
    let mut request = there.request(space, vec![]);
    request.header.spaces[0].cursor = Some(0);
    request.header.max_bytes = Some(1);
    let page = there.ask(&server, &request).await.unwrap();
    assert_eq!(
        (
            page.changes.len(),
            page.ends[0].next_cursor,
            page.ends[0].more
        ),
        (1, 1, true)
    );
}

#[tokio::test]
async fn nothing_to_do_costs_less_than_a_kilobyte() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let changes = many(&device, space, 400);
    device.sync(&server, space, changes).await;
    let roster = device
        .sync(&server, space, vec![])
        .await
        .header
        .roster
        .unwrap();
    let mut request = device.request(space, vec![]);
    request.header.roster = roster.version;
    let body = request.encode();
    let response = server
        .send(device.post("/v1/sync", MEDIA_TYPE, body.clone()))
        .await;
    let (_, _, reply) = take(response).await;
    assert!(
        body.len() + reply.len() < 900,
        "{} up, {} down",
        body.len(),
        reply.len()
    );
}

#[tokio::test]
async fn a_server_put_back_from_an_older_backup_asks_for_everything_again() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let (id, document) = device.document();
    let changes = frames_of(space, id, &document);
    device.sync(&server, space, changes.clone()).await;
    server.log.start_new_logs(START_MS).unwrap();
    let synced = device
        .ask(&server, &device.request(space, vec![]))
        .await
        .unwrap();
    assert_eq!(synced.header.spaces[0].action, SpaceAction::Reset);
    assert!(synced.ends.is_empty());
    assert_ne!(synced.header.spaces[0].log_epoch, device.log_epoch);

    device.log_epoch = synced.header.spaces[0].log_epoch;
    device.cursor = 99;
    let ahead = device
        .ask(&server, &device.request(space, changes))
        .await
        .unwrap();
    assert_eq!(
        ahead.header.spaces[0].action,
        SpaceAction::Reset,
        "the cursor is beyond the log"
    );
    assert_eq!(
        ahead.outcomes,
        [Outcome::Duplicate { seq: 1 }],
        "offering again is harmless"
    );
}

#[tokio::test]
async fn what_reached_any_device_survives_an_older_backup_being_put_back() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let (mut here, there) = (
        server.device(space, Role::Writer).await,
        server.device(space, Role::Writer).await,
    );
    let (early_id, early) = here.document();
    here.sync(&server, space, frames_of(space, early_id, &early))
        .await;
    let backup = TempDir::new().unwrap();
    Log::back_up(
        server.folder.path(),
        &backup.path().join("buurtboek-server.sqlite"),
    )
    .unwrap();
    let (id, document) = here.document();
    here.sync(&server, space, frames_of(space, id, &document))
        .await;
    let held = there
        .ask(&server, &there.request(space, vec![]))
        .await
        .unwrap()
        .changes;
    assert_eq!(held.len(), 2);

    let restored = Server::on(backup);
    restored.log.start_new_logs(START_MS).unwrap();
    let synced = there
        .ask(&restored, &there.request(space, held.clone()))
        .await
        .unwrap();
    assert_eq!(
        synced.outcomes,
        [Outcome::Duplicate { seq: 1 }, Outcome::Ok { seq: 2 }],
        "also what another wrote"
    );

    restored.wait_ms(31 * DAY_MS);
    let (id, document) = here.document();
    let forged = there
        .ask(
            &restored,
            &there.request(space, frames_of(space, id, &document)),
        )
        .await
        .unwrap();
    assert_eq!(
        forged.outcomes,
        [Outcome::Refused(RefusalCode::Invalid)],
        "after that, everybody for themselves"
    );
}

/// Makes what the server holds of a document unreadable, as a bad sector does.
pub(crate) fn damage(server: &Server, document: Uuid) {
    let file = server.folder.path().join("buurtboek-server.sqlite");
    let connection = rusqlite::Connection::open(file).unwrap();
    let rows = connection
        .execute(
            "UPDATE document SET snapshot = zeroblob(length(snapshot)) WHERE id = ?1",
            [document.as_bytes()],
        )
        .unwrap();
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn a_document_that_is_damaged_on_the_server_keeps_no_other_change_from_going() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let (id, mut document) = device.document();
    let (sound, mut other) = device.document();
    let first = [
        frames_of(space, id, &document),
        frames_of(space, sound, &other),
    ]
    .concat();
    device.sync(&server, space, first).await;
    damage(&server, id);
    let edits = vec![
        frame(space, id, put(&mut document, "street", "Balistraat")),
        frame(space, sound, put(&mut other, "street", "Javastraat")),
    ];
    let synced = device.sync(&server, space, edits).await;
    assert_eq!(
        synced.outcomes,
        [
            Outcome::Refused(RefusalCode::Damaged),
            Outcome::Ok { seq: 3 }
        ]
    );
    assert_eq!(synced.ends[0].next_cursor, 3, "and the pull goes on");
}

#[tokio::test]
async fn a_change_that_comes_twice_while_the_right_is_lost_is_refused_twice() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let device = server.device(space, Role::Writer).await;
    let (one, other) = (device.document(), device.document());
    let mut push = frames_of(space, one.0, &one.1);
    push.push(push[0].clone());
    push.extend(frames_of(space, other.0, &other.1));
    let token = sync_server::secret::hash(&device.token);
    let known = server.log.device_of_token(&token).unwrap().unwrap();
    // Asked between two documents.
    let loses_its_right = || {
        let log = &server.log;
        log.set_role(device.member, space, None, START_MS).unwrap();
        true
    };
    let results = server
        .log
        .push_while(&known, &push, START_MS, loses_its_right)
        .unwrap();
    let outcomes: Vec<_> = results
        .iter()
        .map(|result| result.unwrap().outcome)
        .collect();
    assert_eq!(outcomes, [Outcome::Refused(RefusalCode::NoRight); 3]);
}
