//! The steps in their order.

use uuid::Uuid;

use crate::Hash;
use crate::refusal::{Damaged, Refusal};
use crate::sitting::Sitting;
use crate::trial::Merged;

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

/// Several changes judged.
#[derive(Debug)]
pub struct Batch {
    /// One for each change, in their order.
    pub verdicts: Vec<Result<Verdict, Refusal>>,
    /// The document with all new changes; `None` when there are none.
    pub merged: Option<Merged>,
}

/// Judges changes of one document, in an order in which each follows those it builds on.
///
/// They are tried together, in portions of which each stays within what one admission may cost. Only when a trial fails
/// are the halves of the portion tried, to find the culprit.
///
/// # Errors
/// [`Damaged`] when what is stored cannot be loaded. Refusals are in the verdicts.
pub fn admit_all(stored: Stored<'_>, claim: &Claim, raws: &[&[u8]]) -> Result<Batch, Damaged> {
    let mut sitting = Sitting::open(stored, claim)?;
    let mut verdicts = Vec::with_capacity(raws.len());
    let mut rest = raws;
    while !rest.is_empty() {
        let portion = sitting.cut(rest);
        rest = rest.get(portion.len()..).unwrap_or_default();
        verdicts.extend(sitting.settle(&portion)?);
    }
    Ok(Batch {
        verdicts,
        merged: sitting.close(),
    })
}
