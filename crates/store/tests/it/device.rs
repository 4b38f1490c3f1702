//! A database of one device, and the log by which devices exchange.

use std::path::PathBuf;

use chrono::{DateTime, Duration, Utc};
use domain::document::Stamp;
use domain::ids::{DeviceId, RecordId, SpaceId};
use domain::record::{Fields, kind};
use rusqlite::Connection;
use serde_json::Value;
use store::{
    Action, ArrivingChange, ArrivingDocument, Changes, DatabaseKey, OutgoingChange, PageEnd,
    Result, Space, Store, StoreError, Verdict,
};
use tempfile::TempDir;
use uuid::Uuid;

/// The space in which everything is.
pub(crate) const SPACE: SpaceId = SpaceId(Uuid::from_u128(0x5ace));

/// The moment of the first edit.
const START: &str = "2026-11-25T07:30:00Z";

/// A device with its database.
pub(crate) struct Device {
    folder: TempDir,
    pub(crate) store: Store,
    number: u8,
}

impl Device {
    pub(crate) fn new(number: u8) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("book.sqlite"), key()).unwrap();
        let device = Self {
            folder,
            store,
            number,
        };
        device.store.put_space(&space()).unwrap();
        device
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("book.sqlite")
    }

    /// The same file, opened again.
    pub(crate) fn reopened(self) -> Self {
        let Self {
            folder,
            store,
            number,
        } = self;
        drop(store);
        let store = Store::open(&folder.path().join("book.sqlite"), key()).unwrap();
        Self {
            folder,
            store,
            number,
        }
    }

    /// A copy of the database as it is now, as a backup or a copied phone holds it.
    pub(crate) fn copied(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("book.sqlite");
        self.sql()
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .unwrap();
        std::fs::copy(self.path(), &path).unwrap();
        Self {
            store: Store::open(&path, key()).unwrap(),
            folder,
            number: self.number,
        }
    }

    /// The file as SQL, beside the store.
    pub(crate) fn sql(&self) -> Connection {
        raw(&self.path())
    }

    pub(crate) fn stamp(&self) -> Stamp {
        self.stamp_at(0)
    }

    pub(crate) fn stamp_at(&self, minutes: i64) -> Stamp {
        let start: DateTime<Utc> = START.parse().unwrap();
        Stamp {
            actor: DeviceId([self.number; 8]).actor([1; 8]),
            at: start + Duration::minutes(minutes),
        }
    }

    pub(crate) fn act<T>(&self, action: impl FnOnce(&mut Action<'_>) -> Result<T>) -> (T, Changes) {
        self.store.transact(&self.stamp(), None, action).unwrap()
    }

    pub(crate) fn create(&self, number: u128, name: &str, fields: Value) -> RecordId {
        let id = RecordId(Uuid::from_u128(number));
        self.act(|action| action.create(id, kind(name).unwrap(), SPACE, &object(fields)));
        id
    }

    pub(crate) fn edit(&self, id: RecordId, fields: Value) -> bool {
        self.act(|action| action.edit(id, &object(fields))).0
    }

    pub(crate) fn undo(&self, stamp: &Stamp, name: &str, redo: &str) -> Result<Changes> {
        self.store.undo(stamp, name, redo, |_| Ok(()))
    }

    pub(crate) fn fields(&self, id: RecordId) -> Value {
        Value::Object(self.store.record(id).unwrap().unwrap().fields)
    }

    /// Everything that waits to be sent.
    pub(crate) fn outbox(&self) -> Vec<OutgoingChange> {
        self.store.outbox(0, u32::MAX, usize::MAX).unwrap().1
    }

    pub(crate) fn space(&self) -> Space {
        self.store.default_space().unwrap()
    }

    pub(crate) fn problems(&self) -> Vec<String> {
        self.store.verify().unwrap().problems
    }

    pub(crate) fn is_sound(&self) {
        assert_eq!(self.problems(), Vec::<String>::new());
    }

    /// Everything that lists and pages read.
    pub(crate) fn read_model(&self) -> Vec<Vec<String>> {
        let sql = self.sql();
        [
            "SELECT hex(id), kind, title, sort, fields, archived, unsent, refused, conflict, made_by, made_at, at,
                    last_at FROM record ORDER BY id",
            "SELECT hex(record.id), field, hex(target) FROM link JOIN record ON record.row = source ORDER BY 1, 2, 3",
            "SELECT hex(document), path, content FROM conflict ORDER BY 1, 2",
        ]
        .iter()
        .flat_map(|query| {
            let mut query = sql.prepare(query).unwrap();
            let columns = query.column_count();
            let rows = query.query_map([], |row| {
                (0..columns).map(|column| Ok(format!("{:?}", row.get_ref(column)?))).collect()
            });
            rows.unwrap().collect::<rusqlite::Result<Vec<_>>>().unwrap()
        })
        .collect()
    }
}

/// What a server would keep: changes in their order.
#[derive(Default)]
pub(crate) struct Log(pub(crate) Vec<ArrivingChange>);

impl Log {
    /// Takes in what a device has to send, and tells it the positions.
    pub(crate) fn take(&mut self, device: &Device) {
        let mut verdicts = Vec::new();
        for change in device.outbox() {
            let known = self
                .0
                .iter()
                .find(|known| known.bytes == change.bytes)
                .map(|known| known.seq);
            let seq = known.unwrap_or_else(|| {
                let seq = self.0.len() as u64 + 1;
                self.0.push(ArrivingChange {
                    epoch: 0,
                    document: change.document,
                    seq,
                    bytes: change.bytes,
                });
                seq
            });
            verdicts.push((change.document, change.hash, Verdict::Numbered(seq)));
        }
        device.store.take_verdicts(&verdicts, 0).unwrap();
    }

    /// Gives a device what it does not have yet.
    pub(crate) fn give(&self, device: &Device) -> Changes {
        let cursor = device.space().cursor;
        let page: Vec<_> = self
            .0
            .iter()
            .filter(|change| change.seq > cursor)
            .cloned()
            .collect();
        device
            .store
            .take_changes(SPACE, &page, self.end_from(cursor), &taking())
            .unwrap()
    }

    pub(crate) fn end(&self) -> PageEnd {
        self.end_from(0)
    }

    pub(crate) fn end_from(&self, from: u64) -> PageEnd {
        PageEnd {
            from,
            cursor: self.0.len() as u64,
            more: false,
            log_epoch: None,
        }
    }
}

/// Who makes edits again while something is taken in.
pub(crate) fn taking() -> Stamp {
    Stamp {
        actor: DeviceId([0xee; 8]).actor([1; 8]),
        at: DateTime::UNIX_EPOCH,
    }
}

/// A document as it stands on a device, to be handed to another.
pub(crate) fn whole(device: &Device, id: RecordId) -> ArrivingDocument {
    ArrivingDocument {
        document: id,
        bytes: device
            .store
            .snapshot(|book| book.document_bytes(id))
            .unwrap(),
    }
}

/// All devices have everything.
pub(crate) fn exchange(log: &mut Log, devices: &[&Device]) {
    for device in devices {
        log.take(device);
    }
    for device in devices {
        log.give(device);
    }
}

pub(crate) fn space() -> Space {
    Space {
        id: SPACE,
        name: "Buurtteam".to_owned(),
        kind: "team".to_owned(),
        role: "writer".to_owned(),
        is_default: true,
        cursor: 0,
        first_sync: false,
        first_done: 0,
        log_epoch: None,
        digest: 0,
    }
}

pub(crate) fn key() -> DatabaseKey {
    DatabaseKey::new([7; 32])
}

/// The file as SQL.
pub(crate) fn raw(path: &std::path::Path) -> Connection {
    let sql = Connection::open(path).unwrap();
    sql.pragma_update(None, "key", format!("x'{}'", "07".repeat(32)))
        .unwrap();
    sql
}

pub(crate) fn object(fields: Value) -> Fields {
    let Value::Object(fields) = fields else {
        panic!("fields are an object");
    };
    fields
}

pub(crate) fn failed<T: std::fmt::Debug>(result: Result<T>) -> StoreError {
    result.unwrap_err()
}
