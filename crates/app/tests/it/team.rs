//! The real server on a socket of this machine, and devices that join it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use app::RoundReport;
use app::api::{DeviceJoin, DeviceStatus};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use axum::{Json, Router};
use protocol::{ErrorCode, ErrorReply, Grant, Invitation, Role, SpaceKind};
use sync_server::clock::Clock;
use sync_server::http::{Doors, Rates, router};
use sync_server::log::{Log, NewInvitation};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::device::Device;

/// A team with its server.
pub(crate) struct Team {
    pub(crate) log: Arc<Log>,
    pub(crate) space: Uuid,
    address: SocketAddr,
    runtime: Runtime,
    serving: Option<JoinHandle<()>>,
    folder: TempDir,
}

impl Team {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = Arc::new(Log::open(folder.path(), 2).unwrap());
        let space = log
            .add_space("Buurtteam", SpaceKind::Team, now_ms())
            .unwrap();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = free.local_addr().unwrap();
        drop(free);
        let mut team = Self {
            log,
            space,
            address,
            runtime,
            serving: None,
            folder,
        };
        team.start();
        team
    }

    /// Where it answers.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything the server keeps.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The server answers (again).
    pub(crate) fn start(&mut self) {
        self.start_with(|routes| routes);
    }

    /// The same, and what this address is asked is refused as too much.
    pub(crate) fn start_refusing(&mut self, path: &'static str) {
        self.start_with(|routes| {
            routes.layer(middleware::from_fn(
                move |request: Request, next: Next| async move {
                    if request.uri().path() == path {
                        let said = ErrorReply::new(ErrorCode::TooBig, "too much at once");
                        return (StatusCode::PAYLOAD_TOO_LARGE, Json(said)).into_response();
                    }
                    next.run(request).await
                },
            ))
        });
    }

    fn start_with(&mut self, dress: impl FnOnce(Router) -> Router) {
        let (doors, stopper) = Doors::new(self.log.clone(), Clock::system(), "0.0.1", 2);
        let doors = doors.with_rates(Rates::unlimited());
        let routes: Router = dress(router(doors));
        let listener = self
            .runtime
            .block_on(TcpListener::bind(self.address))
            .unwrap();
        self.serving = Some(self.runtime.spawn(async move {
            let _kept = stopper;
            axum::serve(listener, routes).await.unwrap();
        }));
    }

    /// The server is put back from a backup, on a machine that has nothing else of it.
    pub(crate) fn put_back(&mut self, backup: &Path) {
        self.stop();
        self.log.close();
        for entry in std::fs::read_dir(self.folder()).unwrap() {
            std::fs::remove_file(entry.unwrap().path()).unwrap();
        }
        Log::restore(self.folder(), backup, now_ms()).unwrap();
        self.log = Arc::new(Log::open(self.folder(), 2).unwrap());
        self.start();
    }

    /// Nobody answers any more.
    pub(crate) fn stop(&mut self) {
        let serving = self.serving.take().unwrap();
        serving.abort();
        assert!(self.runtime.block_on(serving).unwrap_err().is_cancelled());
    }

    pub(crate) fn invite(&self, role: Role) -> String {
        self.invite_until(role, now_ms() + 3_600_000)
    }

    pub(crate) fn invite_until(&self, role: Role, expires_ms: i64) -> String {
        let invitation = NewInvitation {
            grants: vec![Grant {
                space: self.space,
                role,
            }],
            member: None,
            expires_ms,
        };
        let secret = self.log.invite(invitation, now_ms()).unwrap();
        Invitation::new(&format!("http://{}", self.address), secret.reveal())
            .unwrap()
            .to_string()
    }

    /// Gives this person a role in a space, or takes the space away.
    pub(crate) fn give(&self, space: Uuid, person: &str, role: Option<Role>) {
        let members = self.log.members().unwrap();
        let member = members.iter().find(|member| member.name == person).unwrap();
        self.log.set_role(member.id, space, role, now_ms()).unwrap();
    }

    /// A device of this person that has joined and is up to date.
    pub(crate) fn device(&self, name: &str) -> Device {
        let device = Device::of(name);
        device.join(&self.invite(Role::Writer)).unwrap();
        device.sync();
        device
    }
}

impl Device {
    pub(crate) fn join(&self, invitation: &str) -> app::Result<DeviceStatus> {
        self.app.device_join(DeviceJoin {
            invitation: invitation.to_owned(),
            name: String::new(),
        })
    }

    pub(crate) fn sync(&self) -> RoundReport {
        self.app.sync_round().unwrap()
    }
}

/// Every device sends and receives, until all have everything.
pub(crate) fn sync_all(devices: &[&Device]) {
    for _ in 0..2 {
        for device in devices {
            device.sync();
        }
    }
}

pub(crate) fn now_ms() -> i64 {
    Clock::system().now_ms()
}
