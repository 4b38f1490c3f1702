//! A crash of a real process: this test program starts itself, and breaks off where it is told to.

use std::path::Path;
use std::process::{Command, Output};

use app::api::{Nothing, dispatch};
use app::write_down_crashes;
use serde_json::json;

use crate::device::{Device, code};

const FOLDER: &str = "BUURTBOEK_TEST_CRASH_IN";

/// What no report may hold.
const NAME: &str = "Wilhelmijntje";

/// Breaks off with a name in the message, in a process of its own. Returns what that process printed.
fn crash_in(folder: &Path) -> Output {
    let this = std::env::current_exe().unwrap();
    Command::new(this)
        .args([
            "crashing::breaks_off_when_it_is_told_to",
            "--exact",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .output()
        .unwrap()
}

/// The process of `crash_in`; in an ordinary run nothing breaks off.
#[test]
#[expect(
    clippy::string_slice,
    reason = "breaking off in the middle of a letter is what is tried"
)]
fn breaks_off_when_it_is_told_to() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    write_down_crashes(Path::new(&folder), "trial", |what| println!("{what}"));
    let text = format!("{NAME} é");
    let end = text.len() - 1;
    // The message of this panic quotes the text.
    println!("{}", &text[..end]);
}

#[test]
fn a_crash_is_written_down_without_a_word_of_anybody_and_leaves_only_on_purpose() {
    let device = Device::of("Noor");
    let output = crash_in(device.folder());
    assert!(!output.status.success(), "it broke off");
    let printed = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(!printed.contains(NAME), "{printed}");
    assert!(
        printed.contains("broke off at crates/app/tests/it/crashing.rs:"),
        "{printed}"
    );

    // Also while it is locked.
    let device = device.restarted();
    let list = device.app.crash_list(Nothing {}).unwrap();
    let [crash] = list.rows.as_slice() else {
        panic!("{list:?}")
    };
    assert!(
        crash.place.starts_with("crates/app/tests/it/crashing.rs:"),
        "{crash:?}"
    );
    assert_eq!(
        (crash.program.as_str(), crash.code.as_str()),
        ("trial", "crashed")
    );
    assert_eq!(crash.version, app::APP_VERSION);
    assert!(
        list.text.contains(&crash.place) && list.text.lines().count() == 1,
        "{list:?}"
    );
    for file in std::fs::read_dir(device.folder().join("crashes")).unwrap() {
        let kept: serde_json::Value =
            serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
        let names: Vec<_> = kept.as_object().unwrap().keys().collect();
        assert_eq!(
            names,
            ["code", "place", "platform", "program", "version"],
            "nothing else"
        );
    }

    let forgotten = dispatch(&device.app, "crash_forget", json!({})).unwrap();
    assert_eq!(forgotten["rows"], json!([]));
    assert_eq!(code(device.app.crash_export(Nothing {})), "no_crashes");
}
