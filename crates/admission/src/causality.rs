//! Step 4: the change fits into the history it says it continues.

use std::collections::{HashMap, HashSet};

use automerge::{ActorId, Automerge};

use crate::Hash;
use crate::columns::ChangeBody;
use crate::limits::{
    MAX_DOCUMENT_ACTORS, MAX_DOCUMENT_CHANGES, MAX_DOCUMENT_DEPENDENCIES, MAX_DOCUMENT_OPS,
    MAX_TIME,
};
use crate::operation::OpId;
use crate::refusal::Refusal;

/// An actor is 8 bytes device and 8 bytes incarnation.
const ACTOR_BYTES: usize = 16;

/// The history of a document: what is needed to judge the next change.
#[derive(Debug, Default)]
pub(crate) struct History {
    changes: HashMap<Hash, Node>,
    /// Every actor that was named, by its place in `last`.
    actors: HashMap<ActorId, u32>,
    /// The last change of each actor: number, hash and last operation; `None`: it was only named.
    last: Vec<Option<Last>>,
    heads: HashSet<Hash>,
    operations: u64,
    dependencies: u64,
    writers: usize,
    /// What the change appended last knows: usually the next one builds on just that.
    newest: Option<(Hash, Past)>,
}

#[derive(Debug, Clone, Copy)]
struct Last {
    seq: u64,
    max_op: u64,
}

#[derive(Debug)]
struct Node {
    actor: u32,
    max_op: u64,
    dependencies: Vec<Hash>,
}

/// What a change knows: of each actor the last operation among everything it builds on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Past(HashMap<u32, u64>);

impl Past {
    pub(crate) fn contains(&self, id: OpId) -> bool {
        self.0
            .get(&id.actor)
            .is_some_and(|last| *last >= u64::from(id.counter))
    }

    fn add(&mut self, actor: u32, max_op: u64) {
        let last = self.0.entry(actor).or_insert(0);
        *last = (*last).max(max_op);
    }
}

/// A change that fits: who made it, and what it builds on.
#[derive(Debug)]
pub(crate) struct Placed {
    pub(crate) actor: u32,
    pub(crate) start_op: u32,
    pub(crate) past: Past,
}

impl History {
    pub(crate) fn of(document: &Automerge) -> Self {
        let mut history = Self::default();
        for change in document.get_changes_meta(&[]) {
            let actor = history.name(&change.actor);
            let dependencies: Vec<Hash> = change.deps.iter().map(|hash| hash.0).collect();
            let operations = (change.max_op + 1).saturating_sub(change.start_op);
            history.append(
                change.hash.0,
                actor,
                change.seq,
                (change.max_op, operations),
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

    /// The number by which this history knows an actor, made if need be.
    fn name(&mut self, actor: &ActorId) -> u32 {
        if let Some(number) = self.actors.get(actor) {
            return *number;
        }
        // There is less room for actors in everything that is judged at once than numbers.
        let number = u32::try_from(self.last.len()).unwrap_or(u32::MAX);
        self.actors.insert(actor.clone(), number);
        self.last.push(None);
        number
    }

    /// The number of an actor that was named before.
    pub(crate) fn number(&self, actor: &ActorId) -> Option<u32> {
        self.actors.get(actor).copied()
    }

    /// The numbers of the actors in a change's own table; the first is its author.
    pub(crate) fn name_all(&mut self, body: &ChangeBody<'_>) -> Result<Vec<u32>, Refusal> {
        let mut all = Vec::with_capacity(body.other_actors.len() + 1);
        for bytes in std::iter::once(&body.actor).chain(&body.other_actors) {
            if bytes.len() != ACTOR_BYTES {
                return Err(Refusal::ForeignActor);
            }
            all.push(self.name(&ActorId::from(*bytes)));
        }
        Ok(all)
    }

    /// Judges whether a change continues this history; `actors` are what [`Self::name_all`] said of it.
    pub(crate) fn place(
        &mut self,
        body: &ChangeBody<'_>,
        actors: &[u32],
        device: Option<[u8; 8]>,
    ) -> Result<Placed, Refusal> {
        let (&actor, others) = actors.split_first().ok_or(Refusal::ForeignActor)?;
        let last = self.check_actor(body, actor, device)?;
        let highest = self.highest_op(&body.dependencies)?;
        if body.start_op != highest + 1 {
            return Err(Refusal::Causality(
                "its first operation has the wrong number",
            ));
        }
        let start_op = u32::try_from(body.start_op);
        let (Ok(start_op), true) = (start_op, u32::try_from(highest + body.operations).is_ok())
        else {
            return Err(Refusal::Causality("the operation numbers run out"));
        };
        if body.time.unsigned_abs() > MAX_TIME {
            return Err(Refusal::Causality("its time is no time"));
        }
        self.check_room(body, last.is_none())?;
        if others.iter().any(|actor| self.last(*actor).is_none()) {
            return Err(Refusal::Causality("it refers to an unknown actor"));
        }
        let past = self.past(&body.dependencies);
        if last.is_some_and(|last| past.0.get(&actor) != Some(&last.max_op)) {
            return Err(Refusal::Causality(
                "it does not follow the actor's own last change",
            ));
        }
        Ok(Placed {
            actor,
            start_op,
            past,
        })
    }

    /// Counts a placed change as part of the history.
    pub(crate) fn extend(&mut self, hash: Hash, body: &ChangeBody<'_>, placed: Placed) {
        let max_op = body.start_op + body.operations - 1;
        let mut past = placed.past;
        past.add(placed.actor, max_op);
        self.append(
            hash,
            placed.actor,
            body.seq,
            (max_op, body.operations),
            body.dependencies.clone(),
        );
        self.newest = Some((hash, past));
    }

    fn last(&self, actor: u32) -> Option<Last> {
        self.last.get(actor as usize).copied().flatten()
    }

    fn check_actor(
        &self,
        body: &ChangeBody<'_>,
        actor: u32,
        device: Option<[u8; 8]>,
    ) -> Result<Option<Last>, Refusal> {
        if device.is_some_and(|device| !body.actor.starts_with(&device)) {
            return Err(Refusal::ForeignActor);
        }
        let last = self.last(actor);
        let before = last.map_or(0, |last| last.seq);
        match body.seq {
            seq if seq <= before => Err(Refusal::ActorFork),
            seq if seq > before + 1 => Err(Refusal::MissingDeps),
            _ => Ok(last),
        }
    }

    fn check_room(&self, body: &ChangeBody<'_>, is_new_actor: bool) -> Result<(), Refusal> {
        let dependencies = self.dependencies + body.dependencies.len() as u64;
        if self.changes.len() as u64 >= MAX_DOCUMENT_CHANGES {
            Err(Refusal::DocumentFull("changes"))
        } else if self.operations + body.operations > MAX_DOCUMENT_OPS {
            Err(Refusal::DocumentFull("operations"))
        } else if dependencies > MAX_DOCUMENT_DEPENDENCIES {
            Err(Refusal::DocumentFull("dependencies"))
        } else if is_new_actor && self.writers >= MAX_DOCUMENT_ACTORS {
            Err(Refusal::DocumentFull("actors"))
        } else {
            Ok(())
        }
    }

    fn highest_op(&self, dependencies: &[Hash]) -> Result<u64, Refusal> {
        let mut highest = 0;
        for hash in dependencies {
            highest = highest.max(self.changes.get(hash).ok_or(Refusal::MissingDeps)?.max_op);
        }
        Ok(highest)
    }

    /// What a change with these dependencies knows.
    fn past(&mut self, dependencies: &[Hash]) -> Past {
        if let Some((hash, past)) = self.newest.take_if(|(hash, _)| dependencies == [*hash]) {
            self.newest = Some((hash, past.clone()));
            return past;
        }
        let mut past = Past::default();
        let mut seen: HashSet<Hash> = dependencies.iter().copied().collect();
        let mut todo = dependencies.to_vec();
        while let Some(node) = todo.pop().and_then(|hash| self.changes.get(&hash)) {
            past.add(node.actor, node.max_op);
            todo.extend(node.dependencies.iter().filter(|hash| seen.insert(**hash)));
        }
        past
    }

    fn append(
        &mut self,
        hash: Hash,
        actor: u32,
        seq: u64,
        (max_op, operations): (u64, u64),
        dependencies: Vec<Hash>,
    ) {
        for dependency in &dependencies {
            self.heads.remove(dependency);
        }
        self.heads.insert(hash);
        if let Some(last) = self.last.get_mut(actor as usize) {
            self.writers += usize::from(last.is_none());
            if last.is_none_or(|last| seq > last.seq) {
                *last = Some(Last { seq, max_op });
            }
        }
        self.operations += operations;
        self.dependencies += dependencies.len() as u64;
        self.changes.insert(
            hash,
            Node {
                actor,
                max_op,
                dependencies,
            },
        );
    }
}
