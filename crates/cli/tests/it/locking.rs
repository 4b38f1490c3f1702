//! The lock and the scratchpad on the command line.

use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::device::{Device, error};

/// The words of `passphrase change`, from the file of the device to another one.
fn change(device: &Device, new: &str) -> Vec<String> {
    let file = device.write("new", format!("{new}\n"));
    ["passphrase", "change", "--new-passphrase-file", &file]
        .map(str::to_owned)
        .to_vec()
}

fn words(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// Whether this passphrase opens the book.
fn opens(device: &Device, passphrase: &str) -> bool {
    device.write("passphrase", format!("{passphrase}\n"));
    let output = device.run(&["status", "--json"]);
    if !output.status.success() {
        assert_eq!(error(&output)["code"], "wrong_passphrase");
    }
    output.status.success()
}

#[test]
fn another_passphrase_opens_the_same_book() {
    let device = Device::new();
    device.put("contact", &json!({ "name": "Kees" }));
    let changed = device.json(&words(&change(&device, "klaproos op de stoep")));
    assert_eq!(changed, json!({ "changed": true }));
    assert!(!opens(&device, "zonnebloem op de stoep"));
    assert!(opens(&device, "klaproos op de stoep"));
    assert_eq!(device.json(&["record", "list", "contact"])["total"], 1);
}

#[test]
fn a_program_that_is_killed_while_it_changes_the_passphrase_leaves_the_old_or_the_new_one() {
    let device = Device::new();
    device.put("contact", &json!({ "name": "Kees" }));
    let started = Instant::now();
    device.text(&words(&change(&device, "klaproos op de stoep")));
    let whole = started.elapsed();
    let (mut now, mut other) = ("klaproos op de stoep", "zonnebloem op de stoep");
    for moment in 0..12_u32 {
        device.write("passphrase", format!("{now}\n"));
        let file = device.file("passphrase");
        let mut command = device.command(&words(&change(&device, other)));
        command.arg("--passphrase-file").arg(file);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The moment of the power cut: from the first instruction to past the end.
        std::thread::sleep(whole.mul_f64(f64::from(moment) / 10.0) + Duration::from_millis(1));
        child.kill().unwrap();
        child.wait().unwrap();
        let (old, new) = (opens(&device, now), opens(&device, other));
        assert!(old != new, "moment {moment}: old {old}, new {new}");
        if new {
            std::mem::swap(&mut now, &mut other);
        }
        opens(&device, now);
        assert_eq!(device.json(&["record", "list", "contact"])["total"], 1);
    }
    // However it was stopped: the next change, left alone, comes to its end.
    device.text(&words(&change(&device, other)));
    assert!(!opens(&device, now));
    assert!(opens(&device, other));
}

#[test]
fn after_too_many_wrong_tries_the_program_says_how_long_to_wait() {
    let device = Device::new();
    for _ in 0..5 {
        assert!(!opens(&device, "klaproos op de stoep"));
    }
    let output = device.run(&["today", "--json"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(error(&output)["code"], "too_many_tries");
    assert_eq!(error(&output)["details"]["wait"], 30);
}

#[test]
fn the_minutes_of_the_lock_are_shown_and_chosen() {
    let device = Device::new();
    assert_eq!(device.json(&["lock"]), json!({ "minutes": 10 }));
    assert_eq!(
        device.json(&["lock", "--after", "5"]),
        json!({ "minutes": 5 })
    );
    assert_eq!(device.json(&["lock"]), json!({ "minutes": 5 }));
}

#[test]
fn the_scratchpad_is_kept_shown_and_emptied() {
    let device = Device::new();
    let note = device.json(&["scratch", "add", "Twijfel over de stalling"]);
    let id = note["id"].as_str().unwrap();
    assert_eq!(note["days_left"], 30);
    device.json(&["scratch", "edit", id, "Toch wel een stalling"]);
    assert!(
        device
            .text(&["scratch", "list"])
            .contains("2026-12-23  Toch wel een stalling")
    );
    assert_eq!(
        device.json(&["scratch", "term", "7"])["notes"][0]["days_left"],
        7
    );
    let kept = device.json(&["scratch", "keep", id]);
    assert_eq!(kept["records"][0]["kind"], "note");
    assert_eq!(device.json(&["scratch", "list"])["notes"], json!([]));
    let other = device.json(&["scratch", "add", "Weg ermee"]);
    device.json(&["scratch", "remove", other["id"].as_str().unwrap()]);
    assert_eq!(device.json(&["scratch", "list"])["notes"], json!([]));
}
