//! Programs that end without a word, at any moment.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use journeys::Result;
use journeys::device::Device;
use journeys::process::Process;
use journeys::server::Server;
use journeys::window::Window;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};

/// Captures of the window in a run that nothing disturbs.
const CAPTURES: u32 = 12;

/// How often something is killed: as many times as said here, or as `BUURTBOEK_TRIAL` says (`cargo xtask trial kills`).
fn moments(usually: u32) -> Result<u32> {
    match std::env::var("BUURTBOEK_TRIAL") {
        Ok(text) => Ok(text.parse()?),
        Err(_) => Ok(usually),
    }
}

/// Both brokers write and exchange at the same time; at each moment one of the three programs is killed.
#[test]
fn a_server_or_device_killed_at_100_random_moments_loses_and_doubles_nothing() -> Result<()> {
    let seed = 20_261_123;
    let mut chance = StdRng::seed_from_u64(seed);
    let mut server = Server::start()?;
    let devices = [
        Device::joined("Amina Yildiz", &server.invite()?)?,
        Device::joined("Yusuf Demir", &server.invite()?)?,
    ];
    let mut written = BTreeMap::new();
    let longest = undisturbed(&devices, &mut written)?;

    let moments = moments(100)?;
    for moment in 1..=moments {
        write(&devices[chance.random_range(0..2)], moment, &mut written)?;
        let mut running = [devices[0].start(&["sync"])?, devices[1].start(&["sync"])?];
        thread::sleep(longest.mul_f64(chance.random_range(0.0..1.0)));
        match chance.random_range(0..4) {
            0 | 1 => {
                server.kill();
                wait_for(&mut running)?;
                server.start_again()?;
            }
            device => {
                running[device - 2].kill();
                wait_for(&mut running)?;
            }
        }
    }

    // One exchange each sends the last of it, a second fetches what the other sent.
    for device in devices.iter().chain(&devices) {
        device.run(&["sync"])?;
    }
    for device in &devices {
        assert_eq!(notes(device)?, written, "with seed {seed}");
        let health = device.run(&["verify"])?;
        assert_eq!(health["problems"], json!([]), "with seed {seed}");
        assert_eq!(device.run(&["status"])?["sync"]["unsent"], json!([]));
    }
    println!(
        "server and devices: killed {moments} times, {} notes were kept and are there",
        written.len()
    );
    Ok(())
}

/// The window under load: it captures as fast as it can, exchanges meanwhile, and is killed at any moment. Whatever it
/// said was saved is there when the book is opened next, and everything agrees.
#[tokio::test(flavor = "multi_thread")]
async fn a_window_killed_at_random_moments_keeps_every_note_it_said_was_saved() -> Result<()> {
    let seed = 20_261_129;
    let mut chance = StdRng::seed_from_u64(seed);
    let server = Server::start()?;
    let device = Device::joined("Amina Yildiz", &server.invite()?)?;
    let colleague = Device::joined("Yusuf Demir", &server.invite()?)?;
    let mut saved = BTreeMap::new();
    let moments = moments(5)?;
    let mut longest = Duration::ZERO;
    for moment in 0..=moments {
        let window = Window::unlocked(&device).await?;
        let (stop, mut stopped) = tokio::sync::oneshot::channel();
        let page = window.page().clone();
        let load = tokio::spawn(async move {
            let mut saved = Vec::new();
            for number in 0.. {
                // The first time nothing is killed: it tells how long a few captures take.
                if moment == 0 && number == CAPTURES || stopped.try_recv().is_ok() {
                    break;
                }
                let text =
                    format!("Moment {moment}, notitie {number}: de lamp bij het portiek is stuk.");
                let asked = json!({
                    "text": text, "place": null, "accepted": [], "about": null, "space": null, "from_draft": true,
                });
                match page.call("capture_save", asked).await {
                    Ok(answer) => {
                        let id = answer["id"].as_str().unwrap_or_default().to_owned();
                        saved.push((id, text));
                    }
                    // Killed: what was not answered was not said to be saved.
                    Err(_) => break,
                }
            }
            saved
        });
        if moment == 0 {
            let start = Instant::now();
            saved.extend(load.await?);
            longest = start.elapsed();
            window.kill().await?;
        } else {
            tokio::time::sleep(longest.mul_f64(chance.random_range(0.0..1.0))).await;
            window.kill().await?;
            // The load may be past its last capture; then nobody hears this.
            stop.send(()).unwrap_or_default();
            saved.extend(load.await?);
        }
        let kept = notes(&device)?;
        for (id, text) in &saved {
            assert_eq!(
                kept.get(id),
                Some(text),
                "with seed {seed}, moment {moment}"
            );
        }
        let health = device.run(&["verify"])?;
        assert_eq!(
            health["problems"],
            json!([]),
            "with seed {seed}, moment {moment}"
        );
    }
    println!(
        "window: killed {moments} times, {} notes were said to be saved and are there",
        saved.len()
    );
    assert!(
        saved.len() > usize::try_from(moments)?,
        "it worked in between"
    );
    device.run(&["sync"])?;
    colleague.run(&["sync"])?;
    assert_eq!(notes(&colleague)?, notes(&device)?, "with seed {seed}");
    Ok(())
}

/// How long an exchange takes when nothing happens to it: the moments are taken from within it.
fn undisturbed(devices: &[Device; 2], written: &mut BTreeMap<String, String>) -> Result<Duration> {
    write(&devices[0], 0, written)?;
    let start = Instant::now();
    let mut running = [devices[0].start(&["sync"])?, devices[1].start(&["sync"])?];
    for process in &mut running {
        assert!(
            process.ended_well()?,
            "an exchange that nothing disturbs succeeds"
        );
    }
    Ok(start.elapsed())
}

/// Keeps a few notes on this device. From here on they may not be lost, whatever is killed.
fn write(device: &Device, moment: u32, written: &mut BTreeMap<String, String>) -> Result<()> {
    let mut lines = String::new();
    let mut kept = Vec::new();
    for number in 0..4 {
        let id = format!("01a20000-{moment:04x}-7000-8000-{number:012x}");
        let text = format!("Moment {moment}, notitie {number}: de lamp bij het portiek is stuk.");
        lines += &format!(r#"{{"kind":"note","id":"{id}","text":"{text}"}}"#);
        lines += "\n";
        kept.push((id, text));
    }
    let file = device.file("notes.jsonl", lines.as_bytes())?;
    device.run(&["import", &file])?;
    written.extend(kept);
    Ok(())
}

/// An exchange that was cut off may fail; it may not hang.
fn wait_for(running: &mut [Process; 2]) -> Result<()> {
    for process in running {
        process.ended_well()?;
    }
    Ok(())
}

/// Every note of a device by its id; a note that is there twice fails.
fn notes(device: &Device) -> Result<BTreeMap<String, String>> {
    let listed = device.run(&["record", "list", "note"])?;
    let mut notes = BTreeMap::new();
    for row in listed["rows"].as_array().ok_or("a list without rows")? {
        let text = row["fields"]["text"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let id = row["id"].as_str().ok_or("a note without an id")?.to_owned();
        assert_eq!(notes.insert(id, text), None, "a note is listed twice");
    }
    assert_eq!(listed["total"], Value::from(notes.len()));
    Ok(notes)
}
