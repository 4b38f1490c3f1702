//! The log of the server: what was promised is in it, without gap or repetition.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::Violation;
use crate::server::{Logged, WholeLog};
use crate::world::World;

impl World<'_> {
    pub(crate) fn whole_logs(&self) -> Result<Vec<WholeLog>, Violation> {
        self.server
            .whole_logs(self.runtime)
            .ok_or_else(|| Violation::log("the log cannot be read from its beginning".to_owned()))
    }

    /// What the server said it has, it has, under that number; and what it gave out before, it still gives out. Only what
    /// was erased leaves its numbers empty.
    pub(crate) fn check_promises(&mut self) -> Result<(), Violation> {
        let logs = self.whole_logs()?;
        self.check_erased(&logs)?;
        self.learn_numbers(&logs);
        let gone = erased(&logs);
        for log in &logs {
            self.check_numbers(log, &gone)?;
            let before = self
                .logs
                .iter()
                .find(|before| before.space == log.space && before.epoch == log.epoch);
            let kept: Vec<&Logged> = before
                .iter()
                .flat_map(|before| &before.entries)
                .filter(|entry| entry.hash.is_none() || !gone.contains(&entry.document))
                .collect();
            if !log.entries.iter().take(kept.len()).eq(kept) {
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
            // Number 0: in the document, and in no log that the server still has.
            let kept = promise.seq == 0
                || gone.contains(&promise.document)
                || log
                    .entries
                    .iter()
                    .any(|entry| entry.seq == promise.seq && entry.hash == Some(promise.hash));
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

    /// Which record every number was given to.
    fn learn_numbers(&mut self, logs: &[WholeLog]) {
        let written = logs.iter().flat_map(|log| {
            let place = |entry: &Logged| ((log.space, entry.seq), entry.document);
            log.entries.iter().map(place)
        });
        let told = self.net.promises();
        let told = told
            .iter()
            .map(|promise| ((promise.space, promise.seq), promise.document));
        for (number, document) in written.chain(told) {
            self.numbers.entry(number).or_default().insert(document);
        }
    }

    /// Every number up to the head is in the log once, in order, or was given to a record that is erased.
    fn check_numbers(&self, log: &WholeLog, gone: &BTreeSet<Uuid>) -> Result<(), Violation> {
        let mut next = 1;
        for seq in log
            .entries
            .iter()
            .map(|entry| entry.seq)
            .chain([log.head + 1])
        {
            let lacks = (next..seq).find(|missing| {
                self.numbers
                    .get(&(log.space, *missing))
                    .is_none_or(|documents| documents.is_disjoint(gone))
            });
            if let Some(missing) = lacks {
                return Err(Violation::log(format!(
                    "the log of space {} lacks number {missing}",
                    log.space
                )));
            }
            if seq < next {
                return Err(Violation::log(format!(
                    "the log of space {} has number {seq} twice, or late",
                    log.space
                )));
            }
            next = seq + 1;
        }
        Ok(())
    }

    /// What the server said is erased is not in the log, or is there as erased only.
    pub(crate) fn check_erased(&self, logs: &[WholeLog]) -> Result<(), Violation> {
        let mut gone = self.net.erased();
        gone.extend(erased(logs));
        let back = logs
            .iter()
            .flat_map(|log| &log.entries)
            .find(|entry| entry.hash.is_some() && gone.contains(&entry.document));
        match back {
            Some(entry) => Err(Violation::back(format!(
                "record {} was erased, and the server has number {} of it",
                entry.document, entry.seq
            ))),
            None => Ok(()),
        }
    }

    /// Every device in a space was given every change of others after its cursor, once and in order.
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
                    !pull.gone
                        && !pull.seqs.contains(seq)
                        && !self.is_own(&pushed, pull.device, pull.space, *seq)
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

/// The records of which the log says that they are erased.
pub(super) fn erased(logs: &[WholeLog]) -> BTreeSet<Uuid> {
    logs.iter()
        .flat_map(|log| &log.entries)
        .filter(|entry| entry.hash.is_none())
        .map(|entry| entry.document)
        .collect()
}
