//! A disk that fills up while the file is brought to the format of today: the file stays what it was, and the same app opens
//! it once there is room.

use std::path::Path;

use serde_json::json;
use store::Store;
use testkit::disk::SmallDisk;

use crate::device::{Device, key, raw};

const BOOK: &str = "BUURTBOEK_TEST_MIGRATE";

/// The formats that came first, of which the later ones write most.
const FIRST: [&str; 5] = [
    include_str!("../../migrations/0001_documents.sql"),
    include_str!("../../migrations/0002_read_model.sql"),
    include_str!("../../migrations/0003_scratch.sql"),
    include_str!("../../migrations/0004_erasure.sql"),
    include_str!("../../migrations/0005_audit.sql"),
];

/// A book of an early format with what is in this one.
fn early(device: &Device, path: &Path) {
    let early = raw(path);
    early.pragma_update(None, "journal_mode", "WAL").unwrap();
    for migration in FIRST {
        early.execute_batch(migration).unwrap();
    }
    early
        .pragma_update(None, "user_version", FIRST.len() as u32)
        .unwrap();
    early.pragma_update(None, "application_id", 4).unwrap();
    let key = hex::encode(key().as_slice());
    let attach = format!(
        "ATTACH '{}' AS today KEY \"x'{key}'\"",
        device.path().display()
    );
    early.execute_batch(&attach).unwrap();
    for table in ["meta", "space", "document", "change", "undo", "record"] {
        let names = |schema: &str| -> Vec<String> {
            let sql = "SELECT name FROM pragma_table_info(?1, ?2)";
            let mut statement = early.prepare(sql).unwrap();
            let names = statement.query_map([table, schema], |row| row.get(0));
            names.unwrap().collect::<rusqlite::Result<_>>().unwrap()
        };
        let (then, now) = (names("main"), names("today"));
        let both: Vec<_> = then.into_iter().filter(|name| now.contains(name)).collect();
        let both = both.join(", ");
        let copy = format!("INSERT INTO main.{table} ({both}) SELECT {both} FROM today.{table}");
        early.execute_batch(&copy).unwrap();
    }
    early.execute_batch("DETACH today").unwrap();
}

/// Opens the book in a process of its own, so that the end of the disk can be that process's own: what the app of today
/// says of it.
fn open_on(disk: &SmallDisk, path: &Path) -> String {
    let output = disk
        .command(std::env::current_exe().unwrap())
        .args([
            "full_disk::opens_what_it_is_told_to",
            "--exact",
            "--nocapture",
        ])
        .env(BOOK, path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = said.lines().find_map(|line| line.split("opened: ").nth(1));
    line.unwrap_or(&said).to_owned()
}

/// The process of `open_on`; in an ordinary run it opens nothing.
#[test]
fn opens_what_it_is_told_to() {
    if let Some(path) = std::env::var_os(BOOK) {
        let opened = Store::open(Path::new(&path), key());
        println!("opened: {:?}", opened.map(drop));
    }
}

fn version(path: &Path) -> u32 {
    raw(path)
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap()
}

#[test]
fn a_disk_that_fills_up_during_a_migration_leaves_a_book_that_opens_once_there_is_room() {
    let device = Device::new(1);
    for number in 1..=80 {
        let text = format!(
            "Notitie {number}: {}",
            "de oversteek bij de school. ".repeat(60)
        );
        device.create(number, "note", json!({ "text": text }));
    }
    // An early format knows no edits that wait.
    device.store.settle().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut disk = SmallDisk::over(&folder.path().join("disk"), 16 * 1024).unwrap();
    println!("the disk is small by: {:?}", disk.way());
    let path = disk.folder().join("book.sqlite");
    early(&device, &path);
    let mut before = version(&path);
    let mut refused = 0;
    for free in (0..4_000).step_by(60) {
        disk.leave_free(free).unwrap();
        let said = open_on(&disk, &path);
        disk.resize(16 * 1024).unwrap();
        let now = version(&path);
        assert!(now >= before, "{said}: from {before} to {now}");
        before = now;
        let sound: String = raw(&path)
            .query_row("PRAGMA integrity_check", [], |row| row.get(0))
            .unwrap();
        assert_eq!(sound, "ok");
        if said == "Ok(())" {
            break;
        }
        refused += 1;
        let full = ["Err(DiskFull)", "Err(Sqlite("];
        assert!(full.iter().any(|full| said.starts_with(full)), "{said}");
    }
    assert!(refused > 0, "it was full at least once");
    let store = Store::open(&path, key()).unwrap();
    assert_eq!(store.rebuild().unwrap(), 80);
    assert_eq!(store.verify().unwrap().problems, Vec::<String>::new());
}
