//! One record on the devices of several people.

use chrono::{DateTime, Duration, Utc};
use domain::Rejection;
use domain::document::{Conflict, Document, DocumentError, Stamp};
use domain::ids::{DeviceId, RecordId};
use domain::record::{Fields, kind};
use serde_json::Value;
use uuid::Uuid;

/// The record of every test.
pub(crate) const ID: RecordId = RecordId(Uuid::from_u128(1));

/// Who writes, and how many minutes after half past seven.
pub(crate) fn stamp(device: u8, minutes: i64) -> Stamp {
    let start: DateTime<Utc> = "2026-11-25T07:30:00Z".parse().unwrap();
    Stamp {
        actor: DeviceId([device; 8]).actor([1; 8]),
        at: start + Duration::minutes(minutes),
    }
}

/// A copy with the changes made to it, as they would travel.
#[derive(Clone)]
pub(crate) struct Copy {
    pub(crate) document: Document,
    pub(crate) changes: Vec<Vec<u8>>,
    device: u8,
}

impl Copy {
    /// A new record, made by device 1.
    pub(crate) fn new(name: &str, fields: Value) -> Self {
        Self::made_by(1, name, fields)
    }

    /// A new record, made by this device.
    pub(crate) fn made_by(device: u8, name: &str, fields: Value) -> Self {
        let stamp = stamp(device, 0);
        let (document, change) =
            Document::create(ID, kind(name).unwrap(), &object(fields), &stamp).unwrap();
        Self {
            document,
            changes: vec![change.raw_bytes().to_vec()],
            device,
        }
    }

    /// The same record on another device.
    pub(crate) fn on(&self, device: u8) -> Self {
        Self {
            device,
            ..self.clone()
        }
    }

    /// Edits it; tells whether anything changed.
    pub(crate) fn edit(&mut self, minutes: i64, fields: Value) -> bool {
        let change = self
            .document
            .edit(&object(fields), &stamp(self.device, minutes))
            .unwrap();
        self.keep(change)
    }

    /// Edits it as somebody who saw these values when they began.
    pub(crate) fn edit_seen(&mut self, minutes: i64, fields: Value, seen: Value) {
        let changes = self
            .document
            .edit_seen(&object(fields), &object(seen), &stamp(self.device, minutes))
            .unwrap();
        for change in changes {
            self.keep(Some(change));
        }
    }

    pub(crate) fn settle(&mut self, minutes: i64, path: &str, value: &Value) -> bool {
        let change = self
            .document
            .settle(path, value, &stamp(self.device, minutes))
            .unwrap();
        self.keep(change)
    }

    /// Takes back what left the record as it is now; tells whether anything changed.
    pub(crate) fn restore(&mut self, minutes: i64, fields: Value) -> bool {
        let left = self.document.fields().unwrap();
        let (kept, changed) = self.take_back(minutes, fields, &left);
        assert_eq!(kept, Vec::<String>::new());
        changed
    }

    /// Takes an edit back that left these fields; tells what stays as it is, and whether anything changed.
    pub(crate) fn take_back(
        &mut self,
        minutes: i64,
        fields: Value,
        left: &Fields,
    ) -> (Vec<String>, bool) {
        let (change, kept) = self
            .document
            .take_back(&object(fields), left, &stamp(self.device, minutes))
            .unwrap();
        (kept, self.keep(change))
    }

    /// Takes in everything another copy has.
    pub(crate) fn meet(&mut self, other: &Self) {
        for change in &other.changes {
            if !self.changes.contains(change) {
                self.changes.push(change.clone());
            }
        }
        self.document = Document::load(None, self.changes.iter().map(Vec::as_slice)).unwrap();
    }

    pub(crate) fn fields(&self) -> Value {
        Value::Object(self.document.fields().unwrap())
    }

    pub(crate) fn conflicts(&self) -> Vec<Conflict> {
        self.document.conflicts().unwrap()
    }

    fn keep(&mut self, change: Option<automerge::Change>) -> bool {
        let changed = change.is_some();
        self.changes
            .extend(change.map(|change| change.raw_bytes().to_vec()));
        changed
    }
}

/// Both have everything.
pub(crate) fn meet(one: &mut Copy, other: &mut Copy) {
    one.meet(other);
    other.meet(one);
    assert_eq!(one.document.heads(), other.document.heads());
    assert_eq!(one.fields(), other.fields());
    assert_eq!(one.conflicts(), other.conflicts());
}

pub(crate) fn object(fields: Value) -> Fields {
    let Value::Object(fields) = fields else {
        panic!("fields are an object");
    };
    fields
}

/// The rule that an edit breaks.
pub(crate) fn broken<T: std::fmt::Debug>(result: Result<T, DocumentError>) -> Rejection {
    let error = result.unwrap_err();
    let DocumentError::Rejected(rejection) = error else {
        panic!("no rule: {error}");
    };
    rejection
}
