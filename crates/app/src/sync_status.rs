//! The truth about sending: what is the case, and what the sync page shows of it.

use parking_lot::Mutex;
use sync::{Pace, Situation};

use crate::api::{Nothing, Progress, RefusedChange, SyncDetails, SyncState, SyncStatus};
use crate::device::{Device, meta};
use crate::edit::record_ref;
use crate::invitation::host;
use crate::sync_loop::Live;
use crate::views::{Viewer, moment};
use crate::{App, Result};

/// Records listed as not sent.
const UNSENT_SHOWN: u32 = 100;

impl App {
    /// What the sync chip says.
    ///
    /// # Errors
    /// What the database says.
    pub fn sync_status(&self, _: Nothing) -> Result<SyncStatus> {
        let device = self.device()?;
        let live = self
            .sync
            .lock()
            .as_ref()
            .map(|running| running.live.clone());
        status(&device, live.as_deref())
    }

    /// What the sync page shows.
    ///
    /// # Errors
    /// What the database says.
    pub fn sync_details(&self, _: Nothing) -> Result<SyncDetails> {
        let device = self.device()?;
        let viewer = Viewer::new(&device)?;
        let (_, unsent) = device.store.unsent(UNSENT_SHOWN)?;
        let refused = device.store.refused()?;
        Ok(SyncDetails {
            status: self.sync_status(Nothing {})?,
            unsent: if device.is_joined()? {
                unsent.iter().map(record_ref).collect()
            } else {
                Vec::new()
            },
            refused: refused
                .into_iter()
                .map(|change| {
                    Ok(RefusedChange {
                        id: u32::try_from(change.id).unwrap_or(u32::MAX),
                        record: viewer.reference(Some(change.document))?,
                        code: change.code,
                        at: moment(change.at),
                        mine: change.mine,
                        said: crate::redact::said_aside(change.said.as_deref()),
                    })
                })
                .collect::<Result<_>>()?,
            device: crate::device::platform_name().to_owned(),
        })
    }
}

/// What the sync chip says of this device; without a loop, what is the case at rest.
pub(crate) fn status(device: &Device, live: Option<&Mutex<Live>>) -> Result<SyncStatus> {
    let store = &device.store;
    let (unsent, _) = store.unsent(0)?;
    let refused = store.refused_count()?;
    let spaces = store.spaces()?;
    let first = spaces
        .iter()
        .any(|space| space.is_shared() && space.first_sync);
    let total: u32 = store
        .meta(meta::FIRST_TOTAL)?
        .and_then(|total| total.parse().ok())
        .unwrap_or(0);
    let done = spaces.iter().map(|space| space.first_done).sum();
    let (state, since, problem) = match live {
        None if !device.is_joined()? => (SyncState::Alone, None, None),
        None => (at_rest(first, unsent), None, None),
        Some(live) => {
            let live = live.lock();
            let (state, since) = state(&live.pace, first, unsent);
            (state, since, live.problem.map(str::to_owned))
        }
    };
    let alone = state == SyncState::Alone;
    Ok(SyncStatus {
        since: since.map(|since| moment(since / 1_000)),
        last_success: store.meta(meta::LAST_SYNC)?,
        unsent: if alone { 0 } else { unsent },
        refused,
        progress: (state == SyncState::First).then_some(Progress {
            done,
            total: total.max(done),
        }),
        problem,
        server: store.meta(meta::SERVER)?.map(|server| host(&server)),
        clock_skew: store
            .meta(meta::CLOCK_SKEW)?
            .and_then(|skew| skew.parse().ok()),
        lease_days: crate::lease::warning(device)?,
        waiting: store
            .meta(meta::WAITING)?
            .and_then(|waiting| waiting.parse().ok()),
        state,
    })
}

const fn state(pace: &Pace, first: bool, unsent: u32) -> (SyncState, Option<i64>) {
    match pace.situation() {
        Situation::Refused => (SyncState::Revoked, None),
        Situation::Offline { since } => (SyncState::Offline, Some(since)),
        Situation::Troubled { since } => (SyncState::Problem, Some(since)),
        Situation::Well if !first && pace.is_running() => (SyncState::Busy, None),
        Situation::Well => (at_rest(first, unsent), None),
    }
}

/// What is the case while nothing is on its way.
const fn at_rest(first: bool, unsent: u32) -> SyncState {
    if first {
        SyncState::First
    } else if unsent > 0 {
        SyncState::Waiting
    } else {
        SyncState::UpToDate
    }
}
