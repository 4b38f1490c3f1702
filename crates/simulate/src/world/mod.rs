//! A history as it is played: devices, server, line and clock, step by step, on one thread.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use protocol::Role;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::check::Violation;
use crate::device::Device;
use crate::dice::Dice;
use crate::disk;
use crate::history::{Act, History, Step};
use crate::line::Net;
use crate::server::{Server, WholeLog};
use crate::template::{START_MS, Stage, StageError};
use crate::truth::Truth;

/// Milliseconds between two steps at most.
const STEP_MS: u64 = 1_200_000;

mod healing;
mod machines;
mod people;
mod shown;

pub(crate) use shown::{add_conflict, seen_in};

/// The world of one history.
pub(crate) struct World<'a> {
    pub(crate) runtime: &'a Runtime,
    root: PathBuf,
    seed: u64,
    clock: Arc<AtomicI64>,
    pub(crate) net: Arc<Net>,
    pub(crate) server: Server,
    pub(crate) devices: Vec<Device>,
    pub(crate) truth: Truth,
    /// Logs as they were last read, to see that what was given out stays.
    pub(crate) logs: Vec<WholeLog>,
    /// The records that a number of a space's log was ever given to.
    pub(crate) numbers: BTreeMap<(Uuid, u64), BTreeSet<Uuid>>,
    /// What happened, for whoever wants to read along.
    pub(crate) told: Vec<String>,
    tells: bool,
    /// A digest of everything that happened.
    pub(crate) digest: DefaultHasher,
}

impl<'a> World<'a> {
    /// The beginning of a history.
    pub(crate) fn new(
        stage: &'a mut Stage,
        history: &History,
        tells: bool,
    ) -> Result<Self, StageError> {
        let template = stage.template(history.devices, history.spaces)?;
        disk::install();
        disk::clear();
        let root = stage.root();
        let clock = Arc::new(AtomicI64::new(START_MS));
        let net = Arc::new(Net::after(template.promises.clone()));
        let dice = |purpose| Dice::of(history.seed, purpose);
        let mut server = Server::new(root.join("server"), &clock, &net, dice(1_000));
        server.put(&template.server)?;
        server.start()?;
        let mut devices = Vec::new();
        for (no, image) in template.devices.iter().enumerate() {
            let mut device = Device::new(&root, no, &net, &clock, dice(2_000 + no as u64));
            device.put(image)?;
            device.open()?;
            devices.push(device);
        }
        Ok(Self {
            runtime: stage.runtime(),
            root,
            seed: history.seed,
            clock,
            net,
            server,
            devices,
            truth: Truth::default(),
            logs: Vec::new(),
            numbers: BTreeMap::new(),
            told: Vec::new(),
            tells,
            digest: DefaultHasher::new(),
        })
    }

    /// One step, and what it does to machines that were about to fail.
    pub(crate) fn step(&mut self, step: &Step) -> Result<(), Violation> {
        let mut dice = Dice::of(self.seed, 10_000 + u64::from(step.no));
        let passed = i64::try_from(dice.below(STEP_MS)).unwrap_or(0);
        self.clock.fetch_add(passed, Ordering::Relaxed);
        let device = usize::from(step.device) % self.devices.len().max(1);
        self.tell(|| step.words());
        self.act(step, device, &mut dice)?;
        self.recover(step, device, &mut dice)
    }

    pub(crate) fn tell(&mut self, words: impl FnOnce() -> String) {
        let words = words();
        words.hash(&mut self.digest);
        if self.tells {
            self.told.push(words);
        }
    }

    fn act(&mut self, step: &Step, device: usize, dice: &mut Dice) -> Result<(), Violation> {
        let is_out = self.devices.get(device).is_none_or(|device| device.out);
        if is_out && !matches!(step.act, Act::Server(_) | Act::Join) {
            return Ok(());
        }
        match &step.act {
            Act::Server(act) => self.serve(*act, step)?,
            Act::Join => self.join(step, dice)?,
            Act::Write(kind) => self.write(step, device, *kind, dice)?,
            Act::Edit { record, field } => self.edit(step, device, *record, Some(*field))?,
            Act::Text { record } => self.edit(step, device, *record, None)?,
            Act::TickOff { record } => self.tick_off(step, device, *record)?,
            Act::Archive { record } => self.archive(step, device, *record)?,
            Act::Erase { record } => self.erase(step, device, *record),
            Act::Undo => self.undo(step, device)?,
            Act::Settle { which, choice } => self.settle(step, device, *which, *choice)?,
            Act::Sync(troubles) => self.sync(step, device, troubles),
            Act::Clock(hours) => {
                if let Some(device) = self.devices.get(device) {
                    device.set_clock(*hours);
                }
            }
            Act::Restart => self.reopen(device),
            Act::Disk(plan) => self.plan_device(device, *plan),
            Act::BackUp => {
                if let Some(device) = self.devices.get_mut(device) {
                    device.copy = Some((device.image(), step.no));
                }
            }
            Act::PutBack => self.put_back(step, device, device),
            Act::Clone => self.put_back(step, device, (device + 1) % self.devices.len()),
            Act::Rebuild => self.rebuild(device),
            Act::Revoke => self.revoke(device),
            Act::OnlyRead(space) => self.set_role(device, *space, Some(Role::Reader)),
            Act::MayWrite(space) => self.set_role(device, *space, Some(Role::Writer)),
            Act::Leave(space) => self.set_role(device, *space, None),
        }
        Ok(())
    }
}
