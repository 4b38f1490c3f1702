//! The steps in their order.

use automerge::{Automerge, Change};
use uuid::Uuid;

use crate::causality::History;
use crate::chunk::{self, ChunkType};
use crate::limits::MAX_CHANGE_BYTES;
use crate::refusal::{Damaged, Refusal};
use crate::trial::{self, Merged};
use crate::unwind::quietly;
use crate::{Hash, columns};

/// What is stored of the document here: trusted bytes. Default: nothing yet.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stored<'a> {
    /// The saved document, if there is one.
    pub snapshot: Option<&'a [u8]>,
    /// Raw changes that came after the snapshot.
    pub tail: &'a [&'a [u8]],
}

/// What the sender says the changes are.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// The document they belong to.
    pub document: Uuid,
    /// The device that pushes them; `None` when they come from the server, which judged that already.
    pub device: Option<[u8; 8]>,
}

/// What became of a change that was not refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is new, and part of [`Batch::merged`].
    New(Hash),
    /// It was there already, or earlier in the same batch.
    Duplicate(Hash),
}

/// One change let in.
#[derive(Debug)]
pub struct Admitted {
    /// Its hash.
    pub hash: Hash,
    /// The document with it; `None` when it was there already.
    pub merged: Option<Merged>,
}

/// Several changes judged.
#[derive(Debug)]
pub struct Batch {
    /// One for each change, in their order.
    pub verdicts: Vec<Result<Verdict, Refusal>>,
    /// The document with all new changes; `None` when there are none.
    pub merged: Option<Merged>,
}

/// Judges one change against the stored document.
///
/// # Errors
/// [`Damaged`] when what is stored cannot be loaded; the inner error when the change is refused.
pub fn admit(
    stored: Stored<'_>,
    claim: &Claim,
    raw: &[u8],
) -> Result<Result<Admitted, Refusal>, Damaged> {
    let mut batch = admit_all(stored, claim, &[raw])?;
    let verdict = batch.verdicts.pop().unwrap_or(Err(Refusal::Unappliable));
    Ok(verdict.map(|verdict| match verdict {
        Verdict::New(hash) | Verdict::Duplicate(hash) => Admitted {
            hash,
            merged: batch.merged,
        },
    }))
}

/// Judges changes of one document, in an order in which each follows those it builds on. The document is loaded and
/// tried once for all of them; only when that trial fails are they tried one by one, to find the culprit.
///
/// # Errors
/// [`Damaged`] when what is stored cannot be loaded. Refusals are in the verdicts.
pub fn admit_all(stored: Stored<'_>, claim: &Claim, raws: &[&[u8]]) -> Result<Batch, Damaged> {
    let document = load(stored)?;
    let before = History::of(&document);
    let mut history = before.clone();
    let judged: Vec<_> = raws
        .iter()
        .map(|raw| judge(&mut history, claim, raw))
        .collect();
    let news: Vec<Change> = judged
        .iter()
        .flatten()
        .filter_map(|judged| judged.new.clone())
        .collect();
    if news.is_empty() {
        return Ok(Batch {
            verdicts: verdicts(judged),
            merged: None,
        });
    }
    match trial::run(document, news, history.heads(), claim.document) {
        Ok(merged) => Ok(Batch {
            verdicts: verdicts(judged),
            merged: Some(merged),
        }),
        Err(_) => one_by_one(stored, before, claim, raws),
    }
}

/// A change that passed every step before the trial.
struct Judged {
    hash: Hash,
    /// `None`: it was there already.
    new: Option<Change>,
}

fn verdicts(judged: Vec<Result<Judged, Refusal>>) -> Vec<Result<Verdict, Refusal>> {
    let verdict = |Judged { hash, new }| {
        if new.is_some() {
            Verdict::New(hash)
        } else {
            Verdict::Duplicate(hash)
        }
    };
    judged
        .into_iter()
        .map(|judged| judged.map(verdict))
        .collect()
}

/// Steps 1 to 4 (5 and 6 will follow here).
fn judge(history: &mut History, claim: &Claim, raw: &[u8]) -> Result<Judged, Refusal> {
    let chunk = chunk::read(raw, ChunkType::Change, MAX_CHANGE_BYTES)?;
    let hash = chunk.hash;
    if history.contains(&hash) {
        return Ok(Judged { hash, new: None });
    }
    columns::walk_change(chunk.data)?;
    let parsed = quietly(|| Change::try_from(raw)).map_err(|_| Refusal::Panicked)?;
    let change = parsed.map_err(|_| Refusal::NotAChange("automerge cannot read it"))?;
    if change.hash().0 != hash {
        return Err(Refusal::Checksum);
    }
    history.extend(&change, claim.device)?;
    Ok(Judged {
        hash,
        new: Some(change),
    })
}

fn one_by_one(
    stored: Stored<'_>,
    mut history: History,
    claim: &Claim,
    raws: &[&[u8]],
) -> Result<Batch, Damaged> {
    let mut document = load(stored)?;
    let mut merged = None;
    let mut verdicts = Vec::with_capacity(raws.len());
    for raw in raws {
        let mut extended = history.clone();
        let judged = judge(&mut extended, claim, raw);
        let Ok(Judged {
            hash,
            new: Some(change),
        }) = judged
        else {
            verdicts.push(judged.map(|judged| Verdict::Duplicate(judged.hash)));
            continue;
        };
        match trial::run(
            document.clone(),
            vec![change],
            extended.heads(),
            claim.document,
        ) {
            Ok(survivor) => {
                history = extended;
                document = survivor.document.clone();
                merged = Some(survivor);
                verdicts.push(Ok(Verdict::New(hash)));
            }
            Err(refusal) => verdicts.push(Err(refusal)),
        }
    }
    Ok(Batch { verdicts, merged })
}

/// Loads our own bytes. They were proven when they were stored; a damaged disk must still not end the program.
fn load(stored: Stored<'_>) -> Result<Automerge, Damaged> {
    let work = || -> Result<Automerge, Damaged> {
        let mut document = stored
            .snapshot
            .map_or_else(|| Ok(Automerge::new()), Automerge::load)?;
        if !stored.tail.is_empty() {
            let changes = stored
                .tail
                .iter()
                .map(|raw| Change::try_from(*raw))
                .collect::<Result<Vec<_>, _>>()?;
            document.apply_changes(changes)?;
        }
        Ok(document)
    };
    quietly(work).unwrap_or(Err(Damaged::Panicked))
}
