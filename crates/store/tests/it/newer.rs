//! Records that a newer app wrote: kept, passed on, and never in the way.

use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{Automerge, ROOT};
use domain::Rejection;
use domain::document::DocumentError;
use domain::ids::RecordId;
use serde_json::json;
use store::{ArrivingChange, StoreError};
use uuid::Uuid;

use crate::device::{Device, Log, SPACE, failed, object, taking};

/// The first change of a record as a newer app would write it.
fn written(id: u128, kind: &str, schema: u64) -> (RecordId, Vec<u8>) {
    let id = RecordId(Uuid::from_u128(id));
    let mut document = Automerge::new().with_actor(Device::new(9).stamp().actor);
    document
        .transact_with(
            |()| CommitOptions::default().with_time(0),
            |tx| {
                tx.put(ROOT, "id", id.to_string())?;
                tx.put(ROOT, "kind", kind)?;
                tx.put(ROOT, "schema", schema)?;
                tx.put(ROOT, "name", "Kees")?;
                tx.put(ROOT, "aura", "blauw")
            },
        )
        .map_err(|failure| failure.error)
        .unwrap();
    (
        id,
        document
            .get_last_local_change()
            .unwrap()
            .raw_bytes()
            .to_vec(),
    )
}

fn arrives(device: &Device, id: RecordId, bytes: Vec<u8>) -> Log {
    let log = Log(vec![ArrivingChange {
        epoch: 0,
        document: id,
        seq: 1,
        bytes,
    }]);
    log.give(device);
    assert_eq!(device.store.refused_count().unwrap(), 0);
    log
}

#[test]
fn a_kind_that_is_not_known_here_is_kept_and_does_not_stand_in_the_way() {
    let device = Device::new(1);
    let (id, bytes) = written(1, "planet", 1);
    let log = arrives(&device, id, bytes);
    assert_eq!(device.store.record(id).unwrap(), None);
    device.is_sound();
    let digest = device.space().digest;
    assert_ne!(digest, 0, "it counts in what device and server compare");

    // The same page, a rebuild and a start over leave it as it is.
    device
        .store
        .take_changes(SPACE, &log.0, log.end(), &taking())
        .unwrap();
    assert_eq!(device.store.rebuild().unwrap(), 0);
    device.store.start_over(SPACE).unwrap();
    assert_eq!(device.outbox().len(), 1);
    assert_eq!(
        (device.space().digest, device.outbox()[0].bytes.clone()),
        (digest, log.0[0].bytes.clone())
    );
    device.is_sound();
}

#[test]
fn a_whole_document_of_an_unknown_kind_can_come_twice() {
    let device = Device::new(1);
    let (id, bytes) = written(1, "planet", 1);
    let mut document = Automerge::new();
    document
        .apply_changes([automerge::Change::from_bytes(bytes).unwrap()])
        .unwrap();
    let page = [store::ArrivingDocument {
        document: id,
        bytes: document.save_nocompress(),
    }];
    for _ in 0..2 {
        device
            .store
            .take_documents(SPACE, &page, Log::default().end(), &device.stamp())
            .unwrap();
        assert_eq!(device.store.refused_count().unwrap(), 0);
        device.is_sound();
    }
}

#[test]
fn a_record_of_a_newer_schema_is_shown_and_not_changed() {
    let device = Device::new(1);
    let (id, bytes) = written(1, "contact", 99);
    let log = arrives(&device, id, bytes);
    assert_eq!(device.fields(id), json!({ "name": "Kees" }));
    let refused = |result: store::Result<bool>| {
        let error = failed(result);
        let newer = matches!(
            &error,
            StoreError::Document(DocumentError::Rejected(Rejection::NewerSchema {
                schema: 99
            }))
        );
        assert!(newer, "{error:?}");
    };
    let act = |edit: &dyn Fn(&mut store::Action<'_>) -> store::Result<bool>| {
        device
            .store
            .transact(&device.stamp(), None, |action| edit(action))
            .map(|(changed, _)| changed)
    };
    refused(act(&|action| {
        action.edit(id, &object(json!({ "name": "Cees" })))
    }));
    refused(act(&|action| action.settle(id, "name", &json!("Cees"))));
    assert_eq!(device.outbox(), []);

    // What this app does not know goes along untouched.
    let other = Device::new(2);
    log.give(&other);
    assert_eq!(
        other
            .store
            .snapshot(|book| book.document_bytes(id))
            .unwrap(),
        device
            .store
            .snapshot(|book| book.document_bytes(id))
            .unwrap()
    );
}

#[test]
fn fields_that_are_not_known_here_survive_an_edit() {
    let device = Device::new(1);
    let (id, bytes) = written(1, "contact", 1);
    arrives(&device, id, bytes);
    device.edit(id, json!({ "name": "Cees" }));
    let document = Automerge::load(
        &device
            .store
            .snapshot(|book| book.document_bytes(id))
            .unwrap(),
    )
    .unwrap();
    let (aura, _) = automerge::ReadDoc::get(&document, ROOT, "aura")
        .unwrap()
        .unwrap();
    assert_eq!(aura.into_string().unwrap(), "blauw");
    device.is_sound();
}
