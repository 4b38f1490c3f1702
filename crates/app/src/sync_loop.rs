//! The sync loop of an open device: it hears of edits and of the server, and exchanges.

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use sync::{Effect, Event as Happened, Pace};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{broadcast, mpsc};
use tokio::time::Instant;

use crate::api::{Changed, Event, Nothing, WipedBy};
use crate::device::{Device, meta};
use crate::exchanging::{Exchange, RoundReport, Step};
use crate::round_error::RoundError;
use crate::sync_status::status;
use crate::transport::Transport;
use crate::wiping::Ending;
use crate::{App, Error, Result};

/// What the loop is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// A person made an edit.
    Edited,
    /// A person asked.
    Asked,
}

/// A running loop; it ends when this is dropped.
pub(crate) struct SyncLoop {
    words: mpsc::UnboundedSender<Word>,
    pub(crate) live: Arc<Mutex<Live>>,
    /// Dropped without waiting: a request under way must not hold up a lock screen.
    runtime: Option<Runtime>,
}

impl Drop for SyncLoop {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// What is the case now.
pub(crate) struct Live {
    pub(crate) pace: Pace,
    /// The code of what went wrong last, until an exchange succeeds.
    pub(crate) problem: Option<&'static str>,
}

impl App {
    /// Exchanges now, and waits for the end of it: the command line.
    ///
    /// # Errors
    /// `alone`, `offline`, `revoked`, or what the server says.
    pub fn sync_round(&self) -> Result<RoundReport> {
        let device = self.device()?;
        let exchange = exchange(&device)?;
        let runtime = runtime_here()?;
        let round = runtime.block_on(exchange.round(&|step| self.tell_step(&step)));
        round.map_err(|problem| {
            if problem.is_wipe() {
                self.wipe(&device)
            } else {
                round_error(&problem).because(problem)
            }
        })
    }

    /// Exchanges now.
    ///
    /// # Errors
    /// `alone` when there is no server to exchange with.
    pub fn sync_now(&self, _: Nothing) -> Result<Nothing> {
        // The reason for a refusal may be gone: a right given back, a server mended. Asking offers it once more.
        self.device()?.store.offer_refused_again()?;
        if self.sync.lock().is_none() {
            return Err(alone());
        }
        self.sync_word(Word::Asked);
        Ok(Nothing {})
    }

    /// Starts the loop of an open device that belongs to a team.
    pub(crate) fn start_sync(&self) {
        if !self.by_itself {
            return;
        }
        let Ok(device) = self.device() else { return };
        let started = exchange(&device)
            .and_then(|exchange| start(exchange, self.events.clone(), self.ending.clone()));
        match started {
            Ok(running) => *self.sync.lock() = Some(running),
            Err(problem) if problem.code == "alone" => *self.sync.lock() = None,
            Err(problem) => tracing::error!(%problem, "the sync loop does not start"),
        }
    }

    pub(crate) fn sync_word(&self, word: Word) {
        if let Some(running) = self.sync.lock().as_ref() {
            // A loop that has ended is a device that was put out; its status says so.
            running.words.send(word).unwrap_or_default();
        }
    }

    fn tell_step(&self, step: &Step) {
        match step {
            Step::Changed(changes, foreign) => self.tell_changed(changes, *foreign),
            Step::Status => {
                if let Ok(status) = self.sync_status(Nothing {}) {
                    self.tell(Event::SyncStatus(status));
                }
            }
            Step::Spaces => {
                if let Ok(status) = self.device_status(Nothing {}) {
                    self.tell(Event::Device(status));
                }
            }
        }
    }
}

fn runtime() -> Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(no_runtime)
}

/// For one exchange that is waited for.
pub(crate) fn runtime_here() -> Result<Runtime> {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(no_runtime)
}

fn no_runtime(problem: std::io::Error) -> Error {
    Error::new(
        "system",
        "The system gives no thread for the connection. Nothing was lost.",
    )
    .because(problem)
}

fn alone() -> Error {
    Error::new("alone", "This device works alone. Join a team to exchange.")
}

pub(crate) fn exchange(device: &Arc<Device>) -> Result<Exchange> {
    let (Some(server), Some(_)) = (
        device.store.meta(meta::SERVER)?,
        device.store.meta(meta::TOKEN)?,
    ) else {
        return Err(alone());
    };
    let wire = device.surroundings.wire().map_err(|problem| {
        Error::new("bad_server", "The address of the server cannot be used.").because(problem)
    })?;
    Ok(Exchange {
        device: device.clone(),
        transport: Transport::new(wire, &server),
    })
}

/// A sentence for a round that broke off.
pub(crate) fn round_error(problem: &RoundError) -> Error {
    let message = match problem.code() {
        "offline" => "There is no connection. Everything is safe on this device and is sent later.",
        "revoked" => "This device no longer belongs to the team. Ask a manager.",
        "upgrade_required" => {
            "The server needs a newer version of the app. Everything is safe here; update the app."
        }
        "server_busy" => {
            "The server is too busy at the moment. Everything is safe here and is sent later."
        }
        "not_a_server" => {
            "At this address something else than Buurtboek answers. Everything is safe here."
        }
        "answer_unreadable" => {
            "The answer of the server came in broken. Everything is safe here; it is tried again."
        }
        "server_stands_still" => {
            "The server keeps answering the same and does not get on. Everything is safe here; it is tried again later."
        }
        "disk_full" => {
            "The disk of this device is full. What was taken in so far is safe, and so is what you wrote. Make room; the \
             exchange goes on where it was."
        }
        "not_writable" => {
            "The book may not be written on this device. What was saved is safe. Give this account the right to write its \
             folder, and exchange again."
        }
        "damaged" => {
            "A part of the book on this device is damaged. Nothing was overwritten, and what was sent is safe with the team. \
             `buurtboek repair`, or Herstel on the lock screen, saves what can be read."
        }
        _ => "The exchange broke off. Everything is safe here; it is tried again.",
    };
    Error::new(problem.code(), message)
}

fn start(exchange: Exchange, events: broadcast::Sender<Event>, ending: Ending) -> Result<SyncLoop> {
    let runtime = runtime()?;
    let (words, heard) = mpsc::unbounded_channel();
    let live = Arc::new(Mutex::new(Live {
        pace: Pace::new(),
        problem: None,
    }));
    let running = Running {
        exchange: Arc::new(exchange),
        live: live.clone(),
        events,
        ending,
    };
    runtime.spawn(running.run(heard));
    Ok(SyncLoop {
        words,
        live,
        runtime: Some(runtime),
    })
}

struct Running {
    exchange: Arc<Exchange>,
    live: Arc<Mutex<Live>>,
    events: broadcast::Sender<Event>,
    ending: Ending,
}

impl Running {
    async fn run(self, mut heard: mpsc::UnboundedReceiver<Word>) {
        let (spoke, mut speaking) = mpsc::channel::<Happened>(16);
        let mut wake: Option<Instant> = None;
        let mut happened = Happened::Started;
        loop {
            let now = self.exchange.device.surroundings.now().timestamp_millis();
            let effects = self.live.lock().pace.handle(now, happened);
            let mut round = false;
            for effect in effects {
                match effect {
                    Effect::StartRound => round = true,
                    Effect::WakeAt(at) => {
                        let after = Duration::from_millis(u64::try_from(at - now).unwrap_or(0));
                        wake = Some(Instant::now() + after);
                    }
                    Effect::OpenStream => self.listen(spoke.clone()),
                }
            }
            self.tell_status();
            if round {
                let Some(next) = self.round().await else {
                    return;
                };
                happened = next;
                continue;
            }
            happened = tokio::select! {
                word = heard.recv() => match word {
                    Some(Word::Edited) => Happened::Edited,
                    Some(Word::Asked) => Happened::Asked,
                    None => return,
                },
                Some(event) = speaking.recv() => event,
                () = sleep_until(wake) => {
                    wake = None;
                    Happened::Tick
                }
            };
        }
    }

    /// What came of a round; `None` when there is nothing left to exchange with.
    async fn round(&self) -> Option<Happened> {
        let result = self.exchange.round(&|step| self.tell_step(step)).await;
        match result {
            Ok(_) => {
                self.live.lock().problem = None;
                Some(Happened::Finished)
            }
            Err(problem) if problem.is_wipe() => {
                self.wipe().await;
                None
            }
            Err(problem) => {
                tracing::warn!(code = problem.code(), "an exchange broke off");
                self.live.lock().problem = Some(problem.code());
                Some(Happened::Failed(problem.failure()))
            }
        }
    }

    /// Destroys the book, and tells the server; if that does not succeed now, the shell's watch goes on with it.
    async fn wipe(&self) {
        let (ending, exchange) = (self.ending.clone(), self.exchange.clone());
        let destroyed = tokio::task::spawn_blocking(move || {
            ending.carry_out(&exchange.device, WipedBy::Manager)
        });
        match destroyed.await {
            Ok(Ok(())) => {}
            Ok(Err(problem)) => tracing::error!(%problem, "the book is not destroyed yet"),
            Err(problem) => tracing::error!(%problem, "destroying the book broke off"),
        }
        if let Err(problem) = self.ending.confirm().await {
            tracing::warn!(%problem, "what remains of the book could not be written");
        }
    }

    fn listen(&self, spoke: mpsc::Sender<Happened>) {
        let exchange = self.exchange.clone();
        tokio::spawn(async move {
            let token = exchange
                .device
                .store
                .meta(meta::TOKEN)
                .ok()
                .flatten()
                .unwrap_or_default();
            let told = spoke.clone();
            // A full channel already holds a word that makes the loop look; one more adds nothing.
            let ended = exchange
                .transport
                .listen(&token, move || {
                    told.try_send(Happened::ServerSpoke).unwrap_or_default();
                })
                .await;
            if let Err(problem) = ended {
                tracing::info!(%problem, "the event stream ended");
            }
            spoke.send(Happened::StreamEnded).await.unwrap_or_default();
        });
    }

    fn tell_step(&self, step: Step) {
        match step {
            Step::Changed(changes, foreign) if !changes.records.is_empty() => {
                let ids = if changes.records.len() > 500 {
                    Vec::new()
                } else {
                    changes.records.iter().map(ToString::to_string).collect()
                };
                let kinds = changes
                    .kinds
                    .iter()
                    .map(|kind| (*kind).to_owned())
                    .collect();
                drop(self.events.send(Event::Changed(Changed {
                    kinds,
                    ids,
                    foreign,
                })));
            }
            Step::Changed(..) => {}
            Step::Status => self.tell_status(),
            Step::Spaces => {
                match crate::device::open_status(&self.exchange.device, &self.ending.folder) {
                    Ok(status) => drop(self.events.send(Event::Device(status))),
                    Err(problem) => tracing::error!(%problem, "the spaces cannot be read"),
                }
            }
        }
    }

    fn tell_status(&self) {
        match status(&self.exchange.device, Some(&self.live)) {
            Ok(status) => drop(self.events.send(Event::SyncStatus(status))),
            Err(problem) => tracing::error!(%problem, "the state of sending cannot be read"),
        }
    }
}

async fn sleep_until(wake: Option<Instant>) {
    match wake {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
