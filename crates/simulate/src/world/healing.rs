//! The end of a history: everything works again, and everybody exchanges until nothing moves any more.

use app::api::Nothing;

use super::World;
use super::machines::is_end;
use crate::check::Violation;
use crate::disk;
use crate::history::{Act, Step};

impl World<'_> {
    /// Everything works again: no faults, all machines up.
    pub(crate) fn heal(&mut self) -> Result<(), Violation> {
        disk::calm(&self.server.folder);
        if self.server.log().is_none() {
            self.server.start().map_err(|problem| {
                Violation::agreement(format!("the server does not start: {problem}"))
            })?;
        }
        self.deliver_late();
        for no in 0..self.devices.len() {
            let Some(device) = self.devices.get_mut(no) else {
                continue;
            };
            if device.out {
                device.close();
                continue;
            }
            disk::calm(&device.folder);
            device.close();
            match device.open() {
                // A person asks: what was refused is offered once more. There is no loop here to do it by itself.
                Ok(()) => drop(device.app().map(|app| app.sync_now(Nothing {}))),
                Err(problem) if is_end(problem.code) => {
                    self.lost_device(no, "the device was put out");
                }
                Err(problem) => {
                    return Err(Violation::agreement(format!(
                        "device {no} does not open: {problem}"
                    )));
                }
            }
        }
        let last = Step {
            no: u32::MAX,
            device: 0,
            act: Act::Restart,
        };
        for round in 0..12 {
            let mut moved = false;
            for no in 0..self.devices.len() {
                moved |= self.heal_device(&last, no)?;
            }
            if !moved && (round > 8 || !self.bring_back()) {
                return Ok(());
            }
        }
        Err(Violation::equality(
            "the devices are not done after twelve rounds without faults".to_owned(),
        ))
    }

    pub(super) fn heal_device(&mut self, last: &Step, no: usize) -> Result<bool, Violation> {
        let Some(device) = self.devices.get(no).filter(|device| !device.out) else {
            return Ok(false);
        };
        let Some(app) = device.app() else {
            return Ok(false);
        };
        let moved = match app.sync_round() {
            Ok(report) => {
                let words = format!(
                    "      device {no}: {} up, {} down, {} refused",
                    report.pushed, report.pulled, report.refused
                );
                self.tell(|| words);
                report.pushed + report.pulled > 0
            }
            Err(problem) if is_end(problem.code) => {
                self.lost_device(no, "the device was put out");
                true
            }
            Err(problem) => {
                return Err(Violation::equality(format!(
                    "device {no} cannot exchange although nothing is wrong: {problem}"
                )));
            }
        };
        self.note_sent(last, no);
        Ok(moved)
    }
}
