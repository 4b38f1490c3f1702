//! The life of the device: first start, locked, open.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::document::Stamp;
use domain::ids::{DeviceId, MemberId, RecordId, SpaceId};
use parking_lot::Mutex;
use store::{KeyDice, KeyFile, PersonRow, Space, Store};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::api::{
    DeviceInit, DeviceStatus, DeviceUnlock, Event, Nothing, Person, Phase, SpaceView,
};
use crate::importing::Imports;
use crate::life::incarnation_of;
use crate::preferences::{self, write_whole};
use crate::surroundings::Surroundings;
use crate::tries::Tries;
use crate::wiping::wiped_error;
use crate::{APP_VERSION, App, Error, Result, auditing, key_store, passphrase, starter};

/// The encrypted database, in the data folder.
pub(crate) const DATABASE: &str = "buurtboek.sqlite";
/// The file with its sealed key, beside it.
pub(crate) const KEY: &str = "buurtboek.key";

/// Names of the values that the device keeps about itself.
pub(crate) mod meta {
    pub(crate) const DEVICE: &str = "device";
    pub(crate) const INCARNATION: &str = "incarnation";
    /// The file this database is in, to notice a copy.
    pub(crate) const FILE: &str = "file";
    pub(crate) const MEMBER: &str = "member";
    pub(crate) const SERVER: &str = "server";
    pub(crate) const TOKEN: &str = "token";
    /// The spaces of the invitation by which this device joined.
    pub(crate) const JOINED: &str = "joined";
    pub(crate) const ROSTER: &str = "roster";
    /// How much the line carries at once, in bytes, when that is less than may be sent.
    pub(crate) const PORTION: &str = "portion";
    pub(crate) const LAST_SYNC: &str = "last_sync";
    pub(crate) const FIRST_TOTAL: &str = "first_total";
    pub(crate) const CLOCK_SKEW: &str = "clock_skew";
    pub(crate) const DRAFT: &str = "draft";
    pub(crate) const DRAFT_SPACE: &str = "draft_space";
    /// What is half typed on the pages of records.
    pub(crate) const PAGE_DRAFTS: &str = "page_drafts";
    pub(crate) const PLACE: &str = "place";
    pub(crate) const PROJECTION: &str = "projection";
    /// The starter themes made way for the team's list; the value is their language.
    pub(crate) const STARTER: &str = "starter";
    pub(crate) const LOCK_MINUTES: &str = "lock_minutes";
    pub(crate) const CONTACT: &str = "contact_ms";
    pub(crate) const SEEN: &str = "seen_ms";
    pub(crate) const SCRATCH_DAYS: &str = "scratch_days";
    pub(crate) const LEASE_DAYS: &str = "lease_days";
    /// The passphrase is too short by today's rule, and whether the person was asked for a longer one.
    pub(crate) const PASSPHRASE: &str = "passphrase";
    /// A team that this device waits to join.
    pub(crate) const JOINING: &str = "joining";
    /// Devices that wait for a second look by this person.
    pub(crate) const WAITING: &str = "waiting";
}

/// An open device.
pub(crate) struct Device {
    pub(crate) store: Store,
    pub(crate) id: DeviceId,
    /// The life of its database; see [`Device::begin_new_life`].
    pub(crate) incarnation: Mutex<[u8; 8]>,
    pub(crate) surroundings: Arc<dyn Surroundings>,
    /// The spaces that started over because the digests differed; each is tried once while the program runs.
    pub(crate) started_over: Mutex<BTreeSet<SpaceId>>,
}

impl Device {
    /// The clock and the dice of an edit.
    pub(crate) fn stamp(&self) -> Stamp {
        Stamp {
            actor: self.id.actor(*self.incarnation.lock()),
            at: self.surroundings.now(),
        }
    }

    /// A new id (UUIDv7, RFC 9562).
    pub(crate) fn new_id(&self) -> Uuid {
        let mut random = [0_u8; 10];
        self.surroundings.random(&mut random);
        let millis = self.surroundings.now().timestamp_millis().unsigned_abs();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    pub(crate) fn new_record(&self) -> RecordId {
        RecordId(self.new_id())
    }

    /// The person on this device.
    pub(crate) fn me(&self) -> Result<MemberId> {
        let member = self.store.meta(meta::MEMBER)?;
        member
            .and_then(|member| member.parse().ok())
            .ok_or_else(|| Error::new("storage", "This device does not know its person."))
    }

    /// Belongs to a team.
    pub(crate) fn is_joined(&self) -> Result<bool> {
        Ok(self.store.meta(meta::TOKEN)?.is_some())
    }
}

impl App {
    /// Where the device is in its life.
    ///
    /// # Errors
    /// What the database says.
    pub fn device_status(&self, _: Nothing) -> Result<DeviceStatus> {
        let device = self.device.read().clone();
        if let Some(device) = device {
            return Ok(DeviceStatus {
                invitation: self.invitation.lock().clone(),
                pin_is_enough: self.pin_is_enough(),
                ..open_status(&device, self.folder())?
            });
        }
        let wiped = self.ending.note();
        let phase = if wiped.is_some() {
            Phase::Wiped
        } else if self.database().exists() || self.key_file().exists() {
            Phase::Locked
        } else {
            Phase::New
        };
        Ok(DeviceStatus {
            preferences: self.preferences(),
            app_version: APP_VERSION.to_owned(),
            invitation: self.invitation.lock().clone(),
            me: None,
            spaces: Vec::new(),
            kept_here: None,
            wait_seconds: (phase == Phase::Locked)
                .then(|| self.wait_seconds())
                .filter(|seconds| *seconds > 0),
            wiped,
            joining: None,
            pin_is_enough: self.pin_is_enough(),
            ask_longer: false,
            phase,
        })
    }

    /// Makes the database of a new device and opens it, alone on this device.
    ///
    /// # Errors
    /// `passphrase_short`, `passphrase_digits`, `exists`, or what the disk says. What is there is never overwritten.
    pub fn device_init(&self, init: DeviceInit) -> Result<DeviceStatus> {
        let passphrase = Zeroizing::new(init.passphrase);
        passphrase::is_enough(&passphrase, self.pin_is_enough())?;
        let _alone = self.start_alone()?;
        if self.ending.note().is_some() {
            return Err(wiped_error());
        }
        if self.database().exists() || self.key_file().exists() {
            return Err(store::StoreError::Exists.into());
        }
        let mut preferences = self.preferences();
        preferences.language = init.language;
        self.preferences_set(preferences)?;
        let made = self.make_book(&passphrase, &init.name);
        let device = made.inspect_err(|_| self.clear_half_a_book())?;
        self.keep_tries(Tries::NONE)?;
        self.open(device)?;
        let status = self.device_status(Nothing {})?;
        starter::themes(self, &status.preferences.language)?;
        Ok(status)
    }

    /// Opens the database.
    ///
    /// # Errors
    /// `wrong_passphrase`, `too_many_tries`, `lease_over`, `wiped`, `absent`, and the other answers of a damaged or
    /// foreign file.
    pub fn device_unlock(&self, unlock: DeviceUnlock) -> Result<DeviceStatus> {
        let passphrase = Zeroizing::new(unlock.passphrase);
        self.ending.finish()?;
        if self.ending.note().is_some() {
            self.confirm_wiped();
            return Err(wiped_error());
        }
        store::finish_repair(&self.database())?;
        if !self.key_file().exists() {
            let missing = if self.database().exists() {
                store::StoreError::KeyFile
            } else {
                store::StoreError::Absent
            };
            return Err(missing.into());
        }
        let file = self.read_key_file()?;
        let key = self.open_key(&file, &passphrase)?;
        let store = Store::open(&self.database(), key)?;
        let device = self.next_life(store)?;
        if self.ending.has_ended(&device) {
            return Err(self.wipe(&device));
        }
        let device = self.within_lease(device)?;
        self.look_at_passphrase(&device, &passphrase)?;
        self.open(device)?;
        self.device_status(Nothing {})
    }

    /// Closes the database.
    ///
    /// # Errors
    /// What the disk says.
    pub fn device_lock(&self, _: Nothing) -> Result<DeviceStatus> {
        *self.sync.lock() = None;
        let open = self.device.write().take();
        if let Some(device) = open {
            self.keep_late_audit(&device)?;
        }
        // Rows of files that were read, and not taken in, are about residents too.
        *self.imports.lock() = Imports::default();
        let status = self.device_status(Nothing {})?;
        self.tell(Event::Device(status.clone()));
        Ok(status)
    }

    pub(crate) fn tell(&self, event: Event) {
        // Nobody listening is no error: the command line has no screens.
        drop(self.events.send(event));
    }

    /// What could not be written down yet outlives the lock.
    fn keep_late_audit(&self, device: &Device) -> Result<()> {
        auditing::write_late(&device.store)?;
        *self.late_audit.lock() = Some((device.id, device.store.late_audit()));
        Ok(())
    }

    fn open(&self, device: Device) -> Result<()> {
        let late = self.late_audit.lock().take();
        if let Some((_, lines)) = late.filter(|(of, _)| *of == device.id) {
            for line in lines {
                device.store.audit_or_later(line, 0)?;
            }
        }
        *self.device.write() = Some(Arc::new(device));
        self.somebody_is_here()?;
        self.start_sync();
        if let Ok(status) = self.device_status(Nothing {}) {
            self.tell(Event::Device(status));
        }
        Ok(())
    }

    fn make_book(&self, passphrase: &str, name: &str) -> Result<Device> {
        let key = self.seal_new_key(passphrase)?;
        let store = Store::create(&self.database(), key)?;
        self.first_life(store, name)
    }

    /// One first start at a time, in this program and in others: two at once would each overwrite the other's key. The
    /// lock goes with the file that is returned, also when the program is killed.
    pub(crate) fn start_alone(&self) -> Result<std::fs::File> {
        let path = self.folder().join("start.lock");
        let file = std::fs::File::create(&path).map_err(store::StoreError::from)?;
        file.try_lock().map_err(|_| store::StoreError::Locked)?;
        Ok(file)
    }

    /// After a first start that failed (a full disk): what it left would only stand in the way of the next try. Nothing
    /// stood there before it.
    fn clear_half_a_book(&self) {
        for file in [self.database(), self.key_file()] {
            if let Err(problem) = std::fs::remove_file(&file)
                && problem.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(file = %file.display(), %problem, "a half-made book stays");
            }
        }
    }

    fn first_life(&self, store: Store, name: &str) -> Result<Device> {
        let mut id = [0_u8; 8];
        let mut incarnation = [0_u8; 8];
        self.surroundings.random(&mut id);
        self.surroundings.random(&mut incarnation);
        let device = Device {
            store,
            id: DeviceId(id),
            incarnation: Mutex::new(incarnation),
            surroundings: self.surroundings.clone(),
            started_over: Mutex::default(),
        };
        let member = MemberId(device.new_id());
        let space = SpaceId(device.new_id());
        device.store.put_space(&Space::of_device(space))?;
        let devices = vec![device.id.to_string()];
        device.store.put_people(&[PersonRow {
            member,
            name: name.trim().to_owned(),
            devices,
        }])?;
        device.store.set_meta(&[
            (meta::DEVICE, Some(&device.id.to_string())),
            (meta::INCARNATION, Some(&hex::encode(incarnation))),
            (
                meta::FILE,
                device
                    .surroundings
                    .mark_of_file(device.store.path())
                    .as_deref(),
            ),
            (meta::MEMBER, Some(&member.to_string())),
            (meta::PROJECTION, Some(&read_model_version())),
        ])?;
        Ok(device)
    }

    fn next_life(&self, store: Store) -> Result<Device> {
        let unreadable = || {
            Error::new(
                "storage",
                "The book does not know its device. Nothing was changed.",
            )
        };
        let id = store
            .meta(meta::DEVICE)?
            .and_then(|id| id.parse().ok())
            .ok_or_else(unreadable)?;
        let incarnation = incarnation_of(&store)?.ok_or_else(unreadable)?;
        let projection = read_model_version();
        if store.meta(meta::PROJECTION)?.as_deref() != Some(&projection) {
            store.rebuild()?;
            store.set_meta(&[(meta::PROJECTION, Some(&projection))])?;
        }
        let device = Device {
            store,
            id,
            incarnation: Mutex::new(incarnation),
            surroundings: self.surroundings.clone(),
            started_over: Mutex::default(),
        };
        device.notice_copy()?;
        Ok(device)
    }

    fn seal_new_key(&self, passphrase: &str) -> Result<store::DatabaseKey> {
        let mut dice = KeyDice {
            key: [0; 32],
            salt: [0; 16],
            nonce: [0; 24],
        };
        self.surroundings.random(&mut dice.key);
        self.surroundings.random(&mut dice.salt);
        self.surroundings.random(&mut dice.nonce);
        let secret = key_store::make_secret(&self.key_store_name(), &*self.surroundings);
        // A key store that answered may still not keep a secret.
        passphrase::is_enough(passphrase, secret.is_some())?;
        let file = KeyFile::seal(
            &dice,
            passphrase,
            secret.as_deref(),
            self.surroundings.key_cost(),
        )?;
        let text = serde_json::to_vec_pretty(&file).map_err(store::StoreError::from)?;
        write_whole(&self.key_file(), &text)?;
        Ok(Zeroizing::new(dice.key))
    }

    pub(crate) fn read_key_file(&self) -> Result<KeyFile> {
        let text = std::fs::read(self.key_file()).map_err(|problem| {
            if problem.kind() == std::io::ErrorKind::PermissionDenied {
                store::StoreError::NotWritable
            } else {
                store::StoreError::KeyFile
            }
        })?;
        Ok(serde_json::from_slice(&text).map_err(|_| store::StoreError::KeyFile)?)
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder().join(DATABASE)
    }

    pub(crate) fn key_file(&self) -> PathBuf {
        self.folder().join(KEY)
    }

    pub(crate) fn key_store_name(&self) -> String {
        key_store::name_of(self.folder())
    }
}

/// What a shell asks first, of an open device.
pub(crate) fn open_status(device: &Device, folder: &Path) -> Result<DeviceStatus> {
    Ok(DeviceStatus {
        phase: Phase::Open,
        preferences: preferences::read(folder),
        app_version: APP_VERSION.to_owned(),
        invitation: None,
        me: me_of(device)?,
        spaces: spaces_of(device)?,
        kept_here: kept_here(device)?,
        wait_seconds: None,
        wiped: None,
        joining: crate::joining::view(device)?,
        pin_is_enough: false,
        ask_longer: passphrase::is_asked(device)?,
    })
}

fn me_of(device: &Device) -> Result<Option<Person>> {
    let me = device.me()?;
    let people = device.store.people()?;
    let name = people
        .into_iter()
        .find(|person| person.member == me)
        .map(|person| person.name)
        .unwrap_or_default();
    Ok(Some(Person {
        member: me.to_string(),
        name,
        me: true,
    }))
}

/// What the read model was made by: the projection of the domain, and what the store makes of it.
fn read_model_version() -> String {
    format!(
        "{}.{}",
        domain::projection::PROJECTION_VERSION,
        store::READ_MODEL_VERSION
    )
}

/// What people call this kind of device.
pub(crate) fn platform_name() -> &'static str {
    match std::env::consts::OS {
        "linux" => "Linux",
        "windows" => "Windows",
        "macos" => "Mac",
        "android" => "Android",
        "ios" => "iOS",
        other => other,
    }
}

/// Of a device in a team: how many records are on it alone.
fn kept_here(device: &Device) -> Result<Option<u32>> {
    if !device.is_joined()? {
        return Ok(None);
    }
    let count = device.store.kept_alone()?;
    Ok(Some(count).filter(|count| *count > 0))
}

fn spaces_of(device: &Device) -> Result<Vec<SpaceView>> {
    Ok(device
        .store
        .spaces()?
        .into_iter()
        .filter(Space::is_shared)
        .map(|space| SpaceView {
            id: space.id.to_string(),
            name: space.name,
            kind: space.kind,
            role: space.role,
            default: space.is_default,
        })
        .collect())
}
