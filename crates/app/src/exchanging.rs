//! One round of exchange: ask what the plan says, take in what comes back, until there is nothing left to ask.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use domain::ids::SpaceId;
use protocol::{ChangeFrame, ErrorCode, Outcome, ReplyHeader, SpaceAction, SyncRequest};
use store::{ArrivingChange, ArrivingDocument, Changes, PageEnd, PersonRow, Space, Verdict};
use sync::{Incoming, Request, SpacePage, SpaceStand, plan};
use thiserror::Error;

use crate::APP_VERSION;
use crate::device::{Device, meta};
use crate::transport::{Traffic, Transport, TransportError};

/// The newest schema of any kind this app writes.
const SCHEMA: u32 = 1;

/// Clocks that differ by more than this many seconds are shown: enough to put a note on the wrong side of midnight now
/// and then. They never refuse anything.
const SKEW_SHOWN: i64 = 300;

/// Why a round broke off. What was taken in before stays.
#[derive(Debug, Error)]
pub(crate) enum RoundError {
    #[error(transparent)]
    Transport(#[from] TransportError),
    #[error(transparent)]
    Reply(#[from] sync::ReplyError),
    #[error(transparent)]
    Store(#[from] store::StoreError),
    #[error("this device was put out by a manager")]
    Wipe,
    #[error("the round was interrupted")]
    Interrupted,
}

impl RoundError {
    /// What it means for the next try.
    pub(crate) const fn failure(&self) -> sync::Failure {
        match self {
            Self::Transport(TransportError::Offline(_)) => sync::Failure::Offline,
            Self::Wipe => sync::Failure::Refused,
            Self::Transport(TransportError::Refused(reply))
                if matches!(reply.code, ErrorCode::Unauthorized | ErrorCode::Revoked) =>
            {
                sync::Failure::Refused
            }
            Self::Transport(_) | Self::Reply(_) | Self::Store(_) | Self::Interrupted => {
                sync::Failure::Server
            }
        }
    }

    /// The code of a sentence.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Transport(TransportError::Offline(_)) => "offline",
            Self::Transport(TransportError::Refused(reply)) => match reply.code {
                ErrorCode::Unauthorized | ErrorCode::Revoked => "revoked",
                ErrorCode::UpgradeRequired => "upgrade_required",
                ErrorCode::Busy | ErrorCode::Internal => "server_busy",
                ErrorCode::InvitationUnknown
                | ErrorCode::InvitationUsed
                | ErrorCode::InvitationExpired
                | ErrorCode::DeviceTaken
                | ErrorCode::NameRequired
                | ErrorCode::NoRight
                | ErrorCode::UnsupportedMedia
                | ErrorCode::BadRequest
                | ErrorCode::TooBig
                | ErrorCode::Unknown => "server_refused",
            },
            Self::Wipe => "revoked",
            Self::Transport(TransportError::NotOurs(_)) => "not_a_server",
            Self::Transport(_) | Self::Reply(_) => "answer_unreadable",
            Self::Store(_) => "storage",
            Self::Interrupted => "interrupted",
        }
    }
}

/// What a round did.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct RoundReport {
    /// Requests made.
    pub requests: u32,
    /// Bytes of bodies sent.
    pub bytes_up: u64,
    /// Bytes of bodies received, as they came over the line.
    pub bytes_down: u64,
    /// Changes the server took in.
    pub pushed: u32,
    /// Changes and whole documents that came in.
    pub pulled: u32,
    /// Changes the server refused.
    pub refused: u32,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// Something a round did that others should hear of at once.
pub(crate) enum Step {
    /// Records changed; `foreign` when the change came from elsewhere.
    Changed(Changes, bool),
    /// The small print of records, the people or the spaces changed.
    Status,
}

/// Everything a round needs.
pub(crate) struct Exchange {
    pub(crate) device: Arc<Device>,
    pub(crate) transport: Transport,
}

struct Round<'a> {
    exchange: &'a Exchange,
    tell: &'a (dyn Fn(Step) + Send + Sync),
    report: RoundReport,
    traffic: Traffic,
    /// Where the outbox was read up to in this round.
    sent_until: i64,
    pulled_all: bool,
}

impl Exchange {
    /// Carries out a round.
    pub(crate) async fn round(
        &self,
        tell: &(dyn Fn(Step) + Send + Sync),
    ) -> Result<RoundReport, RoundError> {
        let started = Instant::now();
        let mut round = Round {
            exchange: self,
            tell,
            report: RoundReport::default(),
            traffic: Traffic::default(),
            sent_until: 0,
            pulled_all: false,
        };
        while round.step().await? {}
        let now = self.device.surroundings.now().to_rfc3339();
        self.blocking(move |device| device.store.set_meta(&[(meta::LAST_SYNC, Some(&now))]))
            .await?;
        let mut report = round.report;
        report.requests = round.traffic.requests;
        report.bytes_up = round.traffic.bytes_up;
        report.bytes_down = round.traffic.bytes_down;
        report.seconds = started.elapsed().as_secs_f64();
        Ok(report)
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Device) -> store::Result<T> + Send + 'static,
    ) -> Result<T, RoundError> {
        let device = self.device.clone();
        let done = tokio::task::spawn_blocking(move || work(&device)).await;
        Ok(done.map_err(|_| RoundError::Interrupted)??)
    }
}

impl Round<'_> {
    /// One request and what comes of it; false when there is nothing left to ask.
    async fn step(&mut self) -> Result<bool, RoundError> {
        let sent_until = self.sent_until;
        let Stand {
            device,
            hashes,
            read_until,
            token,
        } = self
            .exchange
            .blocking(move |device| stand(device, sent_until))
            .await?;
        let device = sync::Device {
            pulled_all: self.pulled_all,
            ..device
        };
        let Some(request) = plan(&device) else {
            return Ok(false);
        };
        let transport = self.exchange.transport.clone();
        match request {
            Request::Sync(request) => {
                let body = transport
                    .sync(&token, request.encode(), &mut self.traffic)
                    .await?;
                let incoming = sync::read_sync_reply(&body, &request)?;
                self.sent_until = read_until;
                self.take_sync(&request, &hashes, incoming).await?;
            }
            Request::Snapshot(request) => {
                let body = transport
                    .snapshot(&token, &request, &mut self.traffic)
                    .await?;
                let (header, page) = sync::read_snapshot_reply(&body, request.space)?;
                self.take_header(&header, Vec::new()).await?;
                let epoch = log_epoch(&header, request.space);
                self.take_documents(page, request.after, epoch).await?;
            }
        }
        Ok(true)
    }

    async fn take_sync(
        &mut self,
        request: &SyncRequest,
        hashes: &[[u8; 32]],
        incoming: Incoming,
    ) -> Result<(), RoundError> {
        let Incoming {
            header,
            verdicts,
            pages,
        } = incoming;
        self.take_verdicts(request, hashes, &verdicts).await?;
        let asked = request.header.spaces.iter().map(|space| space.id).collect();
        let started_over = self.take_header(&header, asked).await?;
        let mut more = started_over;
        for page in pages {
            more |= page.end.more;
            let from = cursor_of(request, page.space);
            let epoch = log_epoch(&header, page.space);
            more |= self.take_changes(page, from, epoch).await?;
        }
        self.pulled_all = !more;
        Ok(())
    }

    async fn take_verdicts(
        &mut self,
        request: &SyncRequest,
        hashes: &[[u8; 32]],
        verdicts: &[(usize, [u8; 32], Outcome)],
    ) -> Result<(), RoundError> {
        let mut kept = Vec::with_capacity(verdicts.len());
        for (index, _, outcome) in verdicts {
            // Our own hash and not the server's: bytes that it could not read have none there.
            let (Some(change), Some(hash)) = (request.changes.get(*index), hashes.get(*index))
            else {
                continue;
            };
            let verdict = match outcome {
                Outcome::Ok { seq } | Outcome::Duplicate { seq } => {
                    self.report.pushed += 1;
                    Verdict::Numbered(*seq)
                }
                Outcome::Refused(code) => {
                    self.report.refused += 1;
                    Verdict::Refused(code.as_str().to_owned())
                }
            };
            kept.push((change.document.into(), *hash, verdict));
        }
        if kept.is_empty() {
            return Ok(());
        }
        let records = self
            .exchange
            .blocking(move |device| {
                if kept.iter().any(|(_, _, verdict)| verdict.is_fork()) {
                    tracing::warn!("another copy of this database wrote under the same actor; begins a new incarnation");
                    device.begin_new_life()?;
                }
                device
                    .store
                    .take_verdicts(&kept, device.surroundings.now().timestamp())
            })
            .await?;
        let changes = self
            .exchange
            .blocking(move |device| changes_of(device, records))
            .await?;
        (self.tell)(Step::Changed(changes, false));
        Ok(())
    }

    /// Spaces, people, token and orders. True when a space starts over.
    async fn take_header(
        &mut self,
        header: &ReplyHeader,
        asked: Vec<uuid::Uuid>,
    ) -> Result<bool, RoundError> {
        if header.wipe {
            return Err(RoundError::Wipe);
        }
        let header = header.clone();
        let started_over = self
            .exchange
            .blocking(move |device| follow_header(device, &header, &asked))
            .await?;
        (self.tell)(Step::Status);
        Ok(started_over)
    }

    /// A page of a log. True when the digests show that the space must start over.
    async fn take_changes(
        &mut self,
        page: SpacePage,
        from: u64,
        log_epoch: Option<uuid::Uuid>,
    ) -> Result<bool, RoundError> {
        let count = page.changes.len();
        let (changes, start_over) = self
            .exchange
            .blocking(move |device| {
                let arriving: Vec<ArrivingChange> = page
                    .changes
                    .into_iter()
                    .map(|change| ArrivingChange {
                        document: change.document.into(),
                        seq: change.seq,
                        bytes: change.bytes,
                    })
                    .collect();
                let space = SpaceId(page.space);
                let end = PageEnd {
                    from,
                    cursor: page.end.next_cursor,
                    more: page.end.more,
                    log_epoch,
                };
                let now = device.surroundings.now().timestamp();
                let changes = device.store.take_changes(space, &arriving, end, now)?;
                Ok((
                    changes,
                    !page.end.more && digests_differ(device, space, page.end.digest.0)?,
                ))
            })
            .await?;
        self.pulled(count, changes);
        Ok(start_over)
    }

    async fn take_documents(
        &mut self,
        page: SpacePage,
        from: u64,
        log_epoch: Option<uuid::Uuid>,
    ) -> Result<(), RoundError> {
        let count = page.documents.len();
        let changes = self
            .exchange
            .blocking(move |device| {
                let remaining = page.end.remaining.unwrap_or(0);
                let arriving: Vec<ArrivingDocument> = page
                    .documents
                    .into_iter()
                    .map(|document| ArrivingDocument {
                        document: document.document.into(),
                        bytes: document.bytes,
                    })
                    .collect();
                let space = SpaceId(page.space);
                let end = PageEnd {
                    from,
                    cursor: page.end.next_cursor,
                    more: page.end.more,
                    log_epoch,
                };
                let stamp = device.stamp();
                let changes = device.store.take_documents(space, &arriving, end, &stamp)?;
                let spaces = device.store.spaces()?;
                let done: u64 = spaces.iter().map(|space| u64::from(space.first_done)).sum();
                let total = (done + remaining).to_string();
                device
                    .store
                    .set_meta(&[(meta::FIRST_TOTAL, Some(&total))])?;
                Ok(changes)
            })
            .await?;
        self.pulled(count, changes);
        (self.tell)(Step::Status);
        Ok(())
    }

    fn pulled(&mut self, count: usize, changes: Changes) {
        self.report.pulled += u32::try_from(count).unwrap_or(u32::MAX);
        (self.tell)(Step::Changed(changes, true));
    }
}

/// What is the case on the device.
struct Stand {
    device: sync::Device,
    /// Hashes of the outgoing changes, in their order.
    hashes: Vec<[u8; 32]>,
    /// Where the outbox was read up to.
    read_until: i64,
    token: String,
}

fn stand(device: &Device, sent_until: i64) -> store::Result<Stand> {
    device.follow_life()?;
    let (read_until, outgoing) = device.store.outbox(
        sent_until,
        u32::try_from(protocol::limits::MAX_PAGE_CHANGES).unwrap_or(u32::MAX),
        protocol::limits::MAX_PAGE_BYTES,
    )?;
    let spaces = device.store.spaces()?;
    let roster = device
        .store
        .meta(meta::ROSTER)?
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let hashes = outgoing.iter().map(|change| change.hash).collect();
    let stand = sync::Device {
        app: APP_VERSION.to_owned(),
        schema: SCHEMA,
        now_ms: device.surroundings.now().timestamp_millis(),
        roster,
        spaces: spaces
            .iter()
            .filter(|space| space.kind != "device")
            .map(space_stand)
            .collect(),
        outgoing: outgoing
            .into_iter()
            .map(|change| ChangeFrame {
                space: change.space.0,
                document: change.document.0,
                epoch: change.epoch,
                seq: 0,
                bytes: change.bytes,
            })
            .collect(),
        pulled_all: false,
    };
    Ok(Stand {
        device: stand,
        hashes,
        read_until,
        token: device.store.meta(meta::TOKEN)?.unwrap_or_default(),
    })
}

const fn space_stand(space: &Space) -> SpaceStand {
    SpaceStand {
        id: space.id.0,
        cursor: space.cursor,
        log_epoch: space.log_epoch,
        first_sync: space.first_sync,
    }
}

fn follow_header(
    device: &Device,
    header: &ReplyHeader,
    asked: &[uuid::Uuid],
) -> store::Result<bool> {
    if let Some(roster) = &header.roster {
        let people: Vec<PersonRow> = roster
            .people
            .iter()
            .map(|person| PersonRow {
                member: person.member.into(),
                name: person.name.clone(),
                devices: person.devices.iter().map(ToString::to_string).collect(),
            })
            .collect();
        device.store.put_people(&people)?;
        device
            .store
            .set_meta(&[(meta::ROSTER, Some(&roster.version.to_string()))])?;
    }
    if let Some(token) = &header.token {
        device.store.set_meta(&[(meta::TOKEN, Some(token))])?;
    }
    let skew = (device.surroundings.now().timestamp_millis() - header.server_time_ms) / 1_000;
    let told = (skew.abs() > SKEW_SHOWN).then(|| skew.to_string());
    if device.store.meta(meta::CLOCK_SKEW)? != told {
        device
            .store
            .set_meta(&[(meta::CLOCK_SKEW, told.as_deref())])?;
    }
    let known = device.store.spaces()?;
    let mut started_over = false;
    for state in &header.spaces {
        let (Some(kind), Some(role)) = (state.kind, state.role) else {
            continue;
        };
        let before = known.iter().find(|space| space.id.0 == state.id);
        let followed = Space {
            id: SpaceId(state.id),
            name: state.name.clone(),
            kind: kind.as_str().to_owned(),
            role: role.as_str().to_owned(),
            is_default: before.is_some_and(|space| space.is_default),
            cursor: 0,
            first_sync: true,
            first_done: 0,
            log_epoch: None,
            digest: 0,
        };
        if before.is_none_or(|space| {
            space.name != followed.name
                || space.kind != followed.kind
                || space.role != followed.role
        }) {
            device.store.put_space(&followed)?;
            started_over |= before.is_none();
        }
        if state.action == SpaceAction::Reset && asked.contains(&state.id) {
            device.store.start_over(SpaceId(state.id))?;
            started_over = true;
        }
    }
    Ok(started_over)
}

/// From where a request asked the log of a space.
fn cursor_of(request: &SyncRequest, space: uuid::Uuid) -> u64 {
    let asked = request.header.spaces.iter().find(|asked| asked.id == space);
    asked.and_then(|asked| asked.cursor).unwrap_or_default()
}

fn log_epoch(header: &ReplyHeader, space: uuid::Uuid) -> Option<uuid::Uuid> {
    header
        .spaces
        .iter()
        .find(|state| state.id == space)
        .and_then(|state| state.log_epoch)
}

/// Compares digests, when nothing is on its way. Differing ones make the space start over, once per program run, so
/// that a lasting difference shows as a problem instead of as endless traffic.
fn digests_differ(device: &Device, space: SpaceId, theirs: u64) -> store::Result<bool> {
    // What is only here makes the digests differ, and starting over would not help.
    let only_here = device.store.refused()?.iter().any(|change| change.mine);
    let unsettled = !device.store.outbox(0, 1, usize::MAX)?.1.is_empty() || only_here;
    if unsettled || device.started_over.load(Ordering::Relaxed) {
        return Ok(false);
    }
    let spaces = device.store.spaces()?;
    let ours = spaces
        .iter()
        .find(|known| known.id == space)
        .map(|known| known.digest);
    if ours == Some(theirs) {
        return Ok(false);
    }
    tracing::warn!(%space, "this device and the server hold different things; the space starts over");
    device.started_over.store(true, Ordering::Relaxed);
    device.store.start_over(space)?;
    Ok(true)
}

fn changes_of(device: &Device, records: Vec<domain::ids::RecordId>) -> store::Result<Changes> {
    let mut changes = Changes {
        records,
        ..Changes::default()
    };
    for row in device.store.records(&changes.records)? {
        if let Some(kind) = domain::record::kind(&row.kind) {
            changes.kinds.insert(kind.name);
        }
    }
    Ok(changes)
}
