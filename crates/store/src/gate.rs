//! The gate as the device uses it: what the server sends is judged again before it is taken in.

use admission::{Claim, Refusal, Verdict};
use automerge::{Automerge, ChangeHash};
use domain::ids::{RecordId, SpaceId};

use crate::documents::{self, Stored};

/// What the gate says of the changes of one document.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// The document with all new changes; `None` when there are none.
    pub(crate) document: Option<Automerge>,
    /// New changes: index and hash.
    pub(crate) accepted: Vec<(usize, [u8; 32])>,
    /// Changes that are here already: index and hash.
    pub(crate) known: Vec<(usize, [u8; 32])>,
    /// Refused changes: index and code of the protocol.
    pub(crate) refused: Vec<(usize, String)>,
}

/// Judges changes of one document that arrive from the server.
pub(crate) fn admit(id: RecordId, stored: Option<&Stored>, incoming: &[&[u8]]) -> Judged {
    let tail: Vec<&[u8]> = stored
        .map(|stored| stored.tail.iter().map(Vec::as_slice).collect())
        .unwrap_or_default();
    let snapshot = stored.and_then(|stored| stored.snapshot.as_deref());
    let claim = Claim {
        document: id.0,
        device: None,
    };
    let mut judged = Judged::default();
    let batch = match admission::admit_all(
        admission::Stored {
            snapshot,
            tail: &tail,
        },
        &claim,
        incoming,
    ) {
        Ok(batch) => batch,
        Err(problem) => {
            // Our own copy is damaged: what arrives is kept aside until it has been repaired.
            tracing::error!(document = %id, %problem, "a stored document cannot be read");
            judged.refused = (0..incoming.len())
                .map(|index| (index, "damaged".to_owned()))
                .collect();
            return judged;
        }
    };
    for (index, verdict) in batch.verdicts.iter().enumerate() {
        match verdict {
            Ok(Verdict::New(hash)) => judged.accepted.push((index, *hash)),
            Ok(Verdict::Duplicate(hash)) => judged.known.push((index, *hash)),
            Err(refusal) => judged.refused.push((index, code(refusal))),
        }
    }
    judged.document = batch.merged.map(|merged| merged.document);
    judged
}

/// What becomes of a whole document that arrives.
pub(crate) enum Arrived {
    /// It is what is here already.
    Known,
    /// It is let in: this is it, merged with what is here, and how far what arrived reaches in it.
    Merged(Box<Automerge>, Vec<ChangeHash>),
    /// It went on without what is here, under the same actor: a restored backup, a copied phone.
    Forked {
        /// What arrived.
        there: Box<Automerge>,
        /// What is here.
        here: Box<Automerge>,
    },
}

/// Judges a whole document that arrives from the server, merged with what is here.
pub(crate) fn admit_document(
    id: RecordId,
    stored: Option<&Stored>,
    bytes: &[u8],
) -> Result<Arrived, String> {
    let arriving =
        admission::admit_snapshot(bytes.to_vec(), id.0).map_err(|refusal| code(&refusal))?;
    let Some(stored) = stored else {
        let heads = arriving.document.get_heads();
        return Ok(Arrived::Merged(Box::new(arriving.document), heads));
    };
    // The heads name the whole history, and loading what arrived proved them.
    if arriving.heads.concat() == stored.heads {
        return Ok(Arrived::Known);
    }
    let changes = arriving.document.get_changes(&[]);
    let raw: Vec<&[u8]> = changes.iter().map(automerge::Change::raw_bytes).collect();
    let judged = admit(id, Some(stored), &raw);
    if judged.refused.iter().any(|(_, code)| code == ACTOR_FORK) {
        let here = documents::automerge(stored).map_err(|_| "damaged".to_owned())?;
        return Ok(Arrived::Forked {
            there: Box::new(arriving.document),
            here: Box::new(here),
        });
    }
    if let Some((_, code)) = judged.refused.into_iter().next() {
        return Err(code);
    }
    let reach = arriving.document.get_heads();
    match judged.document {
        Some(document) => Ok(Arrived::Merged(Box::new(document), reach)),
        // Nothing new in it: what is here stays.
        None => documents::automerge(stored)
            .map(|document| Arrived::Merged(Box::new(document), reach))
            .map_err(|_| "damaged".to_owned()),
    }
}

/// Changes that another document of the same record can take in as they are, and those it cannot.
pub(crate) fn fitting(
    id: RecordId,
    base: &Automerge,
    changes: Vec<automerge::Change>,
) -> (Vec<automerge::Change>, Vec<automerge::Change>) {
    let base = Stored {
        space: SpaceId(uuid::Uuid::nil()),
        epoch: 0,
        snapshot: Some(base.save_nocompress()),
        tail: Vec::new(),
        heads: Vec::new(),
    };
    let raw: Vec<&[u8]> = changes.iter().map(automerge::Change::raw_bytes).collect();
    let refused = admit(id, Some(&base), &raw).refused;
    let (mut fit, mut others) = (Vec::new(), Vec::new());
    for (index, change) in changes.into_iter().enumerate() {
        if refused.iter().any(|(refused, _)| *refused == index) {
            others.push(change);
        } else {
            fit.push(change);
        }
    }
    (fit, others)
}

/// Two different changes with the same number by one actor.
pub(crate) const ACTOR_FORK: &str = "actor_fork";

/// The code of the protocol for a refusal.
pub(crate) fn code(refusal: &Refusal) -> String {
    match refusal.class() {
        admission::Class::MissingDeps => "missing_deps",
        admission::Class::ActorFork => ACTOR_FORK,
        admission::Class::TooBig => "too_big",
        admission::Class::Invalid => "invalid",
    }
    .to_owned()
}
