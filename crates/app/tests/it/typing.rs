//! What is typed in a form is safe before it is kept.

use app::api::{Erase, Nothing, UnsavedForm, UnsavedText};
use chrono::Duration;
use serde_json::json;

use crate::device::{Device, code};
use crate::erasing::{erase, holding};

fn kept(device: &Device, form: &str) -> String {
    let form = UnsavedForm {
        form: form.to_owned(),
    };
    device.app.unsaved_get(form).unwrap().text
}

fn keep(device: &Device, form: &str, text: &str) {
    let unsaved = UnsavedText {
        form: form.to_owned(),
        text: text.to_owned(),
    };
    device.app.unsaved_set(unsaved).unwrap();
}

#[test]
fn what_is_half_typed_survives_a_lock_and_a_kill_and_stands_in_no_file_to_read() {
    let device = Device::of("Noor");
    keep(&device, "scratch", "wilhelmijntje twijfelt");
    assert!(device.book_holds("wilhelmijntje"), "encrypted it is there");
    device.app.device_lock(Nothing {}).unwrap();
    assert_eq!(
        holding(device.folder(), "wilhelmijntje"),
        Vec::<String>::new()
    );
    let device = device.reopened();
    assert_eq!(kept(&device, "scratch"), "wilhelmijntje twijfelt");
    assert_eq!(kept(&device, "contact"), "");
    keep(&device, "scratch", "");
    assert_eq!(kept(&device, "scratch"), "");
}

#[test]
fn what_nobody_comes_back_to_goes_by_itself() {
    let device = Device::of("Noor");
    keep(&device, "scratch", "even onthouden");
    device.hands.pass(Duration::days(29));
    device.app.chores().unwrap();
    assert_eq!(kept(&device, "scratch"), "even onthouden");
    device.hands.pass(Duration::days(2));
    device.app.chores().unwrap();
    assert_eq!(kept(&device, "scratch"), "");
}

#[test]
fn what_was_typed_about_somebody_goes_with_them_and_elsewhere_it_is_shown() {
    let device = Device::of("Noor");
    let id = device.put("contact", json!({ "name": "Wilhelmijntje Quispel" }));
    let other = device.put("contact", json!({ "name": "Kees" }));
    let typed = json!({ "fields": { "met": "via Wilhelmijntje Quispel" } }).to_string();
    keep(&device, &id, &typed);
    keep(&device, &other, &typed);

    let erased = app::api::RecordId { id: id.clone() };
    let plan = device.app.erase_plan(erased).unwrap();
    let shown: Vec<_> = plan.private.iter().map(|part| part.id.clone()).collect();
    assert!(shown.contains(&format!("form:{other}")), "{shown:?}");
    let words: String = plan.private[0].pieces[0]
        .iter()
        .map(|part| part.text.as_str())
        .collect();
    assert_eq!(words, "via Wilhelmijntje Quispel");

    device
        .app
        .erase_apply(Erase {
            id: id.clone(),
            also: Vec::new(),
            mentions: Vec::new(),
            private: vec![format!("form:{other}")],
            instead: String::new(),
        })
        .unwrap();
    assert_eq!(
        (kept(&device, &id), kept(&device, &other)),
        Default::default()
    );

    assert!(!device.book_holds("Quispel"));

    keep(&device, &other, &typed);
    assert!(device.book_holds("Quispel"));
    erase(&device, &other).unwrap();
    assert_eq!(kept(&device, &other), "");
    assert!(!device.book_holds("Quispel"));
}

#[test]
fn a_text_beyond_all_measure_is_refused() {
    let device = Device::of("Noor");
    let unsaved = UnsavedText {
        form: "scratch".to_owned(),
        text: "a".repeat(200_001),
    };
    assert_eq!(code(device.app.unsaved_set(unsaved)), "too_long");
}
