//! The log of the server: what was promised is in it, without gap or repetition.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::Violation;
use crate::server::WholeLog;
use crate::world::World;

impl World<'_> {
    pub(super) fn whole_logs(&self) -> Result<Vec<WholeLog>, Violation> {
        self.server
            .whole_logs(self.runtime)
            .ok_or_else(|| Violation::log("the log cannot be read from its beginning".to_owned()))
    }

    /// What the server said it has, it has, under that number; and what it gave out before, it still gives out.
    pub(crate) fn check_promises(&mut self) -> Result<(), Violation> {
        let logs = self.whole_logs()?;
        for log in &logs {
            let gap = (1..)
                .zip(&log.entries)
                .find(|(seq, entry)| entry.seq != *seq);
            if let Some((seq, entry)) = gap {
                return Err(Violation::log(format!(
                    "in the log of space {} number {} stands in the place of {seq}",
                    log.space, entry.seq
                )));
            }
            if log.entries.len() as u64 != log.head {
                return Err(Violation::log(format!(
                    "the log of space {} has {} entries and its head is {}",
                    log.space,
                    log.entries.len(),
                    log.head
                )));
            }
            let before = self
                .logs
                .iter()
                .find(|before| before.space == log.space && before.epoch == log.epoch);
            if before.is_some_and(|before| !log.entries.starts_with(&before.entries)) {
                return Err(Violation::log(format!(
                    "the log of space {} gives out other things than before",
                    log.space
                )));
            }
        }
        for promise in self.net.promises() {
            let Some(log) = logs
                .iter()
                .find(|log| log.space == promise.space && Some(log.epoch) == promise.log_epoch)
            else {
                continue;
            };
            let index = usize::try_from(promise.seq).unwrap_or(0).wrapping_sub(1);
            // Number 0: in the document, and in no log that the server still has.
            let kept = promise.seq == 0
                || log
                    .entries
                    .get(index)
                    .is_some_and(|entry| entry.hash == Some(promise.hash));
            if !kept {
                return Err(Violation::told(format!(
                    "the server told device {} that it has a change as number {} of space {}, and has not",
                    promise.device, promise.seq, promise.space
                )));
            }
        }
        self.logs = logs;
        Ok(())
    }

    /// Every device was given every change of others after its cursor, once and in order.
    pub(super) fn check_pulls(&self) -> Result<(), Violation> {
        let mut pushed: BTreeSet<(usize, Uuid, u64)> = BTreeSet::new();
        for promise in self.net.promises() {
            pushed.insert((promise.device, promise.space, promise.seq));
        }
        for pull in self.net.pulls() {
            let Some(log) = self
                .logs
                .iter()
                .find(|log| log.space == pull.space && Some(log.epoch) == pull.log_epoch)
            else {
                continue;
            };
            let in_order = pull.seqs.windows(2).all(|pair| pair.first() < pair.last());
            let within = pull
                .seqs
                .iter()
                .all(|seq| pull.after < *seq && *seq <= pull.next);
            if !in_order || !within {
                return Err(Violation::log(format!(
                    "device {} was given {:?} between {} and {} of space {}",
                    pull.device, pull.seqs, pull.after, pull.next, pull.space
                )));
            }
            let missing = log
                .entries
                .iter()
                .map(|entry| entry.seq)
                .filter(|seq| pull.after < *seq && *seq <= pull.next)
                .find(|seq| {
                    !pull.seqs.contains(seq) && !self.is_own(&pushed, pull.device, pull.space, *seq)
                });
            if let Some(seq) = missing {
                return Err(Violation::log(format!(
                    "device {} was not given number {seq} of space {}, and its cursor is {}",
                    pull.device, pull.space, pull.next
                )));
            }
        }
        Ok(())
    }

    /// Pushed by this device, or by another that goes on with a copy of it.
    pub(super) fn is_own(
        &self,
        pushed: &BTreeSet<(usize, Uuid, u64)>,
        device: usize,
        space: Uuid,
        seq: u64,
    ) -> bool {
        let name = self.devices.get(device).map(|device| &device.name);
        pushed.contains(&(device, space, seq))
            || self
                .devices
                .iter()
                .enumerate()
                .any(|(no, other)| Some(&other.name) == name && pushed.contains(&(no, space, seq)))
    }
}
