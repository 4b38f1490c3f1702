//! One round of exchange: ask what the plan says, take in what comes back, until there is nothing left to ask.

use std::fs::File;
use std::sync::Arc;
use std::time::Instant;

use domain::ids::SpaceId;
use mistake::Mistake;
use protocol::{Outcome, ReplyHeader, SyncRequest};
use store::{
    ArrivingChange, ArrivingDocument, ArrivingEpoch, ArrivingErasure, Changes, LogPage,
    OutgoingEpoch, PageEnd, Verdict,
};
use sync::{Incoming, Portion, Progress, Request, SpacePage, plan};

use crate::device::{Device, meta};
use crate::following::{changes_of, digests_differ, is_gone, log_epoch, note_waiting};
use crate::portion::portion_of;
use crate::redacting;
use crate::round_error::RoundError;
use crate::standing::{Stand, cursor_of, stand};
use crate::starter;
use crate::transport::{Traffic, Transport};
use crate::{auditing, erasing};

/// How often new epochs are asked for in one round.
const REDACTIONS: u32 = 8;

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
    /// The small print of records or the people changed.
    Status,
    /// The spaces changed: their names, rights or number.
    Spaces,
}

/// Everything a round needs.
pub(crate) struct Exchange {
    pub(crate) device: Arc<Device>,
    pub(crate) transport: Transport,
}

pub(crate) struct Round<'a> {
    pub(crate) exchange: &'a Exchange,
    tell: &'a (dyn Fn(Step) + Send + Sync),
    report: RoundReport,
    traffic: Traffic,
    /// Where the outbox was read up to in this round.
    sent_until: i64,
    pulled_all: bool,
    /// The server does not erase yet: it is an older one.
    cannot_erase: bool,
    /// The server keeps no audit yet: it is an older one.
    cannot_audit: bool,
    /// How often new epochs may still be asked for: others may keep writing in the same record.
    redactions_left: u32,
    /// Why something has to wait for the next round, though all else went.
    put_off: Option<RoundError>,
    /// A server that is broken or lies keeps nobody asking for ever.
    progress: Progress,
    /// How much the line carries at once.
    pub(crate) portion: Portion,
}

impl Exchange {
    /// Carries out a round.
    pub(crate) async fn round(
        &self,
        tell: &(dyn Fn(Step) + Send + Sync),
    ) -> Result<RoundReport, RoundError> {
        let started = Instant::now();
        let _turn = self.blocking(take_turn).await?;
        let mut round = Round {
            exchange: self,
            tell,
            report: RoundReport::default(),
            traffic: Traffic::default(),
            sent_until: 0,
            pulled_all: false,
            cannot_erase: false,
            cannot_audit: false,
            redactions_left: REDACTIONS,
            put_off: None,
            progress: Progress::default(),
            portion: self.blocking(portion_of).await?,
        };
        loop {
            while round.step_or_less().await? {}
            let Some(changes) = self.blocking(starter::complete).await? else {
                break;
            };
            tell(Step::Changed(changes, false));
        }
        let now = self.device.surroundings.now().to_rfc3339();
        self.blocking(move |device| device.store.set_meta(&[(meta::LAST_SYNC, Some(&now))]))
            .await?;
        if let Some(problem) = round.put_off {
            return Err(problem);
        }
        let mut report = round.report;
        report.requests = round.traffic.requests;
        report.bytes_up = round.traffic.bytes_up;
        report.bytes_down = round.traffic.bytes_down;
        report.seconds = started.elapsed().as_secs_f64();
        Ok(report)
    }

    pub(crate) async fn blocking<T: Send + 'static, E: Send + 'static>(
        &self,
        work: impl FnOnce(&Device) -> Result<T, E> + Send + 'static,
    ) -> Result<T, RoundError>
    where
        RoundError: From<E>,
    {
        let device = self.device.clone();
        let done = tokio::task::spawn_blocking(move || work(&device)).await;
        Ok(done.map_err(|_| RoundError::Interrupted)??)
    }
}

/// One round at a time on this folder, in this program and in others: a window and a command line at the same moment
/// would each renew the token under the other. The turn goes with the file that is returned, also when the program is
/// killed.
pub(crate) fn take_turn(device: &Device) -> store::Result<File> {
    let file = File::create(device.store.path().with_file_name("sync.lock"))?;
    file.lock()?;
    Ok(file)
}

impl Round<'_> {
    /// One request and what comes of it; false when there is nothing left to ask.
    pub(crate) async fn step(&mut self) -> Result<bool, RoundError> {
        let (sent_until, settled, portion) = (self.sent_until, self.pulled_all, self.portion);
        let Stand {
            device,
            hashes,
            read_until,
            token,
            mut epochs,
        } = self
            .exchange
            .blocking(move |device| stand(device, sent_until, settled, portion))
            .await?;
        if self.redactions_left == 0 {
            epochs.clear();
        }
        let device = sync::Device {
            pulled_all: self.pulled_all,
            erasures: if self.cannot_erase {
                Vec::new()
            } else {
                device.erasures
            },
            audit: if self.cannot_audit {
                Vec::new()
            } else {
                device.audit
            },
            epochs: if epochs.is_empty() {
                Vec::new()
            } else {
                device.epochs
            },
            ..device
        };
        let Some(request) = plan(&device) else {
            return Ok(false);
        };
        self.progress.ask(&request)?;
        let departed: Vec<uuid::Uuid> = device.departed.iter().map(|space| space.id).collect();
        let transport = self.exchange.transport.clone();
        match request {
            Request::Erase(request) => {
                let known = erasing::carry(self.exchange, &token, request, &mut self.traffic);
                let known = known.await;
                self.cannot_erase = !self.or_later(known)?.unwrap_or(false);
                (self.tell)(Step::Status);
            }
            Request::Redact(request) => {
                self.redact(&token, epochs, request).await?;
            }
            Request::Sync(request) => {
                if Mistake::SentEarly.is_made() {
                    let taken = |index: usize| (index, [0; 32], Outcome::Ok { seq: 0 });
                    let all: Vec<_> = (0..hashes.len()).map(taken).collect();
                    self.take_verdicts(&request, &hashes, &all).await?;
                }
                let body = transport
                    .sync(&token, request.encode(), &mut self.traffic)
                    .await?;
                let incoming = sync::read_sync_reply(&body, &request)?;
                // What was too much at once goes with the next request.
                if incoming.answers_all(&request) {
                    self.sent_until = read_until;
                }
                self.take_sync(&request, &hashes, &departed, incoming)
                    .await?;
            }
            Request::Snapshot(request) => {
                let body = transport
                    .snapshot(&token, &request, &mut self.traffic)
                    .await?;
                let (header, page) = sync::read_snapshot_reply(&body, &request)?;
                self.take_header(&header, Vec::new()).await?;
                let epoch = log_epoch(&header, request.space);
                let erasures = erasing::arriving(&page.tombstones, &header);
                let began = redacting::arriving(&page.documents, &header);
                self.take_documents(page, (erasures, began), request.after, epoch)
                    .await?;
            }
            Request::Audit(batch) => {
                let known = auditing::report(self.exchange, &token, &batch, &mut self.traffic);
                self.cannot_audit = !known.await?;
            }
        }
        Ok(true)
    }

    /// Asks the server to begin documents anew; what it says is pulled afterwards, and answered.
    async fn redact(
        &mut self,
        token: &str,
        epochs: Vec<OutgoingEpoch>,
        request: SyncRequest,
    ) -> Result<(), RoundError> {
        self.redactions_left -= 1;
        let done = redacting::carry(self.exchange, token, epochs, request, &mut self.traffic).await;
        match self.or_later(done)?.flatten() {
            Some(changes) => (self.tell)(Step::Changed(changes, false)),
            None => self.redactions_left = 0,
        }
        self.pulled_all = false;
        self.sent_until = 0;
        (self.tell)(Step::Status);
        Ok(())
    }

    /// What is erased goes before all else. A server that does not do it now keeps nothing else from going: that is told when
    /// the round is over.
    fn or_later<T>(&mut self, done: Result<T, RoundError>) -> Result<Option<T>, RoundError> {
        match done {
            Ok(done) => Ok(Some(done)),
            Err(problem) if problem.can_wait() => {
                tracing::warn!(%problem, "what is erased waits for the next round");
                self.put_off = Some(problem);
                Ok(None)
            }
            Err(problem) => Err(problem),
        }
    }

    async fn take_sync(
        &mut self,
        request: &SyncRequest,
        hashes: &[[u8; 32]],
        departed: &[uuid::Uuid],
        incoming: Incoming,
    ) -> Result<(), RoundError> {
        let Incoming {
            header,
            verdicts,
            pages,
        } = incoming;
        self.take_verdicts(request, hashes, &verdicts).await?;
        let asked = request.header.spaces.iter().map(|space| space.id).collect();
        let waiting = header.waiting;
        self.exchange
            .blocking(move |device| note_waiting(device, waiting))
            .await?;
        let started_over = self.take_header(&header, asked).await?;
        let mut more = started_over;
        for page in pages {
            let gone = is_gone(&header, page.space);
            if !gone && departed.contains(&page.space) {
                // It is back, and starts over: what follows on where it was lost means nothing here.
                continue;
            }
            more |= page.end.more;
            let from = cursor_of(request, page.space);
            let epoch = log_epoch(&header, page.space);
            let erasures = erasing::arriving(&page.tombstones, &header);
            // One more request tells the server that they were carried out.
            more |= !erasures.is_empty() || !page.documents.is_empty();
            if !page.documents.is_empty() {
                // What is made again may take the places of what was refused.
                self.sent_until = 0;
            }
            let began = redacting::arriving(&page.documents, &header);
            if gone {
                self.take_departed(page, (erasures, began), from, epoch)
                    .await?;
                continue;
            }
            more |= self
                .take_changes(page, (erasures, began), from, epoch)
                .await?;
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
        if kept.iter().any(|(_, _, verdict)| verdict.is_fork()) {
            // What is made again may take the places of what was refused.
            self.sent_until = 0;
            self.progress.turn_back()?;
        }
        let records = self
            .exchange
            .blocking(move |device| {
                if kept.iter().any(|(_, _, verdict)| verdict.is_fork())
                    && !Mistake::ReusedLife.is_made()
                {
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
        let (followed, spaces_changed) = self
            .exchange
            .blocking(move |device| crate::spaces::follow(device, &header, &asked))
            .await?;
        (self.tell)(Step::Changed(followed.lost, true));
        if spaces_changed {
            (self.tell)(Step::Spaces);
        }
        (self.tell)(Step::Status);
        if followed.started_over {
            self.progress.turn_back()?;
        }
        Ok(followed.started_over)
    }

    /// A page of a log. True when the digests show that the space must start over.
    async fn take_changes(
        &mut self,
        page: SpacePage,
        (erasures, began): (Vec<ArrivingErasure>, Vec<ArrivingEpoch>),
        from: u64,
        log_epoch: Option<uuid::Uuid>,
    ) -> Result<bool, RoundError> {
        let count = page.changes.len() + began.len();
        let (changes, start_over) = self
            .exchange
            .blocking(move |device| {
                let arriving: Vec<ArrivingChange> = page
                    .changes
                    .into_iter()
                    .map(|change| ArrivingChange {
                        document: change.document.into(),
                        epoch: change.epoch,
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
                let log = LogPage {
                    changes: &arriving,
                    epochs: &began,
                    erasures: &erasures,
                };
                let changes = device.store.take_page(space, &log, end, &device.stamp())?;
                Ok::<_, store::StoreError>((
                    changes,
                    !page.end.more && digests_differ(device, space, page.end.digest.0)?,
                ))
            })
            .await?;
        self.pulled(count, changes);
        Ok(start_over)
    }

    /// What was erased in a space that is lost.
    async fn take_departed(
        &mut self,
        page: SpacePage,
        (erasures, began): (Vec<ArrivingErasure>, Vec<ArrivingEpoch>),
        from: u64,
        log_epoch: Option<uuid::Uuid>,
    ) -> Result<(), RoundError> {
        let changes = self
            .exchange
            .blocking(move |device| {
                let end = PageEnd {
                    from,
                    cursor: page.end.next_cursor,
                    more: page.end.more,
                    log_epoch,
                };
                let log = LogPage {
                    epochs: &began,
                    erasures: &erasures,
                    changes: &[],
                };
                let space = SpaceId(page.space);
                device
                    .store
                    .take_departed(space, &log, end, &device.stamp())
            })
            .await?;
        self.pulled(0, changes);
        Ok(())
    }

    async fn take_documents(
        &mut self,
        page: SpacePage,
        (erasures, began): (Vec<ArrivingErasure>, Vec<ArrivingEpoch>),
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
                    .filter(|document| document.epoch == 0)
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
                let beside = LogPage {
                    epochs: &began,
                    erasures: &erasures,
                    ..LogPage::default()
                };
                let stamp = device.stamp();
                let changes = device
                    .store
                    .take_documents_page(space, &arriving, &beside, end, &stamp)?;
                let spaces = device.store.spaces()?;
                let done: u64 = spaces.iter().map(|space| u64::from(space.first_done)).sum();
                let total = (done + remaining).to_string();
                device
                    .store
                    .set_meta(&[(meta::FIRST_TOTAL, Some(&total))])?;
                Ok::<_, store::StoreError>(changes)
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
