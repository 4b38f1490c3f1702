//! How the program ends, and what it says of what went wrong.

use std::io::Read as _;
use std::process::Stdio;

use insta::assert_snapshot;
use serde_json::json;

use crate::device::{Device, error};

#[test]
fn a_wrong_passphrase_ends_with_its_own_code_and_changes_nothing() {
    let device = Device::new();
    let before = std::fs::read(device.data().join("buurtboek.sqlite")).unwrap();
    device.write("passphrase", "zonnebloe\n");
    let output = device.run(&["today", "--json"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(error(&output)["code"], "wrong_passphrase");
    assert_eq!(
        std::fs::read(device.data().join("buurtboek.sqlite")).unwrap(),
        before
    );
}

#[test]
fn without_a_terminal_and_a_file_no_passphrase_is_waited_for() {
    let device = Device::new();
    let output = device.command(&["today", "--json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(error(&output)["code"], "passphrase_needed");
    let status = device.command(&["status", "--json"]).output().unwrap();
    let status: serde_json::Value = serde_json::from_slice(&status.stdout).unwrap();
    assert_eq!(status["device"]["phase"], "locked");
    assert_eq!(status["sync"], serde_json::Value::Null);
}

#[test]
fn what_is_there_is_never_made_again() {
    let device = Device::empty();
    assert_eq!(error(&device.run(&["today", "--json"]))["code"], "absent");
    assert_eq!(device.json(&["init"])["phase"], "open");
    let output = device.run(&["init", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(error(&output)["code"], "exists");
}

#[test]
fn an_error_names_its_code_and_field_for_people_and_for_programs() {
    let device = Device::new();
    let words = ["record", "put", "note"];
    let input = json!({ "text": "Nummer 123.456.782" }).to_string();
    let output = device.run_with(&words, &input);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert_snapshot!("error", String::from_utf8(output.stderr).unwrap());
    let output = device.run_with(&["record", "put", "note", "--json"], &input);
    assert_eq!(error(&output)["details"], json!({ "field": "text" }));
}

#[test]
fn a_device_that_is_alone_has_nothing_to_exchange_with() {
    let device = Device::new();
    let output = device.run(&["sync", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(error(&output)["code"], "alone");
}

#[test]
fn a_server_that_cannot_be_reached_ends_with_its_own_code() {
    let device = Device::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let invitation = format!("http://{free}/join#{}", "A".repeat(43));
    let output = device.run(&["enroll", &invitation, "--json"]);
    let error = error(&output);
    assert_eq!(
        (output.status.code(), &error["code"]),
        (Some(4), &json!("offline")),
        "{error}"
    );
}

#[test]
fn a_difference_that_is_gone_ends_with_its_own_code() {
    let device = Device::new();
    let id = device.put("contact", &json!({ "name": "Kees" }));
    let output = device.run(&["conflicts", "resolve", &id, "name", "--keep", "1", "--json"]);
    assert_eq!(output.status.code(), Some(5));
    assert_eq!(error(&output)["code"], "no_conflict");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let device = Device::new();
    let mut command = device.command(&["record", "list", "--json", "--passphrase-file"]);
    command
        .arg(device.file("passphrase"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let mut errors = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut errors)
        .unwrap();
    assert_eq!(
        (child.wait().unwrap().code(), errors.as_str()),
        (Some(0), "")
    );
}

#[test]
fn words_that_are_no_command_end_with_two() {
    let device = Device::empty();
    for words in [
        &["fly"][..],
        &["capture"],
        &["today", "--now", "tomorrow"],
        &["init", "--passphrase", "x"],
    ] {
        assert_eq!(
            device.command(words).output().unwrap().status.code(),
            Some(2),
            "{words:?}"
        );
    }
}

#[test]
fn help_tells_every_exit_code() {
    let output = Device::empty().command(&["--help"]).output().unwrap();
    assert_snapshot!("help", String::from_utf8(output.stdout).unwrap());
}

#[test]
fn a_damaged_book_is_one_error_and_nothing_else_on_standard_error() {
    let device = Device::new();
    let path = device.data().join("buurtboek.sqlite");
    let mut content = std::fs::read(&path).unwrap();
    content[100] ^= 0xff;
    std::fs::write(&path, &content).unwrap();
    let output = device.run(&["today", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(error(&output)["code"], "damaged");
    assert!(
        std::fs::read(&path).unwrap() == content,
        "the file was written"
    );
}
