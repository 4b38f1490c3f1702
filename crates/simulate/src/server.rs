//! The server: the real log and routes over a simulated disk and clock.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::{Body, to_bytes};
use axum::http::Request;
use parking_lot::Mutex;
use protocol::{
    DeviceId, EnrollReply, EnrollRequest, Grant, Invitation, MEDIA_TYPE, ReplyFrame, RequestHeader,
    Role, SpaceCursor, SpaceKind, SyncRequest,
};
use sync_server::clock::Clock;
use sync_server::http::{Doors, Stopper, router};
use sync_server::log::{Log, LogError, NewInvitation};
use sync_server::secret;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::dice::Dice;
use crate::disk::{self, Copied, Down};
use crate::line::{ADDRESS, Net};
use crate::template::clean;

const FILE: &str = "buurtboek-server.sqlite";
const BACKUP: &str = "backup.sqlite";
/// An invitation is good for a day.
const DAY_MS: i64 = 86_400_000;

/// The server.
pub(crate) struct Server {
    pub(crate) folder: PathBuf,
    world: Arc<AtomicI64>,
    dice: Arc<Mutex<Dice>>,
    net: Arc<Net>,
    log: Option<(Arc<Log>, Stopper)>,
    pub(crate) down: Down,
    pub(crate) spaces: Vec<Uuid>,
    pub(crate) backup: Option<(Copied, u32)>,
    /// The token of one who reads every log from its beginning.
    auditor: String,
}

/// Everything the server keeps, and who its auditor is.
#[derive(Debug, Clone, Default)]
pub(crate) struct ServerImage {
    database: Copied,
    spaces: Vec<Uuid>,
    auditor: String,
}

/// A change as the log of a space gives it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Logged {
    pub(crate) seq: u64,
    pub(crate) document: Uuid,
    /// `None` for a tombstone.
    pub(crate) hash: Option<[u8; 32]>,
}

/// The log of a space, read from its beginning.
#[derive(Debug, Clone)]
pub(crate) struct WholeLog {
    pub(crate) space: Uuid,
    pub(crate) epoch: Uuid,
    pub(crate) head: u64,
    pub(crate) digest: u64,
    pub(crate) entries: Vec<Logged>,
}

impl Server {
    pub(crate) fn new(folder: PathBuf, world: &Arc<AtomicI64>, net: &Arc<Net>, dice: Dice) -> Self {
        Self {
            folder,
            world: world.clone(),
            dice: Arc::new(Mutex::new(dice)),
            net: net.clone(),
            log: None,
            down: Down::Killed,
            spaces: Vec::new(),
            backup: None,
            auditor: String::new(),
        }
    }

    fn now_ms(&self) -> i64 {
        self.world.load(Ordering::Relaxed)
    }

    /// The log, when the server runs.
    pub(crate) fn log(&self) -> Option<&Log> {
        self.log.as_ref().map(|(log, _)| &**log)
    }

    /// Starts, or starts again.
    pub(crate) fn start(&mut self) -> Result<(), LogError> {
        self.stop();
        let dice = self.dice.clone();
        let dice = secret::Dice::new(move |bytes| {
            dice.lock().fill(bytes);
            Ok(())
        });
        let log = Arc::new(Log::open_in_order(&self.folder, dice)?);
        let world = self.world.clone();
        let clock = Clock::new(move || world.load(Ordering::Relaxed));
        let (doors, stopper) = Doors::new(log.clone(), clock, "0.0.1", 4);
        self.net.connect(Some(router(doors)), self.folder.clone());
        self.log = Some((log, stopper));
        Ok(())
    }

    pub(crate) fn stop(&mut self) {
        self.net.connect(None, self.folder.clone());
        self.log = None;
    }

    /// Starts again after the machine went down.
    pub(crate) fn restart(&mut self, dice: &mut Dice) -> Result<(), LogError> {
        disk::stop(&self.folder);
        self.stop();
        disk::restart(&self.folder, self.down, dice);
        self.start()
    }

    /// Makes the spaces and the auditor.
    pub(crate) fn begin(&mut self, spaces: usize, runtime: &Runtime) -> Result<(), LogError> {
        let now = self.now_ms();
        let Some(log) = self.log() else { return Ok(()) };
        let made: Vec<Uuid> = (0..spaces)
            .map(|no| log.add_space(&format!("Buurtteam {no}"), SpaceKind::Team, now))
            .collect::<Result<_, _>>()?;
        self.spaces = made;
        if let Some(invitation) = self.invite(0, Role::Reader)? {
            let reply = self.enroll(&invitation, runtime);
            for space in self.spaces.iter().skip(1) {
                if let (Some(log), Some(reply)) = (self.log(), &reply) {
                    log.set_role(reply.member.id, *space, Some(Role::Reader), now)?;
                }
            }
            self.auditor = reply.map(|reply| reply.token).unwrap_or_default();
        }
        Ok(())
    }

    /// An invitation to the space of this number, as a device is given it.
    pub(crate) fn invite(&self, space: usize, role: Role) -> Result<Option<String>, LogError> {
        let (Some(log), Some(space)) = (self.log(), self.spaces.get(space)) else {
            return Ok(None);
        };
        let now = self.now_ms();
        let secret = log.invite(
            NewInvitation {
                grants: vec![Grant {
                    space: *space,
                    role,
                }],
                member: None,
                expires_ms: now + DAY_MS,
            },
            now,
        )?;
        Ok(Invitation::new(ADDRESS, secret.reveal())
            .ok()
            .map(|invitation| invitation.to_string()))
    }

    fn enroll(&self, invitation: &str, runtime: &Runtime) -> Option<EnrollReply> {
        let invitation = Invitation::parse(invitation).ok()?;
        let request = EnrollRequest {
            secret: invitation.secret().to_owned(),
            device: DeviceId([0xaa; 8]),
            name: Some("Lezer".to_owned()),
            platform: "none".to_owned(),
            app: "0.1.0".to_owned(),
            device_name: "reader".to_owned(),
        };
        let body = serde_json::to_vec(&request).ok()?;
        let body = self.ask(runtime, "/v1/enroll", "application/json", body)?;
        serde_json::from_slice(&body).ok()
    }

    /// Gives a member a role in the space of this number.
    pub(crate) fn set_role(&self, member: &str, space: usize, role: Option<Role>) -> bool {
        let (Some(log), Some(space), Ok(member)) =
            (self.log(), self.spaces.get(space), member.parse())
        else {
            return false;
        };
        log.set_role(member, *space, role, self.now_ms()).is_ok()
    }

    pub(crate) fn make_backup(&mut self, step: u32) -> bool {
        let target = self.folder.join(BACKUP);
        let made = self.log.is_some() && Log::back_up(&self.folder, &target).is_ok();
        // An empty file of that name is made on the real disk, before the database writes on the simulated one.
        if target.exists() && std::fs::remove_file(&target).is_err() || !made {
            disk::forget(&self.folder, BACKUP);
            return false;
        }
        let copied = disk::renamed(&disk::copy(&self.folder), BACKUP, FILE);
        disk::forget(&self.folder, BACKUP);
        self.backup = Some((copied, step));
        true
    }

    /// Puts the backup back, if there is one; says when it was made.
    pub(crate) fn put_backup(&mut self) -> Result<Option<u32>, LogError> {
        let Some((copied, made)) = self.backup.clone() else {
            return Ok(None);
        };
        self.stop();
        disk::put(&self.folder, &copied)?;
        self.start()?;
        if let Some(log) = self.log() {
            log.start_new_logs(self.now_ms())?;
        }
        Ok(Some(made))
    }

    pub(crate) fn image(&self) -> ServerImage {
        ServerImage {
            database: disk::copy(&self.folder),
            spaces: self.spaces.clone(),
            auditor: self.auditor.clone(),
        }
    }

    pub(crate) fn put(&mut self, image: &ServerImage) -> std::io::Result<()> {
        self.stop();
        // The ledger of what was erased is a real file.
        clean(&self.folder)?;
        std::fs::create_dir_all(&self.folder)?;
        disk::put(&self.folder, &image.database)?;
        self.spaces.clone_from(&image.spaces);
        self.auditor.clone_from(&image.auditor);
        Ok(())
    }

    /// Reads the logs of all spaces from their beginning, through the door.
    pub(crate) fn whole_logs(&self, runtime: &Runtime) -> Option<Vec<WholeLog>> {
        let first = self.page(runtime, Vec::new())?;
        let mut logs: Vec<WholeLog> = Vec::new();
        for frame in first {
            if let ReplyFrame::Header(header) = frame {
                for state in header.spaces {
                    logs.push(WholeLog {
                        space: state.id,
                        epoch: state.log_epoch?,
                        head: 0,
                        digest: 0,
                        entries: Vec::new(),
                    });
                }
            }
        }
        for log in &mut logs {
            while self.read_on(runtime, log)? {}
        }
        Some(logs)
    }

    fn read_on(&self, runtime: &Runtime, log: &mut WholeLog) -> Option<bool> {
        let cursor = SpaceCursor {
            id: log.space,
            cursor: Some(log.head),
            log_epoch: Some(log.epoch),
        };
        for frame in self.page(runtime, vec![cursor])? {
            match frame {
                ReplyFrame::Change(change) => log.entries.push(Logged {
                    seq: change.seq,
                    document: change.document,
                    hash: admission::change_hash(&change.bytes),
                }),
                ReplyFrame::Tombstone(tombstone) => log.entries.push(Logged {
                    seq: tombstone.seq,
                    document: tombstone.document,
                    hash: None,
                }),
                ReplyFrame::SpaceEnd(end) => {
                    // A page tells what was erased apart from what was written.
                    log.entries.sort_by_key(|entry| entry.seq);
                    log.head = end.next_cursor;
                    log.digest = end.digest.0;
                    return Some(end.more);
                }
                ReplyFrame::Header(_)
                | ReplyFrame::Result(_)
                | ReplyFrame::Snapshot(_)
                | ReplyFrame::End(_) => {}
            }
        }
        Some(false)
    }

    fn page(&self, runtime: &Runtime, spaces: Vec<SpaceCursor>) -> Option<Vec<ReplyFrame>> {
        let mut header = RequestHeader::new("0.1.0", 1, self.now_ms());
        header.spaces = spaces;
        let body = SyncRequest {
            header,
            changes: Vec::new(),
        }
        .encode();
        let body = self.ask(runtime, "/v1/sync", MEDIA_TYPE, body)?;
        ReplyFrame::decode_all(&body).ok()
    }

    fn ask(&self, runtime: &Runtime, path: &str, kind: &str, body: Vec<u8>) -> Option<Vec<u8>> {
        let router = self.net.router()?;
        let request = Request::post(path)
            .header("authorization", format!("Bearer {}", self.auditor))
            .header("content-type", kind)
            .body(Body::from(body))
            .ok()?;
        runtime.block_on(async {
            let Ok(response) = router.oneshot(request).await;
            if !response.status().is_success() {
                return None;
            }
            let body = to_bytes(response.into_body(), usize::MAX).await.ok()?;
            Some(body.to_vec())
        })
    }
}
