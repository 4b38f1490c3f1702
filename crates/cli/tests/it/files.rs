//! Files in and out.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::device::{Device, said};

const TABLE: &str = "naam,straat,telefoon,notitie\n\
                     Kees Jansen,Balistraat 5,06-12345678,\n\
                     ,Javastraat 1,06-23456789,\n\
                     Aïcha ter Horst,Javastraat 2,,nummer 123456782\n";

#[test]
fn a_table_is_looked_at_kept_once_and_taken_back() {
    let device = Device::new();
    let file = device.write("contacts.csv", TABLE);

    let looked = device.run(&["import", &file, "--dry-run"]);
    assert_eq!(looked.status.code(), Some(5));
    assert_snapshot!("import_dry_run", String::from_utf8(looked.stdout).unwrap());
    assert_eq!(device.json(&["record", "list", "contact"])["total"], 0);

    let kept = device.run(&["import", &file]);
    assert_eq!(
        kept.status.code(),
        Some(5),
        "a row that cannot be read shows in the exit code"
    );
    assert_snapshot!(
        "import",
        device.steady(&String::from_utf8(kept.stdout).unwrap())
    );
    assert_eq!(device.json(&["record", "list", "contact"])["total"], 2);

    let again = device.run(&["import", &file, "--json"]);
    let again: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!((&again["added"], &again["merged"]), (&json!(0), &json!(2)));
    let skipped = device.run(&["import", &file, "--duplicates", "skip", "--json"]);
    let skipped: Value = serde_json::from_slice(&skipped.stdout).unwrap();
    assert_eq!(
        (&skipped["skipped"], &skipped["undo"]),
        (&json!(2), &Value::Null)
    );
    assert_eq!(device.json(&["record", "list", "contact"])["total"], 2);

    device.text(&["undo"]);
    assert_eq!(device.json(&["record", "list", "contact"])["total"], 0);
}

#[test]
fn what_is_written_as_json_lines_fills_another_device_the_same() {
    let first = Device::new();
    first.json(&[
        "capture",
        "Fatima el Amrani, Malakkastraat 6, 06-11111111, bel dinsdag",
        "--accept",
        "all",
    ]);
    let file = first.file("all.jsonl").display().to_string();
    let written = first.json(&["export", "--format", "jsonl", "--out", &file]);
    assert_eq!(written["path"], file);

    let second = Device::new();
    let loaded = second.json(&["import", &file]);
    assert_eq!(loaded["loaded"], written["records"]);
    for kind in ["contact", "note", "follow_up"] {
        let fields = |device: &Device| {
            device.json(&["record", "list", kind])["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| (row["id"].clone(), row["fields"].clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(fields(&first), fields(&second), "{kind}");
    }
    assert_eq!(
        second.json(&["import", &file])["loaded"],
        written["records"]
    );
    assert_eq!(second.json(&["record", "list", "contact"])["total"], 1);
}

#[test]
fn a_known_id_in_json_lines_changes_only_the_fields_given() {
    let device = Device::new();
    let id = device.put(
        "contact",
        &json!({ "name": "Kees Jansen", "street": "Balistraat" }),
    );
    let file = device.write(
        "one.jsonl",
        json!({ "kind": "contact", "id": id, "town": "Utrecht" }).to_string(),
    );
    device.json(&["import", &file]);
    assert_eq!(
        device.json(&["record", "get", &id])["fields"],
        json!({ "name": "Kees Jansen", "street": "Balistraat", "town": "Utrecht" })
    );
}

#[test]
fn contacts_and_follow_ups_go_out_in_the_formats_of_others() {
    let device = Device::new();
    device.json(&[
        "capture",
        "Kees Jansen, Balistraat 5, bel dinsdag",
        "--accept",
        "all",
    ]);
    let card = device.text(&["export", "--format", "vcard"]);
    assert!(card.starts_with("BEGIN:VCARD\r\nVERSION:4.0\r\n"), "{card}");
    assert!(card.contains("FN:Kees Jansen\r\n"), "{card}");
    let calendar = device.text(&["export", "--format", "ics"]);
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20261124\r\n"),
        "{calendar}"
    );
    let yusuf = json!({ "what": "bel Kees", "due": "2026-12-01", "owner": "0190b6a0-0000-7000-8000-00000000000a" });
    device.put("follow_up", &yusuf);
    let export = ["export", "--format", "ics"];
    assert_eq!(device.json(&export)["records"], 1);
    let everybodys = [&export[..], &["--all"]].concat();
    assert_eq!(device.json(&everybodys)["records"], 2);

    let folder = device.file("documents");
    let documents = device.json(&[
        "export",
        "--format",
        "automerge",
        "--out",
        &folder.display().to_string(),
    ]);
    let files = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(documents["records"], files);
    assert_eq!(
        device
            .run(&["export", "--format", "automerge"])
            .status
            .code(),
        Some(2)
    );
}

#[test]
fn an_export_replaces_a_file_as_a_whole() {
    let device = Device::new();
    let file = device.write("out.jsonl", "x".repeat(100_000));
    said(&device.run(&["export", "--format", "jsonl", "--out", &file]));
    let content = std::fs::read_to_string(&file).unwrap();
    assert!(
        content.lines().all(|line| line.starts_with('{')),
        "{content}"
    );
    assert!(!device.file("out.jsonl.part").exists());
}
