//! Files that cannot be opened, or not yet: told apart, and left as they are.

use std::fs;

use serde_json::json;
use store::{DatabaseKey, Store, StoreError};

use crate::device::{Device, failed, key};

#[test]
fn a_file_of_a_newer_app_is_not_touched() {
    let device = Device::new(1);
    device
        .sql()
        .execute_batch("PRAGMA user_version = 99; PRAGMA application_id = 99")
        .unwrap();
    let path = device.path();
    let copy = path.with_extension("copy");
    // A copy without its log, as it stands on the disk of somebody who went back to an older app.
    device
        .sql()
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    fs::copy(&path, &copy).unwrap();
    let before = fs::read(&copy).unwrap();
    let error = failed(Store::open(&copy, key()));
    assert!(
        matches!(error, StoreError::Newer { needs: 99, .. }),
        "{error:?}"
    );
    assert!(fs::read(&copy).unwrap() == before, "the file was written");
}

#[test]
fn a_newer_file_that_says_older_apps_may_use_it_is_used() {
    let device = Device::new(1);
    let id = device.create(1, "contact", json!({ "name": "Kees" }));
    device
        .sql()
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    let device = device.reopened();
    assert_eq!(device.fields(id), json!({ "name": "Kees" }));
    let version: u32 = device
        .sql()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 99);
}

#[test]
fn another_key_opens_nothing() {
    let device = Device::new(1);
    let error = failed(Store::open(&device.path(), DatabaseKey::new([8; 32])));
    assert!(matches!(error, StoreError::Damaged(_)), "{error:?}");
}

#[test]
fn a_file_is_made_only_where_there_is_none_and_opened_only_where_there_is_one() {
    let device = Device::new(1);
    assert!(matches!(
        failed(Store::create(&device.path(), key())),
        StoreError::Exists
    ));
    let nowhere = device.path().with_file_name("nothing.sqlite");
    assert!(matches!(
        failed(Store::open(&nowhere, key())),
        StoreError::Absent
    ));
    assert!(!nowhere.exists());
    fs::write(&nowhere, "").unwrap();
    assert!(matches!(
        failed(Store::open(&nowhere, key())),
        StoreError::Empty
    ));
    assert_eq!(fs::read(&nowhere).unwrap(), b"");
    fs::write(
        &nowhere,
        "Beste lezer, dit is geen database maar een brief.".repeat(200),
    )
    .unwrap();
    assert!(matches!(
        failed(Store::open(&nowhere, key())),
        StoreError::Damaged(_)
    ));
}

#[test]
fn a_file_that_another_program_holds_is_in_use() {
    let device = Device::new(1);
    let path = device.path();
    let copy = path.with_extension("copy");
    device
        .sql()
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    fs::copy(&path, &copy).unwrap();
    let holder = crate::device::raw(&copy);
    holder
        .execute_batch("PRAGMA locking_mode = EXCLUSIVE; UPDATE space SET name = 'x'")
        .unwrap();
    let error = failed(Store::open(&copy, key()));
    assert!(matches!(error, StoreError::Locked), "{error:?}");
}
