//! A line that breaks after every 20 kB: a device far behind gets through, never starts over, and says how far it is.
//!
//! `BUURTBOEK_TRIAL` says how many edits were made offline (400 when it is not set); `cargo xtask trial broken-line` makes
//! 5,000.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;

use app::api::{Event, Nothing};
use chrono::Duration;
use protocol::{Invitation, Role};
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;

use crate::device::Device;
use crate::team::Team;

/// What a connection carries before it breaks, both ways together.
const CARRIES: u64 = 20_000;

/// More than this many times what goes over a sound line does not go over the broken one: small requests pack worse, each
/// has a head of its own, and what is under way when the line breaks goes again. Whoever starts over sends far more.
const MOST_TIMES: u64 = 6;

/// Rounds that may be given up on the way.
const MOST_ROUNDS: usize = 20;

/// A line between devices and the server of a team.
struct Line {
    address: SocketAddr,
    breaks: Arc<AtomicBool>,
    carried: Arc<Carried>,
}

#[derive(Default)]
struct Carried {
    up: AtomicU64,
    down: AtomicU64,
    broken: AtomicU64,
}

impl Line {
    fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let line = Self {
            address: listener.local_addr().unwrap(),
            breaks: Arc::default(),
            carried: Arc::default(),
        };
        let (breaks, carried) = (line.breaks.clone(), line.carried.clone());
        thread::spawn(move || {
            for device in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect(server) else {
                    continue;
                };
                let left = if breaks.load(Ordering::SeqCst) {
                    CARRIES
                } else {
                    u64::MAX
                };
                carry(device, server, left, &carried);
            }
        });
        line
    }

    /// An invitation that leads over this line.
    fn invite(&self, team: &Team) -> String {
        let direct = Invitation::parse(&team.invite(Role::Writer)).unwrap();
        Invitation::new(&format!("http://{}", self.address), direct.secret())
            .unwrap()
            .to_string()
    }

    fn device(&self, team: &Team, name: &str) -> Device {
        let device = Device::of(name);
        device.join(&self.invite(team)).unwrap();
        device
    }

    /// Bytes up and down, and connections that broke, since the last time.
    fn take(&self) -> (u64, u64, u64) {
        let take = |count: &AtomicU64| count.swap(0, Ordering::SeqCst);
        let Carried { up, down, broken } = &*self.carried;
        (take(up), take(down), take(broken))
    }
}

/// Carries bytes both ways until one side ends, or so many went over.
fn carry(device: TcpStream, server: TcpStream, left: u64, carried: &Arc<Carried>) {
    let left = Arc::new(AtomicU64::new(left));
    let ways = [
        (
            device.try_clone().unwrap(),
            server.try_clone().unwrap(),
            true,
        ),
        (server, device, false),
    ];
    for (mut from, mut to, is_up) in ways {
        let (left, carried) = (left.clone(), carried.clone());
        thread::spawn(move || {
            let mut piece = [0; 1024];
            while let Ok(count @ 1..) = from.read(&mut piece) {
                let way = if is_up { &carried.up } else { &carried.down };
                way.fetch_add(count as u64, Ordering::SeqCst);
                let taken = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                    left.checked_sub(count as u64)
                });
                if taken.is_err() {
                    carried.broken.fetch_add(1, Ordering::SeqCst);
                    break;
                }
                if to.write_all(&piece[..count]).is_err() {
                    break;
                }
            }
            // An end that is closed already is closed.
            for stream in [from, to] {
                stream.shutdown(Shutdown::Both).unwrap_or_default();
            }
        });
    }
}

/// Exchanges until everything is done; how many rounds were given up.
fn get_through(device: &Device) -> usize {
    for given_up in 0..MOST_ROUNDS {
        match device.app.sync_round() {
            Ok(report) => {
                assert_eq!(report.refused, 0);
                return given_up;
            }
            Err(problem) => assert_eq!(problem.code, "offline"),
        }
    }
    panic!("not through after {MOST_ROUNDS} rounds");
}

/// A week of work without a connection: every third edit makes a note, the others go on in one.
fn week(device: &Device, edits: usize) {
    let mut last = String::new();
    for edit in 0..edits {
        let text = format!("Dag {}, bezoek {edit}: {}", edit * 7 / edits, words(edit));
        if edit % 3 == 0 {
            last = device.put("note", json!({ "text": text }));
        } else {
            device.edit(
                &last,
                json!({ "text": format!("{text} Gebeld met beheer ({edit}).") }),
            );
        }
        if edit % (edits / 7 + 1) == 0 {
            device.hands.pass(Duration::days(1));
        }
    }
}

/// Words that pack as badly as those of people, who do not write the same sentence each time.
fn words(number: usize) -> String {
    let mut state = number as u64;
    let mut word = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        // Letters alone: what looks like a citizen service number is refused.
        let letters = (state >> 36).to_be_bytes();
        letters[4..]
            .iter()
            .map(|byte| char::from(b'a' + byte % 26))
            .collect::<String>()
    };
    (0..20).map(|_| word()).collect::<Vec<_>>().join(" ")
}

/// What the chip said was left, each time that it said something else.
fn watch(device: &Device) -> thread::JoinHandle<Vec<u32>> {
    let mut events = device.app.events();
    thread::spawn(move || {
        let mut left = Vec::new();
        loop {
            match events.blocking_recv() {
                Ok(Event::SyncStatus(status)) => {
                    if left.last() != Some(&status.unsent) {
                        left.push(status.unsent);
                    }
                    if status.unsent == 0 {
                        return left;
                    }
                }
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return left,
            }
        }
    })
}

#[test]
fn a_week_offline_gets_through_a_line_that_breaks_after_every_20_kb_and_never_starts_over() {
    let edits = std::env::var("BUURTBOEK_TRIAL").map_or(400, |text| text.parse().unwrap());
    let team = Team::new();
    let line = Line::to(team.address());
    let [noor, samir] = ["Noor", "Samir"].map(|name| line.device(&team, name));
    for device in [&noor, &samir] {
        device.sync();
        week(device, edits);
    }
    // The same week over a sound line, to compare.
    line.take();
    samir.sync();
    let (sound, _, _) = line.take();

    line.breaks.store(true, Ordering::SeqCst);
    let left = watch(&noor);
    let given_up = get_through(&noor);
    let (up, _, broken) = line.take();
    let left = left.join().unwrap();
    println!(
        "{edits} edits: {up} bytes sent, {sound} over a sound line; {broken} connections broke, {given_up} rounds were \
         given up; the chip counted down in {} steps",
        left.len()
    );
    assert!(broken > 0, "it broke");
    assert!(up <= sound * MOST_TIMES, "{up} of {sound}");
    assert!(
        left.len() > 5 && left.is_sorted_by(|one, next| one > next),
        "{left:?}"
    );
    assert_eq!(noor.app.sync_status(Nothing {}).unwrap().unsent, 0);

    // Whoever joins fetches all of it over the same line.
    line.breaks.store(false, Ordering::SeqCst);
    let [wies, bram] = ["Wies", "Bram"].map(|name| line.device(&team, name));
    line.take();
    bram.sync();
    let (_, sound, _) = line.take();
    line.breaks.store(true, Ordering::SeqCst);
    let given_up = get_through(&wies);
    let (_, down, broken) = line.take();
    println!(
        "first sync: {down} bytes fetched, {sound} over a sound line; {broken} broke, {given_up} given up"
    );
    assert!(
        broken > 0 && down <= sound * MOST_TIMES,
        "{down} of {sound}"
    );
    get_through(&noor);
    for device in [&noor, &wies, &bram] {
        device.is_sound();
        assert_eq!(device.all("note").len(), wies.all("note").len());
    }
    let digests = |device: &Device| -> Vec<_> {
        let stands = device.app.space_stands().unwrap().into_iter();
        let shared = stands.filter(|stand| stand.cursor > 0);
        shared.map(|stand| (stand.space, stand.digest)).collect()
    };
    assert!(!digests(&noor).is_empty());
    assert_eq!(digests(&noor), digests(&wies));
}
