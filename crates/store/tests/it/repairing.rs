//! A file of which pages are damaged, that was cut off, or that lost its journal: what can be read comes over.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use domain::ids::RecordId;
use serde_json::{Value, json};
use store::{Salvaged, Store, StoreError};
use tempfile::TempDir;

use crate::device::{Device, Log, SPACE, key, taking};

const PAGE: usize = 4096;

/// A book of many pages: most of it sent, the last notes only here.
struct Book {
    device: Device,
    log: Log,
    /// What stood in each record.
    all: BTreeMap<RecordId, Value>,
    unsent: Vec<RecordId>,
}

fn book() -> Book {
    let (device, mut log) = (Device::new(1), Log::default());
    let note = |number: u128| {
        let text = format!(
            "{} {number}",
            "De buurt praat over de oversteek bij school.".repeat(8)
        );
        device.create(number, "note", json!({ "text": text }))
    };
    let mut ids: Vec<RecordId> = (1..=40).map(note).collect();
    for round in 0..20 {
        device.edit(
            ids[3],
            json!({ "text": format!("Vaak veranderd, {round}") }),
        );
    }
    log.take(&device);
    let unsent: Vec<RecordId> = (41..=46).map(note).collect();
    ids.extend(&unsent);
    let all = ids.iter().map(|id| (*id, device.fields(*id))).collect();
    let book = Book {
        device,
        log,
        all,
        unsent,
    };
    book.to_one_file();
    book
}

impl Book {
    /// Nothing stands in the journal any more.
    fn to_one_file(&self) {
        self.device
            .sql()
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .unwrap();
    }
}

/// The file of the book, changed by `damage`, and what comes over from it.
fn repaired(book: &Book, damage: impl Fn(&mut Vec<u8>)) -> (TempDir, Result<Salvaged, StoreError>) {
    let folder = tempfile::tempdir().unwrap();
    let (damaged, fresh) = (folder.path().join("damaged"), folder.path().join("fresh"));
    let mut bytes = std::fs::read(book.device.path()).unwrap();
    damage(&mut bytes);
    std::fs::write(&damaged, &bytes).unwrap();
    let salvaged = store::salvage(&damaged, &fresh, &key());
    assert!(
        std::fs::read(&damaged).unwrap() == bytes,
        "the damaged file was changed"
    );
    (folder, salvaged)
}

/// The new book takes in what the server has; every record is then as it was, or was told to be lost.
fn is_whole_again(book: &Book, folder: &Path, salvaged: &Salvaged, what: &str) {
    let store = Store::open(&folder.join("fresh"), key()).unwrap();
    assert_eq!(store.default_space().unwrap().cursor, 0, "{what}");
    store
        .take_changes(SPACE, &book.log.0, book.log.end(), &taking())
        .unwrap();
    for (id, before) in &book.all {
        let now = store
            .record(*id)
            .unwrap()
            .map(|record| Value::Object(record.fields));
        let told = salvaged.unreadable.iter().any(|it| it.record == *id);
        if book.unsent.contains(id) && told {
            continue;
        }
        assert_eq!(now.as_ref(), Some(before), "{what}: {id}");
    }
    let findings = store.verify().unwrap();
    assert_eq!(findings.problems, Vec::<String>::new(), "{what}");
}

#[test]
fn whichever_page_is_overwritten_everything_is_here_again_or_told_to_be_lost() {
    let book = book();
    let pages =
        usize::try_from(std::fs::metadata(book.device.path()).unwrap().len()).unwrap() / PAGE;
    assert!(pages > 40, "{pages}");
    let schema = pages_of_schema(&book);
    let mut unreadable = 0;
    for page in 1..pages {
        let what = format!("page {} of {pages}", page + 1);
        let (folder, salvaged) = repaired(&book, |bytes| {
            bytes[page * PAGE..(page + 1) * PAGE].fill(0x55);
        });
        if schema.contains(&i64::try_from(page + 1).unwrap()) {
            assert!(
                matches!(salvaged, Err(StoreError::Damaged(_))),
                "{what}: {salvaged:?}"
            );
            continue;
        }
        let salvaged = salvaged.unwrap_or_else(|problem| panic!("{what}: {problem}"));
        unreadable += salvaged.unreadable.len();
        is_whole_again(&book, folder.path(), &salvaged, &what);
    }
    assert!(unreadable > 40, "{unreadable}");
}

/// The pages that say what tables there are: without one of them nothing can be found in the file.
fn pages_of_schema(book: &Book) -> Vec<i64> {
    pages_of(book, "sqlite_schema")
}

fn pages_of(book: &Book, table: &str) -> Vec<i64> {
    let sql = book.device.sql();
    let mut statement = sql
        .prepare("SELECT pageno FROM dbstat WHERE name = ?1")
        .unwrap();
    let pages = statement.query_map([table], |row| row.get(0)).unwrap();
    pages.map(Result::unwrap).collect()
}

#[test]
fn an_edit_of_which_nothing_tells_the_space_any_more_is_told_to_be_lost() {
    let book = book();
    book.device.store.settle().unwrap();
    book.to_one_file();
    let gone = [pages_of(&book, "document"), pages_of(&book, "record")].concat();
    let (folder, salvaged) = repaired(&book, |bytes| {
        for page in &gone {
            let end = usize::try_from(*page).unwrap() * PAGE;
            bytes[end - PAGE..end].fill(0x55);
        }
    });
    let salvaged = salvaged.unwrap();
    let lost: Vec<RecordId> = salvaged
        .unreadable
        .iter()
        .filter(|it| it.lost)
        .map(|it| it.record)
        .collect();
    assert_eq!(lost, book.unsent);
    is_whole_again(
        &book,
        folder.path(),
        &salvaged,
        "without documents and lists",
    );
}

#[test]
fn a_file_that_was_cut_off_gives_what_is_left() {
    let book = book();
    for eighth in 3..8 {
        let (folder, salvaged) = repaired(&book, |bytes| {
            bytes.truncate(bytes.len() / 8 * eighth / PAGE * PAGE + 100);
        });
        match salvaged {
            Ok(salvaged) => is_whole_again(
                &book,
                folder.path(),
                &salvaged,
                &format!("{eighth} eighths"),
            ),
            Err(StoreError::Damaged(_)) => {}
            Err(problem) => panic!("{problem}"),
        }
    }
}

#[test]
fn without_a_readable_first_page_nothing_comes_over_and_nothing_is_made() {
    let book = book();
    let (folder, salvaged) = repaired(&book, |bytes| bytes[..PAGE].fill(0));
    assert!(
        matches!(salvaged, Err(StoreError::Damaged(_))),
        "{salvaged:?}"
    );
    assert!(!folder.path().join("fresh").exists());
}

#[test]
fn a_sound_book_comes_over_whole_with_what_is_only_here() {
    let book = book();
    let (folder, salvaged) = repaired(&book, |_| {});
    let salvaged = salvaged.unwrap();
    assert_eq!(salvaged.records, 46);
    assert_eq!(salvaged.only_here, book.unsent);
    assert_eq!((salvaged.unreadable.len(), salvaged.torn.len()), (0, 0));
    is_whole_again(&book, folder.path(), &salvaged, "sound");
    let store = Store::open(&folder.path().join("fresh"), key()).unwrap();
    assert_eq!(store.outbox(0, u32::MAX, usize::MAX).unwrap().1.len(), 6);
}

#[test]
fn what_stands_in_the_journal_comes_over_too_and_stays_there() {
    let device = Device::new(1);
    device.create(1, "note", json!({ "text": "Alleen in het journaal" }));
    let folder = tempfile::tempdir().unwrap();
    let to = |name: &str| -> PathBuf { folder.path().join(name) };
    for end in ["", "-wal"] {
        let mut from = device.path().into_os_string();
        from.push(end);
        std::fs::copy(from, to(&format!("damaged{end}"))).unwrap();
    }
    let before = std::fs::read(to("damaged-wal")).unwrap();
    let salvaged = store::salvage(&to("damaged"), &to("fresh"), &key()).unwrap();
    assert_eq!(salvaged.records, 1);
    assert!(std::fs::read(to("damaged-wal")).unwrap() == before);
}
