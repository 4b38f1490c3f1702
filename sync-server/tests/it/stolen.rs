//! The promise of docs/gate.md: whatever an enrolled device pushes, everybody else goes on.
//!
//! Changes are pushed and judged in the thread of the test: a panic that leaves the gate fails it.
//! `BUURTBOEK_HOSTILE_CHANGES` says how many hostile changes are pushed (2,000 when it is not set); a million were, once.

use std::collections::BTreeMap;
use std::time::Instant;

use admission::{Claim, Stored, admit_all, admit_snapshot};
use automerge::transaction::Transactable;
use automerge::{Automerge, Change, ObjType, ROOT, ReadDoc, ScalarValue};
use hostile::{Attack, Dice, Parts, forge};
use protocol::*;
use sync_server::log::Device;
use uuid::Uuid;

use crate::harness::*;

/// Changes in one push.
const PUSH: usize = 100;

/// Documents that are attacked; after so many pushes new ones, so that none is merely full.
const DOCUMENTS: usize = 20;
const PUSHES_PER_ROUND: usize = 100;

/// More than this the process must not grow while it is attacked.
const MOST_KIB: u64 = 256 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn hostile_changes_of_an_enrolled_device_harm_nobody_else() {
    let wanted: usize =
        std::env::var("BUURTBOEK_HOSTILE_CHANGES").map_or(2_000, |text| text.parse().unwrap());
    let mut attack = Attacked::start().await;
    let started = Instant::now();
    let before = memory("VmRSS:");
    while attack.tried < wanted {
        attack.round(wanted).await;
    }
    let seconds = started.elapsed().as_secs_f64();
    let grown = memory("VmHWM:").saturating_sub(before);
    println!(
        "{} hostile changes in {seconds:.0} s, {} let in",
        attack.tried, attack.let_in
    );
    for ((attack, outcome), count) in &attack.outcomes {
        println!("{attack:?} {outcome}: {count}");
    }
    println!(
        "memory grew by at most {:.1} MiB; slowest push of {PUSH}: {} ms",
        grown as f64 / 1024.0,
        attack.slowest_ms
    );
    assert!(grown < MOST_KIB, "{grown} KiB");
    assert!(attack.let_in > 0, "some do no harm");
}

type Documents = Vec<(Uuid, Automerge)>;

struct Attacked {
    server: Server,
    space: Uuid,
    hostile: TestDevice,
    /// The same, as the log knows it.
    device: Device,
    honest: TestDevice,
    /// Another device, that takes everything in change by change: the saved document by its id.
    follower: TestDevice,
    followed: BTreeMap<Uuid, Vec<u8>>,
    dice: Dice,
    seed: u64,
    tried: usize,
    let_in: usize,
    outcomes: BTreeMap<(Attack, String), usize>,
    slowest_ms: u128,
}

impl Attacked {
    async fn start() -> Self {
        let server = Server::start();
        let space = server.space("Buurtteam");
        let hostile = server.device(space, Role::Writer).await;
        let token = sync_server::secret::hash(&hostile.token);
        let device = server.log.device_of_token(&token).unwrap().unwrap();
        let honest = server.device(space, Role::Writer).await;
        let follower = server.device(space, Role::Writer).await;
        Self {
            server,
            space,
            hostile,
            device,
            honest,
            follower,
            followed: BTreeMap::new(),
            dice: Dice::new(1),
            seed: 1,
            tried: 0,
            let_in: 0,
            outcomes: BTreeMap::new(),
            slowest_ms: 0,
        }
    }

    /// New documents, attacked for a while, and then looked at by everybody.
    async fn round(&mut self, wanted: usize) {
        self.seed += 1;
        self.dice = Dice::new(self.seed);
        let since = self.server.log.spaces().unwrap()[0].head;
        let mut documents: Documents = (0..DOCUMENTS)
            .map(|_| shared(&self.honest, &mut self.dice))
            .collect();
        for (id, document) in &documents {
            let frames = frames_of(self.space, *id, document);
            let synced = self.honest.sync(&self.server, self.space, frames).await;
            assert!(
                synced
                    .outcomes
                    .iter()
                    .all(|outcome| matches!(outcome, Outcome::Ok { .. }))
            );
        }
        for _ in 0..PUSHES_PER_ROUND {
            if self.tried >= wanted {
                break;
            }
            self.push(&mut documents);
        }
        self.everybody_goes_on(documents, since).await;
    }

    /// One push of forged changes, straight into the log: over HTTP most of the time would go into HTTP.
    fn push(&mut self, documents: &mut Documents) {
        let (mut attacks, mut frames) = (Vec::new(), Vec::new());
        for _ in 0..4 {
            let place = self.dice.below(documents.len());
            // The attacker knows the documents as they are now.
            let (id, document) = &documents[place];
            let templates = templates(&self.hostile, document, &mut self.dice);
            for _ in 0..PUSH / 4 {
                let honest = &templates[self.dice.below(templates.len())];
                let other = &templates[self.dice.below(templates.len())];
                let (attack, raw) = forge(&mut self.dice, honest, other);
                attacks.push((attack, place));
                frames.push(frame(self.space, *id, raw));
            }
        }
        let started = Instant::now();
        let results = self
            .server
            .log
            .push(&self.device, &frames, self.server.now_ms());
        self.slowest_ms = self.slowest_ms.max(started.elapsed().as_millis());
        self.tried += frames.len();
        for (((attack, place), frame), result) in attacks.iter().zip(&frames).zip(results.unwrap())
        {
            let told = match result.outcome {
                Outcome::Ok { .. } => {
                    self.let_in += 1;
                    let change = Change::try_from(frame.bytes.as_slice()).unwrap();
                    documents[*place].1.apply_changes([change]).unwrap();
                    "let in".to_owned()
                }
                Outcome::Duplicate { .. } => "duplicate".to_owned(),
                Outcome::Refused(code) => code.as_str().to_owned(),
            };
            *self.outcomes.entry((*attack, told)).or_default() += 1;
        }
    }

    async fn everybody_goes_on(&mut self, documents: Documents, since: u64) {
        // An honest edit of what was attacked is taken in.
        for (id, document) in documents {
            let mut copy = document.with_actor(self.honest.actor(0));
            let edit = frame(self.space, id, put(&mut copy, "name", "na de aanval"));
            let synced = self.honest.sync(&self.server, self.space, vec![edit]).await;
            assert!(
                matches!(synced.outcomes[..], [Outcome::Ok { .. }]),
                "{synced:?}"
            );
        }
        self.follow().await;
        // Every document saves, loads and is the same for the server, for who followed and for a new device.
        let request = SnapshotRequest {
            space: self.space,
            since,
            after: 0,
            max_bytes: None,
        };
        let page = self
            .server
            .log
            .snapshots(&self.device, &request, u64::MAX)
            .unwrap()
            .unwrap();
        assert!(page.documents.len() >= DOCUMENTS);
        for stored in page.documents {
            let server = admit_snapshot(stored.bytes, stored.id).unwrap();
            let follower = Automerge::load(&self.followed[&stored.id]).unwrap();
            assert_eq!(server.document.get_heads(), follower.get_heads());
            assert_eq!(server.document.hydrate(None), follower.hydrate(None));
            let again = Automerge::load(&server.document.save_nocompress()).unwrap();
            assert_eq!(again.hydrate(None), follower.hydrate(None));
        }
        // Nobody looks at them again.
        self.followed.clear();
    }

    /// Pulls all there is and takes it in, change by change.
    async fn follow(&mut self) {
        loop {
            let page = self
                .follower
                .sync(&self.server, self.space, Vec::new())
                .await;
            for change in page.changes {
                let claim = Claim {
                    document: change.document,
                    device: None,
                };
                let stored = Stored {
                    snapshot: self.followed.get(&change.document).map(Vec::as_slice),
                    tail: &[],
                };
                let batch = admit_all(stored, &claim, &[&change.bytes]).unwrap();
                assert!(batch.verdicts[0].is_ok(), "{:?}", batch.verdicts);
                let merged = batch.merged.unwrap();
                drop(self.followed.insert(change.document, merged.bytes));
            }
            if !page.ends[0].more {
                return;
            }
        }
    }
}

/// A document with every sort of object.
fn shared(device: &TestDevice, dice: &mut Dice) -> (Uuid, Automerge) {
    let (id, mut document) = device.document();
    let mut tx = document.transaction();
    tx.put(ROOT, "name", format!("Bewoner {}", dice.below(900)))
        .unwrap();
    let body = tx.put_object(ROOT, "body", ObjType::Text).unwrap();
    tx.splice_text(&body, 0, 0, "De oversteek bij de school is gevaarlijk.")
        .unwrap();
    let roles = tx.put_object(ROOT, "roles", ObjType::Map).unwrap();
    tx.put(&roles, "resident", true).unwrap();
    tx.put(ROOT, "visits", ScalarValue::counter(3)).unwrap();
    let steps = tx.put_object(ROOT, "steps", ObjType::List).unwrap();
    tx.insert(&steps, 0, "bellen").unwrap();
    tx.insert(&steps, 1, "langsgaan").unwrap();
    tx.commit();
    (id, document)
}

/// Honest changes that the hostile device could make now, to forge others from.
fn templates(device: &TestDevice, document: &Automerge, dice: &mut Dice) -> Vec<Parts> {
    let object = |key: &str| match document.get(ROOT, key).unwrap() {
        Some((automerge::Value::Object(kind), id)) => Some((kind, id)),
        _ => None,
    };
    let mut made = Vec::new();
    for sort in 0..4 {
        let life = u8::try_from(dice.below(3)).unwrap();
        let mut copy = document.clone().with_actor(device.actor(life));
        let mut tx = copy.transaction();
        if let Some((ObjType::Text, body)) = object("body").filter(|_| sort != 1) {
            let length = tx.length(&body);
            let at = dice.below(length + 1);
            let gone = dice.below((length - at).min(4) + 1);
            tx.splice_text(&body, at, gone as isize, "kapot").unwrap();
        }
        if let Some((ObjType::List, steps)) = object("steps").filter(|_| sort != 2) {
            if tx.length(&steps) > 0 {
                tx.put(&steps, 0, i64::from(dice.byte())).unwrap();
            }
            tx.insert_object(&steps, 0, ObjType::Map).unwrap();
        }
        if let Some((automerge::Value::Scalar(scalar), _)) = tx.get(ROOT, "visits").unwrap()
            && scalar.is_counter()
            && sort != 3
        {
            tx.increment(ROOT, "visits", 1).unwrap();
        }
        tx.put(ROOT, "name", "van de dief").unwrap();
        if sort == 0 {
            tx.delete(ROOT, "name").unwrap();
        }
        tx.commit();
        let change = copy.get_last_local_change().unwrap();
        made.push(Parts::of(change.raw_bytes()).unwrap());
    }
    made
}

fn memory(which: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(which)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
