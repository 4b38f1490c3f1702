//! A database that was restored or copied, and writes under an actor that went on elsewhere.

use std::collections::BTreeMap;

use admission::{Claim, Stored};
use automerge::Automerge;
use domain::document::Stamp;
use domain::ids::{DeviceId, RecordId};
use serde_json::json;
use store::{ArrivingDocument, PageEnd, Verdict};

use crate::device::{Device, SPACE};

/// A server that judges as the real one does, and hands out whole documents.
#[derive(Default)]
struct Server(BTreeMap<RecordId, Vec<u8>>);

impl Server {
    /// Takes what a device has to send. Returns the codes of what was refused.
    fn take(&mut self, device: &Device, number: u8) -> Vec<String> {
        let mut verdicts = Vec::new();
        for change in device.outbox() {
            let claim = Claim {
                document: change.document.0,
                device: Some([number; 8]),
            };
            let stored = Stored {
                snapshot: self.0.get(&change.document).map(Vec::as_slice),
                tail: &[],
            };
            let mut judged = admission::admit_all(stored, &claim, &[&change.bytes]).unwrap();
            if let Some(merged) = judged.merged {
                self.0.insert(change.document, merged.bytes);
            }
            let verdict = match judged.verdicts.remove(0) {
                Ok(_) => Verdict::Numbered(1),
                Err(refusal) => Verdict::Refused(match refusal.class() {
                    admission::Class::ActorFork => "actor_fork".to_owned(),
                    admission::Class::MissingDeps => "missing_deps".to_owned(),
                    admission::Class::TooBig | admission::Class::Invalid => "invalid".to_owned(),
                }),
            };
            verdicts.push((change.document, change.hash, verdict));
        }
        device.store.take_verdicts(&verdicts, 0).unwrap();
        let codes = verdicts
            .into_iter()
            .filter_map(|(_, _, verdict)| match verdict {
                Verdict::Refused(code) => Some(code),
                Verdict::Numbered(_) => None,
            });
        codes.collect()
    }

    /// Gives a device every document, if it asks for that.
    fn give(&self, device: &Device, stamp: &Stamp) {
        let page: Vec<_> = self
            .0
            .iter()
            .map(|(id, bytes)| ArrivingDocument {
                document: *id,
                bytes: bytes.clone(),
            })
            .collect();
        let end = PageEnd {
            from: 0,
            cursor: 9,
            more: false,
            log_epoch: None,
        };
        assert!(device.space().first_sync, "it asks for everything");
        device
            .store
            .take_documents(SPACE, &page, end, stamp)
            .unwrap();
    }
}

/// The stamp of a device in its second life.
fn second_life(device: &Device) -> Stamp {
    Stamp {
        actor: DeviceId([1; 8]).actor([2; 8]),
        ..device.stamp()
    }
}

#[test]
fn edits_of_a_restored_backup_are_made_again_and_none_is_lost() {
    let device = Device::new(1);
    let mut server = Server::default();
    let kees = device.create(
        1,
        "contact",
        json!({ "name": "Kees", "street": "Malakkastraat" }),
    );
    let note = device.create(2, "note", json!({ "text": "Bij de school." }));
    assert_eq!(server.take(&device, 1), Vec::<String>::new());
    let restored = device.copied();

    // What happened between the backup and the day it was put back.
    device.edit(kees, json!({ "street": "Balistraat" }));
    device.edit(note, json!({ "text": "Bij de school. Belt dinsdag." }));
    let later = device.create(3, "note", json!({ "text": "Later" }));
    assert_eq!(server.take(&device, 1), Vec::<String>::new());

    // And what is written after that.
    restored.edit(kees, json!({ "street": "Javastraat" }));
    restored.edit(kees, json!({ "town": "Utrecht" }));
    restored.edit(note, json!({ "text": "Om 08:20 bij de school." }));
    let unsent = restored.outbox();
    assert_eq!(
        server.take(&restored, 1),
        ["actor_fork", "missing_deps", "actor_fork"]
    );
    assert_eq!(restored.store.refused_count().unwrap(), 3);

    server.give(&restored, &second_life(&restored));
    assert_eq!(restored.store.refused_count().unwrap(), 0);
    assert!(
        restored
            .outbox()
            .iter()
            .all(|change| !unsent.contains(change))
    );
    assert_eq!(server.take(&restored, 1), Vec::<String>::new());
    restored.is_sound();

    assert_eq!(restored.fields(later)["text"], "Later");
    assert_eq!(
        restored.fields(note)["text"],
        "Om 08:20 bij de school. Belt dinsdag."
    );
    assert_eq!(restored.fields(kees)["town"], "Utrecht");
    let conflict = restored.store.conflicts(Some(kees)).unwrap().remove(0);
    let mut values: Vec<_> = conflict
        .conflict
        .values
        .iter()
        .map(|value| value.value.clone())
        .collect();
    values.sort_by_key(ToString::to_string);
    assert_eq!(values, ["Balistraat", "Javastraat"]);

    // The server and the device hold the same.
    for (id, bytes) in &server.0 {
        let mut theirs = Automerge::load(bytes).unwrap().get_heads();
        let ours = Automerge::load(
            &restored
                .store
                .snapshot(|book| book.document_bytes(*id))
                .unwrap(),
        )
        .unwrap();
        let mut ours = ours.get_heads();
        ours.sort();
        theirs.sort();
        assert_eq!(ours, theirs);
    }
}

#[test]
fn what_was_refused_stays_until_its_replay_is_kept() {
    let device = Device::new(1);
    let mut server = Server::default();
    let kees = device.create(1, "contact", json!({ "name": "Kees" }));
    server.take(&device, 1);
    let restored = device.copied();
    device.edit(kees, json!({ "town": "Utrecht" }));
    server.take(&device, 1);
    restored.edit(kees, json!({ "street": "Javastraat" }));
    server.take(&restored, 1);

    // The program ends here, and is started again.
    let restored = restored.reopened();
    assert_eq!(restored.store.refused().unwrap().len(), 1);
    assert_eq!(restored.fields(kees)["street"], "Javastraat");
    // More is written before the server's documents arrive.
    restored.edit(kees, json!({ "postcode": "3531 HM" }));
    assert_eq!(server.take(&restored, 1), ["missing_deps"]);
    server.give(&restored, &second_life(&restored));
    server.take(&restored, 1);
    assert_eq!(
        restored.fields(kees),
        json!({ "name": "Kees", "town": "Utrecht", "street": "Javastraat", "postcode": "3531 HM" })
    );
    assert_eq!(restored.outbox(), []);
    assert_eq!(restored.store.refused_count().unwrap(), 0);
    restored.is_sound();
}

#[test]
fn a_copied_device_whose_edits_fit_goes_on_as_it_was() {
    let device = Device::new(1);
    let mut server = Server::default();
    let kees = device.create(1, "contact", json!({ "name": "Kees" }));
    server.take(&device, 1);
    let copy = device.copied();
    let other = device.create(2, "note", json!({ "text": "Op het ene" }));
    server.take(&device, 1);
    copy.edit(kees, json!({ "town": "Utrecht" }));
    assert_eq!(server.take(&copy, 1), Vec::<String>::new());
    copy.store.start_over(SPACE).unwrap();
    server.give(&copy, &copy.stamp());
    assert_eq!(copy.fields(other)["text"], "Op het ene");
    copy.is_sound();
}
