//! A broker's device in a folder of its own.

use std::path::Path;
use std::sync::{Arc, Mutex};

use app::api::{
    CapturePropose, CaptureSave, DeviceInit, DeviceUnlock, RecordId, RecordList, RecordPut,
    RecordView, Saved,
};
use app::{App, Error, Result, Surroundings};
use chrono::{DateTime, Duration, Utc};
use serde_json::{Map, Value};
use tempfile::TempDir;

pub(crate) const PASSPHRASE: &str = "zonnebloem op de stoep";

/// Wednesday 25 November 2026, half past eight in the morning in Utrecht.
pub(crate) const START: &str = "2026-11-25T07:30:00Z";

/// A clock with hands that the test moves, and dice that fall the same each time.
pub(crate) struct Hands {
    now: Mutex<DateTime<Utc>>,
    running: Mutex<Duration>,
    dice: Mutex<u64>,
    meanwhile: Mutex<Option<Box<dyn FnOnce() + Send>>>,
}

impl Hands {
    pub(crate) fn new(seed: u64) -> Arc<Self> {
        Arc::new(Self {
            now: Mutex::new(START.parse().unwrap()),
            running: Mutex::new(Duration::zero()),
            dice: Mutex::new(seed),
            meanwhile: Mutex::default(),
        })
    }

    pub(crate) fn pass(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
        *self.running.lock().unwrap() += time;
    }

    /// Happens the next time that the app looks at the clock.
    pub(crate) fn meanwhile(&self, happens: impl FnOnce() + Send + 'static) {
        *self.meanwhile.lock().unwrap() = Some(Box::new(happens));
    }

    /// Somebody sets the clock on the wall; no time passes.
    pub(crate) fn set_clock(&self, by: Duration) {
        *self.now.lock().unwrap() += by;
    }
}

impl Surroundings for Hands {
    fn now(&self) -> DateTime<Utc> {
        let meanwhile = self.meanwhile.lock().unwrap().take();
        if let Some(happens) = meanwhile {
            happens();
        }
        *self.now.lock().unwrap()
    }

    fn running(&self) -> std::time::Duration {
        self.running.lock().unwrap().to_std().unwrap()
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    fn random(&self, bytes: &mut [u8]) {
        let mut state = self.dice.lock().unwrap();
        for chunk in bytes.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = *state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let rolled = (mixed ^ (mixed >> 31)).to_be_bytes();
            chunk.copy_from_slice(&rolled[..chunk.len()]);
        }
    }

    fn has_key_store(&self) -> bool {
        false
    }
}

/// A device with its app open.
pub(crate) struct Device {
    folder: TempDir,
    pub(crate) app: App,
    pub(crate) hands: Arc<Hands>,
}

impl Device {
    /// A folder in which nothing was made yet.
    pub(crate) fn fresh(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let hands = Hands::new(seed);
        let app = app_over(folder.path(), &hands);
        Self { folder, app, hands }
    }

    /// An open device of this person; the first letter makes the dice.
    pub(crate) fn of(name: &str) -> Self {
        let device = Self::fresh(u64::from(name.as_bytes()[0]));
        device.init(name).unwrap();
        device
    }

    pub(crate) fn init(&self, name: &str) -> Result<app::api::DeviceStatus> {
        self.app.device_init(DeviceInit {
            passphrase: PASSPHRASE.to_owned(),
            name: name.to_owned(),
            language: "nl".to_owned(),
        })
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program ends without a word (as by `kill -9`) and is started again; the book is still locked.
    pub(crate) fn restarted(self) -> Self {
        let Self { folder, app, hands } = self;
        drop(app);
        let app = app_over(folder.path(), &hands);
        Self { folder, app, hands }
    }

    pub(crate) fn unlock(&self, passphrase: &str) -> Result<app::api::DeviceStatus> {
        self.app.device_unlock(DeviceUnlock {
            passphrase: passphrase.to_owned(),
        })
    }

    /// The program is started again and opened.
    pub(crate) fn reopened(self) -> Self {
        let device = self.restarted();
        device.unlock(PASSPHRASE).unwrap();
        device
    }

    /// Keeps a line with everything that it was taken to mean.
    pub(crate) fn capture(&self, text: &str) -> Saved {
        let proposals = self
            .app
            .capture_propose(CapturePropose {
                text: text.to_owned(),
            })
            .unwrap();
        self.app
            .capture_save(note(text, proposals.accept_all()))
            .unwrap()
    }

    pub(crate) fn put(&self, kind: &str, fields: Value) -> String {
        self.try_put(kind, None, fields).unwrap().id
    }

    pub(crate) fn edit(&self, id: &str, fields: Value) -> Saved {
        let kind = self.record(id).kind;
        self.try_put(&kind, Some(id), fields).unwrap()
    }

    pub(crate) fn try_put(&self, kind: &str, id: Option<&str>, fields: Value) -> Result<Saved> {
        self.app.record_put(RecordPut {
            kind: kind.to_owned(),
            id: id.map(str::to_owned),
            fields: serde_json::from_value(fields).unwrap(),
            seen: None,
        })
    }

    pub(crate) fn record(&self, id: &str) -> RecordView {
        self.app.record_get(RecordId { id: id.to_owned() }).unwrap()
    }

    pub(crate) fn fields(&self, id: &str) -> Map<String, Value> {
        self.record(id).fields
    }

    /// What is in sight of a kind.
    pub(crate) fn all(&self, kind: &str) -> Vec<RecordView> {
        let list = RecordList {
            kind: Some(kind.to_owned()),
            offset: 0,
            limit: 1_000,
            archived: false,
        };
        self.app.record_list(list).unwrap().rows
    }

    /// The ids of what is found.
    pub(crate) fn found(&self, text: &str) -> Vec<String> {
        let search = app::api::Search {
            text: text.to_owned(),
            kind: None,
            limit: 50,
            archived: false,
        };
        self.app
            .search(search)
            .unwrap()
            .into_iter()
            .map(|hit| hit.id)
            .collect()
    }

    pub(crate) fn undo(&self, saved: &Saved) -> Saved {
        self.app
            .action_undo(app::api::Undo {
                undo: saved.undo.clone().unwrap(),
            })
            .unwrap()
    }

    /// The database itself, beside the app.
    pub(crate) fn store(&self) -> store::Store {
        store::Store::open(&self.folder().join("buurtboek.sqlite"), self.key()).unwrap()
    }

    /// What the database is encrypted with.
    pub(crate) fn key(&self) -> store::DatabaseKey {
        let text = std::fs::read(self.folder().join("buurtboek.key")).unwrap();
        let file: store::KeyFile = serde_json::from_slice(&text).unwrap();
        file.open(PASSPHRASE, None).unwrap()
    }

    /// What an app of somebody's own making can do on this device: write any record in any space where it may write, or
    /// anything into one that is there.
    pub(crate) fn forge(&self, kind: &str, id: Option<&str>, space: uuid::Uuid, fields: Value) {
        let store = self.store();
        let stamp = self.stamp(&store);
        let fields = serde_json::from_value(fields).unwrap();
        let device = u128::from(hex(&store, "device"));
        let new = uuid::Uuid::from_u128(device << 64 | 0x8000_0000_0000_7777);
        let wrote = store.transact(&stamp, None, |action| match id {
            Some(id) => action.edit(id.parse().unwrap(), &fields).map(drop),
            None => {
                let kind = domain::record::kind(kind).unwrap();
                action.create(new.into(), kind, space.into(), &fields)
            }
        });
        wrote.unwrap();
    }

    /// The stamp of an edit that another program makes on this device.
    pub(crate) fn stamp(&self, store: &store::Store) -> domain::document::Stamp {
        domain::document::Stamp {
            actor: domain::ids::DeviceId(hex(store, "device").to_be_bytes())
                .actor(hex(store, "incarnation").to_be_bytes()),
            at: self.hands.now(),
        }
    }

    /// Everything on the device agrees with itself.
    pub(crate) fn is_sound(&self) {
        assert_eq!(self.app.verify().unwrap().problems, Vec::<String>::new());
    }

    /// Every file of the device, to see that none changed.
    pub(crate) fn bytes(&self) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<_> = std::fs::read_dir(self.folder())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
            .map(|path| {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, std::fs::read(path).unwrap())
            })
            // Tries are counted whatever becomes of them.
            .filter(|(name, _)| !name.starts_with("unlocking."))
            // The index of the write-ahead log is a map of memory; what counts is beside it.
            .filter(|(name, content)| !(name.ends_with("-shm") || name.ends_with("-wal") && content.is_empty()))
            .collect();
        files.sort();
        files
    }
}

fn hex(store: &store::Store, name: &str) -> u64 {
    u64::from_str_radix(&store.meta(name).unwrap().unwrap(), 16).unwrap()
}

pub(crate) fn app_over(folder: &Path, hands: &Arc<Hands>) -> App {
    App::new(folder, hands.clone()).unwrap().only_when_asked()
}

/// A note with what was accepted.
pub(crate) fn note(text: &str, accepted: Vec<app::api::Accepted>) -> CaptureSave {
    CaptureSave {
        text: text.to_owned(),
        place: None,
        accepted,
        about: None,
        space: None,
        from_draft: true,
    }
}

/// The code of what must be an error.
pub(crate) fn code<T: std::fmt::Debug>(result: std::result::Result<T, Error>) -> &'static str {
    result.unwrap_err().code
}
