//! What happens to machines.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use app::App;
use app::api::RecordId;
use protocol::Role;

use super::World;
use crate::check::Violation;
use crate::device::Device;
use crate::dice::Dice;
use crate::disk::{self, Down, Trouble};
use crate::history::{Act, DiskPlan, DiskTrouble, Kind, ServerAct, Step};
use crate::line::LineTrouble;
use crate::template::clean;
use crate::truth::Back;

impl World<'_> {
    pub(super) fn sync(&mut self, step: &Step, device: usize, troubles: &[LineTrouble]) {
        let Some(found) = self.devices.get(device) else {
            return;
        };
        found.line.plan(troubles);
        let result = found.app().map(App::sync_round);
        found.line.plan(&[]);
        let outcome = match result {
            Some(Ok(report)) => format!(
                "      {} requests, {} up, {} down, {} refused",
                report.requests, report.pushed, report.pulled, report.refused
            ),
            Some(Err(problem)) => {
                if is_end(problem.code) {
                    self.lost_device(device, "the device was put out");
                }
                format!("      {}", problem.code)
            }
            None => "      closed".to_owned(),
        };
        self.tell(|| outcome);
        self.after_crash(device);
        self.note_sent(step, device);
    }

    /// A device that is out: what only it had is gone, and the person was told.
    pub(super) fn lost_device(&mut self, device: usize, why: &'static str) {
        if let Some(device) = self.devices.get_mut(device) {
            device.out = true;
        }
        for word in &mut self.truth.words {
            if word.device == device && word.sent.is_none() {
                word.excused = Some(why);
            }
        }
        let back = Back {
            copied: 0,
            at: u32::MAX,
        };
        self.truth.device_back.push((device, back));
    }

    /// Notes what the device says was sent.
    pub(super) fn note_sent(&mut self, step: &Step, device: usize) {
        let Some(app) = self.devices.get(device).and_then(Device::app) else {
            return;
        };
        let waiting: BTreeSet<usize> = self
            .truth
            .words
            .iter()
            .filter(|word| word.device == device && word.saved && word.sent.is_none())
            .map(|word| word.record)
            .collect();
        let sent: BTreeSet<usize> = waiting
            .into_iter()
            .filter(|record| {
                let Some(known) = self.truth.records.get(*record) else {
                    return false;
                };
                let id = known.id.clone();
                app.record_get(RecordId { id })
                    .is_ok_and(|view| !view.mark.unsent && !view.mark.refused)
            })
            .collect();
        for word in &mut self.truth.words {
            if word.device == device
                && word.saved
                && word.sent.is_none()
                && sent.contains(&word.record)
            {
                word.sent = Some(step.no);
            }
        }
        self.note_let_go(step, device);
    }

    /// Notes what the device was sent away from and has no more.
    fn note_let_go(&mut self, step: &Step, device: usize) {
        let Some(app) = self.devices.get(device).and_then(Device::app) else {
            return;
        };
        let truth = &mut self.truth;
        let (records, departed) = (&truth.records, &truth.departed);
        if !departed.iter().any(|(who, _)| *who == device) {
            return;
        }
        let sent = truth
            .words
            .iter_mut()
            .filter(|word| word.device == device && word.sent.is_some() && word.let_go.is_none());
        for word in sent {
            let Some(record) = records.get(word.record) else {
                continue;
            };
            let id = record.id.clone();
            if departed.contains(&(device, record.space.clone()))
                && app.record_get(RecordId { id }).is_err()
            {
                word.let_go = Some(step.no);
            }
        }
    }

    pub(super) fn plan_device(&mut self, device: usize, plan: DiskPlan) {
        if let Some(device) = self.devices.get_mut(device) {
            device.down = down_of(plan.trouble);
            let trouble = trouble_of(plan.trouble);
            disk::plan(&device.folder, u64::from(plan.after), trouble);
        }
    }

    pub(super) fn reopen(&mut self, device: usize) {
        let Some(found) = self.devices.get_mut(device) else {
            return;
        };
        found.close();
        if let Err(problem) = found.open() {
            let code = problem.code;
            self.tell(|| format!("      does not open: {code}"));
        }
        self.after_crash(device);
    }

    pub(super) fn is_stopped(&self, device: usize) -> bool {
        self.devices
            .get(device)
            .is_some_and(|found| disk::is_stopped(&found.folder))
    }

    /// A machine that stopped is started again.
    pub(super) fn after_crash(&mut self, device: usize) {
        let Some(found) = self.devices.get_mut(device) else {
            return;
        };
        if !disk::is_stopped(&found.folder) && found.app().is_some() {
            return;
        }
        let steps = disk::steps(&found.folder);
        let mut dice = Dice::of(self.seed, 1_000_000 + steps * 64 + device as u64);
        let opened = found.restart(&mut dice);
        let words = match opened {
            Ok(()) => format!("      device {device} is started again"),
            Err(problem) => format!(
                "      device {device} does not open again: {}",
                problem.code
            ),
        };
        self.tell(|| words);
    }

    /// What must hold after every step.
    pub(super) fn recover(
        &mut self,
        step: &Step,
        device: usize,
        dice: &mut Dice,
    ) -> Result<(), Violation> {
        // Looking at somebody is written down, so the power may have gone while only looking.
        if self.is_stopped(device) {
            self.after_crash(device);
        }
        if !matches!(step.act, Act::Disk(_))
            && let Some(found) = self.devices.get(device)
            && found.app().is_some()
            && disk::is_full(&found.folder)
        {
            disk::calm(&found.folder);
        }
        let had_crashed = disk::is_stopped(&self.server.folder);
        if had_crashed {
            match self.server.restart(dice) {
                Ok(()) => self.tell(|| "      the server is started again".to_owned()),
                Err(problem) => {
                    return Err(Violation::agreement(format!(
                        "the server does not start again: {problem}"
                    )));
                }
            }
            self.check_promises()?;
        }
        if !matches!(step.act, Act::Server(ServerAct::Disk(_)))
            && disk::is_full(&self.server.folder)
        {
            disk::calm(&self.server.folder);
        }
        Ok(())
    }

    pub(super) fn put_back(&mut self, step: &Step, from: usize, to: usize) {
        let Some((image, copied)) = self
            .devices
            .get(from)
            .and_then(|device| device.copy.clone())
        else {
            return;
        };
        if from == to {
            self.truth.device_back.push((
                to,
                Back {
                    copied,
                    at: step.no,
                },
            ));
        } else {
            self.truth.device_back.push((
                to,
                Back {
                    copied: 0,
                    at: step.no,
                },
            ));
        }
        let Some(device) = self.devices.get_mut(to) else {
            return;
        };
        device.out = false;
        device.copy = None;
        // A copy is put on a machine that works.
        disk::calm(&device.folder);
        let put = device.put_back(&image);
        let opened = device.open();
        self.tell(|| {
            format!(
                "      device {to} goes on with the copy of device {from} of step {copied}{}{}",
                if put.is_ok() { "" } else { "; no folder" },
                if opened.is_ok() {
                    ""
                } else {
                    "; does not open"
                }
            )
        });
    }

    pub(super) fn rebuild(&mut self, device: usize) {
        let Some(app) = self.app(device) else { return };
        let rebuilt = app.rebuild();
        let code = rebuilt.err().map_or("made again", |problem| problem.code);
        self.tell(|| format!("      {code}"));
        self.after_crash(device);
    }

    pub(super) fn join(&mut self, step: &Step, dice: &mut Dice) -> Result<(), Violation> {
        if self.devices.len() >= 10 {
            return Ok(());
        }
        let no = self.devices.len();
        let dice_of = Dice::of(self.seed, 3_000 + u64::from(step.no));
        let mut device = Device::new(&self.root, no, &self.net, &self.clock, dice_of);
        let begun =
            clean(&device.folder).is_ok() && device.begin(&format!("Newcomer {no}")).is_ok();
        if !begun {
            return Err(Violation::agreement(
                "a new device does not begin".to_owned(),
            ));
        }
        self.devices.push(device);
        self.write(step, no, Kind::Note, dice)?;
        let space = dice.index(self.server.spaces.len());
        let invitation = self.server.invite(space, Role::Writer).ok().flatten();
        let joined = match (invitation, self.devices.get_mut(no)) {
            (Some(invitation), Some(device)) => device.join(invitation),
            _ => {
                self.lost_device(no, "it never joined");
                return Ok(());
            }
        };
        match joined {
            Ok(()) => {
                self.tell(|| format!("      device {no} joins space {space}"));
                // What it wrote while alone lives in the team's space now.
                for index in 0..self.truth.records.len() {
                    self.learn_space(no, index);
                }
            }
            Err(problem) => {
                let code = problem.code;
                self.tell(|| format!("      device {no} does not join: {code}"));
                self.lost_device(no, "it never joined");
            }
        }
        Ok(())
    }

    pub(super) fn learn_space(&mut self, device: usize, index: usize) {
        let Some(id) = self
            .truth
            .records
            .get(index)
            .map(|record| record.id.clone())
        else {
            return;
        };
        let space = self
            .app(device)
            .and_then(|app| app.record_get(RecordId { id }).ok())
            .map(|view| view.space);
        if let (Some(space), Some(record)) = (space, self.truth.records.get_mut(index)) {
            record.space = space;
        }
    }

    pub(super) fn revoke(&mut self, device: usize) {
        let (Some(found), Some(log)) = (self.devices.get(device), self.server.log()) else {
            return;
        };
        let rows = log.devices().unwrap_or_default();
        let Some(row) = rows.iter().find(|row| row.member == found.name) else {
            return;
        };
        let revoked = log.revoke_device(row.id, self.clock.load(Ordering::Relaxed));
        let words = if revoked.is_ok() {
            "revoked"
        } else {
            "not revoked"
        };
        self.tell(|| format!("      {words}"));
    }

    pub(super) fn set_role(&mut self, device: usize, space: u8, role: Option<Role>) {
        let Some(member) = self.devices.get(device).map(|found| found.member.clone()) else {
            return;
        };
        let space = usize::from(space) % self.server.spaces.len().max(1);
        let set = self.server.set_role(&member, space, role);
        if let Some(id) = self.server.spaces.get(space).filter(|_| set) {
            let here = (device, id.to_string());
            if role.is_none() {
                self.truth.departed.insert(here);
            } else {
                self.truth.departed.remove(&here);
            }
        }
        self.tell(|| format!("      {}", if set { "noted" } else { "not noted" }));
    }

    pub(super) fn serve(&mut self, act: ServerAct, step: &Step) -> Result<(), Violation> {
        match act {
            ServerAct::Disk(plan) => {
                self.server.down = down_of(plan.trouble);
                let trouble = trouble_of(plan.trouble);
                disk::plan(&self.server.folder, u64::from(plan.after), trouble);
            }
            ServerAct::Stop => self.server.stop(),
            ServerAct::Start => {
                if self.server.start().is_err() && !disk::is_stopped(&self.server.folder) {
                    // A fault of the disk: the next start is without it.
                    disk::calm(&self.server.folder);
                }
            }
            ServerAct::BackUp => {
                let made = self.server.make_backup(step.no);
                self.tell(|| format!("      {}", if made { "made" } else { "not made" }));
            }
            ServerAct::PutBack => {
                disk::calm(&self.server.folder);
                match self.server.put_backup() {
                    Ok(Some(copied)) => {
                        // Also before any device comes by: what was erased since the backup is not back.
                        self.check_erased(&self.whole_logs()?)?;
                        self.truth.server_back.push(Back {
                            copied,
                            at: step.no,
                        });
                        self.logs.clear();
                        self.tell(|| format!("      as of step {copied}"));
                    }
                    Ok(None) => {}
                    Err(problem) => {
                        return Err(Violation::agreement(format!(
                            "the backup cannot be put back: {problem}"
                        )));
                    }
                }
            }
            ServerAct::Late => self.deliver_late(),
        }
        Ok(())
    }

    pub(crate) fn deliver_late(&mut self) {
        for (device, ask) in self.net.take_late() {
            let answer = self.runtime.block_on(self.net.deliver(device, &ask));
            let status = answer.map_or(0, |answer| answer.status);
            self.tell(|| format!("      a late request of device {device}: {status}"));
        }
    }
}

/// What the app says on a device that a manager put out.
pub(super) fn is_end(code: &str) -> bool {
    code == "wiped" || code == "revoked"
}

fn trouble_of(trouble: DiskTrouble) -> Trouble {
    match trouble {
        DiskTrouble::PowerCut | DiskTrouble::Killed => Trouble::Stop,
        DiskTrouble::Full => Trouble::Full,
        DiskTrouble::Error => Trouble::Error,
    }
}

const fn down_of(trouble: DiskTrouble) -> Down {
    match trouble {
        DiskTrouble::PowerCut | DiskTrouble::Full | DiskTrouble::Error => Down::PowerCut,
        DiskTrouble::Killed => Down::Killed,
    }
}
