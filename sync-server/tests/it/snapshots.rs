//! A new device fetches whole documents, page by page.

use std::collections::BTreeMap;

use protocol::digest::of_heads;
use protocol::*;
use uuid::Uuid;

use crate::harness::*;

#[tokio::test]
async fn pages_can_be_resumed_while_others_write_and_nothing_is_skipped() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut here = server.device(space, Role::Writer).await;
    let (early_id, mut early) = here.document();
    here.sync(&server, space, frames_of(space, early_id, &early))
        .await;
    let changes = many(&here, space, 300);
    here.sync(&server, space, changes).await;

    let mut fresh = server.device(space, Role::Writer).await;
    let mut request = SnapshotRequest {
        space,
        since: 0,
        after: 0,
        max_bytes: Some(20_000),
    };
    let mut held = BTreeMap::new();
    let mut remaining = u64::MAX;
    let mut edits = 0;
    let end = loop {
        let page = fresh.snapshot(&server, &request).await.unwrap();
        for snapshot in page.snapshots {
            held.insert(snapshot.document, snapshot.bytes);
        }
        let end = page.ends[0];
        assert!(
            end.remaining.unwrap() <= remaining,
            "the progress bar goes forward"
        );
        if !end.more {
            assert_eq!(end.remaining, Some(0));
            break end;
        }
        request.after = end.next_cursor;
        remaining = end.remaining.unwrap() + 2;
        if edits < 3 {
            edits += 1;
            let change = put(&mut early, "name", &format!("edit {edits}"));
            let (id, late) = here.document();
            let mut pushed = vec![frame(space, early_id, change)];
            pushed.extend(frames_of(space, id, &late));
            here.sync(&server, space, pushed).await;
        }
    };
    assert_eq!(held.len(), 304);
    let heads: Vec<[u8; 32]> = held
        .iter()
        .flat_map(|(id, bytes)| admission::admit_snapshot(bytes.clone(), *id).unwrap().heads)
        .collect();
    assert_eq!(
        of_heads(&heads),
        end.digest,
        "everything is held, in its newest form"
    );

    fresh.cursor = end.next_cursor;
    let change = put(&mut early, "name", "after the snapshots");
    here.sync(&server, space, vec![frame(space, early_id, change)])
        .await;
    fresh.log_epoch = here.log_epoch;
    assert_eq!(
        fresh.sync(&server, space, vec![]).await.changes.len(),
        1,
        "the log goes on from there"
    );
}

#[tokio::test]
async fn only_what_changed_since_is_sent() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let changes = many(&device, space, 10);
    device.sync(&server, space, changes).await;
    let since = |since, after| SnapshotRequest {
        space,
        since,
        after,
        max_bytes: None,
    };
    let numbers = |page: Synced| {
        page.snapshots
            .iter()
            .map(|snapshot| snapshot.last_seq)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        numbers(device.snapshot(&server, &since(8, 0)).await.unwrap()),
        [9, 10]
    );
    assert_eq!(
        numbers(device.snapshot(&server, &since(2, 9)).await.unwrap()),
        [10]
    );
    let nothing = device.snapshot(&server, &since(10, 0)).await.unwrap();
    assert_eq!(
        (nothing.ends[0].next_cursor, nothing.ends[0].more),
        (10, false)
    );
}

#[tokio::test]
async fn a_space_that_nobody_ever_wrote_in_is_a_page_too() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut device = server.device(space, Role::Writer).await;
    let request = SnapshotRequest {
        space,
        since: 0,
        after: 0,
        max_bytes: None,
    };
    let page = device.snapshot(&server, &request).await.unwrap();
    assert_eq!(
        (
            page.ends[0].next_cursor,
            page.ends[0].digest,
            page.ends[0].more
        ),
        (0, Digest(0), false)
    );
    assert_eq!(
        device.sync(&server, space, vec![]).await.ends[0].next_cursor,
        0
    );
}

/// Each tombstone also stands in the header of its page, which is much shorter than a page.
#[tokio::test]
async fn a_new_device_hears_of_however_many_were_erased_in_a_row() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut here = server.device(space, Role::Writer).await;
    let mut erased: Vec<Uuid> = (0..3_000).map(|_| Uuid::now_v7()).collect();
    for of_one in erased.chunks(1_000) {
        let device = server.device(space, Role::Writer).await;
        for some in of_one.chunks(500) {
            device.erase(&server, space, some).await;
        }
    }
    let changes = many(&here, space, 3);
    here.sync(&server, space, changes).await;
    let fresh = server.device(space, Role::Writer).await;
    let mut request = SnapshotRequest {
        space,
        since: 0,
        after: 0,
        max_bytes: None,
    };
    let (mut heard, mut documents) = (Vec::new(), 0);
    loop {
        let page = fresh.snapshot(&server, &request).await.unwrap();
        assert_eq!(page.header.erased.len(), page.tombstones.len());
        heard.extend(page.tombstones.iter().map(|tombstone| tombstone.document));
        documents += page.snapshots.len();
        let end = page.ends[0];
        let left = 3_003 - heard.len() - documents;
        assert_eq!(end.remaining, Some(left as u64));
        if !end.more {
            break;
        }
        request.after = end.next_cursor;
    }
    heard.sort_unstable();
    erased.sort_unstable();
    assert_eq!((heard, documents), (erased, 3));
}

#[tokio::test]
async fn five_thousand_documents_are_less_than_a_megabyte_down() {
    let server = Server::start();
    let space = server.space("Buurtteam");
    let mut here = server.device(space, Role::Writer).await;
    for _ in 0..10 {
        let changes = many(&here, space, 500);
        here.sync(&server, space, changes).await;
    }
    let fresh = server.device(space, Role::Writer).await;
    let mut request = SnapshotRequest {
        space,
        since: 0,
        after: 0,
        max_bytes: None,
    };
    let (mut down, mut documents) = (0, 0);
    loop {
        let mut post = fresh.post(
            "/v1/snapshot",
            "application/json",
            serde_json::to_vec(&request).unwrap(),
        );
        post.headers_mut()
            .insert("accept-encoding", "zstd".parse().unwrap());
        let response = server.send(post).await;
        assert_eq!(response.headers()["content-encoding"], "zstd");
        let body = axum::body::to_bytes(response.into_body(), usize::MAX)
            .await
            .unwrap();
        down += body.len();
        let frames = ReplyFrame::decode_all(&zstd::decode_all(&body[..]).unwrap()).unwrap();
        documents += frames
            .iter()
            .filter(|frame| matches!(frame, ReplyFrame::Snapshot(_)))
            .count();
        let end = frames.iter().find_map(|frame| {
            if let ReplyFrame::SpaceEnd(end) = frame {
                Some(*end)
            } else {
                None
            }
        });
        let end = end.unwrap();
        if !end.more {
            break;
        }
        request.after = end.next_cursor;
    }
    assert_eq!(documents, 5_000);
    assert!(down < 1_000_000, "{down} bytes");
}
