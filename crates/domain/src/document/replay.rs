//! Edits made again: on a document that went on without them (a restored backup, a copied phone) or that began anew (an
//! erased field). Nothing that a person wrote is lost; where somebody else wrote meanwhile, people see both.

use std::collections::{HashMap, HashSet};

use automerge::{ActorId, Automerge, Change, ChangeHash};
use chrono::{DateTime, Utc};

use super::difference::{Between, Touched};
use super::{Document, DocumentError, Stamp, conflict, options, patch, read, write};
use crate::ids::DeviceId;
use crate::record::Fields;

/// What a change did, apart from the history it stands in.
#[derive(Debug, Clone)]
pub struct Edit {
    /// The change that did it.
    pub hash: ChangeHash,
    /// What its writer had seen.
    pub builds_on: Vec<ChangeHash>,
    /// When, by the writer's clock.
    pub at: DateTime<Utc>,
    /// The fields its writer saw.
    pub before: Fields,
    /// The fields after it.
    pub after: Fields,
    /// Paths on which people disagreed before it and no longer after it: the writer chose.
    pub settled: Vec<String>,
}

impl Document {
    /// What these changes did, each after those it builds on.
    ///
    /// # Errors
    /// When the document cannot be read.
    pub fn edits(&self, hashes: &HashSet<ChangeHash>) -> Result<Vec<Edit>, DocumentError> {
        let fields = self.kind.fields;
        self.doc
            .get_changes_meta(&[])
            .into_iter()
            .filter(|change| hashes.contains(&change.hash))
            .map(|change| {
                Ok(Edit {
                    hash: change.hash,
                    at: DateTime::from_timestamp(change.timestamp, 0).unwrap_or_default(),
                    before: read::fields_at(&self.doc, &change.deps, fields)?,
                    after: read::fields_at(&self.doc, &[change.hash], fields)?,
                    settled: self.settled(&change.deps, change.hash)?,
                    builds_on: change.deps,
                })
            })
            .collect()
    }

    /// Makes edits of another copy again in this one, each as an ordinary change of `actor`, and returns the changes.
    ///
    /// An edit is made where its writer stood: on what it builds on, as far as this document holds that, so that it
    /// meets what others wrote meanwhile like any edit made at the same time. What it builds on and this document does
    /// not hold counts as the document's beginning.
    ///
    /// # Errors
    /// When the document cannot be read.
    pub fn replay(
        &mut self,
        edits: &[Edit],
        actor: &ActorId,
    ) -> Result<Vec<Change>, DocumentError> {
        let beginning: Vec<ChangeHash> = self
            .doc
            .get_changes_meta(&[])
            .first()
            .map(|change| change.hash)
            .into_iter()
            .collect();
        let mut again: HashMap<ChangeHash, Vec<ChangeHash>> = HashMap::new();
        let mut made = Vec::new();
        for edit in edits {
            let mut heads = Vec::new();
            for hash in &edit.builds_on {
                match again.get(hash) {
                    Some(others) => heads.extend(others),
                    None if self.holds(hash) => heads.push(*hash),
                    None => heads.extend(&beginning),
                }
            }
            if heads.is_empty() {
                heads.extend(&beginning);
            }
            let change = self.make_again(edit, &heads, actor)?;
            let stands_for = change.as_ref().map_or(heads, |change| vec![change.hash()]);
            again.insert(edit.hash, stands_for);
            made.extend(change);
        }
        Ok(made)
    }

    fn make_again(
        &mut self,
        edit: &Edit,
        heads: &[ChangeHash],
        actor: &ActorId,
    ) -> Result<Option<Change>, DocumentError> {
        let stamp = Stamp {
            actor: actor.clone(),
            at: edit.at,
        };
        let past = self.doc.fork_at(heads)?;
        let kind = self.kind;
        let current = read::fields(&past, &automerge::ROOT, kind.fields)?;
        let between = Between {
            before: &edit.before,
            after: &edit.after,
        };
        let onto = between.onto(kind.fields, &current, Touched::Overwrite, &[])?;
        let disputed = conflict::conflicts(&past, kind)?;
        let chosen: Vec<Fields> = edit
            .settled
            .iter()
            .filter(|path| disputed.iter().any(|conflict| conflict.path == **path))
            .map(|path| {
                let value = patch::value_at(&edit.after, path);
                patch::at_path(path, value.cloned().unwrap_or_default())
            })
            .collect();
        self.write_in(past, &stamp, |tx| {
            write::edit(tx, kind, &onto.patch)?;
            chosen
                .iter()
                .try_for_each(|fields| write::overwrite(tx, kind, fields))
        })
    }

    /// Writes as somebody who has seen only this past of the document: what came after was written at the same time.
    pub(super) fn write_in(
        &mut self,
        mut past: Automerge,
        stamp: &Stamp,
        edit: impl FnOnce(
            &mut automerge::transaction::Transaction<'_>,
        ) -> Result<(), automerge::AutomergeError>,
    ) -> Result<Option<Change>, DocumentError> {
        past.set_actor(self.actor_at(&past, &stamp.actor));
        let done = past
            .transact_with(|()| options(stamp), edit)
            .map_err(|failure| DocumentError::Unreadable(failure.error))?;
        let change = done.hash.and_then(|_| past.get_last_local_change());
        if let Some(change) = &change {
            self.doc.apply_changes([change.clone()])?;
        }
        Ok(change)
    }

    /// The actor under which an edit can be made in the past of this document. A change follows its actor's own last
    /// one; where that lies after this past, the next incarnation that has written nothing since takes over.
    fn actor_at(&self, past: &Automerge, actor: &ActorId) -> ActorId {
        let written = |doc: &Automerge, actor: &ActorId| {
            let changes = doc.get_changes_meta(&[]);
            changes
                .iter()
                .filter(|change| *change.actor == *actor)
                .count()
        };
        let mut actor = actor.clone();
        while written(&self.doc, &actor) != written(past, &actor) {
            let Some(next) = next_incarnation(&actor) else {
                break;
            };
            actor = next;
        }
        actor
    }

    fn holds(&self, hash: &ChangeHash) -> bool {
        self.doc
            .get_changes_meta(&[])
            .iter()
            .any(|change| change.hash == *hash)
    }

    fn settled(
        &self,
        before: &[ChangeHash],
        after: ChangeHash,
    ) -> Result<Vec<String>, DocumentError> {
        let disputed = conflict::conflicts(&self.doc.fork_at(before)?, self.kind)?;
        if disputed.is_empty() {
            return Ok(Vec::new());
        }
        let still = conflict::conflicts(&self.doc.fork_at(&[after])?, self.kind)?;
        Ok(disputed
            .into_iter()
            .map(|conflict| conflict.path)
            .filter(|path| still.iter().all(|conflict| conflict.path != *path))
            .collect())
    }
}

/// The incarnation after this one, of the same device.
fn next_incarnation(actor: &ActorId) -> Option<ActorId> {
    let device = DeviceId::of_actor(actor.to_bytes())?;
    let incarnation = actor.to_bytes().last_chunk::<8>()?;
    let next = u64::from_be_bytes(*incarnation).wrapping_add(1);
    Some(device.actor(next.to_be_bytes()))
}
