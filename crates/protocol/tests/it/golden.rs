//! The bytes of version 1. **Never update a golden file: add a version.**

use std::fmt::Debug;
use std::path::Path;

use protocol::{EraseRequest, ReplyFrame, SyncRequest, Writer};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::samples;

fn golden(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("golden/v1")
        .join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn golden_bytes(name: &str) -> Vec<u8> {
    let digits: Vec<char> = golden(name)
        .chars()
        .filter(char::is_ascii_hexdigit)
        .collect();
    let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}

fn to_hex(bytes: &[u8]) -> String {
    let line = |line: &[u8]| {
        line.iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    bytes.chunks(32).map(line).collect::<Vec<_>>().join("\n") + "\n"
}

fn write_all(frames: &[ReplyFrame]) -> Vec<u8> {
    let mut writer = Writer::new();
    frames.iter().for_each(|frame| frame.write(&mut writer));
    writer.take()
}

fn json_stays<T: Serialize + DeserializeOwned + PartialEq + Debug>(name: &str, value: &T) {
    assert_eq!(
        serde_json::to_string_pretty(value).unwrap() + "\n",
        golden(name),
        "{name} is written otherwise"
    );
    assert_eq!(
        &serde_json::from_str::<T>(&golden(name)).unwrap(),
        value,
        "{name} is read otherwise"
    );
}

#[test]
fn a_sync_request_of_version_1_keeps_its_bytes() {
    let request = samples::sync_request();
    assert_eq!(to_hex(&request.encode()), golden("sync_request.hex"));
    assert_eq!(
        SyncRequest::decode(&golden_bytes("sync_request.hex")),
        Ok(request)
    );
}

#[test]
fn replies_of_version_1_keep_their_bytes() {
    for (name, frames) in [
        ("sync_reply.hex", samples::sync_reply()),
        ("snapshot_reply.hex", samples::snapshot_reply()),
        ("erase_reply.hex", samples::erase_reply()),
        ("redact_reply.hex", samples::redact_reply()),
    ] {
        assert_eq!(to_hex(&write_all(&frames)), golden(name), "{name}");
        assert_eq!(
            ReplyFrame::decode_all(&golden_bytes(name)),
            Ok(frames),
            "{name}"
        );
    }
}

#[test]
fn the_json_of_version_1_keeps_its_words() {
    json_stays("snapshot_request.json", &samples::snapshot_request());
    json_stays("enroll_request.json", &samples::enroll_request());
    json_stays("enroll_reply.json", &samples::enroll_reply());
    json_stays("wipe_order.json", &samples::wipe_order());
    json_stays("space_event.json", &samples::space_event());
    json_stays("erasures_request.json", &samples::erasures_request());
    json_stays("erasures_reply.json", &samples::erasures_reply());
}

#[test]
fn a_request_to_erase_of_version_1_keeps_its_bytes() {
    let erase = samples::erase_request();
    assert_eq!(to_hex(&erase.encode()), golden("erase_request.hex"));
    assert_eq!(
        EraseRequest::decode(&golden_bytes("erase_request.hex")),
        Ok(erase)
    );
}
