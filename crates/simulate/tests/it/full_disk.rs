//! What a full disk does to reading.

use std::path::Path;
use std::sync::{Arc, PoisonError};

use app::api::{AuditQuery, DeviceInit, DeviceUnlock, Export, Nothing, RecordId, RecordPut};
use app::{App, KeyCost, Surroundings, System};
use chrono::{DateTime, Utc};
use serde_json::json;
use simulate::disk::{self, Trouble};

use crate::histories::ALONE;

const PASSPHRASE: &str = "zonnebloem op de stoep";

/// The real clock and dice, and a key that is quickly tried.
struct Quick;

impl Surroundings for Quick {
    fn now(&self) -> DateTime<Utc> {
        System.now()
    }

    fn random(&self, bytes: &mut [u8]) {
        System.random(bytes);
    }

    fn has_key_store(&self) -> bool {
        false
    }

    fn key_cost(&self) -> KeyCost {
        KeyCost {
            memory_kib: 8,
            passes: 1,
        }
    }
}

struct Book {
    app: App,
    names: Vec<String>,
}

/// A book with two people in it.
fn book(folder: &Path) -> Book {
    disk::install();
    let app = App::new(folder, Arc::new(Quick)).unwrap().only_when_asked();
    app.device_init(DeviceInit {
        passphrase: PASSPHRASE.to_owned(),
        name: "Noor".to_owned(),
        language: "nl".to_owned(),
    })
    .unwrap();
    let names = ["Fatima el Amrani", "Kees Bakker"];
    let names = names.map(|name| put(&app, name).unwrap()).to_vec();
    Book { app, names }
}

fn put(app: &App, name: &str) -> app::Result<String> {
    let saved = app.record_put(RecordPut {
        kind: "contact".to_owned(),
        id: None,
        fields: serde_json::from_value(json!({ "name": name })).unwrap(),
        seen: None,
    })?;
    Ok(saved.id)
}

impl Book {
    fn reads(&self, person: usize) {
        let id = self.names[person].clone();
        self.app.contact_get(RecordId { id }).unwrap();
    }

    /// Whose page was opened, by what is written down.
    fn written(&self) -> Vec<String> {
        let query = AuditQuery {
            record: None,
            offset: 0,
            limit: 50,
        };
        let lines = self.app.audit_list(query).unwrap().rows.into_iter();
        let mut opened: Vec<_> = lines
            .filter(|line| line.action == "opened")
            .map(|line| line.record.unwrap().title)
            .collect();
        opened.sort();
        opened
    }
}

#[test]
fn a_page_opens_on_a_full_disk_and_its_line_is_written_when_there_is_room() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let book = book(folder.path());
    disk::plan(folder.path(), 0, Trouble::Full);
    assert_eq!(put(&book.app, "Sanne").unwrap_err().code, "disk_full");
    book.reads(0);
    book.reads(1);
    book.reads(0);
    assert_eq!(book.written(), Vec::<String>::new());
    // What leaves the app does not leave it without its line.
    let export = book.app.export_text(&Export::of("vcard"));
    assert_eq!(export.unwrap_err().code, "disk_full");

    disk::calm(folder.path());
    put(&book.app, "Sanne").unwrap();
    assert_eq!(book.written(), ["Fatima el Amrani", "Kees Bakker"]);
    book.reads(0);
    assert_eq!(book.written().len(), 2, "one visit");
}

#[test]
fn what_was_read_on_a_full_disk_outlives_the_lock() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let book = book(folder.path());
    disk::plan(folder.path(), 0, Trouble::Full);
    book.reads(1);
    book.app.device_lock(Nothing {}).unwrap();
    disk::calm(folder.path());
    let passphrase = PASSPHRASE.to_owned();
    book.app.device_unlock(DeviceUnlock { passphrase }).unwrap();
    assert_eq!(book.written(), ["Kees Bakker"]);
}

#[test]
fn a_program_that_ends_in_order_writes_what_it_still_holds() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let Book { app, names } = book(folder.path());
    disk::plan(folder.path(), 0, Trouble::Full);
    let id = names[0].clone();
    app.contact_get(RecordId { id }).unwrap();
    disk::calm(folder.path());
    drop(app);
    let app = App::new(folder.path(), Arc::new(Quick)).unwrap();
    let passphrase = PASSPHRASE.to_owned();
    app.device_unlock(DeviceUnlock { passphrase }).unwrap();
    let book = Book { app, names };
    assert_eq!(book.written(), ["Fatima el Amrani"]);
}
