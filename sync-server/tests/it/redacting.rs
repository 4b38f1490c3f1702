//! A document that begins anew leaves nothing of what came before, and only who may can begin it.

use automerge::Automerge;
use protocol::*;
use sync_server::log::Log;
use tempfile::TempDir;
use uuid::Uuid;

use crate::erasing::holding;
use crate::harness::*;
use crate::push::damage;

/// A name that stands nowhere else.
const NAME: &str = "Wilhelmijntje Quispel";

const SUPERSEDED: Outcome = Outcome::Refused(RefusalCode::EpochSuperseded);
const INVALID: Outcome = Outcome::Refused(RefusalCode::Invalid);
const NO_RIGHT: Outcome = Outcome::Refused(RefusalCode::NoRight);
const BEHIND: Outcome = Outcome::Refused(RefusalCode::Behind);

/// A server, a space, and a document that names her, made by a writer.
struct Scene {
    server: Server,
    space: Uuid,
    maker: TestDevice,
    id: Uuid,
    old: Automerge,
}

impl Scene {
    async fn new() -> Self {
        let server = Server::start();
        let space = server.space("Buurtteam");
        let mut maker = server.device(space, Role::Writer).await;
        let (id, mut old) = maker.document();
        put(&mut old, "met", &format!("{NAME} bij de oversteek"));
        put(&mut old, "street", "Balistraat");
        maker.sync(&server, space, frames_of(space, id, &old)).await;
        Self {
            server,
            space,
            maker,
            id,
            old,
        }
    }

    /// The document without her, by this device.
    fn anew(&self, device: &TestDevice) -> Automerge {
        device.anew(self.id, self.maker.id, &[("street", "Balistraat")])
    }

    async fn redact(&self, device: &TestDevice, epoch: u64, document: &Automerge) -> Outcome {
        device
            .redact(&self.server, self.space, self.id, (epoch, document))
            .await
    }

    fn files_with_her(&self) -> Vec<String> {
        holding(self.server.folder.path(), "Quispel")
    }

    /// A colleague who has everything.
    async fn colleague(&self, role: Role) -> TestDevice {
        let mut device = self.server.device(self.space, role).await;
        device.sync(&self.server, self.space, vec![]).await;
        device
    }
}

fn is_ok(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Ok { .. })
}

#[tokio::test]
async fn no_byte_of_what_came_before_stays_in_any_file() {
    let mut scene = Scene::new().await;
    let filler = many(&scene.maker, scene.space, 200);
    scene.maker.sync(&scene.server, scene.space, filler).await;
    assert!(!scene.files_with_her().is_empty());
    let anew = scene.anew(&scene.maker);
    assert_eq!(
        scene.redact(&scene.maker, 1, &anew).await,
        Outcome::Ok { seq: 204 }
    );
    assert_eq!(scene.files_with_her(), Vec::<String>::new());
    scene.server.log.close();
    assert_eq!(scene.files_with_her(), Vec::<String>::new());
}

#[tokio::test]
async fn a_damaged_document_begins_anew_and_one_that_did_says_so() {
    let scene = Scene::new().await;
    damage(&scene.server, scene.id);
    let anew = scene.anew(&scene.maker);
    assert!(is_ok(scene.redact(&scene.maker, 1, &anew).await));
    damage(&scene.server, scene.id);
    assert_eq!(
        scene.redact(&scene.maker, 1, &anew).await,
        Outcome::Refused(RefusalCode::Damaged)
    );
}

#[tokio::test]
async fn a_document_with_more_changes_than_a_page_begins_anew_as_a_whole() {
    let scene = Scene::new().await;
    let mut anew = scene.anew(&scene.maker);
    for number in 0..600 {
        put(&mut anew, "street", &format!("Balistraat {number}"));
    }
    assert!(is_ok(scene.redact(&scene.maker, 1, &anew).await));
    let mut colleague = scene.server.device(scene.space, Role::Writer).await;
    let synced = colleague.sync(&scene.server, scene.space, vec![]).await;
    let held = Automerge::load(&synced.snapshots[0].bytes).unwrap();
    assert_eq!(held.get_heads(), anew.get_heads());
}

#[tokio::test]
async fn every_device_gets_the_new_epoch_also_the_one_that_made_it() {
    let mut scene = Scene::new().await;
    let mut other = scene.colleague(Role::Writer).await;
    let anew = scene.anew(&scene.maker);
    scene.redact(&scene.maker, 1, &anew).await;
    let edit = put(&mut anew.clone(), "street", "Javastraat");
    let edit = ChangeFrame {
        epoch: 1,
        ..frame(scene.space, scene.id, edit)
    };
    let own = scene
        .maker
        .sync(&scene.server, scene.space, vec![edit])
        .await;
    let synced = other.sync(&scene.server, scene.space, vec![]).await;
    for synced in [own, synced] {
        let [snapshot] = synced.snapshots.as_slice() else {
            panic!("one document")
        };
        assert_eq!((snapshot.document, snapshot.epoch), (scene.id, 1));
        assert_eq!(snapshot.last_seq, 4);
        assert_eq!(
            Automerge::load(&snapshot.bytes)
                .unwrap()
                .get_changes(&[])
                .len(),
            2
        );
        assert!(synced.changes.iter().all(|change| change.epoch == 1));
        assert_eq!(synced.header.erased[0].member, Some(scene.maker.member));
    }
    let everything = SnapshotRequest {
        space: scene.space,
        since: 0,
        after: 0,
        max_bytes: None,
    };
    let page = other.snapshot(&scene.server, &everything).await.unwrap();
    assert_eq!(page.snapshots[0].epoch, 1);
    assert_eq!(page.header.erased[0].document, scene.id);
    let digest = page
        .snapshots
        .iter()
        .fold(Digest::default(), |digest, snapshot| {
            let document = Automerge::load(&snapshot.bytes).unwrap();
            document.get_heads().iter().fold(digest, |digest, head| {
                digest.plus(digest::head_part(&head.0))
            })
        });
    assert_eq!(page.ends[0].digest, digest);
}

#[tokio::test]
async fn a_late_edit_of_the_old_epoch_is_told_so_and_leaves_no_trace() {
    let mut scene = Scene::new().await;
    let mut other = scene.colleague(Role::Writer).await;
    let mut old = scene.old.fork().with_actor(other.actor(0));
    let late = put(&mut old, "met", &format!("{NAME} belde"));
    let anew = scene.anew(&scene.maker);
    scene.redact(&scene.maker, 1, &anew).await;
    let late = vec![frame(scene.space, scene.id, late)];
    let synced = other.sync(&scene.server, scene.space, late).await;
    assert_eq!(synced.outcomes, [SUPERSEDED]);
    let all = frames_of(scene.space, scene.id, &scene.old);
    let replayed = scene.maker.sync(&scene.server, scene.space, all).await;
    assert_eq!(
        replayed.outcomes, [SUPERSEDED; 3],
        "the old epoch offered again"
    );
    assert_eq!(scene.files_with_her(), Vec::<String>::new());
}

#[tokio::test]
async fn what_the_device_had_not_seen_is_not_thrown_away() {
    let mut scene = Scene::new().await;
    let mut other = scene.colleague(Role::Writer).await;
    let mut old = scene.old.fork().with_actor(other.actor(0));
    let edit = frame(scene.space, scene.id, put(&mut old, "phone", "06 12345678"));
    other.sync(&scene.server, scene.space, vec![edit]).await;
    let anew = scene.anew(&scene.maker);
    assert_eq!(scene.redact(&scene.maker, 1, &anew).await, BEHIND);
    scene.maker.log_epoch = Some(Uuid::now_v7());
    assert_eq!(scene.redact(&scene.maker, 1, &anew).await, BEHIND);
    scene.maker.log_epoch = other.log_epoch;
    scene.maker.sync(&scene.server, scene.space, vec![]).await;
    assert!(is_ok(scene.redact(&scene.maker, 1, &anew).await));
}

#[tokio::test]
async fn of_two_that_redact_at_once_one_is_first_and_the_other_goes_on_from_there() {
    let mut scene = Scene::new().await;
    let mut manager = scene.colleague(Role::Manager).await;
    let (one, two) = (scene.anew(&scene.maker), scene.anew(&manager));
    let first = scene.redact(&scene.maker, 1, &one).await;
    assert!(is_ok(first));
    assert_eq!(scene.redact(&manager, 1, &two).await, SUPERSEDED);
    let Outcome::Ok { seq } = first else {
        panic!("it was taken in")
    };
    assert_eq!(
        scene.redact(&scene.maker, 1, &one).await,
        Outcome::Duplicate { seq },
        "the reply was lost"
    );
    manager.sync(&scene.server, scene.space, vec![]).await;
    assert!(is_ok(scene.redact(&manager, 2, &two).await));
    assert_eq!(scene.redact(&scene.maker, 1, &one).await, SUPERSEDED);
    let synced = scene.maker.sync(&scene.server, scene.space, vec![]).await;
    assert_eq!(synced.snapshots.len(), 1, "only the newest is told");
    assert_eq!(synced.snapshots[0].epoch, 2);
}

#[tokio::test]
async fn only_who_may_erase_a_document_can_begin_it_anew() {
    let scene = Scene::new().await;
    let elsewhere = scene.server.space("Ander team");
    let mut stranger = scene.server.device(elsewhere, Role::Manager).await;
    stranger.sync(&scene.server, elsewhere, vec![]).await;
    for device in [
        &scene.colleague(Role::Writer).await,
        &scene.colleague(Role::Reader).await,
        &stranger,
    ] {
        let anew = scene.anew(device);
        assert_eq!(scene.redact(device, 1, &anew).await, NO_RIGHT);
    }
    let anew = scene.anew(&stranger);
    let by_own_space = stranger
        .redact(&scene.server, elsewhere, scene.id, (1, &anew))
        .await;
    assert_eq!(by_own_space, INVALID, "naming a space of one's own");
    assert!(!scene.files_with_her().is_empty(), "nothing happened");
    let manager = scene.colleague(Role::Manager).await;
    let anew = scene.anew(&manager);
    assert!(is_ok(scene.redact(&manager, 1, &anew).await));
}

#[tokio::test]
async fn epochs_go_up_by_one_and_only_by_asking_for_it() {
    let mut scene = Scene::new().await;
    let anew = scene.anew(&scene.maker);
    for epoch in [
        2,
        3,
        MAX_AHEAD,
        u64::from(u32::MAX),
        i64::MAX as u64,
        u64::MAX,
    ] {
        assert_eq!(scene.redact(&scene.maker, epoch, &anew).await, INVALID);
    }
    assert_eq!(scene.redact(&scene.maker, 0, &anew).await, SUPERSEDED);
    let (fresh, document) = scene.maker.document();
    for epoch in [1, u64::MAX] {
        for (id, document) in [(scene.id, &anew), (fresh, &document)] {
            let mut pushed = frames_of(scene.space, id, document);
            pushed.iter_mut().for_each(|change| change.epoch = epoch);
            let synced = scene.maker.sync(&scene.server, scene.space, pushed).await;
            assert_eq!(
                synced.outcomes,
                [INVALID],
                "by the door of ordinary changes"
            );
        }
    }
    assert!(!scene.files_with_her().is_empty(), "nothing happened");
}

/// One more than a server that was put back allows.
const MAX_AHEAD: u64 = limits::MAX_EPOCHS_AHEAD + 1;

#[tokio::test]
async fn a_new_epoch_passes_the_whole_gate() {
    let scene = Scene::new().await;
    let manager = scene.colleague(Role::Manager).await;
    let in_anothers_name = scene.anew(&scene.maker);
    let another_document = manager.anew(Uuid::now_v7(), scene.maker.id, &[]);
    let takes_the_making = manager.anew(scene.id, manager.id, &[]);
    let (_, says_no_maker) = manager.document();
    for document in [
        &in_anothers_name,
        &another_document,
        &takes_the_making,
        &says_no_maker,
    ] {
        assert_eq!(scene.redact(&manager, 1, document).await, INVALID);
    }
    let mut whole = scene.old.fork().with_actor(manager.actor(0));
    put(&mut whole, "street", "Javastraat");
    assert_eq!(
        scene.redact(&manager, 1, &whole).await,
        INVALID,
        "the history of others is not a beginning"
    );
    assert!(!scene.files_with_her().is_empty(), "nothing happened");
}

#[tokio::test]
async fn what_was_erased_does_not_begin_anew() {
    let scene = Scene::new().await;
    let anew = scene.anew(&scene.maker);
    scene
        .maker
        .erase(&scene.server, scene.space, &[scene.id])
        .await;
    let outcome = scene.redact(&scene.maker, 1, &anew).await;
    assert_eq!(outcome, Outcome::Refused(RefusalCode::Erased));
    let never = Uuid::now_v7();
    let anew = scene.maker.anew(never, scene.maker.id, &[]);
    let outcome = scene
        .maker
        .redact(&scene.server, scene.space, never, (1, &anew))
        .await;
    assert_eq!(outcome, INVALID);
}

#[tokio::test]
async fn who_made_it_may_still_erase_it_in_a_later_epoch() {
    let mut scene = Scene::new().await;
    let manager = scene.colleague(Role::Manager).await;
    let anew = scene.anew(&manager);
    assert!(is_ok(scene.redact(&manager, 1, &anew).await));
    let colleague = scene.colleague(Role::Writer).await;
    let ids = [scene.id];
    assert_eq!(
        colleague.erase(&scene.server, scene.space, &ids).await,
        [NO_RIGHT]
    );
    scene.maker.sync(&scene.server, scene.space, vec![]).await;
    let erased = scene.maker.erase(&scene.server, scene.space, &ids).await;
    assert!(is_ok(erased[0]));
    let mut late = scene.colleague(Role::Writer).await;
    let synced = late.sync(&scene.server, scene.space, vec![]).await;
    assert_eq!((synced.snapshots.len(), synced.tombstones.len()), (0, 0));
}

#[tokio::test]
async fn the_report_counts_the_devices_that_began_anew_too() {
    let mut scene = Scene::new().await;
    let mut other = scene.colleague(Role::Manager).await;
    let anew = scene.anew(&scene.maker);
    scene.redact(&scene.maker, 1, &anew).await;
    for device in [&mut scene.maker, &mut other] {
        device.sync(&scene.server, scene.space, vec![]).await;
        device.sync(&scene.server, scene.space, vec![]).await;
    }
    let told = &other.erasures(&scene.server, scene.space).await[0];
    assert_eq!((told.epoch, told.devices, told.done), (Some(1), 2, 2));
}

#[tokio::test]
async fn a_restored_backup_redacts_again_and_takes_the_epoch_from_who_has_it() {
    let mut scene = Scene::new().await;
    let mut other = scene.colleague(Role::Writer).await;
    let elsewhere = TempDir::new().unwrap();
    let backup = elsewhere.path().join("backup.sqlite");
    Log::back_up(scene.server.folder.path(), &backup).unwrap();
    let anew = scene.anew(&scene.maker);
    scene.redact(&scene.maker, 1, &anew).await;
    let now_ms = scene.server.now_ms();
    let folder = scene.server.stopped();
    Log::restore(folder.path(), &backup, now_ms).unwrap();
    assert_eq!(holding(folder.path(), "Quispel"), Vec::<String>::new());
    let server = Server::on(folder);
    // Who has the old epoch hears that it is over, and cannot bring it back.
    let everything = SnapshotRequest {
        space: scene.space,
        since: 0,
        after: 0,
        max_bytes: None,
    };
    let page = other.snapshot(&server, &everything).await.unwrap();
    let [told] = page.snapshots.as_slice() else {
        panic!("one epoch without its document")
    };
    assert_eq!(
        (told.document, told.epoch, told.bytes.len()),
        (scene.id, 1, 0)
    );
    other.cursor = page.ends[0].next_cursor;
    other.log_epoch = page.header.spaces[0].log_epoch;
    let old = frames_of(scene.space, scene.id, &scene.old);
    let synced = other.sync(&server, scene.space, old).await;
    assert_eq!(synced.outcomes, [SUPERSEDED; 3]);
    // Who has the new one brings it.
    let outcome = scene
        .maker
        .redact(&server, scene.space, scene.id, (1, &anew))
        .await;
    assert!(matches!(outcome, Outcome::Duplicate { .. }));
    let mut pushed = frames_of(scene.space, scene.id, &anew);
    pushed[0].epoch = 1;
    scene.maker.cursor = 0;
    scene.maker.log_epoch = None;
    let request = scene.maker.request(scene.space, pushed);
    let synced = scene.maker.ask(&server, &request).await.unwrap();
    assert!(is_ok(synced.outcomes[0]));
    let synced = other.sync(&server, scene.space, vec![]).await;
    assert_eq!(
        (synced.changes[0].document, synced.changes[0].epoch),
        (scene.id, 1)
    );
}

#[tokio::test]
async fn after_a_restore_without_its_ledger_whoever_knows_the_epoch_brings_it() {
    let scene = Scene::new().await;
    let colleague = scene.colleague(Role::Writer).await;
    let anew = scene.anew(&scene.maker);
    assert_eq!(scene.redact(&colleague, 3, &anew).await, NO_RIGHT);
    scene
        .server
        .log
        .start_new_logs(scene.server.now_ms())
        .unwrap();
    assert_eq!(scene.redact(&colleague, MAX_AHEAD, &anew).await, INVALID);
    assert!(is_ok(scene.redact(&colleague, 3, &anew).await));
    assert_eq!(scene.files_with_her(), Vec::<String>::new());
}
