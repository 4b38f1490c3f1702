//! Monday at nine: everybody comes back at the same moment, with what they wrote in the weekend, to one server with its
//! built-in limits; and it is killed in the middle of it.
//!
//! `BUURTBOEK_TRIAL` says how many devices (16 when it is not set); `cargo xtask trial monday` takes 200.

use std::collections::{BTreeSet, HashMap};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use protocol::*;
use tempfile::TempDir;
use uuid::Uuid;

use crate::harness::{TestDevice, many};
use crate::program::{Served, send_to, team};

/// What each wrote in the weekend.
const WROTE: usize = 20;

/// What the team wrote since these devices were here last, on Friday.
const MISSED: usize = 600;

/// More than this the server must not take, in KiB.
const MOST_KIB: u64 = 192 * 1024;

/// What a server of everyday allows.
const EVERYDAY: [&str; 6] = [
    "--device-rate",
    "300",
    "--address-rate",
    "3000",
    "--guess-rate",
    "20",
];

/// How all went.
#[derive(Default)]
struct Morning {
    /// Told to wait: too busy, or too many requests.
    put_off: AtomicU32,
    /// Not reached, or broken off.
    broken: AtomicU32,
}

/// A device that comes back.
struct Returning {
    device: TestDevice,
    space: Uuid,
    waiting: Vec<ChangeFrame>,
    seen: BTreeSet<u64>,
    own: BTreeSet<u64>,
}

/// What came of one request.
enum Came {
    Answer(Box<Synced>),
    PutOff,
    Nothing,
}

struct Synced {
    outcomes: Vec<(usize, Outcome)>,
    changes: Vec<u64>,
    end: Option<SpaceEnd>,
    log_epoch: Option<Uuid>,
}

impl Returning {
    fn ask(&self, address: SocketAddr) -> Came {
        let request = self.device.request(self.space, self.waiting.clone());
        let token = &self.device.token;
        let head = format!(
            "POST /v1/sync HTTP/1.1\r\nauthorization: Bearer {token}\r\ncontent-type: {MEDIA_TYPE}"
        );
        match send_to(address, &head, &request.encode()) {
            Some((200, body)) => read(&body, self.space)
                .map_or(Came::Nothing, |synced| Came::Answer(Box::new(synced))),
            Some((429 | 503, _)) => Came::PutOff,
            Some((status, body)) => panic!("refused: {status} {}", String::from_utf8_lossy(&body)),
            None => Came::Nothing,
        }
    }

    /// Takes an answer in; whether all is sent and fetched.
    fn take(&mut self, synced: Synced) -> bool {
        let mut left = std::mem::take(&mut self.waiting)
            .into_iter()
            .map(Some)
            .collect::<Vec<_>>();
        for (index, outcome) in synced.outcomes {
            left[index] = None;
            match outcome {
                Outcome::Ok { seq } | Outcome::Duplicate { seq } => self.own.insert(seq),
                Outcome::Refused(code) => panic!("refused for good: {code:?}"),
            };
        }
        // What was too much at once goes with the next request.
        self.waiting = left.into_iter().flatten().collect();
        self.seen.extend(synced.changes);
        let end = synced.end.expect("the page of the space");
        (self.device.cursor, self.device.log_epoch) = (end.next_cursor, synced.log_epoch);
        !end.more && self.waiting.is_empty()
    }

    /// Exchanges until all is sent and fetched, as an app does: pauses grow while nobody answers.
    fn exchange(&mut self, address: &Mutex<SocketAddr>, morning: &Morning) {
        const FIRST_PAUSE: Duration = Duration::from_millis(250);
        let mut pause = FIRST_PAUSE;
        loop {
            let now = *address.lock().unwrap();
            match self.ask(now) {
                Came::Answer(synced) => {
                    pause = FIRST_PAUSE;
                    if self.take(*synced) {
                        return;
                    }
                    continue;
                }
                Came::PutOff => morning.put_off.fetch_add(1, Ordering::Relaxed),
                Came::Nothing => morning.broken.fetch_add(1, Ordering::Relaxed),
            };
            thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_secs(30));
        }
    }

    /// Listens as an app does, until the connection ends.
    fn listen(&self, address: SocketAddr) {
        let token = self.device.token.clone();
        thread::spawn(move || {
            let Ok(mut stream) = TcpStream::connect(address) else {
                return;
            };
            let head = format!(
                "GET /v1/events HTTP/1.1\r\nhost: test\r\nauthorization: Bearer {token}\r\n\r\n"
            );
            let mut piece = [0; 1024];
            if stream.write_all(head.as_bytes()).is_ok() {
                while let Ok(1..) = stream.read(&mut piece) {}
            }
        });
    }
}

fn read(body: &[u8], space: Uuid) -> Option<Synced> {
    let mut synced = Synced {
        outcomes: Vec::new(),
        changes: Vec::new(),
        end: None,
        log_epoch: None,
    };
    for frame in ReplyFrame::decode_all(body).ok()? {
        match frame {
            ReplyFrame::Header(header) => {
                let state = header.spaces.iter().find(|state| state.id == space);
                synced.log_epoch = state.and_then(|state| state.log_epoch);
            }
            ReplyFrame::Result(result) => synced
                .outcomes
                .push((result.index as usize, result.outcome)),
            ReplyFrame::Change(change) => synced.changes.push(change.seq),
            ReplyFrame::SpaceEnd(end) => synced.end = Some(end),
            ReplyFrame::End(_) => return Some(synced),
            ReplyFrame::Snapshot(_) | ReplyFrame::Tombstone(_) => panic!("nothing was erased"),
        }
    }
    None
}

/// Devices that were here on Friday.
fn on_friday(served: &Served, data: &Path, space: Uuid, count: usize) -> Vec<Returning> {
    let devices = (0..count).map(|_| {
        let mut returning = Returning {
            device: served.enroll(data, "Buurtteam"),
            space,
            waiting: Vec::new(),
            seen: BTreeSet::new(),
            own: BTreeSet::new(),
        };
        returning.exchange(&Mutex::new(served.address), &Morning::default());
        returning
    });
    devices.collect()
}

#[test]
fn everybody_who_comes_back_on_monday_at_nine_is_served_also_when_the_server_is_killed_meanwhile() {
    let count = std::env::var("BUURTBOEK_TRIAL").map_or(16, |text| text.parse().unwrap());
    let folder = TempDir::new().unwrap();
    let data = folder.path();
    let space = team(data);
    // Nobody is held up while the team is set up; that is another day.
    let served = Served::start(data);
    let mut all = on_friday(&served, data, space, count);
    let mut weekend = on_friday(&served, data, space, 1).remove(0);
    for _ in 0..MISSED / 100 {
        weekend.waiting = many(&weekend.device, space, 100);
        weekend.exchange(&Mutex::new(served.address), &Morning::default());
    }
    for returning in &mut all {
        returning.waiting = many(&returning.device, space, WROTE);
    }
    assert_eq!(served.terminate(), Some(0));

    let mut served = Served::with(data, &EVERYDAY);
    let address = Arc::new(Mutex::new(served.address));
    let (morning, nine) = (
        Arc::new(Morning::default()),
        Arc::new(Barrier::new(count + 1)),
    );
    let (done, served_so_far) = mpsc::channel();
    let threads: Vec<_> = all
        .into_iter()
        .map(|mut returning| {
            let (address, morning, nine) = (address.clone(), morning.clone(), nine.clone());
            let done = done.clone();
            thread::spawn(move || {
                nine.wait();
                let began = Instant::now();
                returning.listen(*address.lock().unwrap());
                returning.exchange(&address, &morning);
                let took = began.elapsed();
                done.send(()).unwrap();
                (returning, took)
            })
        })
        .collect();
    nine.wait();
    // In the middle of it, a power cut.
    for _ in 0..count / 3 {
        served_so_far.recv().unwrap();
    }
    let before = memory(&served);
    served.child.kill().unwrap();
    served.child.wait().unwrap();
    served = Served::with(data, &EVERYDAY);
    *address.lock().unwrap() = served.address;

    let mut took = Vec::new();
    let mut back = Vec::new();
    for thread in threads {
        let (returning, waited) = thread.join().unwrap();
        back.push(returning);
        took.push(waited);
    }
    took.sort();
    let (after, slowest) = (memory(&served), took[took.len() - 1]);
    println!(
        "{count} devices came back with {WROTE} edits each and {MISSED} to fetch; the server was killed after {} of them: \
         half were done within {:.1} s, the slowest waited {:.1} s; {} requests were put off, {} broke off; the server took \
         at most {:.0} MiB",
        count / 3,
        took[took.len() / 2].as_secs_f64(),
        slowest.as_secs_f64(),
        morning.put_off.load(Ordering::Relaxed),
        morning.broken.load(Ordering::Relaxed),
        before.max(after) as f64 / 1024.0,
    );
    assert!(before.max(after) < MOST_KIB, "{before} and {after} KiB");

    // Everybody has everything, once, and what was acknowledged before the kill is among it.
    let head = MISSED + count * WROTE;
    let mut numbers: HashMap<u64, usize> = HashMap::new();
    for returning in &mut back {
        returning.exchange(&address, &morning);
        for seq in &returning.own {
            *numbers.entry(*seq).or_default() += 1;
        }
        let has: BTreeSet<u64> = returning.own.union(&returning.seen).copied().collect();
        let all: BTreeSet<u64> = (1..=head as u64).collect();
        assert_eq!(has, all);
    }
    assert!(
        numbers.values().all(|owners| *owners == 1),
        "each number was given once"
    );
    assert_eq!(numbers.len(), count * WROTE);
}

/// The most memory that a server took so far, in KiB.
fn memory(served: &Served) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", served.child.id())).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}
