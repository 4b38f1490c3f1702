//! The server of today over a folder, at the moment of a release.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use chrono::{DateTime, Utc};
use protocol::{Grant, Invitation, Role, SpaceKind};
use sync_server::clock::Clock;
use sync_server::http::{Doors, Stopper, router};
use sync_server::log::{Log, NewInvitation};

use crate::{ADDRESS, Result};

const DAY_MS: i64 = 24 * 3_600_000;

/// The server of today.
#[derive(Debug)]
pub struct Host {
    /// What it keeps.
    pub log: Arc<Log>,
    /// Its doors.
    pub router: Router,
    at: DateTime<Utc>,
    _stopper: Stopper,
}

impl Host {
    /// Opens the server in this folder, with a clock that stands still.
    ///
    /// # Errors
    /// When its file cannot be opened.
    pub fn open(folder: &Path, at: DateTime<Utc>) -> Result<Self> {
        let log = Arc::new(Log::open(folder, 2)?);
        let now_ms = at.timestamp_millis();
        let (doors, stopper) = Doors::new(log.clone(), Clock::new(move || now_ms), "0.0.1", 2);
        Ok(Self {
            log,
            router: router(doors),
            at,
            _stopper: stopper,
        })
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.at.timestamp_millis()
    }

    /// Makes the space of a team.
    pub(crate) fn add_team(&self, name: &str) -> Result<()> {
        self.log.add_space(name, SpaceKind::Team, self.now_ms())?;
        Ok(())
    }

    /// An invitation to its only space, for a day.
    ///
    /// # Errors
    /// When none can be made.
    pub fn invite(&self, role: Role) -> Result<String> {
        let spaces = self.log.spaces()?;
        let space = spaces.first().ok_or("a server without a space")?.id;
        let invitation = NewInvitation {
            grants: vec![Grant { space, role }],
            member: None,
            expires_ms: self.now_ms() + DAY_MS,
        };
        let secret = self.log.invite(invitation, self.now_ms())?;
        Ok(Invitation::new(ADDRESS, secret.reveal())?.to_string())
    }

    /// Gives a person a role in every space.
    pub(crate) fn give(&self, person: &str, role: Role) -> Result<()> {
        let members = self.log.members()?;
        let member = members.iter().find(|member| member.name == person);
        let member = member.ok_or("nobody of that name")?.id;
        for space in self.log.spaces()? {
            self.log
                .set_role(member, space.id, Some(role), self.now_ms())?;
        }
        Ok(())
    }
}
