//! The changes of one document on their way through the gate.

use std::borrow::Cow;

use automerge::{ActorId, Automerge, Change};

use crate::causality::History;
use crate::chunk::{self, ChunkType};
use crate::columns::{self, ChangeBody};
use crate::gate::{Claim, Stored, Verdict};
use crate::ledger::Ledger;
use crate::limits::{MAX_CHANGE_BYTES, MAX_FAILED_TRIALS, MAX_PORTION_CHANGES, MAX_PORTION_OPS};
use crate::operation::{self, Operations};
use crate::refusal::{Damaged, Refusal};
use crate::trial::{self, Merged};
use crate::unwind::quietly;
use crate::{Hash, canonical, shape};

/// The document as it is so far, and what is known of its past.
pub(crate) struct Sitting<'s> {
    claim: &'s Claim,
    /// Taken out while it is tried.
    document: Option<Automerge>,
    history: History,
    saved: Option<Cow<'s, [u8]>>,
    tail: &'s [&'s [u8]],
    is_changed: bool,
    failed: usize,
}

/// A change whose bytes are whole and counted.
pub(crate) struct Parsed<'r> {
    raw: &'r [u8],
    hash: Hash,
    body: ChangeBody<'r>,
    operations: Operations<'r>,
}

/// What can be said of a change before its document is looked at.
pub(crate) enum Arrived<'r> {
    Duplicate(Hash),
    Parsed(Box<Parsed<'r>>),
    Refused(Refusal),
}

/// A change after all steps but the trial.
struct Judged {
    hash: Hash,
    /// `None`: it was there already.
    new: Option<Change>,
}

impl<'s> Sitting<'s> {
    pub(crate) fn open(stored: Stored<'s>, claim: &'s Claim) -> Result<Self, Damaged> {
        let mut sitting = Self {
            claim,
            document: None,
            history: History::default(),
            saved: stored.snapshot.map(Cow::Borrowed),
            tail: stored.tail,
            is_changed: false,
            failed: 0,
        };
        sitting.load()?;
        Ok(sitting)
    }

    /// The document with all that is new; `None` when nothing is.
    pub(crate) fn close(self) -> Option<Merged> {
        if !self.is_changed {
            return None;
        }
        let heads = self.history.heads();
        Some(Merged {
            document: self.document?,
            bytes: self.saved?.into_owned(),
            heads,
        })
    }

    /// Reads the next changes, as many as may be tried together; at least one.
    pub(crate) fn cut<'r>(&self, raws: &[&'r [u8]]) -> Vec<Arrived<'r>> {
        let mut portion = Vec::new();
        let mut operations = 0;
        for raw in raws.iter().take(MAX_PORTION_CHANGES) {
            let arrived = parse(raw, &self.history);
            if let Arrived::Parsed(parsed) = &arrived {
                operations += parsed.body.operations;
                if operations > MAX_PORTION_OPS && !portion.is_empty() {
                    break;
                }
            }
            portion.push(arrived);
        }
        portion
    }

    /// Judges a portion and tries it; when the trial fails, its halves.
    pub(crate) fn settle(
        &mut self,
        portion: &[Arrived<'_>],
    ) -> Result<Vec<Result<Verdict, Refusal>>, Damaged> {
        if self.failed >= MAX_FAILED_TRIALS {
            return Ok(portion.iter().map(untried).collect());
        }
        let judged = self.judge(portion)?;
        let news: Vec<Change> = judged
            .iter()
            .flatten()
            .filter_map(|judged| judged.new.clone())
            .collect();
        if news.is_empty() {
            return Ok(judged.into_iter().map(verdict).collect());
        }
        let document = self.document.take().unwrap_or_default();
        match trial::run(document, news, self.history.heads(), self.claim.document) {
            Ok(merged) => {
                self.document = Some(merged.document);
                self.saved = Some(merged.bytes.into());
                self.tail = &[];
                self.is_changed = true;
                Ok(judged.into_iter().map(verdict).collect())
            }
            Err(refusal) => {
                self.load()?;
                self.settle_halves(portion, refusal)
            }
        }
    }

    fn settle_halves(
        &mut self,
        portion: &[Arrived<'_>],
        refusal: Refusal,
    ) -> Result<Vec<Result<Verdict, Refusal>>, Damaged> {
        let (first, second) = portion.split_at(portion.len() / 2);
        if first.is_empty() {
            self.failed += 1;
            return Ok(vec![Err(refusal)]);
        }
        let mut verdicts = self.settle(first)?;
        verdicts.extend(self.settle(second)?);
        Ok(verdicts)
    }

    /// Steps 4 to 6 for each change, and automerge's own reading of it.
    fn judge(&mut self, portion: &[Arrived<'_>]) -> Result<Vec<Result<Judged, Refusal>>, Damaged> {
        let mut ledger = Ledger::default();
        let mut actors = Vec::with_capacity(portion.len());
        for arrived in portion {
            let named = match arrived {
                Arrived::Parsed(parsed) => self.history.name_all(&parsed.body),
                Arrived::Duplicate(_) | Arrived::Refused(_) => Ok(Vec::new()),
            };
            if let (Arrived::Parsed(parsed), Ok(named)) = (arrived, &named) {
                ledger.want(shape::references(&parsed.operations, named));
            }
            actors.push(named);
        }
        let history = &mut self.history;
        if ledger.wants_something() {
            let number = |actor: &[u8]| history.number(&ActorId::from(actor));
            let saved = self
                .saved
                .as_deref()
                .map(|bytes| ledger.read_saved(bytes, &number));
            saved.transpose().map_err(Damaged::Unknown)?;
            for raw in self.tail {
                ledger.read_change(raw, &number).map_err(Damaged::Unknown)?;
            }
        }
        let judge =
            |(arrived, actors)| judge_one(arrived, actors, history, &mut ledger, self.claim);
        Ok(portion.iter().zip(actors).map(judge).collect())
    }

    /// Loads our own bytes. They were proven when they were stored; a damaged disk must still not end the program.
    fn load(&mut self) -> Result<(), Damaged> {
        let document = load(self.saved.as_deref(), self.tail)?;
        self.history = History::of(&document);
        self.document = Some(document);
        Ok(())
    }
}

/// Steps 1 to 3.
fn parse<'r>(raw: &'r [u8], history: &History) -> Arrived<'r> {
    let chunk = match chunk::read(raw, ChunkType::Change, MAX_CHANGE_BYTES) {
        Ok(chunk) => chunk,
        Err(refusal) => return Arrived::Refused(refusal),
    };
    if history.contains(&chunk.hash) {
        return Arrived::Duplicate(chunk.hash);
    }
    let parsed = || {
        let body = columns::walk_change(chunk.data)?;
        let operations = operation::read(&body)?;
        Ok(Box::new(Parsed {
            raw,
            hash: chunk.hash,
            body,
            operations,
        }))
    };
    parsed().map_or_else(Arrived::Refused, Arrived::Parsed)
}

fn judge_one<'r>(
    arrived: &Arrived<'r>,
    actors: Result<Vec<u32>, Refusal>,
    history: &mut History,
    ledger: &mut Ledger<'r>,
    claim: &Claim,
) -> Result<Judged, Refusal> {
    let parsed = match arrived {
        Arrived::Duplicate(hash) => {
            return Ok(Judged {
                hash: *hash,
                new: None,
            });
        }
        Arrived::Refused(refusal) => return Err(refusal.clone()),
        Arrived::Parsed(parsed) => parsed,
    };
    let (hash, body, operations) = (parsed.hash, &parsed.body, &parsed.operations);
    if history.contains(&hash) {
        return Ok(Judged { hash, new: None });
    }
    let actors = actors?;
    let placed = history.place(body, &actors, claim.device)?;
    let change = shape::check(body, operations, &actors, &placed, ledger)
        .and_then(|()| canonical::check(body, operations))
        .and_then(|()| read_change(parsed));
    if change.is_err() {
        ledger.forget(placed.actor, placed.start_op, body.operations);
    }
    let change = change?;
    history.extend(hash, body, placed);
    Ok(Judged {
        hash,
        new: Some(change),
    })
}

/// Only now automerge sees the bytes.
fn read_change(parsed: &Parsed<'_>) -> Result<Change, Refusal> {
    let read = quietly(|| Change::try_from(parsed.raw)).map_err(|_| Refusal::Panicked)?;
    let change = read.map_err(|_| Refusal::NotAChange("automerge cannot read it"))?;
    if change.hash().0 == parsed.hash && change.len() as u64 == parsed.body.operations {
        Ok(change)
    } else {
        Err(Refusal::NotAChange("automerge reads something else in it"))
    }
}

fn verdict(judged: Result<Judged, Refusal>) -> Result<Verdict, Refusal> {
    judged.map(|Judged { hash, new }| {
        if new.is_some() {
            Verdict::New(hash)
        } else {
            Verdict::Duplicate(hash)
        }
    })
}

fn untried(arrived: &Arrived<'_>) -> Result<Verdict, Refusal> {
    match arrived {
        Arrived::Duplicate(hash) => Ok(Verdict::Duplicate(*hash)),
        Arrived::Refused(refusal) => Err(refusal.clone()),
        Arrived::Parsed(_) => Err(Refusal::NotTried),
    }
}

fn load(saved: Option<&[u8]>, tail: &[&[u8]]) -> Result<Automerge, Damaged> {
    let work = || -> Result<Automerge, Damaged> {
        let mut document = saved.map_or_else(|| Ok(Automerge::new()), Automerge::load)?;
        if !tail.is_empty() {
            let changes = tail
                .iter()
                .map(|raw| Change::try_from(*raw))
                .collect::<Result<Vec<_>, _>>()?;
            document.apply_changes(changes)?;
        }
        Ok(document)
    };
    quietly(work).unwrap_or(Err(Damaged::Panicked))
}
