//! Step 4: the change fits into the history it says it continues.

use std::collections::{HashMap, HashSet};

use automerge::{ActorId, Automerge, Change};

use crate::Hash;
use crate::refusal::Refusal;

/// An actor is 8 bytes device and 8 bytes incarnation.
const ACTOR_BYTES: usize = 16;

/// The history of a document: what is needed to judge the next change.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    changes: HashMap<Hash, Node>,
    actors: HashMap<ActorId, (u64, Hash)>,
    heads: HashSet<Hash>,
}

#[derive(Debug, Clone)]
struct Node {
    max_op: u64,
    dependencies: Vec<Hash>,
}

impl History {
    pub(crate) fn of(document: &Automerge) -> Self {
        let mut history = Self::default();
        for change in document.get_changes_meta(&[]) {
            let dependencies = change.deps.iter().map(|hash| hash.0).collect();
            history.append(
                change.hash.0,
                &change.actor,
                change.seq,
                change.max_op,
                dependencies,
            );
        }
        history
    }

    pub(crate) fn contains(&self, hash: &Hash) -> bool {
        self.changes.contains_key(hash)
    }

    /// The heads, sorted as automerge sorts them.
    pub(crate) fn heads(&self) -> Vec<Hash> {
        let mut heads: Vec<Hash> = self.heads.iter().copied().collect();
        heads.sort_unstable();
        heads
    }

    /// Judges a change and, when it fits, counts it as part of the history.
    pub(crate) fn extend(
        &mut self,
        change: &Change,
        device: Option<[u8; 8]>,
    ) -> Result<(), Refusal> {
        self.check_actor(change, device)?;
        let dependencies: Vec<Hash> = change.deps().iter().map(|hash| hash.0).collect();
        let highest = self.highest_op(&dependencies)?;
        if change.start_op().get() != highest + 1 {
            return Err(Refusal::Causality(
                "its first operation has the wrong number",
            ));
        }
        if highest + change.len() as u64 > u64::from(u32::MAX) {
            return Err(Refusal::Causality("the operation numbers run out"));
        }
        if change
            .other_actor_ids()
            .iter()
            .any(|actor| !self.actors.contains_key(actor))
        {
            return Err(Refusal::Causality("it refers to an unknown actor"));
        }
        let before = self.actors.get(change.actor_id()).copied();
        if before.is_some_and(|(_, previous)| !self.descends_from(&dependencies, &previous)) {
            return Err(Refusal::Causality(
                "it does not follow the actor's own last change",
            ));
        }
        let max_op = highest + change.len() as u64;
        self.append(
            change.hash().0,
            change.actor_id(),
            change.seq(),
            max_op,
            dependencies,
        );
        Ok(())
    }

    fn check_actor(&self, change: &Change, device: Option<[u8; 8]>) -> Result<(), Refusal> {
        let actor = change.actor_id();
        let bytes = actor.to_bytes();
        if bytes.len() != ACTOR_BYTES || device.is_some_and(|device| !bytes.starts_with(&device)) {
            return Err(Refusal::ForeignActor);
        }
        let last = self.actors.get(actor).map_or(0, |(seq, _)| *seq);
        match change.seq() {
            seq if seq <= last => Err(Refusal::ActorFork),
            seq if seq > last + 1 => Err(Refusal::MissingDeps),
            _ => Ok(()),
        }
    }

    fn highest_op(&self, dependencies: &[Hash]) -> Result<u64, Refusal> {
        let mut highest = 0;
        for hash in dependencies {
            highest = highest.max(self.changes.get(hash).ok_or(Refusal::MissingDeps)?.max_op);
        }
        Ok(highest)
    }

    /// Whether `ancestor` is among these changes or what they build on.
    fn descends_from(&self, changes: &[Hash], ancestor: &Hash) -> bool {
        let Some(oldest) = self.changes.get(ancestor).map(|node| node.max_op) else {
            return false;
        };
        let mut todo = changes.to_vec();
        let mut seen = HashSet::new();
        while let Some(hash) = todo.pop() {
            if hash == *ancestor {
                return true;
            }
            let Some(node) = self.changes.get(&hash) else {
                continue;
            };
            // Operation numbers only grow along the history: below the ancestor's there is no need to look.
            if node.max_op >= oldest && seen.insert(hash) {
                todo.extend_from_slice(&node.dependencies);
            }
        }
        false
    }

    fn append(
        &mut self,
        hash: Hash,
        actor: &ActorId,
        seq: u64,
        max_op: u64,
        dependencies: Vec<Hash>,
    ) {
        for dependency in &dependencies {
            self.heads.remove(dependency);
        }
        self.heads.insert(hash);
        let last = self.actors.entry(actor.clone()).or_insert((0, hash));
        if seq > last.0 {
            *last = (seq, hash);
        }
        self.changes.insert(
            hash,
            Node {
                max_op,
                dependencies,
            },
        );
    }
}
