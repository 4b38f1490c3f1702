//! What must hold, whatever happened.

use std::collections::{BTreeMap, BTreeSet};

use app::api::{RecordView, Search};
use protocol::Role;
use serde_json::Value;
use thiserror::Error;
use uuid::Uuid;

use crate::history::Kind;
use crate::truth::{is_one, spell};
use crate::world::World;

/// Words that are searched for on each device.
const SEARCHED: usize = 4;

/// What a device may do in each space that it takes part in.
type Roles = BTreeMap<String, Role>;

/// A promise that was broken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("promise {point}: {what}")]
pub struct Violation {
    /// Which of the eight.
    pub point: u8,
    /// What was seen.
    pub what: String,
}

impl Violation {
    const fn new(point: u8, what: String) -> Self {
        Self { point, what }
    }

    /// (1) Every saved word is there, or kept aside in sight, or replaced by somebody who saw it.
    pub(crate) const fn lost(what: String) -> Self {
        Self::new(1, what)
    }

    /// (2) All devices and the server hold the same.
    pub(crate) const fn equality(what: String) -> Self {
        Self::new(2, what)
    }

    /// (3) No device holds what it has no right to.
    pub(crate) const fn right(what: String) -> Self {
        Self::new(3, what)
    }

    /// (4) What was erased stays away.
    pub(crate) const fn back(what: String) -> Self {
        Self::new(4, what)
    }

    /// (5) An open signal has one owner and a next date.
    pub(crate) const fn let_go(what: String) -> Self {
        Self::new(5, what)
    }

    /// (6) Documents, read model and search index agree, and every file opens.
    pub(crate) const fn agreement(what: String) -> Self {
        Self::new(6, what)
    }

    /// (7) Nobody was told "saved" or "sent" when it was not.
    pub(crate) const fn told(what: String) -> Self {
        Self::new(7, what)
    }

    /// (8) The log has no gap and no repetition for any reader.
    pub(crate) const fn log(what: String) -> Self {
        Self::new(8, what)
    }
}

mod held;
mod log;

use held::Held;

impl World<'_> {
    /// Everything that must hold at the end, when nothing is wrong any more.
    pub(crate) fn check(&mut self) -> Result<(), Violation> {
        self.truth.excuse();
        self.check_promises()?;
        self.check_pulls()?;
        let mut held = BTreeMap::new();
        for (no, device) in self
            .devices
            .iter()
            .enumerate()
            .filter(|(_, device)| !device.out)
        {
            let Some(app) = device.app() else { continue };
            let unreadable =
                |problem| Violation::agreement(format!("device {no} cannot be read: {problem}"));
            let findings = app.verify().map_err(unreadable)?;
            if let Some(problem) = findings.problems.first() {
                return Err(Violation::agreement(format!("device {no}: {problem}")));
            }
            held.insert(no, Held::by(app).map_err(unreadable)?);
        }
        let mut gone = self.net.erased();
        gone.extend(log::erased(&self.logs));
        for (no, device) in &held {
            check_gone(*no, device, &gone)?;
        }
        let (rights, shared) = (self.rights(), self.shared_spaces());
        for (no, device) in &held {
            self.check_saved(*no, device, &held, &rights, &gone)?;
            check_signals(*no, device)?;
            self.check_search(*no, device)?;
            check_rights(*no, device, &shared, rights.get(no))?;
        }
        self.check_equal(&held, &rights, &shared)
    }

    /// The spaces that the server knows. What a device keeps in a space of its own concerns nobody else.
    fn shared_spaces(&self) -> BTreeSet<String> {
        let spaces = self.server.log().map(sync_server::log::Log::spaces);
        spaces
            .and_then(Result::ok)
            .unwrap_or_default()
            .into_iter()
            .map(|space| space.id.to_string())
            .collect()
    }

    /// The spaces of each device and what it may do there, as the server says.
    fn rights(&self) -> BTreeMap<usize, Roles> {
        let mut rights = BTreeMap::new();
        let Some(log) = self.server.log() else {
            return rights;
        };
        let names: BTreeMap<String, Uuid> = log
            .spaces()
            .unwrap_or_default()
            .into_iter()
            .map(|space| (space.name, space.id))
            .collect();
        let members = log.members().unwrap_or_default();
        for (no, device) in self.devices.iter().enumerate() {
            let spaces = members
                .iter()
                .find(|member| member.id.to_string() == device.member)
                .map(|member| {
                    member
                        .spaces
                        .iter()
                        .filter_map(|(name, role)| Some((names.get(name)?.to_string(), *role)))
                        .collect()
                })
                .unwrap_or_default();
            rights.insert(no, spaces);
        }
        rights
    }

    fn check_saved(
        &self,
        no: usize,
        device: &Held,
        all: &BTreeMap<usize, Held>,
        rights: &BTreeMap<usize, Roles>,
        gone: &BTreeSet<Uuid>,
    ) -> Result<(), Violation> {
        let none = BTreeSet::new();
        for (number, word) in (0_u32..).zip(&self.truth.words) {
            let Some(record) = self.truth.records.get(word.record) else {
                continue;
            };
            // Erased, as the server says; or by somebody who could not ask it any more, when nobody else has it.
            let is_gone = record.id.parse().is_ok_and(|id| gone.contains(&id))
                || (self.truth.erased.contains(&word.record)
                    && all
                        .values()
                        .all(|held| !held.records.contains_key(&record.id)));
            let takes_part = |device: &usize| {
                rights
                    .get(device)
                    .is_some_and(|spaces| spaces.contains_key(&record.space))
            };
            let concerns = word.saved && word.excused.is_none() && !is_gone && takes_part(&no);
            if !concerns {
                continue;
            }
            let shown = device
                .seen
                .get(&record.id)
                .and_then(|seen| seen.get(word.field));
            let stands = self.truth.stands(number, shown.unwrap_or(&none));
            let aside = || {
                device.refused.contains(&record.id)
                    || all.get(&word.device).is_some_and(|author| {
                        // Not sent before the space was lost: it stays with its author, in sight.
                        let kept = !takes_part(&word.device)
                            && author
                                .records
                                .get(&record.id)
                                .is_some_and(|view| view.mark.unsent);
                        kept || author.refused.contains(&record.id)
                    })
            };
            if !stands && !aside() {
                return Err(Violation::lost(format!(
                    "device {} was told in step {} that {} is saved in {} of {} {}; device {no} shows {}",
                    word.device,
                    word.made,
                    spell(number),
                    word.field,
                    record.kind.word(),
                    record.id,
                    device
                        .records
                        .get(&record.id)
                        .map_or("no such record".to_owned(), |view| view
                            .fields
                            .get(word.field)
                            .unwrap_or(&Value::Null)
                            .to_string()),
                )));
            }
        }
        Ok(())
    }

    fn check_search(&self, no: usize, device: &Held) -> Result<(), Violation> {
        let Some(app) = self.devices.get(no).and_then(|device| device.app()) else {
            return Ok(());
        };
        let shown = device
            .records
            .values()
            .filter(|view| view.fields.get("archived").and_then(Value::as_bool) != Some(true));
        let words = shown.filter_map(|view| {
            let kind = Kind::of(&view.kind)?;
            let alone = |field: &str| {
                let text = view.fields.get(field).and_then(Value::as_str)?;
                let mut words = text.split_whitespace().filter(|word| is_one(word));
                words.next_back().map(str::to_owned)
            };
            let word = alone(kind.text()).or_else(|| alone(kind.lines().first()?))?;
            Some((view.id.clone(), word))
        });
        for (id, word) in words.take(SEARCHED) {
            let hits = app
                .search(Search {
                    text: word.clone(),
                    kind: None,
                    limit: 20,
                    archived: false,
                })
                .map_err(|problem| {
                    Violation::agreement(format!("device {no} cannot search: {problem}"))
                })?;
            if !hits.iter().any(|hit| hit.id == id) {
                return Err(Violation::agreement(format!(
                    "device {no} does not find {word} in record {id}"
                )));
            }
        }
        Ok(())
    }

    /// All devices show the same records with the same values, and the digests are those of the server. Two devices that go on
    /// from one copy without a space on the server have nowhere to agree.
    fn check_equal(
        &self,
        held: &BTreeMap<usize, Held>,
        rights: &BTreeMap<usize, Roles>,
        shared: &BTreeSet<String>,
    ) -> Result<(), Violation> {
        let mut first: BTreeMap<&str, (usize, &RecordView)> = BTreeMap::new();
        let settled = held.iter().filter(|(_, device)| !device.mine_refused);
        for (no, device) in settled.clone() {
            let records = device.records.iter();
            for (id, view) in records.filter(|(_, view)| shared.contains(&view.space)) {
                let (other, same) = *first.entry(id.as_str()).or_insert((*no, view));
                if same.fields != view.fields || same.space != view.space {
                    return Err(Violation::equality(format!(
                        "{} {id} differs between device {other} and device {no}: {} and {}",
                        view.kind,
                        Value::Object(same.fields.clone()),
                        Value::Object(view.fields.clone()),
                    )));
                }
                let conflicts = |held: &Held| -> Vec<(String, BTreeSet<String>)> {
                    held.conflicts
                        .iter()
                        .filter(|((record, _), _)| record == id)
                        .map(|((_, path), values)| (path.clone(), values.clone()))
                        .collect()
                };
                if held.get(&other).map(conflicts) != Some(conflicts(device)) {
                    return Err(Violation::equality(format!(
                        "device {other} and device {no} see other disagreements in {id}"
                    )));
                }
            }
        }
        let logs = self.whole_logs()?;
        for (no, _) in settled {
            let Some(app) = self.devices.get(*no).and_then(|device| device.app()) else {
                continue;
            };
            let stands = app.space_stands().map_err(|problem| {
                Violation::agreement(format!("device {no} cannot be read: {problem}"))
            })?;
            let mine = |space: &str| {
                rights
                    .get(no)
                    .is_some_and(|spaces| spaces.contains_key(space))
            };
            for stand in stands.into_iter().filter(|stand| mine(&stand.space)) {
                let Some(log) = logs.iter().find(|log| log.space.to_string() == stand.space) else {
                    continue;
                };
                // Who may only read brings nothing back that a restored server lost and nobody else has.
                let role = rights.get(no).and_then(|spaces| spaces.get(&stand.space));
                let only_reads = !self.truth.server_back.is_empty() && role == Some(&Role::Reader);
                if log.digest != stand.digest && !only_reads {
                    return Err(Violation::equality(format!(
                        "device {no} and the server hold different things in space {}",
                        stand.space
                    )));
                }
            }
        }
        Ok(())
    }
}

fn check_gone(no: usize, device: &Held, gone: &BTreeSet<Uuid>) -> Result<(), Violation> {
    let back = device
        .records
        .keys()
        .find(|id| id.parse().is_ok_and(|id| gone.contains(&id)));
    match back {
        Some(id) => Err(Violation::back(format!(
            "record {id} was erased, and device {no} shows it"
        ))),
        None => Ok(()),
    }
}

fn check_signals(no: usize, device: &Held) -> Result<(), Violation> {
    for view in device.records.values().filter(|view| view.kind == "signal") {
        let field = |name: &str| view.fields.get(name).and_then(Value::as_str).unwrap_or("");
        let is_open = !["solved", "not_picked_up"].contains(&field("state"));
        let archived = view.fields.get("archived").and_then(Value::as_bool) == Some(true);
        if is_open && !archived && (field("owner").is_empty() || field("next").is_empty()) {
            return Err(Violation::let_go(format!(
                "signal {} on device {no} has owner {:?} and next date {:?}",
                view.id,
                field("owner"),
                field("next")
            )));
        }
    }
    Ok(())
}

fn check_rights(
    no: usize,
    device: &Held,
    shared: &BTreeSet<String>,
    rights: Option<&Roles>,
) -> Result<(), Violation> {
    let foreign = device
        .records
        .values()
        // What was not sent when the space was lost stays until its author has seen it.
        .filter(|view| shared.contains(&view.space) && !(view.mark.unsent || view.mark.refused))
        .find(|view| rights.is_none_or(|spaces| !spaces.contains_key(&view.space)));
    match foreign {
        Some(view) => Err(Violation::right(format!(
            "device {no} holds {} {} of space {}",
            view.kind, view.id, view.space
        ))),
        None => Ok(()),
    }
}
