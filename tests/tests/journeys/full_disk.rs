//! Disks that fill up: of a device, of a server, of a backup. What was said to be saved stays; what was not is said so; and
//! with room again everything goes on.

use std::collections::BTreeMap;

use journeys::Result;
use journeys::device::Device;
use journeys::server::Server;
use serde_json::{Value, json};
use testkit::disk::{SmallDisk, Way};

/// How long notes are: many of these are carried, and a few of those fill a disk.
const SHORT: usize = 160;
const LONG: usize = 800;

/// Tells on what it ran: a limit on the size of files is another thing than a disk that is full.
fn tell(disk: &SmallDisk) {
    println!("the disk is small by: {:?}", disk.way());
}

/// A full disk says so; a limit on the size of files is told by SQLite as an error of the disk.
fn is_full(disk: &SmallDisk, code: &str) -> bool {
    code == "disk_full" || disk.way() == Way::FileSizes && code == "storage"
}

/// A note that packs badly.
fn note(number: usize, pieces: usize) -> Value {
    let mut state = number as u64 + 1;
    // Letters alone: what looks like a citizen service number is refused.
    let words: Vec<String> = (0..pieces)
        .map(|_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let letters = (state >> 16).to_be_bytes();
            letters[2..]
                .iter()
                .flat_map(|byte| [b'a' + byte % 16, b'a' + byte / 16])
                .map(char::from)
                .collect()
        })
        .collect();
    json!({ "text": format!("Notitie {number}. {}", words.join(" ")) })
}

/// Brings notes in, all at once.
fn bring_in(device: &Device, numbers: std::ops::Range<usize>) -> Result<()> {
    let lines: Vec<String> = numbers
        .map(|number| {
            let mut line = note(number, SHORT);
            line["kind"] = json!("note");
            line.to_string()
        })
        .collect();
    let file = device.file("notes.jsonl", lines.join("\n").as_bytes())?;
    device.run(&["import", &file]).map(drop)
}

/// Keeps notes until one does not fit any more: those that were kept, and the error of the last.
fn fill(device: &Device) -> Result<(BTreeMap<String, Value>, (String, String))> {
    let mut kept = BTreeMap::new();
    for number in 0..10_000 {
        let fields = note(number, LONG);
        match device.answer(&["record", "put", "note"], &fields.to_string())? {
            Ok(saved) => {
                let id = saved["id"]
                    .as_str()
                    .ok_or("a note without an id")?
                    .to_owned();
                kept.insert(id, fields["text"].clone());
            }
            Err(error) => return Ok((kept, error)),
        }
    }
    Err("the disk is never full".into())
}

fn notes(device: &Device) -> Result<BTreeMap<String, Value>> {
    let listed = device.run(&["record", "list", "note"])?;
    let rows = listed["rows"]
        .as_array()
        .ok_or("a list without rows")?
        .iter();
    Ok(rows
        .filter_map(|row| {
            Some((
                row["id"].as_str()?.to_owned(),
                row["fields"]["text"].clone(),
            ))
        })
        .collect())
}

fn is_sound(device: &Device) -> Result<()> {
    assert_eq!(device.run(&["verify"])?["problems"], json!([]));
    Ok(())
}

#[test]
fn a_disk_that_fills_up_while_capturing_keeps_what_was_saved_and_says_what_was_not() -> Result<()> {
    let mut device = Device::on_small_disk(8 * 1024)?;
    device.run(&["init", "--name", "Amina Yildiz"])?;
    let disk = device.disk()?;
    tell(disk);
    disk.leave_free(400)?;
    let (kept, (code, message)) = fill(&device)?;
    assert!(is_full(device.disk()?, &code), "{code}: {message}");
    assert!(!kept.is_empty());
    // Full as it is, everything that was saved can be read.
    assert_eq!(notes(&device)?, kept);
    is_sound(&device)?;
    device.disk()?.resize(8 * 1024)?;
    let saved = device.run_with(&["record", "put", "note"], &note(9_999, SHORT).to_string())?;
    assert_eq!(saved["records"].as_array().map(Vec::len), Some(1));
    assert_eq!(notes(&device)?.len(), kept.len() + 1);
    is_sound(&device)
}

#[test]
fn a_disk_that_fills_up_during_an_exchange_loses_nothing_and_goes_on_where_it_was() -> Result<()> {
    let server = Server::start()?;
    let team = Device::joined("Yusuf Demir", &server.invite()?)?;
    bring_in(&team, 0..60)?;
    team.run(&["sync"])?;
    let mut device = Device::on_small_disk(8 * 1024)?;
    device.run(&["init", "--name", "Amina Yildiz"])?;
    device.run(&["enroll", &server.invite()?, "--name", "Amina Yildiz"])?;
    let own = device.run_with(&["record", "put", "note"], &note(100, SHORT).to_string())?;
    tell(device.disk()?);
    device.disk()?.leave_free(200)?;
    let (code, message) = device.fails(&["sync"], "")?;
    assert!(is_full(device.disk()?, &code), "{code}: {message}");
    is_sound(&device)?;

    device.disk()?.resize(8 * 1024)?;
    device.run(&["sync"])?;
    team.run(&["sync"])?;
    assert_eq!(notes(&device)?, notes(&team)?);
    assert!(notes(&team)?.contains_key(own["id"].as_str().unwrap_or_default()));
    is_sound(&device)
}

#[test]
fn erasing_on_a_disk_without_room_for_it_is_done_or_is_said_not_to_be() -> Result<()> {
    let mut device = Device::on_small_disk(8 * 1024)?;
    device.run(&["init", "--name", "Amina Yildiz"])?;
    bring_in(&device, 0..40)?;
    let mut ids: Vec<String> = notes(&device)?.into_keys().collect();
    tell(device.disk()?);
    // Writing the file anew needs as much room again as there is in it.
    for free in [16, 120, 400] {
        device.disk()?.leave_free(free)?;
        let id = ids.pop().ok_or("no notes left")?;
        match device.answer(&["erase", "record", &id, "--yes-for-good"], "")? {
            Ok(_) => assert!(!notes(&device)?.contains_key(&id), "{free} KiB free"),
            Err((code, message)) => {
                assert!(is_full(device.disk()?, &code), "{code}: {message}");
                ids.push(id);
            }
        }
        device.disk()?.resize(8 * 1024)?;
        let left: Vec<String> = notes(&device)?.into_keys().collect();
        let mut expected = ids.clone();
        expected.sort();
        assert_eq!(left, expected, "{free} KiB free");
        is_sound(&device)?;
    }
    Ok(())
}

#[test]
fn a_server_whose_disk_is_full_loses_nothing_and_goes_on_without_a_restart() -> Result<()> {
    let mut server = Server::on_small_disk(8 * 1024)?;
    let devices = [
        Device::joined("Amina Yildiz", &server.invite()?)?,
        Device::joined("Yusuf Demir", &server.invite()?)?,
    ];
    tell(server.disk()?);
    bring_in(&devices[0], 0..30)?;
    devices[0].run(&["sync"])?;
    bring_in(&devices[0], 30..120)?;
    let disk = server.disk()?;
    // A running program keeps the limit that it was started with.
    if disk.way() == Way::Mounted {
        disk.leave_free(150)?;
        let (code, message) = devices[0].fails(&["sync"], "")?;
        assert_eq!(code, "server_busy", "{message}");
        assert!(message.contains("Everything is safe here"), "{message}");
        // Who only reads is served.
        devices[1].run(&["sync"])?;
        assert_eq!(notes(&devices[1])?.len(), 30);
        server.disk()?.resize(8 * 1024)?;
    }
    for device in [&devices[0], &devices[1]] {
        device.run(&["sync"])?;
        is_sound(device)?;
    }
    assert_eq!(notes(&devices[1])?, notes(&devices[0])?);
    assert_eq!(notes(&devices[1])?.len(), 120);
    Ok(())
}

#[test]
fn a_backup_that_does_not_fit_leaves_nothing_that_could_be_taken_for_one() -> Result<()> {
    let server = Server::start()?;
    let device = Device::joined("Amina Yildiz", &server.invite()?)?;
    bring_in(&device, 0..60)?;
    device.run(&["sync"])?;
    let place = tempfile::tempdir()?;
    let mut disk = SmallDisk::over(&place.path().join("backups"), 64)?;
    tell(&disk);
    let file = disk.folder().join("monday.sqlite").display().to_string();
    if disk.way() == Way::Mounted {
        let (done, said) = server.tell(&["backup", &file])?;
        assert!(!done && said.contains("full"), "{said}");
        assert_eq!(
            std::fs::read_dir(disk.folder())?.count(),
            0,
            "nothing is left of it"
        );
    }
    disk.resize(8 * 1024)?;
    let (done, said) = server.tell(&["backup", &file])?;
    assert!(done, "{said}");
    // What is there is never overwritten.
    let (done, said) = server.tell(&["backup", &file])?;
    assert!(!done && said.contains("exists"), "{said}");
    assert_eq!(std::fs::read_dir(disk.folder())?.count(), 1);
    Ok(())
}
