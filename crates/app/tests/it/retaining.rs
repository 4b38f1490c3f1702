//! How long records are kept: what is proposed, when, and why.

use app::api::{DueView, Nothing, RetentionSet};
use chrono::Duration;
use domain::RetainedKind;
use serde_json::json;

use crate::device::{Device, code};

fn set(device: &Device, kind: RetainedKind, months: Option<i32>) {
    let why = "selectielijst".to_owned();
    device
        .app
        .retention_set(RetentionSet { kind, months, why })
        .unwrap();
}

fn due(device: &Device) -> Vec<DueView> {
    device.app.retention_get(Nothing {}).unwrap().due
}

fn titles(due: &[DueView]) -> Vec<&str> {
    due.iter().map(|due| due.record.title.as_str()).collect()
}

#[test]
fn nothing_is_due_while_nobody_set_a_term() {
    let device = Device::of("Noor");
    device.put(
        "note",
        json!({ "text": "oud", "at": "2001-01-01T10:00:00Z" }),
    );
    let view = device.app.retention_get(Nothing {}).unwrap();
    assert!(view.due.is_empty() && view.manager);
    let months: Vec<_> = view
        .terms
        .iter()
        .map(|term| (term.months, term.suggested))
        .collect();
    assert_eq!(months, [(None, 24), (None, 24), (None, 12), (None, 60)]);
}

#[test]
fn a_note_is_due_on_the_day_its_term_ends_and_not_the_day_before() {
    let device = Device::of("Noor");
    set(&device, RetainedKind::Note, Some(12));
    device.put(
        "note",
        json!({ "text": "Oversteek", "at": "2025-11-26T22:30:00Z" }),
    );
    assert!(due(&device).is_empty());
    device.hands.pass(Duration::days(1));
    let found = due(&device);
    assert_eq!(titles(&found), ["Oversteek"]);
    let told = &found[0];
    assert_eq!(
        (
            told.reason.as_str(),
            told.since.as_str(),
            told.ended.as_str(),
            told.months
        ),
        ("said", "2025-11-26", "2026-11-26", 12)
    );
}

#[test]
fn a_person_counts_from_the_last_talk_and_stays_while_something_is_open() {
    let device = Device::of("Noor");
    set(&device, RetainedKind::Contact, Some(24));
    let quiet = device.put("contact", json!({ "name": "Kees Jansen" }));
    let spoken = device.put("contact", json!({ "name": "Fatima el Amrani" }));
    let promised = device.put("contact", json!({ "name": "Noa Bos" }));
    let promise = device.put(
        "follow_up",
        json!({ "what": "Bel Noa", "due": "2026-12-01", "about": [promised] }),
    );
    device.hands.pass(Duration::days(365));
    device.put(
        "note",
        json!({ "text": "Nog gesproken", "about": [spoken] }),
    );
    assert!(due(&device).is_empty());
    device.hands.pass(Duration::days(366));
    let found = due(&device);
    assert_eq!(titles(&found), ["Kees Jansen"]);
    assert_eq!(
        (found[0].record.id.as_str(), found[0].reason.as_str()),
        (quiet.as_str(), "recorded")
    );
    device
        .try_put("follow_up", Some(&promise), json!({ "state": "done" }))
        .unwrap();
    assert_eq!(titles(&due(&device)), ["Kees Jansen", "Noa Bos"]);
}

#[test]
fn what_is_open_is_never_due_and_counts_from_its_closing() {
    let device = Device::of("Noor");
    set(&device, RetainedKind::FollowUp, Some(12));
    set(&device, RetainedKind::Signal, Some(12));
    device.put(
        "follow_up",
        json!({ "what": "Nog open", "due": "2020-01-01" }),
    );
    device.put("signal", json!({ "title": "Nog open" }));
    device.put(
        "follow_up",
        json!({ "what": "Gedaan", "due": "2020-01-01", "state": "done", "closed_at": "2025-11-01T08:00:00Z" }),
    );
    device.put(
        "follow_up",
        json!({ "what": "Pas gedaan", "due": "2020-01-01", "state": "done", "closed_at": "2026-11-01T08:00:00Z" }),
    );
    let found = due(&device);
    assert_eq!(titles(&found), ["Gedaan"]);
    assert_eq!(found[0].reason, "closed");
}

#[test]
fn a_term_can_be_changed_and_taken_away() {
    let device = Device::of("Noor");
    device.put(
        "note",
        json!({ "text": "Oud", "at": "2024-01-01T10:00:00Z" }),
    );
    for (months, count) in [(Some(12), 1), (Some(60), 0), (None, 0), (Some(6), 1)] {
        set(&device, RetainedKind::Note, months);
        let view = device.app.retention_get(Nothing {}).unwrap();
        assert_eq!((view.terms[1].months, view.due.len()), (months, count));
    }
    assert_eq!(device.all("retention_term").len(), 1);
}

#[test]
fn a_term_is_between_a_month_and_half_a_century() {
    let device = Device::of("Noor");
    for months in [0, -3, 601] {
        let refused = device.app.retention_set(RetentionSet {
            kind: RetainedKind::Note,
            months: Some(months),
            why: String::new(),
        });
        assert_eq!(code(refused), "wrong_shape", "{months}");
    }
}
