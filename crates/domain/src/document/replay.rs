//! Edits made again: on a document that went on without them (a restored backup, a copied phone) or that began anew (an
//! erased field). Nothing that a person wrote is lost; where somebody else wrote meanwhile, people see both.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use automerge::{ActorId, Automerge, Change, ChangeHash};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::difference::{Between, Touched};
use super::{Document, DocumentError, Gone, Stamp, conflict, options, patch, read, words, write};
use crate::ids::DeviceId;
use crate::record::{Fields, KindSpec, Shape};

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

/// What became of edits that were made again.
#[derive(Debug, Default)]
pub struct Replayed {
    /// The changes, in their order.
    pub made: Vec<Change>,
    /// Edits that were not made again: they would bring back what was taken out.
    pub left: Vec<ChangeHash>,
}

impl Edit {
    /// What its writer wrote: of running text the words that came, of other fields what stands there now.
    #[must_use]
    pub fn said(&self, kind: &KindSpec) -> Fields {
        let mut said = Fields::new();
        for (name, after) in &self.after {
            let before = self.before.get(name);
            if before == Some(after) {
                continue;
            }
            let is_text = kind
                .field(name)
                .is_some_and(|field| matches!(field.shape, Shape::Text));
            let value = match after.as_str().filter(|_| is_text) {
                Some(text) => {
                    let before = before.and_then(Value::as_str).unwrap_or_default();
                    Value::String(words::added(before, text))
                }
                None => after.clone(),
            };
            said.insert(name.clone(), value);
        }
        said
    }

    /// Whether it writes in an entry that is not there any more.
    fn is_about_less_than(&self, now: &Fields) -> bool {
        let entries =
            |fields: &Fields, name: &str| fields.get(name).and_then(Value::as_object).cloned();
        self.after.iter().any(|(name, after)| {
            let (Some(after), Some(before)) = (after.as_object(), entries(&self.before, name))
            else {
                return false;
            };
            let now = entries(now, name).unwrap_or_default();
            after.iter().any(|(key, entry)| {
                before.get(key).is_some_and(|before| before != entry) && !now.contains_key(key)
            })
        })
    }
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
        Ok(self.replay_without(edits, actor, &Gone::default())?.made)
    }

    /// The same where words were taken out: an edit that would bring one of them back, or that is about an entry that
    /// went with them, is left out and told.
    ///
    /// # Errors
    /// When the document cannot be read.
    pub fn replay_without(
        &mut self,
        edits: &[Edit],
        actor: &ActorId,
        gone: &Gone,
    ) -> Result<Replayed, DocumentError> {
        let first = self.doc.get_changes_meta(&[]);
        let first = first.first().map(|change| change.hash);
        let beginning: Vec<ChangeHash> = self
            .beginning()?
            .map(|beginning| beginning.hash)
            .or(first)
            .into_iter()
            .collect();
        let mut again: HashMap<ChangeHash, Vec<ChangeHash>> = HashMap::new();
        let mut replayed = Replayed::default();
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
            let mut tried = self.clone();
            let change = tried.make_again(edit, &heads, actor)?;
            if tried.must_wait(edit, change.as_ref(), gone)? {
                replayed.left.push(edit.hash);
                again.insert(edit.hash, heads);
                continue;
            }
            *self = tried;
            let stands_for = change.as_ref().map_or(heads, |change| vec![change.hash()]);
            again.insert(edit.hash, stands_for);
            replayed.made.extend(change);
        }
        Ok(replayed)
    }

    /// Whether an edit is not made again by itself.
    fn must_wait(
        &self,
        edit: &Edit,
        change: Option<&Change>,
        gone: &Gone,
    ) -> Result<bool, DocumentError> {
        let brings_back = match change {
            Some(change) => {
                let after = read::fields_at(&self.doc, &[change.hash()], self.kind.fields)?;
                gone.is_in(&after)
            }
            None => false,
        };
        Ok(brings_back || (!gone.is_empty() && edit.is_about_less_than(&self.fields()?)))
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
            self.read = OnceLock::new();
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
