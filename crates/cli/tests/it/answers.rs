//! What the program says to people.

use insta::assert_snapshot;
use serde_json::json;

use crate::device::Device;

const NOTE: &str = "Fatima el Amrani, Malakkastraat 6, 3531 HM, oversteek bij school gevaarlijk, wil meehelpen, \
                    bel dinsdag";

#[test]
fn a_captured_note_is_kept_with_what_was_accepted_and_found_again() {
    let device = Device::new();
    let kept = device.json(&["capture", NOTE, "--accept", "all"]);
    let kinds: Vec<&str> = kept["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| record["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["contact", "note", "signal", "follow_up"]);

    assert_snapshot!(
        "search",
        device.steady(&device.text(&["search", "fat", "amr"]))
    );
    assert_snapshot!("today", device.steady(&device.text(&["today"])));
    // The name of the device is that of the platform under test.
    let status = device
        .text(&["status"])
        .lines()
        .filter(|line| !line.contains("Device "))
        .collect::<Vec<_>>()
        .join("\n");
    assert_snapshot!("status", device.steady(&status));

    assert_snapshot!("undo", device.steady(&device.text(&["undo"])));
    assert_eq!(device.text(&["search", "fatima"]), "Nothing found.\n");
    device.text(&["undo"]);
    assert!(
        device
            .text(&["search", "fatima"])
            .contains("Fatima el Amrani")
    );
}

#[test]
fn a_note_of_which_nothing_is_accepted_is_kept_word_for_word() {
    let device = Device::new();
    assert_snapshot!("capture", device.steady(&device.text(&["capture", NOTE])));
    let notes = device.json(&["record", "list", "note"]);
    assert_eq!(notes["total"], 1);
    assert_eq!(notes["rows"][0]["fields"]["text"], NOTE);
    assert_eq!(device.json(&["record", "list", "contact"])["total"], 0);
}

#[test]
fn a_record_is_made_edited_and_told_with_its_history() {
    let device = Device::new();
    let id = device.put(
        "contact",
        &json!({ "name": "Kees Jansen", "street": "Balistraat" }),
    );
    let put = ["record", "put", "contact", "--id", id.as_str()];
    let edited = device.run_with(&put, r#"{"street":null,"town":"Utrecht"}"#);
    assert_eq!(crate::device::said(&edited).trim(), id);

    assert_snapshot!("get", device.steady(&device.text(&["record", "get", &id])));
    assert_snapshot!(
        "history",
        device.steady(&device.text(&["record", "history", &id]))
    );
    assert_snapshot!(
        "list",
        device.steady(&device.text(&["record", "list", "contact"]))
    );
}

#[test]
fn a_sound_database_is_told_to_be_sound() {
    let device = Device::new();
    assert_eq!(
        device.text(&["verify"]),
        "Looked at 12 records: everything agrees.\n"
    );
    assert_eq!(
        device.json(&["verify"]),
        json!({ "documents": 12, "problems": [] })
    );
    assert_eq!(
        device.text(&["conflicts", "list"]),
        "Nothing was written differently.\n"
    );
}

#[test]
fn lists_go_beyond_one_page_and_stop_at_their_limit() {
    let device = Device::new();
    let lines: String = (0..1_205)
        .map(|number| {
            format!(
                "{}\n",
                json!({ "kind": "contact", "name": format!("Contact {number}") })
            )
        })
        .collect();
    let file = device.write("many.jsonl", lines);
    assert_eq!(device.json(&["import", &file])["loaded"], 1_205);
    let all = device.json(&["record", "list", "contact"]);
    assert_eq!(all["rows"].as_array().unwrap().len(), 1_205);
    let some = device.json(&[
        "record", "list", "contact", "--offset", "1203", "--limit", "5",
    ]);
    assert_eq!(some["total"], 1_205);
    assert_eq!(some["rows"].as_array().unwrap().len(), 2);
}
